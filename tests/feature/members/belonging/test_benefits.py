"""Benefits: what a tier promises, and the ledger of what was used."""

import pytest
from sqlalchemy import func, select

from portal.models import Benefit, BenefitUse, BenefitYear

YEAR = ("2026-01-01", "2027-01-01")


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to("2026-06-10T09:00:00+02:00", tick=False)


def used(session, benefit):
    return session.scalar(
        select(func.sum(BenefitUse.quantity)).where(BenefitUse.benefit_id == benefit.id)
    )


def drawn(page):
    """What the bar of a benefit shows: how much is left, and of how much."""
    bar = page.select_one("main progress")
    return bar["value"], bar["max"]


def test_staff_promise_something_change_it_and_withdraw_it(browser, session, make, gold):
    browser.sign_in(make.staff("membership"))
    answers = {
        "key": "tickets", "label_en": "Tickets", "label_nb": "Billetter", "quantity": "4",
        "year": "calendar", "rank": "1",
    }  # fmt: skip
    browser.fill("members.new_benefit", answers, id=gold.id)
    browser.fill("members.new_benefit", answers, expect=422, id=gold.id)
    row = session.scalar(select(Benefit))
    browser.fill("members.edit_benefit", {"quantity": "5", "key": "other"}, id=row.id)
    assert (row.quantity, row.key) == (5, "tickets")
    browser.fill("members.edit_benefit", {"withdrawn": "y"}, id=row.id)
    assert "Not promised any more" in browser.get("members.benefits", id=gold.id).main.text


def test_what_is_used_is_counted_and_never_more_than_there_is(
    browser, session, make, member, silver
):
    row, tickets = member(YEAR), make.Benefit(tier=silver, quantity=2)
    where = {"slug": row.organisation.slug}
    browser.sign_in(make.staff("membership"))
    browser.fill("members.use_benefit", {"quantity": "2", "reference": "Summit"}, **where)
    page = browser.fill("members.use_benefit", {"quantity": "1"}, expect=422, **where)
    assert "Only 0 of it is left" in page.select_one("#quantity-error").text
    browser.fill("members.use_benefit", {"quantity": "1", "goodwill": "y"}, **where)
    assert "0 of 2 tickets left" in browser.get("members.membership", **where).main.text
    browser.press("members.use_benefit", "Take back", **where)  # the latest: goodwill
    assert "0 of 2 tickets left" in browser.get("members.membership", **where).main.text
    assert drawn(browser.get("members.membership", **where)) == ("0", "2")
    first = session.scalar(select(BenefitUse).where(BenefitUse.reference == "Summit"))
    browser.send("members.take_back", id=first.id, **where)
    browser.send("members.take_back", expect=409, id=first.id, **where)
    page = browser.get("members.membership", **where)
    assert "2 of 2 tickets left" in page.main.text
    assert drawn(page) == ("2", "2")
    assert used(session, tickets) == 0


@pytest.mark.parametrize("day", ["2026-06-11", "2025-12-31"])
def test_nothing_is_used_on_a_day_to_come_or_before_membership(browser, make, member, silver, day):
    row = member(YEAR)
    make.Benefit(tier=silver)
    browser.sign_in(make.staff("membership"))
    answers = {"quantity": "1", "used_on": day}
    browser.fill("members.use_benefit", answers, expect=422, slug=row.organisation.slug)


def test_who_changes_kind_takes_along_what_was_used(browser, make, member, gold, silver):
    row = member(YEAR)
    for tier, quantity in ((silver, 2), (gold, 5)):
        make.Benefit(tier=tier, key="hours", quantity=quantity, year=BenefitYear.MEMBERSHIP)
    where = {"slug": row.organisation.slug}
    browser.sign_in(make.staff("membership"))
    browser.fill("members.use_benefit", {"quantity": "2"}, **where)
    browser.fill("members.change_tier", {"tier": str(gold.id), "from_on": "2026-06-10"}, **where)
    assert "3 of 5 tickets left" in browser.get("members.membership", **where).main.text


def test_its_own_people_see_what_is_left_and_others_do_not(browser, make, member, silver):
    row = member(YEAR)
    make.Benefit(tier=silver)
    where = {"slug": row.organisation.slug}
    browser.sign_in(make.colleague(row.organisation, "member"))
    assert "4 of 4 tickets left" in browser.get("members.membership", **where).main.text
    browser.get("members.use_benefit", expect=403, **where)
    browser.sign_in(make.colleague(make.Organisation()))
    browser.get("members.use_benefit", expect=404, **where)
