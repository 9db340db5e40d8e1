"""People: themselves, and as staff see them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from portal.core.errors import present
from portal.extensions import db
from portal.models import (
    Actor,
    Affiliation,
    LoginSession,
    Organisation,
    Person,
    StaffGrant,
    Throttle,
)
from portal.platform import auth
from portal.platform.paging import Order, PageOfRows, page


def myself(*, actor: Actor) -> Person:
    """Find the person who is signed in."""
    return present(db.session.get(Person, actor.id))


def live_sessions(person_id: UUID, *, now: datetime, actor: Actor) -> Sequence[Any]:
    """Return the browsers in which somebody is signed in."""
    rows = (
        LoginSession.visible_to(actor)
        .where(
            LoginSession.person_id == person_id,
            LoginSession.ended_at.is_(None),
            LoginSession.expires_at > now,
            LoginSession.seen_at > now - auth.IDLE,
        )
        .with_only_columns(
            LoginSession.id,
            LoginSession.authenticated_at,
            LoginSession.seen_at,
            LoginSession.browser,
            LoginSession.address_prefix,
        )
        .order_by(LoginSession.seen_at.desc())
        .limit(50)
    )
    return db.session.execute(rows).all()


def login_session(id: UUID, *, actor: Actor) -> LoginSession:
    """Find a session that this person may end."""
    rows = LoginSession.visible_to(actor).where(LoginSession.id == id)
    return present(db.session.scalar(rows.options(joinedload(LoginSession.person))))


def people(wanted: str, mark: str | None, *, actor: Actor) -> PageOfRows:
    """Return a page of the people whose name or address begins like this, by address."""
    rows = Person.visible_to(actor).with_only_columns(
        Person.id, Person.email, Person.name, Person.state, Person.verified_at,
        Person.last_signed_in_at,
    )  # fmt: skip
    if wanted:
        start = wanted.casefold()
        rows = rows.where(
            or_(
                Person.email.startswith(start, autoescape=True),
                func.lower(Person.name).startswith(start, autoescape=True),
            )
        )
    return page(rows, Order(Person.email, Person.id), mark)


def person(id: UUID, *, actor: Actor) -> Person:
    """Find somebody whom this person may see."""
    return present(db.session.scalar(Person.visible_to(actor).where(Person.id == id)))


def standings(person_id: UUID, *, actor: Actor) -> Sequence[Any]:
    """Return what somebody is and was in organisations, the present first."""
    rows = (
        Affiliation.visible_to(actor)
        .join(Organisation, Organisation.id == Affiliation.organisation_id)
        .where(Affiliation.person_id == person_id)
        .with_only_columns(
            Affiliation.id,
            Affiliation.role,
            Affiliation.title,
            Affiliation.starts_at,
            Affiliation.ends_at,
            Organisation.display_name,
            Organisation.slug,
        )
        .order_by(Affiliation.ends_at.is_not(None), Affiliation.starts_at.desc())
        .limit(50)
    )
    return db.session.execute(rows).all()


def grants(person_id: UUID, *, actor: Actor) -> Sequence[Any]:
    """Return the staff roles that somebody has and had, the present first."""
    rows = (
        StaffGrant.visible_to(actor)
        .where(StaffGrant.person_id == person_id)
        .with_only_columns(StaffGrant.id, StaffGrant.role, StaffGrant.starts_at, StaffGrant.ends_at)
        .order_by(StaffGrant.ends_at.is_not(None), StaffGrant.starts_at.desc())
        .limit(50)
    )
    return db.session.execute(rows).all()


def staff_grant(id: UUID, *, actor: Actor) -> StaffGrant:
    """Find a staff role that somebody has or had."""
    rows = StaffGrant.visible_to(actor).where(StaffGrant.id == id)
    return present(db.session.scalar(rows.options(joinedload(StaffGrant.person))))


def locked_people(prefix: str, *, most: int, now: datetime, actor: Actor) -> Sequence[Any]:
    """Return the people whose sign-in is throttled: those counted `most` times under a prefix."""
    rows = select(Throttle.key, Throttle.expires_at).where(
        Throttle.key.startswith(prefix, autoescape=True),
        Throttle.count >= most,
        Throttle.expires_at > now,
    )
    ends = {key.removeprefix(prefix)[:36]: until for key, until in db.session.execute(rows)}
    ids = [UUID(text) for text in ends if len(text) == 36]
    found = Person.visible_to(actor).where(Person.id.in_(ids)).order_by(Person.email)
    return [(person, ends[str(person.id)]) for person in db.session.scalars(found)]
