"""Leaving an organisation ends whatever came from it, in the same transaction."""

import pytest
from sqlalchemy import select

from portal.extensions import db
from portal.models import (
    Affiliation,
    AffiliationRole,
    Audience,
    Delegate,
    FormerDelegate,
    Invitation,
    InvitationState,
    LoginSession,
    Milestone,
    Participation,
    Person,
    Succession,
    SuccessionState,
)
from portal.platform import happenings, tokens
from portal.platform.database import unit
from tests.factories.base import days


@pytest.fixture
def firm(make):
    return make.Organisation(display_name="Firm", slug="firm")


@pytest.fixture
def boss(make, firm):
    return make.colleague(firm, name="The Boss")


@pytest.fixture
def leave(browser, session, firm, boss):
    """Let the administrator end what somebody is."""

    def ended(person):
        row = session.scalar(
            select(Affiliation).where(
                Affiliation.person_id == person.id,
                Affiliation.organisation_id == firm.id,
                Affiliation.ends_at.is_(None),
            )
        )
        browser.sign_in(boss)
        browser.fill("members.end_affiliation", slug=firm.slug, id=row.id)
        session.expire_all()

    return ended


def test_drafts_and_places_in_cohorts_are_seen_no_more(make, firm, leave, another_browser):
    person = make.colleague(firm, "representative")
    application = make.Application(organisation=firm)
    place = make.Participation(organisation=firm)
    milestone = make.Milestone(participation=place)
    another_browser.sign_in(person)
    pages = {
        "programmes.application": application.id,
        "programmes.participation": place.id,
        "programmes.milestone": milestone.id,
    }
    for endpoint, id in pages.items():
        another_browser.get(endpoint, id=id)
    leave(person)
    for endpoint, id in pages.items():
        another_browser.get(endpoint, id=id, expect=404)


def test_what_they_saw_to_for_the_company_is_nobodys_now(session, make, firm, leave):
    person = make.colleague(firm, "member")
    place = make.Participation(organisation=firm, responsible_id=person.id)
    mine = make.Milestone(participation=place, owner_id=person.id)
    elsewhere = make.Milestone(owner_id=person.id)
    leave(person)
    assert session.get(Participation, place.id).responsible_id is None
    assert session.get(Milestone, mine.id).owner_id is None
    assert session.get(Milestone, elsewhere.id).owner_id == person.id


def test_places_at_events_stay_the_companys(session, make, firm, leave, another_browser):
    person = make.colleague(firm, "member", email="kari@example.org")
    ticket = make.ticket(make.Event())
    booked = {"organisation": firm, "email": "kari@example.org", "person": person}
    delegate = make.delegate(ticket, **booked)
    another_browser.sign_in(person)
    another_browser.get("events.delegate", id=delegate.id)
    leave(person)
    another_browser.get("events.delegate", id=delegate.id, expect=404)
    assert session.get(Delegate, delegate.id).person_id is None
    [left] = session.scalars(select(FormerDelegate)).all()
    assert (left.delegate_id, left.person_id) == (delegate.id, person.id)


def test_a_private_news_feed_tells_what_is_for_members_no_more(browser, make, firm, leave):
    person = make.colleague(firm, "member")
    make.MembershipPeriod(membership=make.Membership(organisation=firm))
    story = make.Article(live=True, audience=Audience.MEMBERS)
    make.NewsFeed(person=person, token_hash=tokens.digest("a-secret"))
    path = "/news/private/a-secret/feed.atom"
    browser.sign_out()
    browser.session.commit()
    assert story.slug in browser.client.get(path).text
    leave(person)
    browser.sign_out()
    assert story.slug not in browser.client.get(path).text


def test_their_invitations_are_withdrawn(session, make, firm, leave):
    person = make.colleague(firm)
    theirs = make.Invitation(organisation=firm, invited_by=person)
    other = make.Invitation(organisation=firm, invited_by=make.staff("membership"))
    leave(person)
    assert session.get(Invitation, theirs.id).state is InvitationState.REVOKED
    assert session.get(Invitation, other.id).state is InvitationState.PENDING


def test_a_lesser_role_withdraws_them_too(browser, session, make, firm, boss):
    person = make.colleague(firm)
    theirs = make.Invitation(organisation=firm, invited_by=person)
    row = session.scalar(select(Affiliation).where(Affiliation.person_id == person.id))
    browser.sign_in(boss)
    browser.fill("members.change_role", {"role": "member"}, slug=firm.slug, id=row.id)
    session.expire_all()
    assert session.get(Invitation, theirs.id).state is InvitationState.REVOKED


def test_no_browser_acts_for_it_any_more(session, make, firm, leave, another_browser):
    person = make.colleague(firm, "member")
    another_browser.sign_in(person)
    another_browser.send("members.act_for", {"organisation": str(firm.id)})
    leave(person)
    acting = select(LoginSession.acting_id).where(LoginSession.person_id == person.id)
    assert session.scalar(acting) is None


