"""What a member reads of its kind of membership: votes, and how many people take part."""

from datetime import UTC, date, datetime

import pytest

from portal.models import EndReason


@pytest.mark.parametrize(
    ("period", "votes", "people", "told"),
    [
        (("2026-01-01", "2027-01-01"), 3, 5, ["3", "5 people"]),
        (("2026-01-01", "2027-01-01"), 1, None, ["1", "As many as you like"]),
        (("2025-01-01", "2026-01-01"), 3, 5, ["None at the moment", "5 people"]),
    ],
)
def test_votes_and_places_stand_on_the_page_of_a_membership(
    browser, make, member, gold, at, period, votes, people, told
):
    at(datetime(2026, 5, 1, 12, tzinfo=UTC))
    gold.votes, gold.seats = votes, people
    row = member(period, tier=gold)
    browser.sign_in(make.colleague(row.organisation, "member"))
    page = browser.get("members.membership", slug=row.organisation.slug)
    facts = {each.text: each.find_next_sibling("dd").text for each in page.select("main dl dt")}
    assert [facts["Votes"], facts["People"]] == told


@pytest.mark.parametrize(
    ("who", "day", "told"),
    [
        ("administrator", 3, True),
        ("administrator", 1, False),
        ("member", 3, False),
    ],
)
def test_who_may_end_a_membership_reads_in_time_that_it_runs_on(
    browser, make, member, at, who, day, told
):
    at(datetime(2026, 11, day, 12, tzinfo=UTC))
    row = member(("2026-01-01", "2027-01-01"))
    browser.sign_in(make.colleague(row.organisation, who))
    page = browser.get("members.membership", slug=row.organisation.slug)
    assert ("It runs until 31 December 2026." in page.text.replace("\xa0", " ")) is told


def test_what_is_over_has_nothing_left(browser, make, member, silver, at):
    at(datetime(2026, 11, 3, 12, tzinfo=UTC))
    make.Benefit(tier=silver)
    row = member(
        ("2026-01-01", "2027-01-01"), ends_on=date(2026, 11, 1), end_reason=EndReason.RESIGNED
    )
    browser.sign_in(make.colleague(row.organisation))
    page = browser.get("members.membership", slug=row.organisation.slug)
    assert "The membership is over" in page.main.text
    assert page.select("main progress") == []
