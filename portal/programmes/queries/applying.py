"""What applicants look up: their applications, where each stands, and who else works on it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, bindparam, func, or_, select
from sqlalchemy.orm import joinedload

from portal.core.alphabet import name_key
from portal.core.errors import present
from portal.extensions import db
from portal.models import (
    LIVE_STATES,
    Actor,
    Affiliation,
    AffiliationRole,
    Application,
    ApplicationDecision,
    ApplicationState,
    Call,
    CallState,
    DecisionState,
    Offer,
    OfferState,
    Organisation,
    Participation,
    Person,
    PersonState,
    Reminder,
    StaffRole,
    stand_in,
)
from portal.models import own as own_ids
from portal.models.base import Moment
from portal.models.members.people import is_told
from portal.platform.database import read
from portal.platform.paging import Order, PageOfRows, page
from portal.programmes.queries.answers import around
from portal.programmes.rules import BREATH
from portal.programmes.rules.standing import REMINDERS

BINDING = (AffiliationRole.REPRESENTATIVE, AffiliationRole.ADMINISTRATOR)
#: How many applications one sweep deals with; the next goes on.
AT_ONCE = 500


OPEN_OFFER = and_(Offer.application_id == Application.id, Offer.state == OfferState.OPEN)
MEMBER: frozenset[StaffRole] = frozenset()

#: What the desk asks of everybody who belongs to an organisation: what they see as its people.
GOING = (
    Application.visible_to(stand_in(MEMBER))
    .with_only_columns(
        Application.id, Application.state, Application.organisation_id,
        Application.applicant_name, Application.submitted_at, Call.title_en, Call.title_nb,
        Call.closes_at, Call.zone, Call.decision_on, Offer.expires_at, Offer.offered_at,
    )
    .join(Application.call)
    .outerjoin(Offer, OPEN_OFFER)
    .where(Application.state.in_([s for s in LIVE_STATES if s is not ApplicationState.ACCEPTED]))
    .order_by(Application.id.desc())
    .limit(bindparam("most"))
)  # fmt: skip

NOW = bindparam("now", type_=Moment)
BELONGING = (
    select(Person)
    .join(Affiliation, Affiliation.person_id == Person.id)
    .where(Affiliation.organisation_id == bindparam("organisation_id"))
    .where(Affiliation.starts_at <= NOW)
    .where(or_(Affiliation.ends_at.is_(None), Affiliation.ends_at > NOW))
    .where(Person.state == PersonState.ACTIVE)
    .order_by(Person.name, Person.id)
)
PEOPLE = BELONGING.with_only_columns(Person.id, Person.name, Affiliation.role).limit(50)


def own(actor: Actor, *, mark: str | None) -> PageOfRows:
    """Return one page of the applications of one's own organisations, the newest first."""
    open_offer = and_(Offer.application_id == Application.id, Offer.state == OfferState.OPEN)
    rows = (
        Application.visible_to(actor)
        .where(Application.organisation_id.in_(actor.organisation_ids))
        .join(Application.call)
        .outerjoin(Offer, open_offer)
        .with_only_columns(
            Application.id, Application.reference, Application.state, Application.submitted_at,
            Application.applicant_name, Call.title_en, Call.title_nb, Call.closes_at, Call.zone,
            Call.decision_on, Offer.expires_at,
        )
    )  # fmt: skip
    return page(rows, Order(Application.id, Application.id, descending=True), mark)


def going(actor: Actor, *, most: int = 20) -> Sequence[Any]:
    """Return what one's own organisations have going, for the desk: one statement."""
    return read(GOING, most=most, **own_ids(actor)).all()


def call(slug: str, *, actor: Actor) -> Call:
    """Return the call of this address, to apply to it. Raises Missing otherwise."""
    found = Call.visible_to(actor).where(Call.slug == slug)
    return present(db.session.scalar(found.options(joinedload(Call.cohort))))


def live_of(call: Call, organisation_id: UUID) -> Application | None:
    """Return what an organisation already has going with a call, if anything."""
    found = select(Application).where(
        Application.call_id == call.id,
        Application.organisation_id == organisation_id,
        Application.state.in_(LIVE_STATES),
    )
    return db.session.scalar(found)


