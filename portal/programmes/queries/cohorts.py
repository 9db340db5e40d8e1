"""What is looked up of cohorts: the companies in them, who waits, and whether places add up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import joinedload, raiseload

from portal.core.errors import present
from portal.extensions import db
from portal.models import (
    Actor,
    Affiliation,
    AffiliationRole,
    Application,
    ApplicationState,
    Call,
    Cohort,
    Milestone,
    Offer,
    OfferState,
    Organisation,
    Participation,
    Person,
    PersonState,
)
from portal.models.members.people import is_told
from portal.platform.paging import Order, PageOfRows, page
from portal.programmes.rules import IN_A_PLACE

BINDING = (AffiliationRole.REPRESENTATIVE, AffiliationRole.ADMINISTRATOR)


def cohort(id: UUID, *, actor: Actor) -> Cohort:
    """Return a cohort to staff, and to the companies in it. Raises Missing otherwise."""
    mine = Participation.visible_to(actor).where(Participation.cohort_id == Cohort.id)
    seen = mine.with_only_columns(Participation.id).exists()
    staff = Cohort.visible_to(actor).where(Cohort.id == id)
    found = staff if sees_all(actor) else staff.where(seen)
    whole = found.options(joinedload(Cohort.programme), joinedload(Cohort.manager))
    return present(db.session.scalar(whole))


def sees_all(actor: Actor) -> bool:
    """Tell whether somebody sees every company of every cohort."""
    return Participation.visible_to(actor).whereclause is None


def companies(cohort: Cohort, *, mark: str | None, actor: Actor) -> PageOfRows:
    """Return one page of a cohort's companies that this person may see, by name."""
    rows = (
        Participation.visible_to(actor)
        .where(Participation.cohort_id == cohort.id)
        .join(Participation.organisation)
        .outerjoin(Participation.responsible)
        .with_only_columns(
            Participation.id, Participation.state, Participation.joined_on, Participation.left_on,
            Organisation.display_name, Organisation.name_key, Organisation.slug,
            Person.name.label("responsible"),
        )
    )  # fmt: skip
    return page(rows, Order(Organisation.name_key, Participation.id), mark)


def fellows(cohort: Cohort, *, actor: Actor) -> Sequence[Any]:
    """Return the names of the other companies in a cohort that are no secret to this person."""
    found = (
        Organisation.visible_to(actor)
        .join(Participation, Participation.organisation_id == Organisation.id)
        .where(Participation.cohort_id == cohort.id, Participation.state.in_(IN_A_PLACE))
        .where(Organisation.id.not_in(actor.organisation_ids))
        .with_only_columns(Organisation.display_name, Organisation.slug)
        .order_by(Organisation.name_key, Organisation.id)
        .limit(100)
    )
    return db.session.execute(found).all()


def milestones_of(ids: Sequence[UUID], *, actor: Actor) -> Mapping[UUID, Sequence[Any]]:
    """Return the milestones of these companies, by company: one statement."""
    rows = (
        Milestone.visible_to(actor)
        .where(Milestone.participation_id.in_(ids))
        .with_only_columns(
            Milestone.id, Milestone.participation_id, Milestone.title, Milestone.state,
            Milestone.due_on, Milestone.original_due_on,
        )
        .order_by(Milestone.due_on, Milestone.id)
        .limit(1000)
    )  # fmt: skip
    found: dict[UUID, list[Any]] = {id: [] for id in ids}
    for row in db.session.execute(rows):
        found[row.participation_id].append(row)
    return found


def undecided(cohort: Cohort, *, actor: Actor) -> Sequence[Any]:
    """Return who was offered a place and who waits for one, the next first: one statement."""
    states = (ApplicationState.OFFERED, ApplicationState.WAITLISTED)
    is_open = and_(Offer.application_id == Application.id, Offer.state == OfferState.OPEN)
    found = (
        Application.visible_to(actor)
        .join(Application.call)
        .outerjoin(Offer, is_open)
        .where(Call.cohort_id == cohort.id, Application.state.in_(states))
        .with_only_columns(
            Application.id, Application.applicant_name, Application.state,
            Application.waiting_rank, Application.organisation_id, Call.zone, Offer.expires_at,
        )
        .order_by(Application.waiting_rank, Application.submitted_at, Application.id)
        .limit(200)
    )  # fmt: skip
    return db.session.execute(found).all()


