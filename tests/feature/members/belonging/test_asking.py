"""A member asks for another year or another kind; staff agree with one press, or say why not."""

from datetime import date

import pytest
from sqlalchemy import select

from portal.models import (
    MembershipPeriod,
    TierRequest,
    TierRequestState,
    TierRequestTakes,
)

YEAR = ("2026-01-01", "2027-01-01")
AT_ONCE, NEXT = "at_once", "next_period"


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to("2026-06-10T09:00:00+02:00", tick=False)


@pytest.fixture
def asked(browser, session, make, silver, gold):
    """Let a representative ask for Gold, and return what was asked."""

    def ask(row, takes=AT_ONCE, tier=gold):
        browser.sign_in(make.colleague(row.organisation, "representative"))
        answers = {"tier": str(tier.id), "takes": takes, "message": "We grow."}
        browser.fill("members.ask_about_membership", answers, slug=row.organisation.slug)
        session.rollback()
        return session.scalar(select(TierRequest).order_by(TierRequest.id.desc()))

    return ask


def kinds(session, row):
    spans = select(MembershipPeriod.tier_id, MembershipPeriod.from_on, MembershipPeriod.to_on)
    mine = spans.where(MembershipPeriod.membership_id == row.id)
    session.rollback()
    return session.execute(mine.order_by(MembershipPeriod.from_on)).all()


def test_a_kind_is_asked_for_with_its_price_and_staff_agree_with_one_press(
    browser, session, make, member, asked, letters, silver, gold
):
    make.TierPrice(tier=gold, price_ore=1_800_000)
    row, staff = member(YEAR), make.staff("membership")
    where = {"slug": row.organisation.slug}
    wish = asked(row)
    assert (wish.price_ore, wish.takes) == (1_800_000, TierRequestTakes.AT_ONCE)
    page = browser.get("members.membership", **where).main.text
    assert "With us" in page
    assert "Renew or change the kind" not in page
    [told] = letters(staff.email)
    assert "We grow." in told.text
    assert f"/admin/membership/requests/{wish.id}" in told.text
    browser.sign_in(staff)
    assert "another kind of membership" in browser.get("site.desk").main.text
    assert row.organisation.display_name in browser.get("members.tier_requests").main.text
    browser.fill("members.tier_request", {}, id=wish.id)
    assert kinds(session, row) == [
        (silver.id, date(2026, 1, 1), date(2026, 6, 10)),
        (gold.id, date(2026, 6, 10), date(2027, 1, 1)),
    ]
    browser.send("members.tier_request", {"from_on": "2026-06-10"}, expect=409, id=wish.id)
    assert row.organisation.display_name not in browser.get("members.tier_requests").main.text


def test_who_asked_hears_of_it_and_so_do_those_who_hear_of_the_membership(
    browser, session, make, member, asked, letters
):
    row = member(YEAR)
    chair = make.colleague(row.organisation)
    make.colleague(row.organisation, "member", email="plain@example.org")
    wish = asked(row)
    browser.sign_in(make.staff("membership"))
    browser.fill("members.decline_tier_request", {"reason": "Gold is full."}, id=wish.id)
    session.expire_all()
    assert wish.state is TierRequestState.DECLINED
    assert "Gold is full." in letters(chair.email)[0].text
    assert letters("plain@example.org") == []
    browser.sign_in(chair)
    page = browser.get("members.membership", slug=row.organisation.slug)
    assert "Gold is full." in page.main.text


@pytest.mark.parametrize("tier", ["silver", "gold"])
def test_the_next_period_is_of_the_kind_that_was_asked_for(
    browser, session, member, make, asked, request, silver, tier
):
    wanted, row = request.getfixturevalue(tier), member(YEAR)
    wish = asked(row, NEXT, wanted)
    browser.sign_in(make.staff("membership"))
    browser.fill("members.tier_request", {}, id=wish.id)
    assert kinds(session, row) == [
        (silver.id, date(2026, 1, 1), date(2027, 1, 1)),
        (wanted.id, date(2027, 1, 1), date(2028, 1, 1)),
    ]
    asked_again = {"tier": str(wanted.id), "takes": NEXT}
    browser.sign_in(make.colleague(row.organisation))
    where = {"slug": row.organisation.slug}
    browser.fill("members.ask_about_membership", asked_again, expect=422, **where)


def test_a_period_that_is_renewed_already_changes_its_kind(
    browser, session, member, make, asked, silver, gold
):
    row = member(YEAR, ("2027-01-01", "2028-01-01"))
    wish = asked(row, NEXT)
    browser.sign_in(make.staff("membership"))
    browser.fill("members.tier_request", {}, id=wish.id)
    assert [each[0] for each in kinds(session, row)] == [silver.id, gold.id]


