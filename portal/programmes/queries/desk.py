"""What the desks of staff ask: which calls need whom, which offers end, how a cohort does."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, or_, select

from portal.extensions import db
from portal.models import (
    Actor,
    Application,
    ApplicationDecision,
    ApplicationState,
    Call,
    CallState,
    Cohort,
    CohortState,
    DecisionState,
    Milestone,
    Offer,
    OfferState,
    Participation,
    StandIn,
    kind_of,
    own,
)
from portal.models.base import Moment
from portal.platform.database import read

#: Beyond this many we only say that there are many.
MANY = 99
LIVE = (DecisionState.DRAFT, DecisionState.APPROVED)


def calls(actor: Actor, *, most: int = 20) -> Sequence[Any]:
    """Return the calls with applications that wait for the team: one statement.

    Of each: how many are not checked yet, not decided, prepared by others, approved; how many
    places are free, and how many wait for one.
    """
    return read(all_calls(kind_of(actor)), most=most, **own(actor)).all()


@cache
def all_calls(actor: StandIn) -> Select[Any]:
    """Put together, once for each kind of staff, the statement for the calls."""
    theirs = and_(
        ApplicationDecision.state == DecisionState.DRAFT,
        ApplicationDecision.prepared_by_id != actor.id,
    )
    received = some(of_call(ApplicationState.SUBMITTED, actor=actor))
    undecided = some(of_call(ApplicationState.IN_REVIEW, actor=actor).where(~decided().exists()))
    to_approve = some(decisions(actor).where(theirs))
    approved = some(decisions(actor).where(ApplicationDecision.state == DecisionState.APPROVED))
    waiting = some(of_call(ApplicationState.WAITLISTED, actor=actor))
    free = Cohort.capacity - Cohort.held
    found: Any = (
        Call.visible_to(actor)
        .join(Call.cohort)
        .where(Call.state.in_([CallState.PUBLISHED, CallState.DECIDED]))
        .with_only_columns(
            Call.id, Call.title_en, Call.title_nb, Call.closes_at, Call.decision_on, Call.zone,
            Call.cohort_id, Call.state, received.label("received"), undecided.label("undecided"),
            to_approve.label("to_approve"), approved.label("approved"), waiting.label("waiting"),
            free.label("free"), Cohort.state.label("cohort_state"),
        )
        .order_by(Call.closes_at.desc(), Call.id)
        .limit(bindparam("most"))
    )  # fmt: skip
    return found  # type: ignore[no-any-return]  # columns of many types


def of_call(state: ApplicationState, *, actor: Actor) -> Select[Any]:
    """Select a call's applications in a state, but for those of one's own organisations."""
    return select(Application.id).where(
        Application.call_id == Call.id,
        Application.state == state,
        actor.is_outside(Application.organisation_id),
    )


def decided() -> Select[Any]:
    """Select the decision that is being prepared about an application."""
    return select(ApplicationDecision.id).where(
        ApplicationDecision.application_id == Application.id, ApplicationDecision.state.in_(LIVE)
    )


def decisions(actor: Actor) -> Select[Any]:
    """Select a call's decisions about applications that are being assessed.

    From the few decisions that are being prepared to their applications, and not from the many
    applications of a call.
    """
    assessed = of_call(ApplicationState.IN_REVIEW, actor=actor).where(
        Application.id == ApplicationDecision.application_id
    )
    return select(ApplicationDecision.id).where(
        ApplicationDecision.state.in_(LIVE), assessed.correlate(Call, ApplicationDecision).exists()
    )


def some(found: Select[Any]) -> ColumnElement[int]:
    """Count what is found, up to many: a long list costs no more than a short one."""
    few = found.correlate(Call).limit(MANY + 1).subquery()
    return select(func.count()).select_from(few).scalar_subquery()


def offers(actor: Actor, *, now: datetime, most: int = 5) -> Sequence[Any]:
    """Return the offers that end next, for those who made them: one statement."""
    soon = now + timedelta(days=14)
    ending = all_offers(kind_of(actor))
    return read(ending, now=now, soon=soon, most=most, **own(actor)).all()


@cache
def all_offers(actor: StandIn) -> Select[Any]:
    """Put together, once for each kind of staff, the statement for the offers."""
    found: Any = (
        Application.visible_to(actor)
        .join(Offer, Offer.application_id == Application.id)
        .join(Call, Call.id == Application.call_id)
        .where(Offer.state == OfferState.OPEN, Offer.expires_at > bindparam("now", type_=Moment))
        .where(Offer.expires_at < bindparam("soon", type_=Moment))
        .with_only_columns(
            Offer.application_id, Offer.expires_at, Application.applicant_name,
            Call.title_en, Call.title_nb, Call.zone,
        )
        .order_by(Offer.expires_at, Offer.id)
        .limit(bindparam("most"))
    )  # fmt: skip
    return found  # type: ignore[no-any-return]  # columns of many types


def cohort(actor: Actor) -> Any:
    """Return the running cohort that this person runs, else the newest: one statement."""
    return read(running(kind_of(actor)), **own(actor)).first()


@cache
def running(actor: StandIn) -> Select[Any]:
    """Put together, once for each kind of staff, the statement for the running cohort."""
    companies = (
        select(func.count())
        .where(Participation.cohort_id == Cohort.id)
        .correlate(Cohort)
        .scalar_subquery()
    )
    open_offers = (
        select(func.count())
        .where(Offer.cohort_id == Cohort.id, Offer.state == OfferState.OPEN)
        .correlate(Cohort)
        .scalar_subquery()
    )
    found: Any = (
        Cohort.visible_to(actor)
        .where(Cohort.state == CohortState.RUNNING)
        .with_only_columns(
            Cohort.id, Cohort.name_en, Cohort.name_nb, Cohort.capacity, Cohort.held,
            companies.label("companies"), open_offers.label("open_offers"),
        )
        .order_by(Cohort.manager_id != actor.id, Cohort.starts_on.desc(), Cohort.id)
        .limit(1)
    )  # fmt: skip
    return found  # type: ignore[no-any-return]  # columns of many types


def reached(cohort_id: UUID, *, since: datetime) -> Sequence[datetime]:
    """Return when milestones of a cohort were reached, from a moment on: one statement."""
    found = (
        select(Milestone.assessed_at)
        .join(Milestone.participation)
        .where(Participation.cohort_id == cohort_id, Milestone.assessed_at >= since)
        .limit(1000)
    )
    return [moment for moment in db.session.scalars(found) if moment is not None]


def own_place(actor: Actor) -> Any:
    """Return how far one's own company is in a running cohort: one statement."""
    return read(place_of(kind_of(actor)), **own(actor)).first()


@cache
def place_of(actor: StandIn) -> Select[Any]:
    """Put together, once for each kind of reader, the statement for one's own place."""
    mine = Milestone.participation_id == Participation.id
    total = select(func.count()).where(mine, Milestone.state != "dropped")
    done = select(func.count()).where(mine, Milestone.state == "achieved")
    found: Any = (
        Participation.visible_to(actor)
        .where(Participation.organisation_id.in_(actor.organisation_ids))
        .join(Participation.cohort)
        .where(Participation.left_on.is_(None))
        .where(or_(Cohort.state == CohortState.RUNNING, Cohort.state == CohortState.PLANNED))
        .with_only_columns(
            Participation.id, Cohort.id.label("cohort_id"), Cohort.name_en, Cohort.name_nb,
            total.correlate(Participation).scalar_subquery().label("total"),
            done.correlate(Participation).scalar_subquery().label("done"),
        )
        .order_by(Participation.organisation_id != actor.acting_id, Cohort.starts_on.desc())
        .limit(1)
    )  # fmt: skip
    return found  # type: ignore[no-any-return]  # columns of many types
