"""Who is asking: a browser's session is a row, and rights are read from dated grants each time."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flask import Flask, abort, g, session
from flask_login import UserMixin, current_user
from sqlalchemy import (
    BindParameter,
    Executable,
    String,
    and_,
    bindparam,
    literal,
    null,
    select,
    true,
    type_coerce,
    union_all,
    update,
)

from portal.core import clock
from portal.extensions import db, login
from portal.models import (
    Actor,
    Affiliation,
    AffiliationRole,
    LoginSession,
    Organisation,
    Person,
    PersonState,
    StaffGrant,
    StaffRole,
    Standing,
)
from portal.models.base import Moment
from portal.platform import tokens
from portal.platform.database import aside, read

#: A session ends after this long without a page, and in any case after this long.
IDLE = timedelta(hours=12)
ABSOLUTE = timedelta(days=14)
ABSOLUTE_FOR_STAFF = timedelta(hours=10)
#: How exactly we know when somebody was last here; finer would write at every page.
SEEN_EVERY = timedelta(minutes=5)

NOW = bindparam("now", type_=Moment)
SESSION = (
    LoginSession.id.label("session_id"),
    LoginSession.seen_at,
    LoginSession.acting_id,
    Person.id.label("person_id"),
    Person.name,
    Person.email,
    Person.language,
    Person.verified_at,
)
#: What is true of a session that somebody may go on with.
GOES_ON = (
    LoginSession.token_hash == bindparam("digest"),
    LoginSession.ended_at.is_(None),
    LoginSession.expires_at > NOW,
    LoginSession.seen_at > bindparam("idle_since", type_=Moment),
    Person.state == PersonState.ACTIVE,
)
IN_ORGANISATION = (
    type_coerce(Affiliation.role, String).label("role"),
    Organisation.id.label("organisation_id"),
    Organisation.display_name.label("organisation_name"),
    Organisation.slug.label("slug"),
    Organisation.confirmed_at.is_not(None).label("confirmed"),
)
IN_STAFF = (type_coerce(StaffGrant.role, String), null(), literal(""), literal(""), true())


def in_force(
    grant: type[Affiliation] | type[StaffGrant], *, now: datetime | BindParameter[datetime]
) -> Sequence[Any]:
    """Return what is true of a dated grant at a moment in which it counts."""
    return (grant.starts_at <= now, (grant.ends_at.is_(None)) | (grant.ends_at > now))


RIGHTS: Executable = union_all(
    select(*IN_ORGANISATION)
    .select_from(Affiliation)
    .join(Organisation)
    .where(Affiliation.person_id == bindparam("person_id"), *in_force(Affiliation, now=NOW)),
    select(*IN_STAFF).where(
        StaffGrant.person_id == bindparam("person_id"), *in_force(StaffGrant, now=NOW)
    ),
)

#: Whose session it is and what that person may do, at once. Who is in no organisation has one line
#: without a role.
WHO: Executable = union_all(
    select(*SESSION, *IN_ORGANISATION)
    .join_from(LoginSession, Person)
    .outerjoin(
        Affiliation, and_(Affiliation.person_id == Person.id, *in_force(Affiliation, now=NOW))
    )
    .outerjoin(Organisation, Organisation.id == Affiliation.organisation_id)
    .where(*GOES_ON),
    select(*SESSION, *IN_STAFF)
    .join_from(LoginSession, Person)
    .join(StaffGrant, and_(StaffGrant.person_id == Person.id, *in_force(StaffGrant, now=NOW)))
    .where(*GOES_ON),
)


#: What somebody may do whose address is not proven: whoever opened the account may be another than
#: the one whom staff or colleagues gave a role by that address.
NO_RIGHTS: tuple[tuple[Standing, ...], frozenset[StaffRole]] = ((), frozenset())


class SignedIn(UserMixin):  # type: ignore[misc]  # Flask-Login has no type hints
    """What Flask-Login holds: a session of somebody, named by its token."""

    def __init__(self, token: str, *, actor: Actor, seen_at: datetime) -> None:
        self.id, self.actor, self.seen_at = token, actor, seen_at


def init_app(app: Flask) -> None:
    """Let Flask-Login find people by their sessions."""
    login.session_protection = None  # a phone changes its address; sessions are rows that we end
    login.init_app(app, add_context_processor=False)
    login.user_loader(load)


def load(token: str) -> SignedIn | None:
    """Find the session of this token and what its person may do at this moment: one statement."""
    now = arrived()
    rows = read(WHO, digest=tokens.digest(token), now=now, idle_since=now - IDLE).all()
    if not rows:
        return None
    who = rows[0]
    proven = who.verified_at is not None
    standings, staff = sorted_out(rows) if proven else NO_RIGHTS
    actor = Actor(
        id=who.person_id,
        name=who.name,
        email=who.email,
        language=who.language,
        staff=staff,
        standings=standings,
        acting_id=who.acting_id,
        session_id=who.session_id,
        verified=proven,
    )
    return SignedIn(token, actor=actor, seen_at=who.seen_at)


def rights(person_id: UUID, *, now: datetime) -> tuple[tuple[Standing, ...], frozenset[StaffRole]]:
    """Read what somebody is in organisations and in the staff at this moment: one statement."""
    return sorted_out(read(RIGHTS, person_id=person_id, now=now).all())


def sorted_out(rows: Sequence[Any]) -> tuple[tuple[Standing, ...], frozenset[StaffRole]]:
    """Part what somebody is in organisations from what they are in the staff."""
    standings = [standing(row) for row in rows if row.organisation_id]
    staff = frozenset(
        StaffRole.of(row.role) for row in rows if row.role and not row.organisation_id
    )
    return tuple(sorted(standings, key=lambda s: (s.organisation_name, s.slug))), staff


def standing(row: Any) -> Standing:
    """Read one line of the rights as a place in an organisation."""
    return Standing(
        organisation_id=row.organisation_id,
        organisation_name=row.organisation_name,
        slug=row.slug,
        role=AffiliationRole.of(row.role),
        confirmed=bool(row.confirmed),
    )


def actor_of(person: Person, *, now: datetime) -> Actor:
    """Return a person as somebody who acts, for commands and jobs that have no session."""
    proven = person.verified_at is not None
    standings, staff = rights(person.id, now=now) if proven else NO_RIGHTS
    return Actor(
        id=person.id,
        name=person.name,
        email=person.email,
        language=person.language,
        staff=staff,
        standings=standings,
        verified=proven,
    )


def arrived() -> datetime:
    """Return when the request arrived: the one present moment of everything it does."""
    if "arrived" not in g:
        g.arrived = clock.now()
    moment: datetime = g.arrived
    return moment


def find_actor() -> Actor | None:
    """Return who is signed in, if anybody is."""
    user = g.get("_login_user") or current_user._get_current_object()
    return user.actor if isinstance(user, SignedIn) else None


def current_actor() -> Actor:
    """Return who is signed in; a stranger is sent to the door (401)."""
    return find_actor() or abort(401)


def forget_rights() -> None:
    """Read afresh who is asking: what was true before the write unit may no longer be."""
    g.pop("_login_user", None)


def touch() -> None:
    """Note that somebody was here, after the deed and at most every few minutes."""
    user = g.get("_login_user")
    if not isinstance(user, SignedIn) or arrived() - user.seen_at < SEEN_EVERY:
        return
    with aside() as unit:
        seen = update(LoginSession).where(LoginSession.id == user.actor.session_id)
        unit.execute(seen.values(seen_at=arrived()))


def open_session(person: Person, *, browser: str, address: str, now: datetime) -> str:
    """Begin a session for somebody who proved who they are; return its token."""
    _standings, staff = rights(person.id, now=now)
    token = tokens.fresh()
    db.session.add(
        LoginSession(
            person_id=person.id,
            token_hash=tokens.digest(token),
            authenticated_at=now,
            seen_at=now,
            expires_at=now + (ABSOLUTE_FOR_STAFF if staff else ABSOLUTE),
            browser=browser[:200],
            address_prefix=address,
        )
    )
    person.last_signed_in_at = now
    return token


def keep_in_browser(token: str) -> None:
    """Give the browser its token, and nothing of what it had before."""
    session.clear()
    session["_user_id"] = token
    session["_fresh"] = True
    forget_rights()


def end_sessions(person_id: UUID, *, now: datetime, reason: str, but: UUID | None = None) -> int:
    """End every session of a person, perhaps but one, at once. Return how many ended."""
    live = update(LoginSession).where(
        LoginSession.person_id == person_id, LoginSession.ended_at.is_(None)
    )
    if but:
        live = live.where(LoginSession.id != but)
    result = db.session.execute(live.values(ended_at=now, end_reason=reason))
    return int(result.rowcount)  # type: ignore[attr-defined]  # a CursorResult, typed as Result
