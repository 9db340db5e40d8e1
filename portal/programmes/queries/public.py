"""What anybody may look up of the programmes."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, load_only, raiseload

from portal.core.errors import present
from portal.extensions import db
from portal.models import (
    Actor,
    Call,
    CallState,
    Cohort,
    FormState,
    FormVersion,
    Participation,
    ParticipationState,
    Programme,
    Question,
    Section,
)

SHOWN = 50


def current_calls(*, now: datetime, most: int = SHOWN) -> Sequence[Any]:
    """Return the calls that are open or will open, the soonest deadline first: one statement."""
    found = select(
        Call.slug, Call.title_en, Call.title_nb, Call.summary_en, Call.summary_nb, Call.opens_at,
        Call.closes_at, Call.zone, Call.decision_on, Cohort.capacity,
        Programme.name_en.label("programme_en"), Programme.name_nb.label("programme_nb"),
    )  # fmt: skip
    found = found.join(Call.cohort).join(Call.programme)
    found = found.where(Call.state == CallState.PUBLISHED, Call.closes_at > now)
    return db.session.execute(found.order_by(Call.closes_at, Call.id).limit(most)).all()


def current_programmes() -> Sequence[Any]:
    """Return what the list of programmes shows of each that runs."""
    found = select(
        Programme.slug, Programme.kind, Programme.name_en, Programme.name_nb,
        Programme.summary_en, Programme.summary_nb,
    )  # fmt: skip
    found = found.where(Programme.archived_at.is_(None))
    return db.session.execute(found.order_by(Programme.kind, Programme.slug).limit(SHOWN)).all()


def programme(slug: str, *, actor: Actor | None) -> Programme:
    """Return a programme by its address. Raises Missing otherwise."""
    found = Programme.visible_to(actor).where(Programme.slug == slug)
    return present(db.session.scalar(found.options(raiseload("*"))))


def call(slug: str, *, actor: Actor | None) -> Call:
    """Return a call by its address, with what its page tells. Raises Missing otherwise."""
    found = Call.visible_to(actor).where(Call.slug == slug)
    whole = found.options(
        joinedload(Call.programme), joinedload(Call.cohort), joinedload(Call.contact)
    )
    return present(db.session.scalar(whole))


def calls_of(programme: Programme) -> Sequence[Any]:
    """Return the calls of a programme that are or were public, the latest first."""
    found = select(
        Call.slug, Call.title_en, Call.title_nb, Call.state, Call.opens_at, Call.closes_at,
        Call.summary_en, Call.summary_nb, Call.zone, Call.decision_on,
    )  # fmt: skip
    out = (CallState.PUBLISHED, CallState.DECIDED)
    found = found.where(Call.programme_id == programme.id, Call.state.in_(out))
    return db.session.execute(found.order_by(Call.closes_at.desc(), Call.id).limit(20)).all()


def cohorts_of(programme: Programme) -> Sequence[Cohort]:
    """Return a programme's cohorts for the public, the latest first."""
    found = Cohort.visible_to(None).where(Cohort.programme_id == programme.id)
    shown = (Cohort.name_en, Cohort.name_nb, Cohort.starts_on, Cohort.ends_on, Cohort.state)
    told = found.options(load_only(*shown, Cohort.capacity), raiseload("*"))
    return db.session.scalars(told.order_by(Cohort.starts_on.desc(), Cohort.id).limit(20)).all()


def outline(call: Call) -> Sequence[Any]:
    """Return the titles of the pages that applicants fill in, with how much each asks."""
    asked = func.count(Question.id).label("questions")
    found = select(Section.title_en, Section.title_nb, asked)
    found = found.join(FormVersion, Section.form_version_id == FormVersion.id)
    found = found.outerjoin(Question, Question.section_id == Section.id)
    found = found.where(FormVersion.call_id == call.id, FormVersion.state == FormState.PUBLISHED)
    grouped = found.group_by(Section.id, Section.title_en, Section.title_nb, Section.position)
    return db.session.execute(grouped.order_by(Section.position, Section.id)).all()


def addresses() -> tuple[Sequence[str], Sequence[str]]:
    """Return the addresses of the programmes and of the calls that search engines may list."""
    programmes = select(Programme.slug).where(Programme.archived_at.is_(None))
    calls = select(Call.slug).where(Call.state.in_([CallState.PUBLISHED, CallState.DECIDED]))
    return (
        db.session.scalars(programmes.order_by(Programme.slug).limit(1000)).all(),
        db.session.scalars(calls.order_by(Call.closes_at.desc(), Call.id).limit(1000)).all(),
    )


def taken_part(organisation_id: UUID) -> Sequence[Any]:
    """Return the cohorts that an organisation is in or graduated from: nothing less is public."""
    told = (ParticipationState.ACTIVE, ParticipationState.GRADUATED)
    found = select(
        Participation.state, Cohort.name_en, Cohort.name_nb, Cohort.starts_on, Cohort.ends_on,
        Programme.slug, Programme.name_en.label("programme_en"),
        Programme.name_nb.label("programme_nb"),
    )  # fmt: skip
    found = found.join(Participation.cohort).join(Cohort.programme)
    found = found.where(Participation.organisation_id == organisation_id)
    found = found.where(Participation.state.in_(told))
    return db.session.execute(found.order_by(Cohort.starts_on.desc()).limit(20)).all()
