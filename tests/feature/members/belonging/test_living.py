"""Notice, another kind within the year, exclusion, coming back: what becomes of a membership."""

from datetime import date

import pytest
from sqlalchemy import select

from portal.models import (
    AuditEvent,
    EndReason,
    Exclusion,
    ExclusionState,
    FormerSuspension,
    Membership,
    MembershipPeriod,
    ResignationTakes,
)

DAY = "2026-06-10T09:00:00+02:00"
YEAR = ("2026-01-01", "2027-01-01")


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(DAY, tick=False)


def test_a_representative_gives_notice_and_takes_it_back(browser, session, make, member):
    row = member(YEAR)
    where = {"slug": row.organisation.slug}
    browser.sign_in(make.colleague(row.organisation, "representative"))
    page = browser.get("members.resign", **where)
    assert "The last day of membership is 31 December 2026." in page.main.text
    browser.fill("members.resign", {"why": "We merge."}, expect=422, **where)
    browser.fill("members.resign", {"why": "We merge.", "sure": "y"}, **where)
    assert (row.notice_given_on, row.ends_on) == (date(2026, 6, 10), date(2027, 1, 1))
    assert "Why do you leave" not in browser.get("members.resign", **where).main.text
    assert (row.end_reason, row.end_note) == (EndReason.RESIGNED, "We merge.")
    page = browser.get("members.membership", **where)
    assert "Notice was given. The last day of membership is 31 December 2026." in page.main.text
    browser.send("members.resign", {"why": "Again.", "sure": "y"}, expect=409, **where)
    browser.press("members.membership", "Take the notice back", **where)
    assert (row.notice_given_on, row.ends_on, row.end_reason) == (None, None, None)
    browser.send("members.withdraw_notice", expect=409, **where)
    told = session.scalars(select(AuditEvent.action).order_by(AuditEvent.seq)).all()
    assert told == ["membership.resigned", "membership.notice_withdrawn"]


def test_notice_takes_effect_after_months_where_the_terms_say_so(browser, make, member):
    make.MembershipTerms(resignation=ResignationTakes.NOTICE, notice_months=3)
    row = member(YEAR)
    browser.sign_in(make.colleague(row.organisation))
    browser.fill("members.resign", {"why": "x", "sure": "y"}, slug=row.organisation.slug)
    assert row.ends_on == date(2026, 9, 10)


def test_plain_members_of_the_organisation_and_strangers_give_no_notice(browser, make, member):
    row = member(YEAR)
    where = {"slug": row.organisation.slug}
    browser.sign_in(make.colleague(row.organisation, "member"))
    assert "Give notice" not in browser.get("members.membership", **where).main.text
    browser.get("members.resign", expect=403, **where)
    browser.sign_in(make.colleague(make.Organisation()))
    browser.get("members.membership", expect=404, **where)
    browser.get("members.resign", expect=404, **where)


def test_a_change_of_kind_splits_the_period_and_later_ones_follow(
    browser, session, make, member, gold, silver
):
    row = member(YEAR, ("2027-01-01", "2028-01-01"))
    where = {"slug": row.organisation.slug}
    browser.sign_in(make.staff("membership"))
    answers = {"tier": str(gold.id), "from_on": "2026-07-01"}
    browser.fill("members.change_tier", answers, **where)
    periods = select(
        MembershipPeriod.from_on,
        MembershipPeriod.to_on,
        MembershipPeriod.tier_id,
        MembershipPeriod.year_from_on,
    ).order_by(MembershipPeriod.from_on)
    first, second, third = date(2026, 1, 1), date(2026, 7, 1), date(2027, 1, 1)
    assert session.execute(periods).all() == [
        (first, second, silver.id, first),
        (second, third, gold.id, first),
        (third, date(2028, 1, 1), gold.id, third),
    ]
    browser.fill("members.change_tier", answers, expect=422, **where)  # gold already
    outside = {"tier": str(silver.id), "from_on": "2030-01-01"}
    browser.fill("members.change_tier", outside, expect=422, **where)


