"""What staff look up of programmes, cohorts and agreements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, raiseload

from portal.core.errors import present
from portal.extensions import db
from portal.models import (
    Actor,
    Agreement,
    Call,
    Cohort,
    Person,
    PersonState,
    Programme,
    StaffGrant,
    StaffRole,
)
from portal.platform.auth import in_force


def programme(id: UUID, *, actor: Actor) -> Programme:
    """Return one programme that this person may see. Raises Missing otherwise."""
    return present(db.session.scalar(Programme.visible_to(actor).where(Programme.id == id)))


def cohort(id: UUID, *, actor: Actor) -> Cohort:
    """Return one cohort with its programme and its manager. Raises Missing otherwise."""
    found = Cohort.visible_to(actor).where(Cohort.id == id)
    whole = found.options(joinedload(Cohort.programme), joinedload(Cohort.manager))
    return present(db.session.scalar(whole))


@dataclass(frozen=True)
class MovedCohort:
    """A cohort and the move that somebody asks for."""

    cohort: Cohort
    move: str


def cohort_to_move(id: UUID, move: str, *, actor: Actor) -> MovedCohort:
    """Return a cohort with the move that its address names. Raises Missing otherwise."""
    return MovedCohort(cohort(id, actor=actor), move)


def programmes(actor: Actor) -> Sequence[Programme]:
    """Return every programme that this person may see, those that still run first."""
    still_run = Programme.archived_at.is_not(None)
    found = Programme.visible_to(actor).order_by(still_run, Programme.name_en, Programme.id)
    return db.session.scalars(found.options(raiseload("*")).limit(100)).all()


def cohorts_of(programme: Programme, *, actor: Actor) -> Sequence[Cohort]:
    """Return a programme's cohorts, the latest first."""
    found = Cohort.visible_to(actor).where(Cohort.programme_id == programme.id)
    latest = found.order_by(Cohort.starts_on.desc(), Cohort.id).limit(100)
    return db.session.scalars(latest.options(raiseload("*"))).all()


def calls_of(
    *, programme: Programme | None = None, cohort: Cohort | None = None, actor: Actor
) -> Sequence[Call]:
    """Return the calls of a programme or for a cohort, the latest first."""
    found = Call.visible_to(actor).order_by(Call.closes_at.desc(), Call.id).limit(100)
    if programme is not None:
        found = found.where(Call.programme_id == programme.id)
    if cohort is not None:
        found = found.where(Call.cohort_id == cohort.id)
    return db.session.scalars(found.options(raiseload("*"))).all()


def agreements(cohort: Cohort) -> Sequence[Agreement]:
    """Return every version of what companies sign to join a cohort, the latest first."""
    found = select(Agreement).where(Agreement.cohort_id == cohort.id)
    return db.session.scalars(found.order_by(Agreement.number.desc()).limit(100)).all()


def last_agreement_number(cohort: Cohort) -> int:
    """Return the number of the latest agreement of a cohort, 0 when there is none."""
    highest = select(func.max(Agreement.number)).where(Agreement.cohort_id == cohort.id)
    return db.session.scalar(highest) or 0


def team(*, now: datetime) -> Sequence[Any]:
    """Return the ids and names of the people who run programmes at this moment."""
    roles = (StaffRole.PROGRAMMES, StaffRole.ADMINISTRATOR)
    granted = select(StaffGrant.person_id).where(
        StaffGrant.role.in_(roles), *in_force(StaffGrant, now=now)
    )
    people = select(Person.id, Person.name).where(
        Person.id.in_(granted), Person.state == PersonState.ACTIVE
    )
    return db.session.execute(people.order_by(Person.name, Person.id)).all()


def taken_slugs(column: Any, wanted: str) -> frozenset[str]:
    """Return the addresses in use that begin like the wanted one."""
    return frozenset(db.session.scalars(select(column).where(column.startswith(wanted))))
