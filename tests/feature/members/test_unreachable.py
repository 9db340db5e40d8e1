"""Letters that come back: none is sent there any more, and those concerned hear of it."""

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import select

from portal.core import clock
from portal.core.wording import Sentence
from portal.models import AuditEvent, EmailAddress, Job, OutgoingMail
from portal.platform import happenings, jobs, mail
from portal.platform.database import unit
from tests.feature.members.conftest import PASSWORD
from tests.support.ports import free_port

EMAIL = "kari@example.org"


class Postbox:
    """A mail server that knows some people and says so in its own words."""

    def __init__(self):
        self.taken, self.says = 0, ""

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if self.says:
            return self.says
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd's name
        self.taken += 1
        return "250 Taken"


@pytest.fixture
def postbox(app, monkeypatch):
    box, port = Postbox(), free_port()
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    monkeypatch.setitem(app.config, "MAIL_URL", f"smtp://127.0.0.1:{port}")
    yield box
    server.stop()


@pytest.fixture
def heard(monkeypatch):
    """Who is told of as being out of reach."""
    told = []
    reaction = lambda person, *, now: told.append(person.email)  # noqa: E731 - a listener
    monkeypatch.setattr(happenings, "ADDRESS_UNREACHABLE", [reaction])
    return told


def post(app, address=EMAIL):
    with app.test_request_context():
        with unit():
            letter = mail.Letter(
                address=address, language="en", subject=Sentence("A letter"), paragraphs=()
            )
            mail.queue(letter)
        jobs.drain()


def address_of(session, person):
    session.rollback()
    return session.scalar(select(EmailAddress).where(EmailAddress.person_id == person.id))


def test_a_mailbox_that_is_not_there_is_marked_and_left_alone(app, session, make, postbox, heard):
    kari = make.Person(email=EMAIL)
    session.commit()
    postbox.says = "550 5.1.1 No such user"
    post(app)
    row = address_of(session, kari)
    assert (row.delivery, row.refusal) == ("unreachable", "550 5.1.1 No such user")
    assert heard == [EMAIL]
    letter = session.scalar(select(OutgoingMail))
    assert (letter.state.value, letter.refusal) == ("sending", "550 5.1.1 No such user")
    [job] = session.scalars(select(Job)).all()
    assert job.done_at is not None, "nobody tries again"
    postbox.says = ""
    post(app)
    assert postbox.taken == 0
    session.rollback()
    held = session.scalars(select(OutgoingMail.refusal)).all()
    assert sorted(held) == ["550 5.1.1 No such user", "held back"]
    deeds = select(AuditEvent.action).where(AuditEvent.subject_id == kari.id)
    assert session.scalars(deeds).all() == ["address.unreachable"]


@pytest.mark.parametrize(
    "says",
    ["450 Greylisted", "550 5.7.1 We do not like you", "552 5.2.2 Mailbox full", "554 No"],
)
def test_a_server_that_merely_will_not_now_is_asked_again(app, session, make, postbox, heard, says):
    kari = make.Person(email=EMAIL)
    session.commit()
    postbox.says = says
    post(app)
    assert address_of(session, kari).delivery == "fine"
    assert heard == []
    assert session.scalar(select(Job.done_at)) is None


def test_an_address_of_nobody_is_refused_without_a_mark(app, session, postbox, heard):
    session.commit()
    postbox.says = "550 No such user"
    post(app, "nobody@example.org")
    session.rollback()
    assert session.scalar(select(OutgoingMail.refused_at)) is not None
    assert heard == []


def test_whoever_cannot_be_reached_is_told_at_sign_in(browser, session, holder):
    kari = holder(email=EMAIL)
    session.commit()
    row = address_of(session, kari)
    row.delivery, row.unreachable_since = "unreachable", clock.now()
    browser.fill("members.sign_in", {"email": EMAIL, "password": PASSWORD})
    assert f"We cannot reach you at {EMAIL}" in browser.get("site.desk").text


@pytest.mark.parametrize("role", ["administrator", "events"])
def test_only_administrators_hold_back_letters_to_one_of_us(browser, session, make, role):
    boss = make.staff(role)
    session.commit()
    address = address_of(session, boss)
    where = {"id": boss.id, "address_id": address.id}
    browser.sign_in(make.staff("membership"))
    page = browser.get("members.person_addresses", id=boss.id)
    assert "Only an administrator" in page.main.text
    assert not page.main.select("button")
    for mark in ("unreachable", "reachable"):
        browser.send("members.mark_address", mark=mark, expect=403, **where)
    assert address_of(session, boss).delivery == "fine"
    browser.sign_in(make.staff("administrator"))
    browser.send("members.mark_address", mark="unreachable", **where)
    assert address_of(session, boss).delivery == "unreachable"
