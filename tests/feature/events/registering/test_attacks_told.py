"""What people try to have told, sent and counted by means of places at events."""

import csv
import re
from io import StringIO

import pytest
from icalendar import Calendar
from sqlalchemy import select

from portal.core.errors import Mistake
from portal.events import places
from portal.extensions import db
from portal.models import (
    Delegate,
    DelegateState,
    OutgoingMail,
)
from portal.platform import auth, tokens
from portal.platform.database import unit
from tests.feature.events.registering.conftest import NOW, named

NASTY = "<img src=x onerror=alert(1)> \u202e{{ 7*7 }} %(x)s"


@pytest.fixture
def ticket(make, event):
    """A ticket with places enough."""
    return make.ticket(event, 10)


def emails(session):
    session.rollback()
    return sorted(session.scalars(select(Delegate.email)))


def letters(session, recipient):
    session.rollback()
    found = select(OutgoingMail).where(OutgoingMail.recipient == recipient)
    return session.scalars(found.order_by(OutgoingMail.id)).all()


@pytest.mark.parametrize("name", ["Win at https://evil.example", "See WWW.evil.example now"])
def test_nobody_is_sent_an_address_to_open_in_the_place_of_a_name(
    browser, make, session, ticket, company, boss, name
):
    answers = named(0, name, "victim@example.com")
    page = browser.fill("events.register", answers, slug="ibc", expect=422)
    assert "without a web address" in page.select_one("#people-0-name-error").text
    mine = make.delegate(ticket, organisation=company)
    browser.fill(
        "events.substitute", {"name": name, "email": "victim@example.com"}, id=mine.id, expect=422
    )
    browser.fill("events.correct", {"name": name}, id=mine.id, expect=422)
    assert letters(session, "victim@example.com") == []


def test_an_organisation_that_nobody_confirmed_advertises_to_nobody(
    browser, another_browser, make, session, ticket
):
    company = make.Organisation(display_name="Cheap pills AS", confirmed_at=None)
    mallory = make.colleague(company, name="Call 820 12345", email="m@pills.example")
    browser.sign_in(mallory, now=NOW)
    browser.fill("events.register", named(0, "Vera", "vera@example.com"), slug="ibc")
    delegate = session.scalar(select(Delegate))
    another_browser.sign_in(make.staff("events"), now=NOW)
    another_browser.send("events.approve", id=delegate.id)
    new = {"who": "", "name": "Vigdis", "email": "vigdis@example.com"}
    browser.send("events.substitute", new, id=delegate.id)
    told = [*letters(session, "vera@example.com"), *letters(session, "vigdis@example.com")]
    assert len(told) == 4
    for letter in told:
        for words in (letter.subject, letter.text, letter.html):
            assert "pills AS" not in words
            assert "820" not in words
    assert "m@pills.example" in told[0].text


def test_letters_to_one_address_and_forms_of_one_person_are_counted(
    browser, make, session, ticket, boss
):
    ticket.quotas[0].size = None
    for _ in range(10):
        browser.fill("events.register", named(0, "Vera", "vera@example.com"), slug="ibc")
        delegate = session.scalar(select(Delegate).order_by(Delegate.id.desc()).limit(1))
        browser.send("events.withdraw", id=delegate.id)
    browser.fill("events.register", named(0, "V", "vera@example.com"), slug="ibc", expect=429)
    for number in range(19):
        answers = named(0, "Guest", f"guest{number}@example.com")
        browser.fill("events.register", answers, slug="ibc")
    browser.fill("events.register", named(0, "G", "late@example.com"), slug="ibc", expect=429)
    assert int(browser.response.headers["Retry-After"]) > 0


