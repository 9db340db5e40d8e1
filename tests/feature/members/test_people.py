"""Who belongs to an organisation: invitations and roles."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from portal.models import (
    Affiliation,
    AffiliationRole,
    AuditEvent,
    Invitation,
    InvitationState,
    LoginSession,
)
from tests.feature.members.conftest import path_in

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
BEFORE = datetime(2021, 1, 1, tzinfo=UTC)


@pytest.fixture
def firm(make):
    return make.Organisation(display_name="Firm")


@pytest.fixture
def boss(make, firm):
    return make.colleague(firm, name="The Boss")


@pytest.fixture
def invited(browser, boss, firm, letters):
    """Invite an address, and return the path in its letter."""

    def sent(email="new@example.org", role="representative"):
        browser.sign_in(boss)
        browser.fill("members.invite", {"email": email, "role": role}, slug=firm.slug)
        return path_in(letters(email)[-1], "/invitations/")

    return sent


def press(browser, address, label, expect=302):
    page = browser.open("GET", address)
    [form] = [f for f in page.select("main form") if label in f.text]
    data = {"csrf_token": form.select_one("[name=csrf_token]")["value"]}
    return browser.open("POST", form["action"], data=data, expect=expect)


def roles(session, organisation):
    session.rollback()
    live = (Affiliation.organisation_id == organisation.id, Affiliation.ends_at.is_(None))
    return sorted(session.scalars(select(Affiliation.role).where(*live)))


def test_somebody_is_invited_and_joins(another_browser, session, make, firm, invited):
    address = invited()
    page = another_browser.open("GET", address)
    assert "Sign in with the address" in page.text
    assert another_browser.response.headers["Cache-Control"] == "no-store"
    another_browser.sign_in(make.Person(email="new@example.org"))
    press(another_browser, address, "Accept")
    assert roles(session, firm) == ["administrator", "representative"]
    another_browser.get("members.organisation", slug=firm.slug)


def test_the_invitation_waits_on_the_desk_of_whom_it_is_for(
    another_browser, session, make, firm, invited
):
    invited()
    another_browser.sign_in(make.Person(email="new@example.org"))
    page = another_browser.get("site.desk")
    [link] = [a["href"] for a in page.select("main a") if "/invitations/" in a["href"]]
    press(another_browser, link, "Accept")
    assert len(roles(session, firm)) == 2


def test_another_address_cannot_use_it(another_browser, session, make, firm, invited):
    address = invited()
    another_browser.sign_in(make.Person(email="other@example.org"))
    page = another_browser.open("GET", address)
    assert "another address" in page.text
    key = address.rpartition("/")[2]
    another_browser.send("members.accept_invitation", key=key, expect=403)
    row = session.scalar(select(Invitation))
    another_browser.send("members.accept_invitation", key=row.id, expect=404)
    assert roles(session, firm) == ["administrator"]


def test_who_has_not_proved_the_address_cannot_use_it(another_browser, make, invited):
    address = invited()
    another_browser.sign_in(make.Person(email="new@example.org", verified_at=None))
    key = address.rpartition("/")[2]
    another_browser.send("members.accept_invitation", key=key, expect=403)


def test_an_invitation_is_good_for_two_weeks(another_browser, session, make, firm, invited, at):
    at(NOON)
    address = invited()
    person = make.Person(email="new@example.org")
    end = NOON + timedelta(days=14)
    at(end)
    another_browser.sign_in(person, now=end)
    assert "has expired" in another_browser.open("GET", address).text
    key = address.rpartition("/")[2]
    another_browser.send("members.accept_invitation", key=key, expect=409)
    at(end - timedelta(seconds=1))
    another_browser.sign_in(person, now=end - timedelta(seconds=1))
    press(another_browser, address, "Accept")
    assert len(roles(session, firm)) == 2


def test_a_withdrawn_invitation_is_over(browser, another_browser, session, make, firm, invited):
    address = invited()
    browser.press("members.people", "Withdraw", slug=firm.slug)
    another_browser.sign_in(make.Person(email="new@example.org"))
    another_browser.send("members.accept_invitation", key=address.rpartition("/")[2], expect=409)
    assert session.scalar(select(Invitation.state)) is InvitationState.REVOKED


def test_an_invitation_is_used_once(another_browser, session, make, firm, invited):
    address = invited()
    another_browser.sign_in(make.Person(email="new@example.org"))
    press(another_browser, address, "Accept")
    key = address.rpartition("/")[2]
    another_browser.send("members.accept_invitation", key=key, expect=409)
    another_browser.send("members.decline_invitation", key=key, expect=409)
    assert len(roles(session, firm)) == 2


def test_sending_it_again_makes_the_first_letter_useless(
    browser, another_browser, make, firm, invited, letters
):
    first = invited()
    browser.press("members.people", "Send again", slug=firm.slug)
    second = path_in(letters("new@example.org")[-1], "/invitations/")
    another_browser.sign_in(make.Person(email="new@example.org"))
    another_browser.open("GET", first, expect=404)
    press(another_browser, second, "Decline")


def test_an_invitation_ends_with_the_right_of_who_sent_it(
    another_browser, session, make, firm, boss, invited
):
    address = invited()
    make.colleague(firm)
    session.scalar(select(Affiliation).where(Affiliation.person_id == boss.id)).ends_at = BEFORE
    another_browser.sign_in(make.Person(email="new@example.org"))
    press(another_browser, address, "Accept", expect=409)


def test_needless_invitations_are_explained(browser, make, firm, boss, invited):
    invited()
    again = {"email": "new@example.org", "role": "member"}
    page = browser.fill("members.invite", again, expect=422, slug=firm.slug)
    assert "is waiting for an answer already" in page.select_one("#email-error").text
    mine = {"email": boss.email, "role": "member"}
    page = browser.fill("members.invite", mine, expect=422, slug=firm.slug)
    assert "belongs to the organisation already" in page.select_one("#email-error").text


def test_a_role_is_ended_and_replaced(browser, session, make, firm, boss):
    person = make.colleague(firm, "member", name="Kari")
    row = session.scalar(select(Affiliation).where(Affiliation.person_id == person.id))
    browser.sign_in(boss)
    browser.fill("members.change_role", {"role": "representative"}, slug=firm.slug, id=row.id)
    session.refresh(row)
    assert (row.role, row.ended_by_id) == (AffiliationRole.MEMBER, boss.id)
    assert roles(session, firm) == ["administrator", "representative"]
    [told] = session.scalars(select(AuditEvent)).all()
    assert (told.action, told.note) == ("affiliation.changed", "Kari")


def test_ending_a_role_ends_at_once_what_it_gave(
    browser, another_browser, session, make, firm, boss
):
    person = make.colleague(firm, "representative")
    row = session.scalar(select(Affiliation).where(Affiliation.person_id == person.id))
    another_browser.sign_in(person)
    another_browser.send("members.act_for", {"organisation": str(firm.id)})
    browser.sign_in(boss)
    browser.fill("members.end_affiliation", slug=firm.slug, id=row.id)
    another_browser.get("members.organisation", slug=firm.slug, expect=404)
    live = LoginSession.person_id == person.id
    assert session.scalar(select(LoginSession.acting_id).where(live)) is None


def test_the_last_administrator_stays_until_there_is_another(browser, session, make, firm, boss):
    row = session.scalar(select(Affiliation).where(Affiliation.person_id == boss.id))
    where = {"slug": firm.slug, "id": row.id}
    browser.sign_in(boss)
    page = browser.fill("members.end_affiliation", expect=409, **where)
    assert "last administrator" in page.text
    browser.fill("members.change_role", {"role": "member"}, expect=409, **where)
    make.colleague(firm)
    browser.fill("members.end_affiliation", **where)
    assert roles(session, firm) == ["administrator"]


def test_staff_may_end_even_the_last(browser, session, make, firm, boss):
    row = session.scalar(select(Affiliation).where(Affiliation.person_id == boss.id))
    browser.sign_in(make.staff("membership"))
    browser.fill("members.end_affiliation", slug=firm.slug, id=row.id)
    assert roles(session, firm) == []


def test_anybody_may_leave_but_not_send_others_away(browser, session, make, firm, boss):
    person = make.colleague(firm, "member")
    found = select(Affiliation.id).where
    mine = session.scalar(found(Affiliation.person_id == person.id))
    theirs = session.scalar(found(Affiliation.person_id == boss.id))
    browser.sign_in(person)
    browser.send("members.end_affiliation", slug=firm.slug, id=theirs, expect=403)
    browser.send("members.change_role", {"role": "administrator"}, slug=firm.slug, id=mine,
                 expect=403)  # fmt: skip
    browser.send("members.invite", {"email": "a@b.no", "role": "member"}, slug=firm.slug,
                 expect=403)  # fmt: skip
    browser.send("members.end_affiliation", slug=firm.slug, id=mine)
    assert roles(session, firm) == ["administrator"]


def test_a_role_is_found_only_below_its_own_organisation(browser, session, make, firm, boss):
    other = make.Organisation()
    make.Affiliation(person=boss, organisation=other)
    row = session.scalar(select(Affiliation.id).where(Affiliation.organisation_id == firm.id))
    browser.sign_in(boss)
    browser.get("members.change_role", slug=other.slug, id=row, expect=404)


ADVERTISEMENT = "Cheap watches at https://evil.example"


def test_an_organisation_that_nobody_confirmed_sends_strangers_no_words_of_its_own(
    browser, session, make, letters
):
    firm = make.Organisation(display_name=ADVERTISEMENT, slug="watches", confirmed_at=None)
    boss = make.colleague(firm, name=ADVERTISEMENT, email="ola@nordlys.example")
    browser.sign_in(boss)
    page = browser.get("members.invite", slug=firm.slug)
    assert not page.select("[name=message]")
    assert "once we have confirmed your organisation" in page.main.text
    answers = {"email": "new@example.org", "role": "member", "message": ADVERTISEMENT}
    browser.send("members.invite", answers | {"language": "en"}, slug=firm.slug)
    [sent] = letters("new@example.org")
    assert sent.subject == "You are invited to join an organisation"
    assert "ola@nordlys.example invites you" in sent.text
    for words in (sent.subject, sent.text, sent.html):
        assert "watches" not in words
        assert "evil" not in words
    assert session.scalar(select(Invitation.message)) == ""
    another = browser.open("GET", path_in(sent, "/invitations/"))
    assert "https://evil.example" not in str(another.select("main .said"))


def test_an_organisation_that_is_confirmed_may_add_a_message(browser, boss, firm, letters):
    browser.sign_in(boss)
    answers = {"email": "new@example.org", "role": "member", "message": "Welcome to the team!"}
    browser.fill("members.invite", answers, slug=firm.slug)
    [sent] = letters("new@example.org")
    assert sent.subject == "You are invited to join Firm"
    assert "Welcome to the team!" in sent.text