def test_a_representative_who_leaves_asks_for_a_successor(
    browser, session, make, firm, boss, leave, letters
):
    person = make.colleague(firm, "representative", name="Kari")
    heir = make.colleague(firm, "member", name="Ola")
    leave(person)
    [row] = session.scalars(select(Succession)).all()
    assert (row.role, row.state) == (AffiliationRole.REPRESENTATIVE, SuccessionState.OPEN)
    assert "Name a successor for Kari at Firm" in browser.get("site.desk").main.text
    assert [each.subject for each in letters(boss.email)] == ["Name a successor for Kari at Firm"]
    browser.get("members.organisation", slug=firm.slug)
    browser.fill("members.hand_over", {"successor": str(heir.id)}, slug=firm.slug, id=row.id)
    session.expire_all()
    live = select(Affiliation.role).where(
        Affiliation.person_id == heir.id, Affiliation.ends_at.is_(None)
    )
    assert session.scalar(live) is AffiliationRole.REPRESENTATIVE
    assert (row.state, row.successor_id) == (SuccessionState.DONE, heir.id)
    assert "successor" not in browser.get("site.desk").main.text


def test_a_member_who_leaves_asks_for_nobody(session, make, firm, leave):
    leave(make.colleague(firm, "member"))
    assert session.scalars(select(Succession)).all() == []


def test_an_invited_successor_takes_over_by_accepting(
    browser, another_browser, session, make, firm, leave
):
    leave(make.colleague(firm, "representative"))
    row = session.scalar(select(Succession))
    where = {"slug": firm.slug, "id": row.id}
    browser.fill("members.hand_over", {"email": "new@example.org"}, **where)
    session.expire_all()
    assert row.state is SuccessionState.OPEN
    letter = session.scalar(select(Invitation))
    another_browser.sign_in(make.Person(email="new@example.org"))
    another_browser.send("members.accept_invitation", key=letter.id)
    session.expire_all()
    assert row.state is SuccessionState.DONE


def test_the_last_administrator_who_is_blocked_needs_a_successor_until_they_are_back(
    browser, session, make, firm, boss
):
    browser.sign_in(make.staff("administrator"))
    browser.send("members.run_account", id=boss.id, move="block")
    [row] = session.scalars(select(Succession)).all()
    assert (row.organisation_id, row.role) == (firm.id, AffiliationRole.ADMINISTRATOR)
    assert "Name a successor for The Boss" in browser.get("site.desk").main.text
    browser.send("members.run_account", id=boss.id, move="unblock")
    session.refresh(row)
    assert row.state is SuccessionState.DROPPED


def test_one_administrator_of_two_who_is_blocked_needs_none(browser, session, make, firm, boss):
    make.colleague(firm)
    browser.sign_in(make.staff("administrator"))
    browser.send("members.run_account", id=boss.id, move="block")
    assert session.scalars(select(Succession)).all() == []


def test_mail_that_comes_back_asks_for_a_successor(app, session, make, firm, boss):
    id = boss.id
    session.commit()
    for _ in range(2):
        with app.app_context(), unit():
            person = db.session.get(Person, id)
            happenings.tell(happenings.ADDRESS_UNREACHABLE, person, now=days(0))
    session.rollback()
    [row] = session.scalars(select(Succession)).all()
    assert (row.organisation_id, row.cause.value) == (firm.id, "unreachable")


def test_others_see_and_fill_no_role_of_this_organisation(browser, session, make, firm, leave):
    leave(make.colleague(firm, "representative"))
    row = session.scalar(select(Succession))
    where = {"slug": firm.slug, "id": row.id}
    stranger = make.colleague(make.Organisation())
    browser.sign_in(stranger)
    browser.get("members.hand_over", expect=404, **where)
    browser.send("members.drop_succession", expect=404, **where)
    browser.get("members.people_history", slug=firm.slug, expect=404)
    browser.sign_in(make.colleague(firm, "member"))
    browser.get("members.hand_over", expect=403, **where)
    browser.get("members.people_history", slug=firm.slug, expect=403)
    browser.sign_in(make.staff("membership"))
    sent = {"successor": str(stranger.id)}
    browser.send("members.hand_over", sent, expect=422, **where)


def test_who_was_what_can_be_read_back(browser, make, firm, boss, leave):
    person = make.colleague(firm, "representative", name="Kari")
    leave(person)
    page = browser.get("members.people_history", slug=firm.slug)
    rows = [row.get_text(" ", strip=True) for row in page.select("main .rows li")]
    assert any("Kari" in row and "ended by The Boss" in row for row in rows)
    assert any("The Boss" in row and "since" in row for row in rows)
