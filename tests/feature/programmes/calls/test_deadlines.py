"""A deadline that moves later: who is told of it, and when they are reminded."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from portal.models import OutgoingMail
from portal.programmes.jobs import applying as jobs
from tests.feature.programmes.told import mails

LATER = {"closes_at": "2026-04-14T15:30"}
SUBJECT = "“Spring intake” closes later: on Tuesday 14 April 2026 at 15:30"
WRITING = datetime(2026, 4, 9, 12, tzinfo=UTC)


@pytest.fixture
def company(make):
    found = make.Organisation(display_name="Nordlys")
    make.colleague(found, "representative", email="ola@nordlys.example")
    make.colleague(found, "member", email="kari@nordlys.example")
    return found


@pytest.fixture
def begun(browser, make, draft, company, at):
    """A draft that answers a call whose deadline is tomorrow."""
    browser.fill("programmes.publish_call", id=draft.id)
    at(WRITING)
    browser.sign_in(draft.contact, now=WRITING)
    return make.Application(
        call=draft, organisation=company, created_at=datetime(2026, 3, 11, tzinfo=UTC)
    )


def test_whoever_has_a_draft_is_told_of_a_later_deadline(browser, session, make, draft, begun):
    leader = make.colleague(begun.organisation, "member", email="lead@nordlys.example")
    begun.lead_id = leader.id
    make.Application(call=draft, sent=True)
    make.Application(call=draft, state="lapsed")
    make.Application(call=make.Call())
    browser.fill("programmes.edit_call", LATER, id=draft.id)
    assert sorted(mails(session)) == [
        ("lead@nordlys.example", SUBJECT), ("ola@nordlys.example", SUBJECT),
    ]  # fmt: skip
    text = session.scalars(select(OutgoingMail.text)).first()
    assert "no longer on Friday 10\N{NO-BREAK SPACE}April 2026 at 12:00" in text
    assert f"/programmes/applications/{begun.id}" in text


def test_one_move_is_told_once_and_another_once_more(browser, session, draft, begun):
    browser.fill("programmes.edit_call", LATER, id=draft.id)
    browser.fill("programmes.edit_call", {"title_en": "Spring"}, id=draft.id)
    browser.fill("programmes.edit_call", {"zone": "Europe/Oslo"}, id=draft.id)
    assert len(mails(session)) == 1
    browser.fill("programmes.edit_call", {"closes_at": "2026-04-15T12:00"}, id=draft.id)
    assert len(mails(session)) == 2


def test_a_move_that_is_refused_is_told_to_nobody(browser, session, draft, begun):
    earlier = {"closes_at": "2026-04-10T11:59"}
    browser.fill("programmes.edit_call", earlier, id=draft.id, expect=422)
    assert mails(session) == []


def test_nobody_waits_for_a_call_that_is_not_public(browser, session, draft):
    browser.fill("programmes.edit_call", LATER, id=draft.id)
    assert mails(session) == []


def test_people_are_reminded_of_the_new_deadline_too(app, browser, session, draft, begun, at):
    def reminded():
        session.commit()
        with app.app_context():
            jobs.remind()
        return [subject for _to, subject in mails(session) if "is not sent" in subject]

    at(datetime(2026, 4, 9, 12, tzinfo=UTC))
    assert len(reminded()) == 1
    browser.fill("programmes.edit_call", LATER, id=draft.id)
    assert len(reminded()) == 1, "five days are left, and they heard of the deadline just now"
    at(datetime(2026, 4, 13, 14, tzinfo=UTC))
    assert len(reminded()) == 2
    assert len(reminded()) == 2
