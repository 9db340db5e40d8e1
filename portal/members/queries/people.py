"""People: themselves, and as staff see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CompoundSelect,
    Select,
    String,
    Uuid,
    bindparam,
    exists,
    literal,
    select,
    type_coerce,
    union,
    union_all,
)
from sqlalchemy.orm import joinedload

from portal.core.alphabet import LAST, name_key
from portal.core.errors import present
from portal.core.vocabulary import Word
from portal.extensions import db
from portal.models import (
    Actor,
    Affiliation,
    AffiliationRole,
    AuthenticatorApp,
    FactorKind,
    LoginSession,
    Organisation,
    Passkey,
    Person,
    RecoveryCode,
    StaffGrant,
    StaffRole,
    Throttle,
    kind_of,
    own,
    stand_in,
)
from portal.models.base import Moment, at_most
from portal.platform import auth
from portal.platform.database import read
from portal.platform.paging import Order, PageOfRows, page

WHOSE = bindparam("person_id", type_=Uuid())


def myself(*, actor: Actor) -> Person:
    """Find the person who is signed in."""
    return present(db.session.get(Person, actor.id))


def live_sessions(person_id: UUID, *, now: datetime, actor: Actor) -> Sequence[Any]:
    """Return the browsers in which somebody is signed in."""
    given = own(actor) | {"person_id": person_id, "now": now, "idle_since": now - auth.IDLE}
    return read(every_session(stand_in(actor.staff)), **given).all()


@cache
def every_session(actor: Actor) -> Select[*tuple[Any, ...]]:
    """Put together, once for each kind of person, what selects somebody's browsers."""
    return (
        LoginSession.visible_to(actor)
        .where(
            LoginSession.person_id == WHOSE,
            LoginSession.ended_at.is_(None),
            LoginSession.proved_at.is_not(None),
            LoginSession.expires_at > bindparam("now", type_=Moment),
            LoginSession.seen_at > bindparam("idle_since", type_=Moment),
        )
        .with_only_columns(
            LoginSession.id,
            LoginSession.way,
            LoginSession.factor,
            LoginSession.authenticated_at,
            LoginSession.seen_at,
            LoginSession.browser,
            LoginSession.address_prefix,
        )
        .order_by(LoginSession.seen_at.desc())
        .limit(50)
    )


#: A search that finds more than this of one kind wants another letter.
MOST_FOUND = 500
BY_ADDRESS = Order(Person.email, Person.id)


def login_session(id: UUID, *, actor: Actor) -> LoginSession:
    """Find a session that this person may end."""
    rows = LoginSession.visible_to(actor).where(LoginSession.id == id)
    return present(db.session.scalar(rows.options(joinedload(LoginSession.person))))


def people(wanted: str, mark: str | None, *, actor: Actor) -> PageOfRows:
    """Return a page of the people whose name or address begins like this, by address."""
    given: dict[str, Any] = {}
    for kind, start in (("address", wanted.casefold()), ("name", name_key(wanted))):
        if wanted:
            given |= {f"{kind}_from": start, f"{kind}_to": start + LAST}
    rows = every_person(stand_in(actor.staff), named=bool(wanted))
    return page(rows, BY_ADDRESS, mark, given=given)


@cache
def every_person(actor: Actor, *, named: bool) -> Select[*tuple[Any, ...]]:
    """Put together, once for each kind of staff, what selects people."""
    rows = Person.visible_to(actor).where(Person.merged_into_id.is_(None))
    shown = rows.with_only_columns(
        Person.id, Person.email, Person.name, Person.state, Person.verified_at,
        Person.last_signed_in_at,
    )  # fmt: skip
    return shown.where(Person.id.in_(beginning())) if named else shown


def beginning() -> Any:
    """Select whose address or name begins like this: some hundreds of each, by their indexes."""
    found = (
        select(Person.id)
        .where(column >= bindparam(f"{kind}_from"), column < bindparam(f"{kind}_to"))
        .order_by(column)
        for kind, column in (("address", Person.email), ("name", Person.name_key))
    )
    return union(*(select(part.limit(at_most(MOST_FOUND)).subquery()) for part in found))