def participation(id: UUID, *, actor: Actor) -> Participation:
    """Return how a company takes part, with its cohort. Raises Missing otherwise."""
    found = Participation.visible_to(actor).where(Participation.id == id)
    return present(db.session.scalar(found.options(*around())))


def around() -> Sequence[Any]:
    """Return how a participation is loaded with its cohort, company and responsible person."""
    cohort = joinedload(Participation.cohort)
    return (
        cohort.joinedload(Cohort.programme),
        cohort.joinedload(Cohort.manager),
        joinedload(Participation.organisation),
        joinedload(Participation.responsible),
    )


@dataclass(frozen=True)
class Moved:
    """A participation and the move that somebody asks for."""

    participation: Participation
    move: str

    @property
    def organisation_id(self) -> UUID:
        """Whose participation it is: policies ask for it."""
        return self.participation.organisation_id


def participation_to_move(id: UUID, move: str, *, actor: Actor) -> Moved:
    """Return a participation with the move that its address names. Raises Missing otherwise."""
    return Moved(participation(id, actor=actor), move)


def milestones(participation: Participation, *, actor: Actor) -> Sequence[Milestone]:
    """Return a company's milestones in order of their days, with their owners."""
    found = Milestone.visible_to(actor).where(Milestone.participation_id == participation.id)
    owner = joinedload(Milestone.owner).load_only(Person.name)
    order = found.order_by(Milestone.due_on, Milestone.id)
    return db.session.scalars(order.options(owner, raiseload("*")).limit(200)).all()


def people(organisation_id: UUID, *, now: datetime) -> Sequence[Any]:
    """Return the ids and names of those who belong to an organisation now."""
    found = (
        select(Person.id, Person.name)
        .join(Affiliation, Affiliation.person_id == Person.id)
        .where(Affiliation.organisation_id == organisation_id, Affiliation.starts_at <= now)
        .where(or_(Affiliation.ends_at.is_(None), Affiliation.ends_at > now))
        .where(Person.state == PersonState.ACTIVE)
        .order_by(Person.name, Person.id)
        .limit(200)
    )
    return db.session.execute(found).all()


def responsible(participation: Participation, *, now: datetime) -> Sequence[Person]:
    """Return who hears about a company's part in a cohort: the responsible, else who binds it."""
    belongs = (
        select(Person)
        .join(Affiliation, Affiliation.person_id == Person.id)
        .where(Affiliation.organisation_id == participation.organisation_id)
        .where(Affiliation.starts_at <= now)
        .where(or_(Affiliation.ends_at.is_(None), Affiliation.ends_at > now), *is_told())
        .order_by(Person.name, Person.id)
    )
    one = db.session.scalars(belongs.where(Person.id == participation.responsible_id)).all()
    return one or db.session.scalars(belongs.where(Affiliation.role.in_(BINDING))).all()


def takes_part_already(cohort_id: UUID, organisation_id: UUID) -> bool:
    """Tell whether a company is in a cohort or was."""
    found = exists().where(
        Participation.cohort_id == cohort_id, Participation.organisation_id == organisation_id
    )
    return bool(db.session.scalar(select(found)))


@dataclass(frozen=True)
class Miscount:
    """A cohort whose count of held places is not what its offers and companies add up to."""

    cohort_id: UUID
    held: int
    counted: int


def miscounted() -> Sequence[Miscount]:
    """Count every cohort's places afresh and return those that do not add up: none, always."""
    offers = (
        select(func.count(Offer.id))
        .where(Offer.cohort_id == Cohort.id, Offer.state == OfferState.OPEN)
        .correlate(Cohort)
        .scalar_subquery()
    )
    companies = (
        select(func.count(Participation.id))
        .where(Participation.cohort_id == Cohort.id, Participation.state.in_(IN_A_PLACE))
        .correlate(Cohort)
        .scalar_subquery()
    )
    counted = (offers + companies).label("counted")
    found = select(Cohort.id, Cohort.held, counted).where(Cohort.held != counted)
    return [Miscount(*row) for row in db.session.execute(found.order_by(Cohort.id))]
