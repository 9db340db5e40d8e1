"""Erasing: who may, what goes, what stays, and that nobody finds a word of the person again."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from portal.core import clock
from portal.core.wording import Sentence
from portal.extensions import db
from portal.members import service
from portal.members.privacy import erasing
from portal.models import (
    Affiliation,
    AuditEvent,
    Base,
    Job,
    MailState,
    OutgoingMail,
    Person,
    PersonState,
    PrivacyRequest,
    PrivacyState,
)
from portal.platform import jobs, mail
from portal.platform.database import unit
from tests.feature.members.conftest import PASSWORD
from tests.support.browser import Browser

#: Nobody else has these in their name, address, phone, title or words.
CANARIES = ("quillemina", "zanzibari", "41 58 09 26", "chief of lanterns", "hear my canary")
ADDRESS = "quillemina@zanzibari.example"


@pytest.fixture
def lamp(make):
    """An organisation with two administrators."""
    organisation = make.Organisation(display_name="Lamp AS")
    make.colleague(organisation, "administrator")
    return organisation


@pytest.fixture
def somebody(app, session, make, lamp, holder):
    """Somebody with a trace of everything in the portal."""
    person = holder(name="Quillemina Zanzibari", email=ADDRESS, phone="+47 41 58 09 26")
    make.Affiliation(person=person, organisation=lamp, title="Chief of lanterns")
    make.Invitation(
        organisation=lamp, invited_by=person, email="else@example.org", message="Hear my canary"
    )
    make.Invitation(email=ADDRESS, message="Dear Quillemina")
    make.MembershipEnquiry(name="Quillemina Zanzibari", email=ADDRESS, message="Hear my canary")
    make.JoinRequest(person=person, message="Hear my canary")
    session.add(
        OutgoingMail(
            message_id="1@x", recipient="else@example.org", subject="Quillemina Zanzibari asks",
            text="Hear my canary: Quillemina Zanzibari", html="", language="en",
        )
    )  # fmt: skip
    make.delegate(
        make.ticket(make.Event(), 10), organisation=lamp, person=person,
        name="Quillemina Zanzibari", email=ADDRESS,
        phone="+47 41 58 09 26", title="Chief of lanterns",
    )  # fmt: skip
    session.commit()
    return person


@pytest.fixture
def two_of_us(make):
    return make.staff("membership", name="First Pair"), make.staff("membership", name="Second Pair")


def asked(session):
    session.rollback()
    return session.scalar(select(PrivacyRequest))


def dumped(app):
    """Return every row of every table as one text, in small letters."""
    with app.app_context(), db.engine.connect() as connection:
        rows = (
            repr(tuple(row))
            for table in Base.metadata.sorted_tables
            for row in connection.execute(table.select())
        )
        return "\n".join(rows).casefold()


def ask(app, session, person):
    """Ask to be erased, on one's own page."""
    own = Browser(app, session)
    own.sign_in(person)
    own.fill("members.account", {"name": person.name, "phone": person.phone, "language": "en"})
    own.fill("members.ask_privacy", {"kind": "erase", "wish": "Hear my canary"})
    return own


def erase(browser, another_browser, session, two_of_us):
    """Check who asks as one of us, erase as another."""
    first, second = two_of_us
    browser.sign_in(first)
    browser.fill(
        "members.step_privacy_request",
        {"words": "Quillemina called us back."},
        id=asked(session).id,
        move="check",
    )
    another_browser.sign_in(second)
    words = {"sure": "y", "answer": "Goodbye, Quillemina."}
    another_browser.fill("members.erase_person", words, id=asked(session).id)