def test_an_exclusion_is_decided_by_a_second_person(
    browser, another_browser, session, make, member, letters
):
    row = member(YEAR)
    where = {"slug": row.organisation.slug}
    chair = make.colleague(row.organisation)
    browser.sign_in(make.staff("membership"))
    browser.fill("members.exclude", {"reason": "Broke the statutes."}, **where)
    proposed = session.scalar(select(Exclusion))
    assert (proposed.state, row.ends_on) == (ExclusionState.PROPOSED, None)
    browser.send("members.exclude", {"reason": "x", "from_on": "2026-06-10"}, expect=409, **where)
    browser.send("members.decide_exclusion", expect=409, id=proposed.id)
    told = browser.get("members.membership", **where).main.text
    assert "Broke the statutes" not in told
    assert "Somebody proposed to exclude" in told
    another_browser.sign_in(chair)
    assert "exclude" not in another_browser.get("members.membership", **where).main.text
    another_browser.sign_in(make.staff("membership"))
    assert row.organisation.display_name in another_browser.get("members.exclusions_list").text
    another_browser.press("members.exclusion", "Exclude the member", id=proposed.id)
    assert (row.end_reason, row.ends_on) == (EndReason.EXCLUDED, date(2026, 6, 10))
    assert "excluded" in letters(chair.email)[0].subject
    another_browser.send("members.drop_exclusion", expect=409, id=proposed.id)


def test_one_person_excludes_where_the_terms_say_so_and_nobody_their_own(browser, make, member):
    make.MembershipTerms(two_exclude=False)
    row, own = member(YEAR), member(YEAR)
    staff = make.staff("membership")
    make.Affiliation(person=staff, organisation=own.organisation)
    browser.sign_in(staff)
    browser.fill("members.exclude", {"reason": "x"}, slug=row.organisation.slug)
    assert row.end_reason is EndReason.EXCLUDED
    browser.get("members.exclude", expect=403, slug=own.organisation.slug)


def test_who_lapsed_comes_back_with_the_number_in_time_and_with_a_new_one_later(
    browser, session, make, member, silver
):
    soon = member(("2025-01-01", "2026-01-01"), number=7)  # lapsed on 2 March 2026
    late = member(("2023-01-01", "2024-01-01"), number=8)
    browser.sign_in(make.staff("membership"))
    answers = {"tier": str(silver.id), "from_on": "2026-06-10", "to_on": "2027-01-01"}
    for row in (soon, late):
        where = {"slug": row.organisation.slug}
        assert "lapsed" in browser.get("members.membership", **where).main.text
        if row is late:
            browser.fill("members.renew", answers, expect=422, **where)
        browser.send("members.start_membership", answers, **where)
    assert [period.to_on for period in soon.periods] == [date(2026, 1, 1), date(2027, 1, 1)]
    assert (late.end_reason, late.ends_on) == (EndReason.LAPSED, date(2024, 3, 1))
    numbers = select(Membership.number).where(
        Membership.organisation_id == late.organisation_id, Membership.ends_on.is_(None)
    )
    assert session.scalars(numbers).all() == [1]


def test_suspensions_of_the_past_stay_known(browser, session, make, member):
    row = member(YEAR, suspended_from=date(2026, 2, 1), suspended_to=date(2026, 3, 1))
    where = {"slug": row.organisation.slug}
    browser.sign_in(make.staff("membership"))
    browser.fill("members.suspend", {"from_on": "2026-06-01", "to_on": ""}, **where)
    former = session.scalar(select(FormerSuspension))
    assert (former.from_on, former.to_on) == (date(2026, 2, 1), date(2026, 3, 1))
    browser.press("members.membership", "Lift the suspension", **where)
    assert (row.suspended_from, row.suspended_to) == (date(2026, 6, 1), date(2026, 6, 10))


def test_the_terms_hold_at_once(browser, make, member):
    row = member(("2025-05-01", "2026-05-01"))
    where = {"slug": row.organisation.slug}
    browser.sign_in(make.staff("membership"))
    assert "counts until 29 June 2026" in browser.get("members.membership", **where).main.text
    browser.fill("members.membership_terms", {"grace_days": "30"})
    assert "has lapsed" in browser.get("members.membership", **where).main.text
