"""Deeds about places, each in a unit of work of its own, as the portal does them."""

from collections.abc import Callable
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core import clock
from portal.events import accounts, places
from portal.events.places import Attendee, Booking
from portal.extensions import db
from portal.models import Delegate, DelegateHistory, Event, OutgoingMail, Person, Row
from portal.platform.auth import actor_of
from portal.platform.database import unit


class Deeds:
    """Whoever does things to events in a story: `deeds(places.withdraw, delegate, by=person)`."""

    def __init__(self, app: Flask, session: Session) -> None:
        self.app, self.session, self.tokens = app, session, 0

    def __call__(
        self, deed: Callable[..., Any], subject: Any, /, *given: Any, by: Any, **more: Any
    ) -> Any:
        """Do a deed to a row, or to nothing, as a person; return what it returned, kept."""
        self.session.commit()
        now = more.pop("now", None) or clock.now()
        with self.app.app_context(), unit():
            actor = actor_of(db.session.get_one(Person, by.id), now=now)
            subjects = [] if subject is None else [again(subject)]
            made = deed(*subjects, *given, actor=actor, now=now, **more)
            key = made.id if isinstance(made, Row) else None
        self.session.commit()
        return self.session.get(type(made), key) if key else made

    def by_itself(self, deed: Callable[..., Any], subject: Any, *, now: datetime) -> None:
        """Let the portal do something by itself."""
        self.session.commit()
        with self.app.app_context(), unit():
            deed(again(subject), now=now)
        self.session.commit()

    def register(self, ticket: Any, *people: Any, by: Any, organisation: Any, **more: Any) -> Any:
        """Register people, given as persons or names; return their delegates in order."""
        self.tokens += 1
        when = {"now": more.pop("now")} if "now" in more else {}
        asked = {"client_token": f"story-{self.tokens}"} | more
        tickets = ticket if isinstance(ticket, list) else [ticket] * len(people)
        attendees = tuple(
            Attendee(name=each.name, email=each.email, ticket_id=of.id)
            for each, of in zip(map(somebody, people), tickets, strict=True)
        )
        booking = Booking(organisation_id=organisation.id, people=attendees, **asked)
        event = tickets[0].event
        made = self(places.register, event, booking, by=by, **when)
        found = select(Delegate).where(Delegate.registration_id == made)
        return list(self.session.scalars(found.order_by(Delegate.id)))

    def states(self, *delegates: Delegate) -> list[str]:
        """Return how delegates stand."""
        self.session.commit()
        return [delegate.state.value for delegate in delegates]

    def past(self, delegate: Delegate) -> list[tuple[str, str]]:
        """Return the moves a delegate made and where each led."""
        lines = select(DelegateHistory.move, DelegateHistory.after)
        mine = lines.where(DelegateHistory.delegate_id == delegate.id)
        return [tuple(row) for row in self.session.execute(mine.order_by(DelegateHistory.seq))]

    def letters_to(self, address: str) -> list[str]:
        """Return the subjects of the letters to an address, in order."""
        found = select(OutgoingMail.subject).where(OutgoingMail.recipient == address)
        return list(self.session.scalars(found.order_by(OutgoingMail.created_at, OutgoingMail.id)))

    def findings(
        self, *, now: datetime | None = None, event: Event | None = None
    ) -> list[tuple[int, str]]:
        """Return what the accounts find wrong, perhaps of one event: nothing, if all is well."""
        self.session.commit()
        id = event.id if event else None
        with self.app.app_context(), unit(writing=False):
            found = accounts.audit(id, now=now or clock.now())
        return [(finding.invariant, finding.about.text) for finding in found]


def again(row: Any) -> Any:
    """Find a row in the session of the unit of work."""
    return db.session.get_one(type(row), row.id)


def somebody(person: Any) -> Any:
    """Return a person, or make one up of a name."""
    if not isinstance(person, str):
        return person
    return SimpleNamespace(name=person, email=f"{person.lower().replace(' ', '.')}@example.org")