def test_who_lapsed_asks_for_a_period_from_today(browser, session, member, make, asked, silver):
    row = member(("2025-01-01", "2026-01-01"))
    wish = asked(row, NEXT, silver)
    browser.sign_in(make.staff("membership"))
    browser.fill("members.tier_request", {}, id=wish.id)
    assert kinds(session, row)[1] == (silver.id, date(2026, 6, 10), date(2027, 1, 1))


def test_where_two_decide_the_second_carries_it_out(
    browser, session, make, member, asked, silver, gold
):
    gold.two_approve = True
    session.commit()
    row = member(YEAR)
    wish = asked(row)
    browser.sign_in(make.staff("membership"))
    browser.fill("members.tier_request", {}, id=wish.id)
    assert "already" in browser.get("members.tier_request", id=wish.id).main.text
    browser.send("members.tier_request", {"from_on": "2026-06-10"}, expect=409, id=wish.id)
    assert len(kinds(session, row)) == 1
    browser.sign_in(make.staff("membership"))
    browser.fill("members.tier_request", {}, id=wish.id)
    assert [each[0] for each in kinds(session, row)] == [silver.id, gold.id]


def test_it_is_taken_back_by_its_own_people_and_asked_once_at_a_time(
    browser, session, make, member, asked, gold
):
    row = member(YEAR)
    where = {"slug": row.organisation.slug}
    wish = asked(row)
    answers = {"tier": str(gold.id), "takes": AT_ONCE}
    browser.send("members.ask_about_membership", answers, expect=409, **where)
    browser.press("members.membership", "Take it back", **where)
    session.expire_all()
    assert wish.state is TierRequestState.WITHDRAWN
    browser.send("members.withdraw_tier_request", expect=409, id=wish.id, **where)
    again = asked(row)
    browser.sign_in(make.colleague(row.organisation, "member"))
    browser.send("members.withdraw_tier_request", expect=403, id=again.id, **where)
    browser.sign_in(make.colleague(make.Organisation()))
    browser.send("members.withdraw_tier_request", expect=404, id=again.id, **where)


def test_what_makes_no_sense_is_not_asked_for(browser, make, member, silver, gold):
    runs, over = member(YEAR), member(("2025-01-01", "2026-06-01"))
    browser.sign_in(make.colleague(runs.organisation))
    same = {"tier": str(silver.id), "takes": AT_ONCE}
    where = {"slug": runs.organisation.slug}
    browser.fill("members.ask_about_membership", same, expect=422, **where)
    browser.fill("members.resign", {"why": "x", "sure": "y"}, **where)
    page = browser.get("members.membership", **where)
    assert [each.text.strip() for each in page.select(".btn-primary")] == ["Take the notice back"]
    wish = {"tier": str(gold.id), "takes": NEXT}
    browser.send("members.ask_about_membership", wish, expect=409, **where)
    browser.sign_in(make.colleague(over.organisation))
    at_once = {"tier": str(gold.id), "takes": AT_ONCE}
    where = {"slug": over.organisation.slug}
    browser.send("members.ask_about_membership", at_once, expect=422, **where)


def test_who_gave_notice_meanwhile_is_not_renewed_and_may_take_it_back(
    browser, session, make, member, asked, silver
):
    row = member(YEAR)
    where = {"slug": row.organisation.slug}
    wish = asked(row, NEXT)
    browser.fill("members.resign", {"why": "x", "sure": "y"}, **where)
    chair = make.colleague(row.organisation)
    browser.sign_in(make.staff("membership"))
    assert row.organisation.display_name not in browser.get("members.tier_requests").main.text
    page = browser.send("members.tier_request", expect=409, id=wish.id)
    assert "Take the notice back first" in page.text
    assert len(kinds(session, row)) == 1
    browser.sign_in(chair)
    browser.press("members.membership", "Take it back", **where)
    session.expire_all()
    assert wish.state is TierRequestState.WITHDRAWN


def test_nobody_agrees_to_what_their_own_organisation_asks(browser, make, member, asked):
    row, staff = member(YEAR), make.staff("membership")
    make.Affiliation(person=staff, organisation=row.organisation)
    wish = asked(row)
    browser.sign_in(staff)
    browser.get("members.tier_request", expect=403, id=wish.id)
    assert "another kind of membership" not in browser.get("site.desk").main.text


def test_the_present_kind_stands_first_when_staff_change_it(browser, make, member, gold, silver):
    row = member(YEAR)
    browser.sign_in(make.staff("membership"))
    page = browser.get("members.change_tier", slug=row.organisation.slug)
    assert page.select_one("#tier option[selected]")["value"] == str(silver.id)
