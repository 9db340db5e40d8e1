"""What a visitor is to people: that decides which of their details are shown."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, exists, select

from portal.extensions import db
from portal.members.queries.directory import days
from portal.models import Actor, Affiliation, Membership, Viewer
from portal.models.members.membership import counts_now
from portal.models.members.visibility import counted_as
from portal.platform.database import read

#: Kinds of viewer, from the one who sees the least.
BY_SIGHT = list(Viewer)
OF_MEMBERS = select(
    exists().where(Membership.organisation_id.in_(bindparam("ids", expanding=True)), *counts_now())
)


def belongs_to_members(*, actor: Actor, now: datetime) -> bool:
    """Tell whether somebody belongs to an organisation whose membership counts today."""
    if not actor.standings:
        return False
    return bool(read(OF_MEMBERS, ids=actor.organisation_ids, **days(now=now)).scalar())


def viewer_at(organisation_id: UUID, *, actor: Actor | None, now: datetime) -> Viewer:
    """Tell what a visitor is to the people of an organisation."""
    known = counted_as(organisation_id, actor=actor, member=False)
    if actor is None or known is not Viewer.PUBLIC:
        return known
    member = belongs_to_members(actor=actor, now=now)
    return counted_as(organisation_id, actor=actor, member=member)


def viewer_of(person_id: UUID, *, actor: Actor | None, now: datetime) -> Viewer:
    """Tell what a visitor is to a person: the nearest of what they are to each other."""
    if actor is None:
        return Viewer.PUBLIC
    if actor.id == person_id:
        return Viewer.SELF
    if actor.is_staff_of_any:
        return Viewer.STAFF
    shared = select(Affiliation.organisation_id).where(
        Affiliation.person_id == person_id,
        Affiliation.organisation_id.in_(actor.organisation_ids),
        Affiliation.ends_at.is_(None),
    )
    ids = db.session.scalars(shared).all() if actor.standings else ()
    if ids:
        kinds = [counted_as(id, actor=actor, member=False) for id in ids]
        return max(kinds, key=BY_SIGHT.index)
    member = belongs_to_members(actor=actor, now=now)
    return Viewer.MEMBER if member else Viewer.PUBLIC
