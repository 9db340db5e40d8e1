"""What is looked up about offers: by applicants, by staff, and by the portal when they end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from portal.core.errors import present
from portal.extensions import db
from portal.models import (
    Actor,
    Agreement,
    Application,
    ApplicationState,
    Call,
    Cohort,
    Offer,
    OfferState,
    Person,
    Reminder,
)
from portal.programmes.rules import OFFER_REMINDERS

#: How many offers one sweep deals with; the next goes on.
AT_ONCE = 500


def offer(application_id: UUID, *, actor: Actor) -> Offer:
    """Return the latest offer to an applicant, whatever became of it. Raises Missing otherwise."""
    found = Offer.visible_to(actor).where(Offer.application_id == application_id)
    latest = found.order_by(Offer.offered_at.desc(), Offer.id.desc()).limit(1)
    return present(db.session.scalar(latest.options(*whole())))


def whole() -> Sequence[Any]:
    """Return how an offer is loaded with all that its page and its letters tell."""
    application = joinedload(Offer.application)
    call = application.joinedload(Application.call)
    return (
        call.joinedload(Call.contact),
        call.joinedload(Call.programme),
        application.joinedload(Application.organisation),
        joinedload(Offer.cohort).joinedload(Cohort.manager),
        joinedload(Offer.agreement),
    )


def name_of(person_id: UUID | None) -> str:
    """Return what somebody is called, or nothing."""
    found = select(Person.name).where(Person.id == person_id)
    return (db.session.scalar(found) if person_id else None) or ""


def agreement(cohort_id: UUID) -> Agreement | None:
    """Return the agreement that companies sign now to join a cohort, if it is written."""
    found = select(Agreement).where(Agreement.cohort_id == cohort_id)
    return db.session.scalar(found.order_by(Agreement.number.desc()).limit(1))


def open_offer(application: Application) -> Offer | None:
    """Return the offer that waits for the applicant's answer, if there is one; held for update."""
    found = select(Offer).where(
        Offer.application_id == application.id, Offer.state == OfferState.OPEN
    )
    fresh = found.with_for_update(of=Offer).execution_options(populate_existing=True)
    return db.session.scalar(fresh)


@dataclass(frozen=True)
class Turn:
    """An applicant on the waiting list, and who is next on it."""

    application: Application
    next: Application | None

    @property
    def is_next(self) -> bool:
        """Whether it is this applicant's turn."""
        return self.next is not None and self.next.id == self.application.id

    @property
    def organisation_id(self) -> UUID:
        """Whose application it is: policies ask for it."""
        return self.application.organisation_id

    @property
    def cohort(self) -> Cohort:
        """The cohort that it waits for."""
        return self.application.call.cohort


def turn(id: UUID, *, actor: Actor) -> Turn:
    """Return an application with who is next on its waiting list. Raises Missing otherwise."""
    call = joinedload(Application.call)
    whole = (
        call.joinedload(Call.cohort),
        call.joinedload(Call.contact),
        joinedload(Application.organisation),
    )
    found = Application.visible_to(actor).where(Application.id == id).options(*whole)
    application = present(db.session.scalar(found))
    return Turn(application, next_in_line(application.call.cohort_id))


def next_in_line(cohort_id: UUID) -> Application | None:
    """Return who is next on a cohort's waiting list, if anybody waits."""
    found = (
        select(Application)
        .join(Application.call)
        .where(Call.cohort_id == cohort_id, Application.state == ApplicationState.WAITLISTED)
        .order_by(Application.waiting_rank, Application.submitted_at, Application.id)
        .limit(1)
    )
    return db.session.scalar(found)


def highest_rank(cohort_id: UUID) -> int:
    """Return the last place on a cohort's waiting list that is taken, 0 when nobody waits."""
    found = (
        select(Application.waiting_rank)
        .join(Application.call)
        .where(Call.cohort_id == cohort_id, Application.state == ApplicationState.WAITLISTED)
        .order_by(Application.waiting_rank.desc())
        .limit(1)
    )
    return db.session.scalar(found) or 0


def ended(*, now: datetime) -> Sequence[UUID]:
    """Return the open offers whose time is up, whoever they went to: for the portal alone."""
    found = select(Offer.id).where(Offer.state == OfferState.OPEN, Offer.expires_at <= now)
    return db.session.scalars(found.order_by(Offer.expires_at, Offer.id).limit(AT_ONCE)).all()


def to_remind(*, now: datetime) -> Sequence[UUID]:
    """Return the open offers that may have a reminder due: for the portal alone."""
    nearest, farthest = OFFER_REMINDERS
    sent = select(Reminder.id).where(Reminder.subject_id == Offer.id)
    last_day = Offer.expires_at <= now + nearest[1]
    unsent = or_(
        last_day & ~sent.where(Reminder.rule == nearest[0]).exists(),
        ~last_day & ~sent.where(Reminder.rule == farthest[0]).exists(),
    )
    found = select(Offer.id).where(
        Offer.state == OfferState.OPEN,
        Offer.expires_at > now,
        Offer.expires_at <= now + farthest[1],
        unsent,
    )
    return db.session.scalars(found.order_by(Offer.expires_at, Offer.id).limit(AT_ONCE)).all()


def any_offer(id: UUID) -> Offer:
    """Return an offer to the portal itself, which needs nobody's leave."""
    return present(db.session.scalar(select(Offer).where(Offer.id == id).options(*whole())))


def was_reminded(subject_id: UUID, rule: str) -> bool:
    """Tell whether this reminder was sent already."""
    found = select(Reminder.id).where(Reminder.subject_id == subject_id, Reminder.rule == rule)
    return db.session.scalar(found) is not None
