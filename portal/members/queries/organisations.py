"""Organisations as their own people see them."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import BindParameter, ColumnElement, Select, Uuid, bindparam, case, func, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from portal.core.errors import Missing, present
from portal.extensions import db
from portal.members import policy
from portal.models import (
    Actor,
    Affiliation,
    Field,
    Invitation,
    InvitationState,
    JoinRequest,
    Membership,
    MembershipPeriod,
    Organisation,
    Person,
    PersonVisibility,
    RequestState,
    Tag,
    Viewer,
    kind_of,
    own,
)
from portal.models.base import at_most
from portal.models.members.visibility import counted_as, shown
from portal.platform import cluster, tokens
from portal.platform.database import read


def today(*, now: datetime) -> date:
    """Return the day it is where the cluster is."""
    profile = cluster.profile()
    return now.astimezone(ZoneInfo(profile.zone if profile else "Europe/Oslo")).date()


def organisation(slug: str, *, actor: Actor) -> Organisation:
    """Find an organisation that this person may know of, also by what became a part of it."""
    kind, given = kind_of(actor), own(actor) | {"slug": slug}
    here = db.session.scalar(known(kind, former=False), given)
    return present(here or db.session.scalar(known(kind, former=True), given))


@cache
def known(actor: Actor, *, former: bool) -> Select[Organisation]:
    """Put together, once for each kind of person, what finds an organisation by its address."""
    seen = Organisation.visible_to(actor)
    slug: BindParameter[str] = bindparam("slug")
    return seen.where(became(slug) if former else Organisation.slug == slug)


def became(slug: str | BindParameter[str]) -> ColumnElement[bool]:
    """Return what is true of the organisation that the one of this address became a part of."""
    former = aliased(Organisation)
    whole = select(former.merged_into_id).where(former.slug == slug)
    return Organisation.id == whole.scalar_subquery()


def own_organisation(slug: str, *, actor: Actor) -> Organisation:
    """Find an organisation behind its public page: for its own people and staff."""
    found = organisation(slug, actor=actor)
    if not policy.sees_people(actor, found):
        raise Missing
    return found


def tags() -> Sequence[Tag]:
    """Return the sectors and technologies to choose from."""
    return db.session.scalars(select(Tag).order_by(Tag.label_en)).all()


def active_people(organisation_id: UUID, *, actor: Actor) -> Sequence[Any]:
    """Return who belongs to an organisation now, with their roles and what they let be seen."""
    viewer = counted_as(organisation_id, actor=actor, member=False)
    given = own(actor) | {"organisation_id": organisation_id}
    return read(people_shown(kind_of(actor), viewer=viewer), **given).all()


@cache
def people_shown(actor: Actor, *, viewer: Viewer) -> Select[*tuple[Any, ...]]:
    """Put together, once for each kind of person, who belongs and what is shown of them."""
    mine = Person.id == actor.id
    here = Affiliation.organisation_id == bindparam("organisation_id", type_=Uuid())
    return (
        Affiliation.visible_to(actor)
        .join(Person, Person.id == Affiliation.person_id)
        .outerjoin(PersonVisibility, PersonVisibility.person_id == Person.id)
        .where(here, Affiliation.ends_at.is_(None))
        .with_only_columns(
            Affiliation.id,
            Affiliation.role,
            Affiliation.title,
            Affiliation.starts_at,
            Person.id.label("person_id"),
            Person.name,
            case((mine, Person.email), else_=shown(Field.EMAIL, viewer=viewer)).label("email"),
            case((mine, Person.phone), else_=shown(Field.PHONE, viewer=viewer)).label("phone"),
        )
        .order_by(Person.name, Affiliation.id)
        .limit(at_most(200))
    )


def affiliation(slug: str, id: UUID, *, actor: Actor) -> Affiliation:
    """Find what somebody is in an organisation."""
    rows = (
        Affiliation.visible_to(actor)
        .join(Organisation, Organisation.id == Affiliation.organisation_id)
        .where(Affiliation.id == id, Organisation.slug == slug)
        .options(joinedload(Affiliation.person), joinedload(Affiliation.organisation))
    )
    return present(db.session.scalar(rows))


def invitations(organisation_id: UUID, *, actor: Actor) -> Sequence[Any]:
    """Return the invitations of an organisation that wait for an answer."""
    given = own(actor) | {"organisation_id": organisation_id}
    return read(pending(kind_of(actor)), **given).all()


@cache
def pending(actor: Actor) -> Select[*tuple[Any, ...]]:
    """Put together, once for each kind of person, what selects the invitations of one."""
    return (
        Invitation.visible_to(actor)
        .where(
            Invitation.organisation_id == bindparam("organisation_id", type_=Uuid()),
            Invitation.state == InvitationState.PENDING,
        )
        .with_only_columns(Invitation.id, Invitation.email, Invitation.role, Invitation.expires_at)
        .order_by(Invitation.email)
        .limit(at_most(100))
    )


def pending_invitation(slug: str, id: UUID, *, actor: Actor) -> Invitation:
    """Find an invitation that an organisation sent."""
    rows = (
        Invitation.visible_to(actor)
        .join(Organisation, Organisation.id == Invitation.organisation_id)
        .where(Invitation.id == id, Organisation.slug == slug)
        .options(joinedload(Invitation.organisation))
    )
    return present(db.session.scalar(rows))


def invitation(key: str, *, actor: Actor | None) -> Invitation:
    """Find an invitation by the secret in its letter, or by its id for whom it is meant."""
    rows = select(Invitation).options(
        joinedload(Invitation.organisation), joinedload(Invitation.invited_by)
    )
    by_letter = Invitation.token_hash == tokens.digest(key)
    if actor and actor.verified and (id := as_id(key)):
        own = (Invitation.id == id) & (Invitation.holder_id == actor.id)
        return present(db.session.scalar(rows.where(own)))
    return present(db.session.scalar(rows.where(by_letter)))


def as_id(text: str) -> UUID | None:
    """Read a text as a key of ours, if it is one."""
    try:
        return UUID(text)
    except ValueError:
        return None


def join_requests(organisation_id: UUID, *, actor: Actor) -> Sequence[Any]:
    """Return the requests to join an organisation that wait for an answer."""
    given = own(actor) | {"organisation_id": organisation_id}
    return read(asking(kind_of(actor)), **given).all()


@cache
def asking(actor: Actor) -> Select[*tuple[Any, ...]]:
    """Put together, once for each kind of person, what selects the requests to join one."""
    return (
        JoinRequest.visible_to(actor)
        .join(Person, Person.id == JoinRequest.person_id)
        .where(
            JoinRequest.organisation_id == bindparam("organisation_id", type_=Uuid()),
            JoinRequest.state == RequestState.OPEN,
        )
        .with_only_columns(
            JoinRequest.id,
            JoinRequest.message,
            JoinRequest.created_at,
            Person.name,
            Person.email,
        )
        .order_by(JoinRequest.id)
        .limit(at_most(100))
    )


def join_request(id: UUID, *, actor: Actor) -> JoinRequest:
    """Find a request to join an organisation."""
    rows = JoinRequest.visible_to(actor).where(JoinRequest.id == id)
    rows = rows.options(joinedload(JoinRequest.organisation), joinedload(JoinRequest.person))
    return present(db.session.scalar(rows))


def own_requests(*, actor: Actor) -> Sequence[Any]:
    """Return the requests of this person that wait for an answer."""
    rows = (
        select(JoinRequest.id, JoinRequest.created_at, Organisation.display_name)
        .join(Organisation, Organisation.id == JoinRequest.organisation_id)
        .where(JoinRequest.person_id == actor.id, JoinRequest.state == RequestState.OPEN)
        .order_by(JoinRequest.id)
    )
    return db.session.execute(rows).all()


def membership_of(organisation_id: UUID, *, actor: Actor) -> Membership | None:
    """Return an organisation's membership with its periods: the live one, else the last."""
    given = own(actor) | {"organisation_id": organisation_id}
    return db.session.scalar(memberships(kind_of(actor)), given)


@cache
def memberships(actor: Actor) -> Select[Membership]:
    """Put together, once for each kind of person, what finds the membership of an organisation."""
    return (
        Membership.visible_to(actor)
        .where(Membership.organisation_id == bindparam("organisation_id", type_=Uuid()))
        .order_by(func.coalesce(Membership.ends_on, date.max).desc(), Membership.number.desc())
        .limit(at_most(1))
        .options(selectinload(Membership.periods).joinedload(MembershipPeriod.tier))
    )
