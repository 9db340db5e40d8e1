"""What staff look up to decide on applications."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, bindparam, exists, func, select
from sqlalchemy.orm import aliased, contains_eager, joinedload, raiseload

from portal.core.errors import present
from portal.extensions import db
from portal.models import (
    Actor,
    Application,
    ApplicationDecision,
    ApplicationRevision,
    ApplicationState,
    Call,
    Cohort,
    Criterion,
    DecisionState,
    EligibilityCheck,
    Offer,
    Outcome,
    Participation,
    Person,
    StandIn,
    kind_of,
    own,
)
from portal.platform.database import read

Published = aliased(ApplicationDecision)
LIVE = (DecisionState.DRAFT, DecisionState.APPROVED)


@dataclass(frozen=True)
class Point:
    """One term of the call, and whether the application meets it as far as anybody has looked."""

    criterion: Criterion
    check: EligibilityCheck | None


@dataclass(frozen=True)
class Case:
    """An application as those read it who decide on it."""

    application: Application
    revision: ApplicationRevision | None
    decision: ApplicationDecision | None
    published: ApplicationDecision | None
    offer: Offer | None
    participation_id: UUID | None
    points: Sequence[Point] = ()

    @property
    def version(self) -> int:
        """A number that grows with every change to the checklist."""
        return sum(point.check.version for point in self.points if point.check)

    @property
    def complete(self) -> bool:
        """Whether every point of the checklist is answered."""
        return all(point.check for point in self.points)

    @property
    def unmet(self) -> int:
        """How many terms it does not meet."""
        return sum(1 for point in self.points if point.check and not point.check.met)

    @property
    def organisation_id(self) -> UUID:
        """Whose application it is: policies ask for it."""
        return self.application.organisation_id


def case(id: UUID, *, actor: Actor) -> Case:
    """Return an application with all that was said about it: two statements."""
    live = and_(
        ApplicationDecision.application_id == Application.id, ApplicationDecision.state.in_(LIVE)
    )
    found = (
        Application.visible_to(actor)
        .outerjoin(ApplicationRevision, ApplicationRevision.id == newest(ApplicationRevision))
        .outerjoin(ApplicationDecision, live)
        .outerjoin(Published, Published.id == newest_published())
        .outerjoin(Offer, Offer.id == newest(Offer))
        .outerjoin(Participation, Participation.application_id == Application.id)
        .add_columns(
            ApplicationRevision, ApplicationDecision, Published, Offer, Participation.id
        )
        .where(Application.id == id)
        .options(*around(), *by_whom(ApplicationDecision), *by_whom(Published))
    )  # fmt: skip
    row = present(db.session.execute(found).first())
    return replace(Case(*row), points=points(row[0]))


def newest(kind: type[ApplicationRevision] | type[Offer]) -> Any:
    """Select the key of the newest of an application's revisions or offers."""
    own = select(kind.id).where(kind.application_id == Application.id)
    latest = kind.number if kind is ApplicationRevision else Offer.offered_at
    order = own.order_by(latest.desc(), kind.id.desc())
    return order.limit(1).correlate(Application).scalar_subquery()


def newest_published() -> Any:
    """Select the key of the decision that was published last."""
    inner = aliased(ApplicationDecision)
    found = select(inner.id).where(
        inner.application_id == Application.id, inner.state == DecisionState.PUBLISHED
    )
    order = found.order_by(inner.published_at.desc(), inner.id.desc())
    return order.limit(1).correlate(Application).scalar_subquery()


def around() -> Sequence[Any]:
    """Return how an application is loaded with its call, cohort and organisation."""
    call = joinedload(Application.call)
    return (
        call.joinedload(Call.cohort),
        call.joinedload(Call.contact),
        joinedload(Application.organisation),
    )


def by_whom(decision: Any) -> Sequence[Any]:
    """Return how a decision is loaded with the names of who prepared and who approved it."""
    return (
        joinedload(decision.prepared_by).load_only(Person.name),
        joinedload(decision.approved_by).load_only(Person.name),
    )


def points(application: Application) -> Sequence[Point]:
    """Return the checklist of an application, in order: one statement."""
    mine = and_(
        EligibilityCheck.criterion_id == Criterion.id,
        EligibilityCheck.application_id == application.id,
    )
    found = (
        select(Criterion, EligibilityCheck)
        .outerjoin(EligibilityCheck, mine)
        .where(Criterion.call_id == application.call_id)
        .order_by(Criterion.position, Criterion.id)
        .options(raiseload("*"))
    )
    return [Point(*row) for row in db.session.execute(found)]