def organisation_called(text: str) -> Organisation | None:
    """Find an organisation by its number, or else by its exact name, if that is one's alone."""
    number = "".join(text.split())
    by_number = Organisation.number == number
    by_name = Organisation.name_key == name_key(text)
    here = Organisation.merged_into_id.is_(None)
    rows = select(Organisation).where(or_(by_number, by_name), here)
    found = db.session.scalars(rows.limit(2)).all()
    return found[0] if len(found) == 1 else None


def organisation(id: UUID, *, lock: bool = False) -> Organisation:
    """Return an organisation, perhaps held so that nobody else begins for it meanwhile."""
    found = select(Organisation).where(Organisation.id == id)
    found = found.with_for_update(key_share=True) if lock else found
    return present(db.session.scalar(found))


def people(organisation_id: UUID, *, now: datetime) -> Sequence[Any]:
    """Return who belongs to an organisation now and what they are in it: one statement."""
    return read(PEOPLE, organisation_id=organisation_id, now=now).all()


def concerned(application: Application, *, now: datetime) -> Sequence[Person]:
    """Return who hears about an application: those who bind the organisation, and who leads it."""
    leads = Person.id == application.lead_id
    found = belonging(application.organisation_id, now=now)
    told = found.where(or_(Affiliation.role.in_(BINDING), leads), *is_told())
    return db.session.scalars(told).all()


def belonging(organisation_id: UUID, *, now: datetime) -> Select[Person]:
    """Select the people whose affiliation with an organisation is in force."""
    return BELONGING.params(organisation_id=organisation_id, now=now)


def open_offer(application: Application) -> Offer | None:
    """Return the offer that waits for the applicant's answer, if there is one; held for update."""
    found = select(Offer).where(
        Offer.application_id == application.id, Offer.state == OfferState.OPEN
    )
    return db.session.scalar(found.with_for_update())


def participation(application: Application) -> Participation | None:
    """Return how the applicant takes part, if it does; held for update."""
    found = select(Participation).where(Participation.application_id == application.id)
    return db.session.scalar(found.with_for_update())


def live_decision(application: Application) -> ApplicationDecision | None:
    """Return the decision that is being prepared, if one is; held for update."""
    live = ApplicationDecision.state.in_([DecisionState.DRAFT, DecisionState.APPROVED])
    found = select(ApplicationDecision).where(
        ApplicationDecision.application_id == application.id, live
    )
    return db.session.scalar(found.with_for_update())


def lapsing(*, now: datetime) -> Sequence[UUID]:
    """Return the drafts whose call is over, whoever they belong to: for the portal alone."""
    closed = or_(Call.closes_at <= now - BREATH, Call.state != CallState.PUBLISHED)
    found = select(Application.id).join(Application.call)
    found = found.where(Application.state == ApplicationState.DRAFT, closed)
    return db.session.scalars(found.order_by(Application.id).limit(AT_ONCE)).all()


def to_remind(*, now: datetime) -> Sequence[UUID]:
    """Return the drafts that may have a reminder due: for the portal alone."""
    nearest, farthest = REMINDERS[0], REMINDERS[-1]
    sent = select(Reminder.rule).where(Reminder.subject_id == Application.id)
    last_day = Call.closes_at <= now + nearest[1]
    unsent = or_(
        and_(last_day, ~sent.where(Reminder.rule == nearest[0]).exists()),
        and_(~last_day, ~sent.where(Reminder.rule == farthest[0]).exists()),
    )
    found = (
        select(Application.id)
        .join(Application.call)
        .where(Application.state == ApplicationState.DRAFT, Call.state == CallState.PUBLISHED)
        .where(Call.opens_at <= now, Call.closes_at > now)
        .where(Call.closes_at <= now + farthest[1], unsent)
    )
    return db.session.scalars(found.order_by(Application.id).limit(AT_ONCE)).all()


def draft(id: UUID) -> Application:
    """Return an application to the portal itself, which needs nobody's leave."""
    return present(
        db.session.scalar(select(Application).where(Application.id == id).options(*around()))
    )


def was_reminded(application: Application, rule: str) -> bool:
    """Tell whether this reminder was sent already."""
    found = select(func.count()).where(Reminder.subject_id == application.id, Reminder.rule == rule)
    return bool(db.session.scalar(found))


def may_see(id: UUID, *, actor: Actor | None) -> bool:
    """Tell whether a visitor may see an application, and so the files in it."""
    if actor is None:
        return False
    found = Application.visible_to(actor).where(Application.id == id)
    return db.session.scalar(found.with_only_columns(Application.id)) is not None
