"""What staff look up of a call's applications: a page of the list, how long it is, all for a file.

What was sent is listed; drafts, and what was not sent in time, only when asked for by their state.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, bindparam, func, select
from sqlalchemy.orm import joinedload, raiseload

from portal.core.alphabet import LAST, name_key
from portal.extensions import db
from portal.models import (
    Actor,
    Application,
    ApplicationDecision,
    ApplicationRevision,
    ApplicationState,
    Call,
    DecisionState,
    EligibilityCheck,
    FormState,
    FormVersion,
    Organisation,
    Question,
    Section,
    StandIn,
    kind_of,
    own,
)
from portal.platform.database import read
from portal.platform.paging import Order, PageOfRows, page

#: Nothing was sent in these states.
UNSENT = (ApplicationState.DRAFT, ApplicationState.LAPSED)
LIVE = (DecisionState.DRAFT, DecisionState.APPROVED)
#: How many are counted; beyond, a list is long.
COUNTED = 1000
REFERENCE = "APP-"
SORTS = {
    "sent": Application.submitted_at,
    "name": Application.applicant_key,
    "reference": Application.reference,
}


@dataclass(frozen=True, kw_only=True)
class Wish:
    """Which of a call's applications somebody wants to see, and in which order."""

    state: ApplicationState | None = None
    begins: str = ""
    sort: str = "-sent"

    @classmethod
    def of(cls, given: Mapping[str, str]) -> "Wish":
        """Read a wish from an address; what is none of ours is left out."""
        states = {state.value: state for state in ApplicationState}
        sort = given.get("sort", "")
        return cls(
            state=states.get(given.get("state", "")),
            begins=" ".join(given.get("q", "").replace("\x00", "").split())[:100],
            sort=sort if sort.removeprefix("-") in {"sent", "name"} else "-sent",
        ).settled()

    @property
    def by_reference(self) -> bool:
        """Whether a reference is looked for and not a name."""
        return self.begins.upper().startswith(REFERENCE)

    def settled(self) -> "Wish":
        """Sort by what the index finds: a search by what was searched, the unsent by name."""
        if self.by_reference:
            return replace(self, sort="reference")
        named = self.sort.endswith("name")
        if (self.begins or self.state in UNSENT) and not named:
            return replace(self, sort="name")
        return self

    @property
    def order(self) -> Order:
        """The order as lists need it."""
        column = SORTS[self.sort.removeprefix("-")]
        return Order(column, Application.id, descending=self.sort.startswith("-"))

    def given(self) -> dict[str, str]:
        """Return the wish as parts of an address."""
        state = self.state.value if self.state else ""
        asked = {"state": state, "q": self.begins, "sort": self.sort}
        return {name: value for name, value in asked.items() if value and value != "-sent"}


@dataclass(frozen=True)
class Kind:
    """All wishes that one statement serves: what is searched for and by whom is filled in."""

    state: ApplicationState | None
    searched: bool
    by_reference: bool
    seen_by: StandIn

    @classmethod
    def of(cls, wish: Wish, *, actor: Actor) -> "Kind":
        """Return the kind of a wish."""
        return cls(wish.state, bool(wish.begins), wish.by_reference, kind_of(actor))


def filled(call_id: UUID, wish: Wish, *, actor: Actor) -> dict[str, Any]:
    """Return what fills the gaps of a statement for a wish."""
    start = wish.begins.upper() if wish.by_reference else name_key(wish.begins)
    searched = {"start": start, "end": start + LAST} if wish.begins else {}
    return {"call_id": call_id, **searched, **own(actor)}


@cache
def wished(kind: Kind) -> Select[Application]:
    """Select the applications to a call that somebody wants to see; once for each kind of wish."""
    found = Application.visible_to(kind.seen_by).where(Application.call_id == bindparam("call_id"))
    if kind.state is not None:
        found = found.where(Application.state == kind.state)
    if kind.state not in UNSENT:
        found = found.where(Application.submitted_at.is_not(None))
    if kind.searched:
        column = Application.reference if kind.by_reference else Application.applicant_key
        found = found.where(column >= bindparam("start"), column < bindparam("end"))
    return found


