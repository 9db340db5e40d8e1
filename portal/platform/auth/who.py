"""Who is asking: a browser's session is a row, and rights are read from dated grants each time."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flask import Flask, abort, g
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
from portal.extensions import login
from portal.models import (
    Actor,
    Affiliation,
    AffiliationRole,
    Cluster,
    LoginSession,
    Organisation,
    Person,
    PersonState,
    StaffGrant,
    StaffRole,
    Standing,
)
from portal.models.base import Moment
from portal.platform import cluster, tokens
from portal.platform.database import aside, read

#: A session ends after this long without a page.
IDLE = timedelta(hours=12)
#: How exactly we know when somebody was last here; finer would write at every page.
SEEN_EVERY = timedelta(minutes=5)

NOW = bindparam("now", type_=Moment)
SESSION = (
    LoginSession.id.label("session_id"),
    LoginSession.seen_at,
    LoginSession.acting_id,
    LoginSession.proved_at,
    Person.id.label("person_id"),
    Person.name,
    Person.email,
    Person.language,
    Person.verified_at,
    Person.factor_since,
)
#: What is true of a session that somebody may go on with.
GOES_ON = (
    LoginSession.token_hash == bindparam("digest"),
    LoginSession.ended_at.is_(None),
    LoginSession.proved_at.is_not(None),
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
    Affiliation.starts_at.label("since"),
)
IN_STAFF = (
    type_coerce(StaffGrant.role, String),
    null(),
    literal(""),
    literal(""),
    true(),
    StaffGrant.starts_at,
)


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

OF_CLUSTER = slice(len(SESSION), len(SESSION) + len(cluster.COLUMNS))

#: Whose session it is, what that person may do, and which cluster this is, at once. Who is in no
#: organisation has one line without a role.
WHO: Executable = union_all(
    select(*SESSION, *cluster.COLUMNS, *IN_ORGANISATION)
    .join_from(LoginSession, Person)
    .outerjoin(Cluster, true())
    .outerjoin(
        Affiliation, and_(Affiliation.person_id == Person.id, *in_force(Affiliation, now=NOW))
    )
    .outerjoin(Organisation, Organisation.id == Affiliation.organisation_id)
    .where(*GOES_ON),
    select(*SESSION, *cluster.COLUMNS, *IN_STAFF)
    .join_from(LoginSession, Person)
    .outerjoin(Cluster, true())
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
    login.init_app(app, add_context_processor=False)
    login.user_loader(load)


def load(token: str) -> SignedIn | None:
    """Find the session of this token and what its person may do at this moment: one statement."""
    now = arrived()
    rows = read(WHO, digest=tokens.digest(token), now=now, idle_since=now - IDLE).all()
    if not rows:
        return None
    who = rows[0]
    if who.zone is not None:
        cluster.note(who[OF_CLUSTER])
    actor = Actor(
        id=who.person_id,
        name=who.name,
        email=who.email,
        language=who.language,
        acting_id=who.acting_id,
        session_id=who.session_id,
        proved_at=who.proved_at,
        factor_since=who.factor_since,
        **counting(rows, who, now=now),
    )
    return SignedIn(token, actor=actor, seen_at=who.seen_at)


def counting(rows: Sequence[Any], who: Any, *, now: datetime) -> dict[str, Any]:
    """Return what of somebody's roles counts at this moment.

    Nothing does before their address is proven, nor once they should have had a second factor.
    """
    proven = who.verified_at is not None
    due = factor_by(rows) if proven and who.factor_since is None else None
    barred = due is not None and due <= now and not is_invented()
    standings, staff = sorted_out(rows) if proven and not barred else NO_RIGHTS
    return {
        "standings": standings,
        "staff": staff,
        "verified": proven,
        "factor_by": due,
        "barred": barred,
    }


def factor_by(rows: Sequence[Any]) -> datetime | None:
    """Return until when somebody of these roles has to have a second factor, if any of them asks.

    Staff and administrators of organisations have to, some days after they became it.
    """
    since = [
        row.since
        for row in rows
        if row.role and (not row.organisation_id or row.role == AffiliationRole.ADMINISTRATOR.value)
    ]
    served = cluster.profile() if since else None
    return served.factor_by(min(since)) if served else None


def is_invented() -> bool:
    """Tell whether this is the demo, where a second factor is asked for and nobody is kept out."""
    served = cluster.profile()
    return served is not None and served.demo


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
    """Return a person as somebody who acts, for commands, jobs and feeds that have no session."""
    rows = read(RIGHTS, person_id=person.id, now=now).all() if person.verified_at else ()
    return Actor(
        id=person.id,
        name=person.name,
        email=person.email,
        language=person.language,
        **counting(rows, person, now=now),
    )


def arrived() -> datetime:
    """Return when the request arrived: the one present moment of everything it does."""
    moment: datetime | None = g.get("arrived")
    if moment is None:
        moment = g.arrived = clock.now()
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
