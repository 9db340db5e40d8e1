"""What the page of one application tells of it: columns, read at once and never written back.

Whole objects with their neighbours took longer to put together than all the rest of the page.
"""

from dataclasses import dataclass
from functools import cache
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, bindparam, select

from portal.core.errors import present
from portal.models import (
    Actor,
    Application,
    ApplicationDecision,
    ApplicationRevision,
    Call,
    Cohort,
    DecisionState,
    Offer,
    OfferState,
    Participation,
    Person,
    StandIn,
    kind_of,
    own,
)
from portal.platform.database import read


class Seen(SimpleNamespace):
    """What is known of a thing, by the names of its columns."""


@dataclass(frozen=True)
class Dossier:
    """An application with its call, what was sent, what was published, and an open offer.

    `application.call` knows its `contact` and its `cohort`; the others are None where there is
    nothing.
    """

    application: Any
    revision: Any
    decision: Any
    offer: Any
    participation_id: UUID | None


def dossier(id: UUID, *, actor: Actor) -> Dossier:
    """Return an application with all that tells where it stands: one statement.

    Raises Missing otherwise.
    """
    row = present(read(whole(kind_of(actor)), id=id, **own(actor)).first())
    values = iter(row)
    parts = {name: dict(zip(names, values, strict=False)) for name, names in NAMES.items()}
    call = Seen(**parts["call"], contact=Seen(**parts["contact"]), cohort=Seen(**parts["cohort"]))
    return Dossier(
        application=Seen(**parts["application"], call=call),
        revision=there(parts["revision"], "form_version_id"),
        decision=there(parts["decision"], "feedback"),
        offer=there(parts["offer"], "expires_at"),
        participation_id=parts["participation"]["id"],
    )


def there(part: dict[str, Any], always: str) -> Seen | None:
    """Return a part, or nothing if the application has none: what it always has is missing."""
    return None if part[always] is None else Seen(**part)


COLUMNS: dict[str, tuple[Any, ...]] = {
    "application": (
        Application.id, Application.call_id, Application.organisation_id,
        Application.applicant_name, Application.reference, Application.state,
        Application.submitted_at, Application.closed_reason,
    ),
    "call": (
        Call.slug, Call.title_en, Call.title_nb, Call.state, Call.opens_at, Call.closes_at,
        Call.zone, Call.decision_on,
    ),
    "contact": (Person.name, Person.email),
    "cohort": (Cohort.starts_on,),
    "revision": (ApplicationRevision.form_version_id, ApplicationRevision.answers),
    "decision": (ApplicationDecision.feedback,),
    "offer": (Offer.expires_at,),
    "participation": (Participation.id,),
}  # fmt: skip
NAMES = {name: [column.key for column in columns] for name, columns in COLUMNS.items()}

OPEN_OFFER = and_(Offer.application_id == Application.id, Offer.state == OfferState.OPEN)


@cache
def whole(seen_by: StandIn) -> Select[Any]:
    """Put together, once for each kind of reader, the statement for a dossier."""
    found: Any = (
        Application.visible_to(seen_by)
        .join(Call, Call.id == Application.call_id)
        .join(Person, Person.id == Call.contact_id)
        .join(Cohort, Cohort.id == Call.cohort_id)
        .outerjoin(ApplicationRevision, ApplicationRevision.id == newest_revision())
        .outerjoin(ApplicationDecision, ApplicationDecision.id == newest_decision())
        .outerjoin(Offer, OPEN_OFFER)
        .outerjoin(Participation, Participation.application_id == Application.id)
        .where(Application.id == bindparam("id"))
        .with_only_columns(*(column for columns in COLUMNS.values() for column in columns))
    )
    return found  # type: ignore[no-any-return]  # columns of many types


def newest_revision() -> Any:
    """Select the key of what was sent last."""
    own = ApplicationRevision.application_id == Application.id
    newest = select(ApplicationRevision.id).where(own).order_by(ApplicationRevision.number.desc())
    return newest.limit(1).correlate(Application).scalar_subquery()


def newest_decision() -> Any:
    """Select the key of the decision that was published last; the others are nobody's to read."""
    own = ApplicationDecision.application_id == Application.id
    published = ApplicationDecision.state == DecisionState.PUBLISHED
    newest = select(ApplicationDecision.id).where(own, published)
    newest = newest.order_by(ApplicationDecision.published_at.desc())
    return newest.limit(1).correlate(Application).scalar_subquery()