def test_no_word_of_somebody_who_was_erased_is_found_anywhere(
    app, at, browser, another_browser, session, somebody, two_of_us
):
    own = ask(app, session, somebody)
    assert all(canary in dumped(app) for canary in CANARIES)
    erase(browser, another_browser, session, two_of_us)
    own.get("members.account", expect=401)
    with app.app_context():
        while jobs.run_one():
            pass
    with app.app_context(), unit():
        for letter in db.session.scalars(select(OutgoingMail)):
            letter.state, letter.sent_at = "sent", clock.now()
    at(clock.now() + timedelta(days=1, minutes=1))
    with app.app_context():
        jobs.REGISTRY["members.forget_farewells"]()
        while jobs.run_one():
            pass
    found = [canary for canary in CANARIES if canary in dumped(app)]
    assert found == []


def test_what_stays_has_no_name_and_leads_to_nobody(
    app, browser, another_browser, session, somebody, two_of_us, lamp
):
    ask(app, session, somebody)
    erase(browser, another_browser, session, two_of_us)
    assert asked(session).state is PrivacyState.DONE
    person = session.get(Person, somebody.id)
    assert person.state is PersonState.CLOSED
    assert person.pseudonymised_at is not None
    assert (person.name, person.phone, person.password_hash) == ("Former member", "", None)
    assert person.email == f"{person.id.hex}@erased.invalid"
    places = session.scalars(select(Affiliation).where(Affiliation.person_id == person.id)).all()
    assert [(place.title, place.ends_at is None) for place in places] == [("", False)]
    told = session.scalars(select(AuditEvent).where(AuditEvent.actor_id == person.id)).all()
    assert {"person.profile_changed", "privacy_request.received"} <= {row.action for row in told}
    assert {row.actor_name for row in told} == {""}
    page = browser.get("members.staff_person", id=person.id)
    assert "Former member" in page.text


def test_the_last_letter_reaches_the_address_that_is_gone(
    app, browser, another_browser, session, somebody, two_of_us
):
    ask(app, session, somebody)
    erase(browser, another_browser, session, two_of_us)
    session.rollback()
    last = session.scalars(select(OutgoingMail).where(OutgoingMail.recipient == ADDRESS)).all()
    assert [letter.subject for letter in last] == ["Your data is erased"]


def test_whoever_checked_does_not_erase_and_nobody_erases_unchecked(
    app, browser, another_browser, session, somebody, two_of_us
):
    ask(app, session, somebody)
    id = asked(session).id
    first, second = two_of_us
    browser.sign_in(first)
    browser.send("members.erase_person", {"sure": "y"}, id=id, expect=409)
    browser.fill("members.step_privacy_request", {"words": "Called."}, id=id, move="check")
    browser.get("members.erase_person", id=id, expect=403)
    browser.send("members.erase_person", {"sure": "y"}, id=id, expect=403)
    browser.send("members.step_privacy_request", {"words": "x"}, id=id, move="finish", expect=409)
    another_browser.sign_in(second)
    another_browser.send(
        "members.step_privacy_request", {"words": "x"}, id=id, move="finish", expect=409
    )
    another_browser.send("members.erase_person", {}, id=id, expect=422)
    assert session.get(Person, somebody.id).pseudonymised_at is None


def test_the_preview_says_what_goes_and_why(app, browser, session, somebody, two_of_us):
    ask(app, session, somebody)
    browser.sign_in(two_of_us[0])
    id = asked(session).id
    browser.fill("members.step_privacy_request", {"words": "Called."}, id=id, move="check")
    page = browser.get("members.privacy_request", id=id)
    rows = {row.th.text: row.text for row in page.select("table tbody tr")}
    assert "Deleted" in rows["Browsers that they signed in with"]
    assert "bokføringsloven § 13" in rows["Places at events"]
    assert "Kept without their name" in rows["What they did in the portal"]


def test_the_last_administrator_names_a_successor_first(
    app, browser, another_browser, session, somebody, two_of_us, make
):
    make.Affiliation(person=somebody, organisation=make.Organisation(display_name="Alone AS"))
    ask(app, session, somebody)
    first, second = two_of_us
    browser.sign_in(first)
    id = asked(session).id
    browser.fill("members.step_privacy_request", {"words": "Called."}, id=id, move="check")
    another_browser.sign_in(second)
    page = another_browser.get("members.erase_person", id=id)
    assert "last administrator of Alone AS" in page.text
    another_browser.send("members.erase_person", {"sure": "y"}, id=id, expect=409)


