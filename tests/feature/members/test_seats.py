"""A kind of membership has places for so many people: nobody joins beyond them, on no way."""

import pytest
from sqlalchemy import func, select

from portal.core import clock
from portal.core.errors import Refused
from portal.extensions import db
from portal.members import service
from portal.models import Affiliation, AffiliationRole
from portal.platform import auth, tokens
from portal.platform.database import unit

NOW = clock.now()


@pytest.fixture
def small(make):
    """Make a member whose kind has two places, with one person."""
    tier = make.MembershipTier(name_en="Duo", name_nb="Duo", seats=2)
    firm = make.Organisation()
    make.MembershipPeriod(membership=make.Membership(organisation=firm), tier=tier)
    make.colleague(firm, name="Boss")
    return firm


def belong(session, firm):
    rows = select(func.count()).where(
        Affiliation.organisation_id == firm.id, Affiliation.ends_at.is_(None)
    )
    session.rollback()
    return session.scalar(select(rows.scalar_subquery()))


def boss_of(session, firm):
    return session.scalar(
        select(Affiliation)
        .where(Affiliation.organisation_id == firm.id, Affiliation.role == "administrator")
        .order_by(Affiliation.id)
    ).person


def test_whoever_is_invited_last_finds_no_place(browser, session, make, small):
    boss = boss_of(session, small)
    for n in range(2):
        make.Person(email=f"guest{n}@example.org")
        make.Invitation(
            organisation=small, email=f"guest{n}@example.org", invited_by=boss,
            token_hash=tokens.digest(f"key-{n}"),
        )  # fmt: skip
    session.commit()
    for n, expect in enumerate((302, 409)):
        guest = session.scalar(
            select(type(boss)).where(type(boss).email == f"guest{n}@example.org")
        )
        browser.sign_in(guest)
        browser.send("members.accept_invitation", expect=expect, key=f"key-{n}")
    assert "No place is free" in browser.response.text
    assert belong(session, small) == 2


def test_no_way_leads_past_the_last_place(app, browser, session, make, small):
    second = make.colleague(small, "member")
    boss = boss_of(session, small)
    asks = make.JoinRequest(organisation=small)
    where = {"slug": small.slug}
    browser.sign_in(boss)
    page = browser.get("members.people", **where)
    assert "2 of 2 places taken" in page.main.text
    assert "Invite somebody" not in page.main.text
    answers = {"email": "third@example.org", "role": "member"}
    page = browser.fill("members.invite", answers, expect=422, **where)
    assert "No place is free" in page.main.text
    browser.send("members.answer_request", {"role": "member"}, expect=409, id=asks.id)
    assert belong(session, small) == 2
    staff, third = make.staff("membership"), make.Person()
    session.commit()
    with app.app_context(), unit():  # as imports do it
        there = [db.session.get_one(type(row), row.id) for row in (staff, third, small)]
        actor = auth.actor_of(there[0], now=NOW)
        with pytest.raises(Refused):
            service.affiliate(*there[1:], role=AffiliationRole.MEMBER, actor=actor, now=NOW)
    browser.sign_in(boss)
    mine = session.scalar(select(Affiliation).where(Affiliation.person_id == second.id))
    browser.send("members.change_role", {"role": "representative"}, id=mine.id, **where)
    last = session.scalar(
        select(Affiliation).where(Affiliation.person_id == second.id, Affiliation.ends_at.is_(None))
    )
    browser.send("members.end_affiliation", id=last.id, **where)
    browser.send("members.answer_request", {"role": "member"}, id=asks.id)
    assert belong(session, small) == 2


def test_a_kind_with_fewer_places_than_people_is_not_given(browser, session, make, small):
    wide = make.Organisation()
    many = make.MembershipTier(code="many")
    row = make.Membership(organisation=wide)
    make.MembershipPeriod(membership=row, tier=many)
    for _ in range(3):
        make.colleague(wide, "representative")
    duo = session.scalar(select(type(many)).where(type(many).seats == 2))
    session.commit()
    browser.sign_in(make.staff("membership"))
    page = browser.fill("members.change_tier", {"tier": str(duo.id)}, expect=422, slug=wide.slug)
    assert "for 2 people, and 3 belong" in page.main.text
    browser.sign_in(make.colleague(wide))
    asked = {"tier": str(duo.id), "takes": "at_once"}
    browser.fill("members.ask_about_membership", asked, expect=422, slug=wide.slug)
