"""What staff look up of calls and their terms."""

from collections.abc import Sequence
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, exists, select
from sqlalchemy.orm import Load, joinedload, load_only, raiseload

from portal.core.errors import present
from portal.extensions import db
from portal.models import (
    LIVE_STATES,
    Actor,
    Application,
    ApplicationDecision,
    ApplicationState,
    Call,
    CallState,
    Cohort,
    Criterion,
    DecisionState,
    Programme,
    StandIn,
    kind_of,
    own,
)
from portal.platform.database import read
from portal.platform.paging import Order, PageOfRows, page

CALLS_OFF = (ApplicationState.DRAFT, ApplicationState.SUBMITTED, ApplicationState.IN_REVIEW)


def call(id: UUID, *, actor: Actor) -> Call:
    """Return one call with its programme, cohort and contact. Raises Missing otherwise."""
    found = db.session.scalar(whole_call(kind_of(actor)), {"id": id, **own(actor)})
    return present(found)


@cache
def whole_call(actor: StandIn) -> Select[Call]:
    """Put together, once for each kind of reader, the statement for one call."""
    found = Call.visible_to(actor).where(Call.id == bindparam("id"))
    return found.options(
        joinedload(Call.programme), joinedload(Call.cohort), joinedload(Call.contact)
    )


def heading(id: UUID, *, actor: Actor) -> Any:
    """Return what the head of a list says of a call and its cohort: columns, one statement.

    Raises Missing otherwise.
    """
    return present(read(headed(kind_of(actor)), id=id, **own(actor)).first())


@cache
def headed(actor: StandIn) -> Select[Any]:
    """Put together, once for each kind of reader, the statement for the head of a list."""
    found: Any = (
        Call.visible_to(actor)
        .join(Call.cohort)
        .where(Call.id == bindparam("id"))
        .with_only_columns(
            Call.id, Call.slug, Call.title_en, Call.title_nb, Call.zone, Call.opens_at,
            Call.closes_at, Call.decision_on, Call.cohort_id, Cohort.held, Cohort.capacity,
        )
    )  # fmt: skip
    return found  # type: ignore[no-any-return]  # columns of many types


def criterion(id: UUID, *, actor: Actor) -> Criterion:
    """Return one term of a call that this person may see. Raises Missing otherwise."""
    seen = Call.visible_to(actor).with_only_columns(Call.id)
    found = select(Criterion).where(Criterion.id == id, Criterion.call_id.in_(seen))
    return present(db.session.scalar(found.options(joinedload(Criterion.call))))


def criteria(call: Call) -> Sequence[Criterion]:
    """Return the terms of a call in order."""
    found = select(Criterion).where(Criterion.call_id == call.id)
    return db.session.scalars(found.order_by(Criterion.position, Criterion.id)).all()


def listed(actor: Actor, *, state: CallState | None, mark: str | None) -> PageOfRows:
    """Return one page of the calls that this person may see, the latest deadline first."""
    rows: Select[Call] = Call.visible_to(actor)
    if state is not None:
        rows = rows.where(Call.state == state)
    names = (Programme.name_en.label("name_en"), Programme.name_nb.label("name_nb"))
    columns = (
        Call.id, Call.slug, Call.title_en, Call.title_nb, Call.state, Call.opens_at,
        Call.closes_at, Call.zone, Call.decision_on, *names,
    )  # fmt: skip
    table = rows.join(Programme).with_only_columns(*columns)
    return page(table, Order(Call.closes_at, Call.id, descending=True), mark)


def earlier(cohort: Cohort, *, actor: Actor) -> Sequence[Call]:
    """Return the calls of the same programme, whose questions a new one may begin with."""
    found = Call.visible_to(actor).where(Call.programme_id == cohort.programme_id)
    titles = Load(Call).load_only(Call.id, Call.title_en, Call.title_nb)
    return db.session.scalars(
        found.options(titles, raiseload("*")).order_by(Call.closes_at.desc(), Call.id).limit(30)
    ).all()


def states_of_applications(call: Call) -> frozenset[ApplicationState]:
    """Return the states that applications to a call are in: at most as many as there are states."""
    found = select(Application.state).where(Application.call_id == call.id).distinct()
    return frozenset(db.session.scalars(found))


def decisions_wait(call: Call) -> bool:
    """Tell whether a decision about an application to this call is prepared and not published."""
    pending = (DecisionState.DRAFT, DecisionState.APPROVED)
    waiting = select(ApplicationDecision.id).join(Application).where(
        Application.call_id == call.id, ApplicationDecision.state.in_(pending)
    )  # fmt: skip
    return bool(db.session.scalar(select(exists(waiting))))


def to_be_called_off(call: Call) -> Sequence[Application]:
    """Return the applications that end when their call is cancelled, locked in order of id."""
    found = select(Application).where(
        Application.call_id == call.id, Application.state.in_(CALLS_OFF)
    )
    return db.session.scalars(found.order_by(Application.id).with_for_update(of=Application)).all()


def own_application(call: Call, organisation_id: UUID, *, actor: Actor) -> Application | None:
    """Return what an organisation has going with a call, if anything."""
    found = Application.visible_to(actor).where(
        Application.call_id == call.id,
        Application.organisation_id == organisation_id,
        Application.state.in_(LIVE_STATES),
    )
    only = load_only(Application.id, Application.state, Application.reference)
    return db.session.scalar(found.options(only, raiseload("*")))