def applications(call: Any, wish: Wish, *, mark: str | None, actor: Actor) -> PageOfRows:
    """Return one page of a call's applications, with the decision being prepared: one statement."""
    given = filled(call.id, wish, actor=actor)
    return page(listed(Kind.of(wish, actor=actor)), wish.order, mark, given=given)


@cache
def listed(kind: Kind) -> Select[Any]:
    """Put together, once for each kind of wish, what the list shows of each application."""
    rows: Any = (
        wished(kind)
        .outerjoin(ApplicationDecision, being_prepared(kind.seen_by))
        .with_only_columns(
            Application.id, Application.applicant_name, Application.applicant_key,
            Application.reference, Application.state, Application.submitted_at,
            Application.waiting_rank, ApplicationDecision.outcome,
            ApplicationDecision.state.label("decision"),
        )
    )  # fmt: skip
    return rows  # type: ignore[no-any-return]  # columns of many types


def being_prepared(actor: Actor) -> Any:
    """Return what joins the decision that is being prepared; none about an own organisation's."""
    return and_(
        ApplicationDecision.application_id == Application.id,
        ApplicationDecision.state.in_(LIVE),
        actor.is_outside(Application.organisation_id),
    )


def count(call: Any, wish: Wish, *, actor: Actor) -> int:
    """Return how many there are, or one more than we count."""
    counted = counting(Kind.of(wish, actor=actor))
    return int(read(counted, **filled(call.id, wish, actor=actor)).scalar() or 0)


@cache
def counting(kind: Kind) -> Select[Any]:
    """Put together, once for each kind of wish, the statement that counts."""
    some = wished(kind).with_only_columns(Application.id).limit(COUNTED + 1)
    return select(func.count()).select_from(some.subquery())


def exported(call: Call, wish: Wish, *, most: int, actor: Actor) -> Sequence[Any]:
    """Return all that is wished for with the answers as they were sent, in the list's order."""
    newest = (
        select(func.max(ApplicationRevision.number))
        .where(ApplicationRevision.application_id == Application.id)
        .correlate(Application)
        .scalar_subquery()
    )
    sent = and_(
        ApplicationRevision.application_id == Application.id, ApplicationRevision.number == newest
    )
    column, key = wish.order.column, wish.order.key
    order = (column.desc(), key.desc()) if wish.order.descending else (column, key)
    rows = (
        wished(Kind.of(wish, actor=actor))
        .params(filled(call.id, wish, actor=actor))
        .join(Application.organisation)
        .outerjoin(ApplicationRevision, sent)
        .outerjoin(ApplicationDecision, being_prepared(actor))
        .with_only_columns(
            Application.id, Application.reference, Application.applicant_name,
            Application.state, Application.submitted_at, Organisation.number, Organisation.place,
            ApplicationDecision.outcome, ApplicationDecision.state.label("decision"),
            ApplicationRevision.form_version_id, ApplicationRevision.answers,
        )
        .order_by(*order)
        .limit(most)
    )  # fmt: skip
    return db.session.execute(rows).all()


def questions(call: Call) -> Sequence[Question]:
    """Return every question that any published version of a call's form asked, in order."""
    found = (
        select(Question)
        .join(Question.section)
        .join(Section.form)
        .where(FormVersion.call_id == call.id, FormVersion.state != FormState.DRAFT)
        .options(joinedload(Question.section).load_only(Section.form_version_id), raiseload("*"))
        .order_by(FormVersion.number.desc(), Section.position, Question.position, Question.id)
    )
    return db.session.scalars(found).all()


def checks(call: Call, *, actor: Actor) -> Mapping[tuple[UUID, UUID], bool]:
    """Return the ticks of a call's checklists, but for applications of one's own organisation."""
    seen = Application.visible_to(actor).with_only_columns(Application.id)
    seen = seen.where(actor.is_outside(Application.organisation_id))
    found = select(
        EligibilityCheck.application_id, EligibilityCheck.criterion_id, EligibilityCheck.met
    ).where(EligibilityCheck.application_id.in_(seen.where(Application.call_id == call.id)))
    return {(row.application_id, row.criterion_id): row.met for row in db.session.execute(found)}
