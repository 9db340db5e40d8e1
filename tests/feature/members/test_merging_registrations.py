"""Two organisations that are registered for the same event, and are one: so are their places."""

import pytest
from sqlalchemy import select

from portal.events import accounts
from portal.models import Delegate, MergeRecord, Registration
from portal.platform.database import unit
from tests.factories.base import days


@pytest.fixture
def both(make):
    """Two organisations with people at the same event."""

    def at(*, most=None, of_ticket=None, numbers=(1, 2), references=("", "")):
        event = make.Event(title_en="Fair", title_nb="Messe", max_per_organisation=most)
        ticket = make.ticket(event, 20, max_per_organisation=of_ticket)
        firms = []
        for number, reference in zip(numbers, references, strict=True):
            firm = make.Organisation()
            booked = make.Registration(
                event=event, organisation=firm, purchase_reference=reference, note=reference
            )
            for _ in range(number):
                make.delegate(ticket, registration=booked)
            firms.append(firm)
        return event, *firms

    return at


@pytest.fixture
def merged(browser, session, make):
    """Propose that one becomes a part of the other, see what is foretold, and approve it."""

    def done(kept, lost):
        browser.sign_in(make.staff("membership"))
        answers = {"called": kept.slug, "reason": "One company."}
        browser.fill("members.merge_organisation", answers, slug=lost.slug)
        session.rollback()
        row = session.scalar(select(MergeRecord).order_by(MergeRecord.id.desc()))
        browser.sign_in(make.staff("membership"))
        foretold = browser.get("members.merge", id=row.id).main.text
        browser.send("members.approve_merge", id=row.id)
        session.expire_all()
        return foretold

    return done


def booked(session):
    rows = session.scalars(select(Registration).order_by(Registration.id)).all()
    return [(row.organisation_id, len(row.delegates), row.purchase_reference) for row in rows]


def findings(app):
    with app.app_context(), unit(writing=False):
        return accounts.audit(now=days(0))


def test_it_becomes_one_registration_with_all_of_their_people(app, session, both, merged):
    _event, kept, lost = both(most=3, references=("", "PO-7"))
    assert "It becomes one registration" in merged(kept, lost)
    assert booked(session) == [(kept.id, 3, "PO-7")]
    assert {row.organisation_id for row in session.scalars(select(Delegate))} == {kept.id}
    assert findings(app) == []


def test_two_references_for_invoices_stay_two_registrations(app, session, both, merged):
    _event, kept, lost = both(references=("PO-1", "PO-2"))
    assert "invoices carry different references" in merged(kept, lost)
    assert booked(session) == [(kept.id, 1, "PO-1"), (kept.id, 2, "PO-2")]
    assert findings(app) == []


@pytest.mark.parametrize("limit", ["most", "of_ticket"])
def test_beyond_the_maximum_they_stay_as_they_are_and_count_together(
    app, browser, session, make, both, merged, limit
):
    event, kept, lost = both(**{limit: 2})
    boss = make.colleague(kept)
    foretold = merged(kept, lost)
    assert "more people than one organisation may have" in foretold
    assert "with the team of the event, who find it among the delegates, by the name" in foretold
    assert booked(session) == [(kept.id, 1, ""), (lost.id, 2, "")]
    assert findings(app) == []
    browser.sign_in(boss)
    page = browser.get("events.register", slug=event.slug)
    ticket = page.select_one("[name='people-0-ticket_id']")
    answers = {"people-0-name": "Ada", "people-0-email": "ada@example.org"}
    if ticket is not None and ticket.get("type") == "radio":
        answers["people-0-ticket_id"] = ticket["value"]
    browser.fill("events.register", answers, slug=event.slug, expect=422)
    assert len(booked(session)) == 2


def test_people_of_the_past_go_along(app, session, make, both, merged):
    event, kept, lost = both()
    gone = session.scalar(select(Delegate).where(Delegate.organisation_id == lost.id))
    other = make.Event()
    make.delegate(make.ticket(other), organisation=lost)
    merged(kept, lost)
    assert session.get(Delegate, gone.id).organisation_id == kept.id
    assert {row[0] for row in booked(session)} == {kept.id}
    assert len(booked(session)) == 2
    assert findings(app) == []
