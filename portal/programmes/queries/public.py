"""What anybody may look up of the programmes. Most statements are put together once."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, func, select

from portal.core.errors import present
from portal.models import (
    Actor,
    Call,
    CallState,
    Cohort,
    Criterion,
    FormState,
    FormVersion,
    Participation,
    ParticipationState,
    Person,
    Programme,
    Question,
    Section,
)
from portal.models.base import Moment
from portal.platform.database import read

SHOWN = 50
BOTH_NAMES = (
    Programme.name_en.label("programme_en"),
    Programme.name_nb.label("programme_nb"),
)  # fmt: skip
OF_A_CALL = (
    Call.id, Call.slug, Call.title_en, Call.title_nb, Call.summary_en, Call.summary_nb, Call.state,
    Call.opens_at, Call.closes_at, Call.zone, Call.decision_on,
)  # fmt: skip

CURRENT_CALLS = (
    select(*OF_A_CALL, *BOTH_NAMES)
    .join(Call.programme)
    .where(Call.state == CallState.PUBLISHED, Call.closes_at > bindparam("now", type_=Moment))
    .order_by(Call.closes_at, Call.id)
    .limit(bindparam("most"))
)

CURRENT_PROGRAMMES = (
    select(
        Programme.slug, Programme.kind, Programme.name_en, Programme.name_nb,
        Programme.summary_en, Programme.summary_nb,
    )
    .where(Programme.archived_at.is_(None))
    .order_by(Programme.kind, Programme.slug)
    .limit(SHOWN)
)  # fmt: skip


def whole_programme(seen: Select[Programme]) -> Select[*tuple[Any, ...]]:
    """Return the statement for one programme among those that somebody may see."""
    return seen.where(Programme.slug == bindparam("slug")).with_only_columns(
        Programme.id, Programme.slug, Programme.kind, Programme.name_en, Programme.name_nb,
        Programme.summary_en, Programme.summary_nb, Programme.text_en, Programme.text_nb,
    )  # fmt: skip


def whole_call(seen: Select[Call]) -> Select[*tuple[Any, ...]]:
    """Return the statement for one call among those that somebody may see."""
    joined = seen.join(Call.programme).join(Call.cohort).join(Person, Call.contact_id == Person.id)
    return joined.where(Call.slug == bindparam("slug")).with_only_columns(
        *OF_A_CALL, *BOTH_NAMES, Call.text_en, Call.text_nb,
        Programme.slug.label("programme_slug"), Cohort.capacity, Cohort.starts_on, Cohort.ends_on,
        Person.name.label("contact_name"), Person.email.label("contact_email"),
    )  # fmt: skip


PROGRAMME_FOR_STRANGERS = whole_programme(Programme.visible_to(None))
CALL_FOR_STRANGERS = whole_call(Call.visible_to(None))

CALLS_OF = (
    select(*OF_A_CALL)
    .where(Call.programme_id == bindparam("programme_id"))
    .where(Call.state.in_([CallState.PUBLISHED, CallState.DECIDED]))
    .order_by(Call.closes_at.desc(), Call.id)
    .limit(20)
)

COHORTS_OF = (
    Cohort.visible_to(None)
    .where(Cohort.programme_id == bindparam("programme_id"))
    .with_only_columns(
        Cohort.name_en, Cohort.name_nb, Cohort.starts_on, Cohort.ends_on, Cohort.state,
        Cohort.capacity,
    )
    .order_by(Cohort.starts_on.desc(), Cohort.id)
    .limit(20)
)  # fmt: skip

TERMS_OF = (
    select(Criterion.text_en, Criterion.text_nb)
    .where(Criterion.call_id == bindparam("call_id"))
    .order_by(Criterion.position, Criterion.id)
)

OUTLINE_OF = (
    select(Section.title_en, Section.title_nb, func.count(Question.id).label("questions"))
    .join(FormVersion, Section.form_version_id == FormVersion.id)
    .outerjoin(Question, Question.section_id == Section.id)
    .where(FormVersion.call_id == bindparam("call_id"), FormVersion.state == FormState.PUBLISHED)
    .group_by(Section.id, Section.title_en, Section.title_nb, Section.position)
    .order_by(Section.position, Section.id)
)

PROGRAMME_ADDRESSES = (
    select(Programme.slug)
    .where(Programme.archived_at.is_(None))
    .order_by(Programme.slug)
    .limit(1000)
)
CALL_ADDRESSES = (
    select(Call.slug)
    .where(Call.state.in_([CallState.PUBLISHED, CallState.DECIDED]))
    .order_by(Call.closes_at.desc(), Call.id)
    .limit(1000)
)

TAKEN_PART = (
    select(
        Participation.state, Cohort.name_en, Cohort.name_nb, Cohort.starts_on, Cohort.ends_on,
        Programme.slug, *BOTH_NAMES,
    )
    .join(Participation.cohort)
    .join(Cohort.programme)
    .where(Participation.organisation_id == bindparam("organisation_id"))
    .where(Participation.state.in_([ParticipationState.ACTIVE, ParticipationState.GRADUATED]))
    .order_by(Cohort.starts_on.desc())
    .limit(20)
)  # fmt: skip


def current_calls(*, now: datetime, most: int = SHOWN) -> Sequence[Any]:
    """Return the calls that are open or will open, the soonest deadline first."""
    return read(CURRENT_CALLS, now=now, most=most).all()


def current_programmes() -> Sequence[Any]:
    """Return what the list of programmes shows of each that runs."""
    return read(CURRENT_PROGRAMMES).all()


def programme(slug: str, *, actor: Actor | None) -> Any:
    """Return what a programme's page tells, by its address. Raises Missing otherwise."""
    seen = whole_programme(Programme.visible_to(actor)) if actor else PROGRAMME_FOR_STRANGERS
    return present(read(seen, slug=slug).first())


def call(slug: str, *, actor: Actor | None) -> Any:
    """Return what a call's page tells, by its address. Raises Missing otherwise."""
    seen = whole_call(Call.visible_to(actor)) if actor else CALL_FOR_STRANGERS
    return present(read(seen, slug=slug).first())


def calls_of(programme_id: UUID) -> Sequence[Any]:
    """Return the calls of a programme that are or were public, the latest first."""
    return read(CALLS_OF, programme_id=programme_id).all()


def cohorts_of(programme_id: UUID) -> Sequence[Any]:
    """Return a programme's cohorts for the public, the latest first."""
    return read(COHORTS_OF, programme_id=programme_id).all()


def terms_of(call_id: UUID) -> Sequence[Any]:
    """Return the terms of a call in order, to be read."""
    return read(TERMS_OF, call_id=call_id).all()


def outline_of(call_id: UUID) -> Sequence[Any]:
    """Return the titles of the pages that applicants fill in, with how much each asks."""
    return read(OUTLINE_OF, call_id=call_id).all()


def addresses() -> tuple[Sequence[str], Sequence[str]]:
    """Return the addresses of the programmes and of the calls that search engines may list."""
    programmes, calls = read(PROGRAMME_ADDRESSES), read(CALL_ADDRESSES)
    return [row.slug for row in programmes], [row.slug for row in calls]


def taken_part(organisation_id: UUID) -> Sequence[Any]:
    """Return the cohorts that an organisation is in or graduated from: nothing less is public."""
    return read(TAKEN_PART, organisation_id=organisation_id).all()