def test_names_are_harmless_in_pages_letters_files_and_calendars(
    browser, make, session, ticket, company, boss
):
    name = f'=HYPERLINK("x")\r\nBCC: a@b.no\u2028END:VEVENT {NASTY}'
    answers = named(0, name, "anna@nordlys.no") | {"note": "+1+1\n@SUM(A1)"}
    browser.fill("events.register", answers, slug="ibc")
    made = session.scalar(select(Delegate))
    assert made.name.isprintable()
    browser.get("events.delegate", id=made.id)
    assert "<img src=x" not in browser.response.text
    browser.get("events.calendar_entry", id=made.id)
    [entry] = Calendar.from_ical(browser.response.data).walk("VEVENT")
    assert entry["SUMMARY"].endswith(made.name)
    assert browser.response.data.count(b"\r\nEND:VEVENT\r\n") == 1
    [letter] = letters(session, "anna@nordlys.no")
    assert "\n" not in letter.subject + letter.recipient_name
    assert "<img" not in letter.html
    browser.sign_in(make.staff("events"), now=NOW)
    browser.get("events.delegates", slug="ibc")
    assert "<img src=x" not in browser.response.text
    browser.open("GET", browser.address("events.export_delegates", slug="ibc", kind="csv"))
    told = browser.response.data.decode("utf-8-sig")
    [row] = list(csv.DictReader(StringIO(told), delimiter=";"))
    assert row["Name"].startswith("'=")
    assert row["Note"].startswith("'+")
    assert not [cell for cell in row.values() if cell.startswith(("=", "+", "-", "@"))]


def test_a_secret_calendar_stands_in_no_log_and_opens_for_nobody_blocked(
    browser, another_browser, app, make, session, ticket, company, capsys
):
    anna = make.colleague(company, "member")
    make.delegate(ticket, organisation=company, person=anna)
    browser.sign_in(anna, now=NOW)
    page = browser.fill("events.own_calendar", expect=200)
    [token] = re.findall(r"/events/feeds/([\w-]+)\.ics", page.text)
    assert browser.response.headers["Cache-Control"] == "no-store"
    assert browser.response.headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    address = browser.address("events.calendar_feed", token=token)
    another_browser.open("GET", address)
    assert b"BEGIN:VEVENT" in another_browser.response.data
    assert b"ATTENDEE" not in another_browser.response.data
    assert token not in "".join(capsys.readouterr())
    anna.state = "blocked"
    another_browser.open("GET", address, expect=404)
    hashed = browser.address("events.calendar_feed", token=tokens.digest(token))
    another_browser.open("GET", hashed, expect=404)


def test_ticked_delegates_of_another_event_are_neither_written_to_nor_approved(
    browser, make, session, event, ticket
):
    there = make.Event(slug="nab", needs_approval=True)
    theirs = make.delegate(make.ticket(there, 2), "requested", email="x@example.org")
    browser.sign_in(make.staff("events"), now=NOW)
    ids = {"ids": [str(theirs.id)]}
    browser.send("events.deal_with_ticked", ids, slug="ibc", expect=422)
    words = {"subject": "Hello\nBcc: a@b.no", "text": "Hello."}
    browser.send("events.message_delegates", ids | words, slug="ibc", expect=422)
    session.refresh(theirs)
    assert theirs.state == DelegateState.REQUESTED
    assert letters(session, "x@example.org") == []


def test_every_post_wants_a_token(browser, make, ticket, boss):
    rules = [rule for rule in browser.app.url_map.iter_rules() if "POST" in rule.methods]
    rooms = ("events.", "news.", "members.import", "members.new_import", "members.confirm_import")
    ours = [rule for rule in rules if rule.endpoint.startswith(rooms)]
    assert len(ours) > 40
    id = "0191d3b0-0000-7000-8000-000000000000"
    for rule in ours:
        path = re.sub(r"<uuid:\w+>", id, rule.rule)
        browser.open("POST", re.sub(r"<[^>]+>", "1", path), data={"name": "x"}, expect=400)


def test_two_forms_at_once_do_not_register_one_address_twice(app, make, session, ticket, boss):
    session.commit()
    ids = boss.id, ticket.id, ticket.event_id
    for number in range(2):
        with app.test_request_context(), unit():
            person = db.session.get(type(boss), ids[0])
            actor = auth.actor_of(person, now=NOW)
            anna = places.Attendee(name="Anna", email=" ANNA@x.no ", ticket_id=ids[1])
            wanted = places.Booking(
                organisation_id=actor.organisation_ids[0],
                client_token=f"token{number}",
                people=(anna,),
            )
            event = db.session.get(type(ticket.event), ids[2])
            if number == 0:
                places.register(event, wanted, actor=actor, now=NOW)
                continue
            with pytest.raises(Mistake):
                places.register(event, wanted, actor=actor, now=NOW)
    assert emails(session) == ["anna@x.no"]