def test_staff_are_not_erased_while_they_work_here(
    app, browser, another_browser, session, two_of_us, make
):
    person = make.staff("editor")
    ask(app, session, person)
    first, second = two_of_us
    browser.sign_in(first)
    id = asked(session).id
    browser.fill("members.step_privacy_request", {"words": "Called."}, id=id, move="check")
    another_browser.sign_in(second)
    another_browser.send("members.erase_person", {"sure": "y"}, id=id, expect=409)


def test_erasing_needs_a_fresh_proof(app, session, somebody, two_of_us, browser):
    ask(app, session, somebody)
    browser.sign_in(two_of_us[0])
    id = asked(session).id
    browser.fill("members.step_privacy_request", {"words": "Called."}, id=id, move="check")
    stale = Browser(app, session)
    stale.sign_in(two_of_us[1], now=clock.now() - timedelta(hours=1))
    stale.open("GET", stale.address("members.erase_person", id=id), expect=302)


@pytest.mark.parametrize("column", ["actor_name", "note", "action"])
def test_the_audit_lets_nothing_be_emptied_that_is_not_noted(app, session, make, column):
    person = make.Person()
    session.commit()
    with app.app_context(), unit():
        service.set_password(db.session.get(Person, person.id), "x", now=clock.now())
    with app.app_context(), pytest.raises(Exception, match="append-only"), unit():
        db.session.execute(AuditEvent.__table__.update().values(**{column: ""}))


def test_whoever_was_erased_may_begin_again_as_somebody_else(
    app, browser, another_browser, session, somebody, two_of_us
):
    own = ask(app, session, somebody)
    erase(browser, another_browser, session, two_of_us)
    own.sign_out()
    answers = {
        "name": "Quillemina Zanzibari", "email": ADDRESS, "password": PASSWORD, "accepts": "y",
    }  # fmt: skip
    own.fill("members.sign_up", answers)
    found = session.scalars(select(Person).where(Person.email == ADDRESS)).all()
    assert [person.id == somebody.id for person in found] == [False]


def test_two_who_erase_at_once_erase_once(
    app, browser, another_browser, session, somebody, two_of_us, make
):
    ask(app, session, somebody)
    erase(browser, another_browser, session, two_of_us)
    another_browser.send("members.erase_person", {"sure": "y"}, id=asked(session).id, expect=409)
    told = session.scalars(select(AuditEvent).where(AuditEvent.action == "person.erased")).all()
    assert len(told) == 1


@pytest.mark.parametrize("name", ["Account", "You get", "Button"])
def test_a_name_that_is_a_common_word_empties_no_letters_of_others(
    app, browser, another_browser, session, make, two_of_us, name
):
    person = make.Person(name=name)
    colleague = make.Person(name="Somebody Else", email="else@example.org")
    session.commit()
    with app.test_request_context(), unit():
        mail.queue(
            letter(colleague, Sentence("You get a button to your account.")),
            letter(colleague, Sentence("%(who)s asks you.", {"who": name})),
            letter(colleague, Sentence("Write to %(at)s.", {"at": person.email})),
        )
    ask(app, session, person)
    erase(browser, another_browser, session, two_of_us)
    theirs = select(OutgoingMail).where(OutgoingMail.person_id == colleague.id)
    session.rollback()
    [forgotten] = session.scalars(select(Job).where(Job.name == erasing.FORGET))
    for row in session.scalars(theirs):
        row.state = MailState.SENT
    session.commit()
    with app.app_context(), unit():
        erasing.empty_letters([UUID(id) for id in forgotten.arguments["letters"]])
    session.rollback()
    left = [row.text for row in session.scalars(theirs.order_by(OutgoingMail.id))]
    assert "You get a button" in left[0]
    assert left[1:] == ["", ""]


def letter(person, told):
    return mail.Letter(**mail.to(person), subject=Sentence("A letter"), paragraphs=(told,))