def decision(id: UUID, *, actor: Actor) -> ApplicationDecision:
    """Return a decision with its application. Raises Missing otherwise."""
    found = ApplicationDecision.visible_to(actor).where(ApplicationDecision.id == id)
    whole = (joinedload(ApplicationDecision.application).options(*around()),)
    return present(db.session.scalar(found.options(*whole, *by_whom(ApplicationDecision))))


def live_decision(application: Application) -> ApplicationDecision | None:
    """Return the decision that is being prepared, if one is; held for update."""
    found = select(ApplicationDecision).where(
        ApplicationDecision.application_id == application.id, ApplicationDecision.state.in_(LIVE)
    )
    return db.session.scalar(found.with_for_update().execution_options(populate_existing=True))


@dataclass(frozen=True)
class Batch:
    """A call with the decisions that are approved and wait to be published together."""

    call: Call
    decisions: Sequence[ApplicationDecision]

    @property
    def offers(self) -> int:
        """How many of them need a place."""
        return sum(1 for each in self.decisions if each.outcome is Outcome.OFFER)

    @property
    def fingerprint(self) -> str:
        """A text that is another as soon as one decision is."""
        marks = sorted(f"{each.id}:{each.version}" for each in self.decisions)
        return sha256(" ".join(marks).encode()).hexdigest()[:16]


def batch(id: UUID, *, actor: Actor) -> Batch:
    """Return a call with its approved decisions that this person may publish."""
    seen = Call.visible_to(actor).where(Call.id == id)
    call = present(
        db.session.scalar(
            seen.options(
                joinedload(Call.programme), joinedload(Call.cohort), joinedload(Call.contact)
            )
        )
    )
    visible = ApplicationDecision.visible_to(actor).with_only_columns(ApplicationDecision.id)
    found = (
        select(ApplicationDecision)
        .join(ApplicationDecision.application)
        .where(Application.call_id == call.id, ApplicationDecision.id.in_(visible))
        .where(actor.is_outside(Application.organisation_id))
        .where(ApplicationDecision.state == DecisionState.APPROVED)
        .options(
            contains_eager(ApplicationDecision.application).options(*around()),
            *by_whom(ApplicationDecision),
        )
        .order_by(Application.id)
        .limit(500)
    )
    return Batch(call, db.session.scalars(found).all())


def hold_applications(ids: Sequence[UUID]) -> Mapping[UUID, Application]:
    """Keep everybody else from applications until the deed is done; always in order of id."""
    found = select(Application).where(Application.id.in_(ids)).order_by(Application.id)
    fresh = found.with_for_update(of=Application).execution_options(populate_existing=True)
    return {each.id: each for each in db.session.scalars(fresh)}


def pending(call: Any, *, actor: Actor) -> Mapping[DecisionState, int]:
    """Return how many decisions about a call are prepared and how many approved: one statement."""
    counted = read(being_prepared(kind_of(actor)), call_id=call.id, **own(actor))
    return {row.state: row.number for row in counted}


@cache
def being_prepared(actor: StandIn) -> Select[Any]:
    """Put together, once for each kind of staff, the statement that counts such decisions.

    It goes from the few decisions that are being prepared to their applications, and not from the
    many applications of a call to their decisions.
    """
    of_this_call = exists().where(
        Application.id == ApplicationDecision.application_id,
        Application.call_id == bindparam("call_id"),
        actor.is_outside(Application.organisation_id),
    )
    found: Any = (
        select(ApplicationDecision.state, func.count().label("number"))
        .where(ApplicationDecision.state.in_(LIVE), of_this_call)
        .group_by(ApplicationDecision.state)
    )
    return found  # type: ignore[no-any-return]  # columns of many types


def lock_cohort(id: UUID) -> Cohort:
    """Return a cohort, held for update: whoever changes its waiting list goes through here."""
    found = select(Cohort).where(Cohort.id == id).with_for_update()
    return present(db.session.scalar(found.execution_options(populate_existing=True)))


def waiting(cohort_id: UUID) -> Sequence[Application]:
    """Return a cohort's waiting list, the next one first."""
    found = (
        select(Application)
        .join(Application.call)
        .where(Call.cohort_id == cohort_id, Application.state == ApplicationState.WAITLISTED)
        .order_by(Application.waiting_rank, Application.submitted_at, Application.id)
        .options(raiseload("*"))
        .limit(200)
    )
    return db.session.scalars(found).all()