KINDS = union_all(
    select(literal(FactorKind.PASSKEY.value)).where(exists().where(Passkey.person_id == WHOSE)),
    select(literal(FactorKind.APP.value)).where(
        exists().where(
            AuthenticatorApp.person_id == WHOSE, AuthenticatorApp.confirmed_at.is_not(None)
        )
    ),
    select(literal(FactorKind.RECOVERY.value)).where(
        exists().where(
            RecoveryCode.person_id == WHOSE,
            RecoveryCode.used_at.is_(None),
            RecoveryCode.active_at.is_not(None),
        )
    ),
)


def kinds_of_factors(person_id: UUID) -> Sequence[FactorKind]:
    """Return which kinds of second factor somebody has; no more of them is anybody else's."""
    return [FactorKind.of(value) for value in read(KINDS, person_id=person_id).scalars()]


def person(id: UUID, *, actor: Actor) -> Person:
    """Find somebody whom this person may see."""
    return present(db.session.scalar(Person.visible_to(actor).where(Person.id == id)))


@dataclass(frozen=True, kw_only=True)
class Role:
    """What somebody is or was: in an organisation, or in the staff when that has no name."""

    id: UUID
    role: Word
    title: str
    starts_at: datetime
    ends_at: datetime | None
    name: str
    slug: str


def roles(person_id: UUID, *, actor: Actor) -> tuple[Sequence[Role], Sequence[Role]]:
    """Return what somebody is and was in organisations and in the staff: one statement."""
    given = own(actor) | {"person_id": person_id}
    rows = read(every_role(kind_of(actor)), **given).all()
    rows = sorted(rows, key=lambda row: row.starts_at, reverse=True)
    rows.sort(key=lambda row: row.ends_at is not None)
    standings = [as_role(row, AffiliationRole) for row in rows if row.slug]
    return standings, [as_role(row, StaffRole) for row in rows if not row.slug]


@cache
def every_role(actor: Actor) -> CompoundSelect[Any]:
    """Put together, once for each kind of person, what selects somebody's roles."""
    affiliations = (
        Affiliation.visible_to(actor)
        .join(Organisation, Organisation.id == Affiliation.organisation_id)
        .where(Affiliation.person_id == WHOSE)
        .with_only_columns(
            Affiliation.id,
            type_coerce(Affiliation.role, String).label("role"),
            Affiliation.title,
            Affiliation.starts_at,
            Affiliation.ends_at,
            Organisation.display_name.label("name"),
            Organisation.slug,
        )
    )
    grants = (
        StaffGrant.visible_to(actor)
        .where(StaffGrant.person_id == WHOSE)
        .with_only_columns(
            StaffGrant.id,
            type_coerce(StaffGrant.role, String),
            literal(""),
            StaffGrant.starts_at,
            StaffGrant.ends_at,
            literal(""),
            literal(""),
        )
    )
    return union_all(affiliations, grants)


def as_role(row: Any, words: type[Word]) -> Role:
    """Read one line of the roles."""
    return Role(**(dict(row._mapping) | {"role": words.of(row.role)}))


def staff_grant(id: UUID, *, actor: Actor) -> StaffGrant:
    """Find a staff role that somebody has or had."""
    rows = StaffGrant.visible_to(actor).where(StaffGrant.id == id)
    return present(db.session.scalar(rows.options(joinedload(StaffGrant.person))))


#: The counts of tries that begin like this and are used up. No key of ours holds a “%” or a “_”.
USED_UP = select(Throttle.key, Throttle.expires_at).where(
    Throttle.key.like(bindparam("like")),
    Throttle.count >= bindparam("most"),
    Throttle.expires_at > bindparam("now", type_=Moment),
)


def locked_people(prefix: str, *, most: int, now: datetime, actor: Actor) -> Sequence[Any]:
    """Return the people whose sign-in is throttled: those counted `most` times under a prefix."""
    used = read(USED_UP, like=f"{prefix}%", most=most, now=now)
    ends = {row.key.removeprefix(prefix)[:36]: row.expires_at for row in used}
    ids = [UUID(text) for text in ends if len(text) == 36]
    if not ids:
        return ()
    found = Person.visible_to(actor).where(Person.id.in_(ids)).order_by(Person.email)
    rows = read(found.with_only_columns(Person.id, Person.name)).all()
    return [(person, ends[str(person.id)]) for person in rows]


def is_locked(person_id: UUID, prefix: str, *, most: int, now: datetime) -> bool:
    """Tell whether browsers that are not known have used up their tries for an account."""
    return read(USED_UP, like=f"{prefix}{person_id}/%", most=most, now=now).first() is not None
