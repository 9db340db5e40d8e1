"""What waits for somebody: one statement for all that has a name, one for memberships."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import CompoundSelect, Date, Select, bindparam, func, literal, select, union_all

from portal.members import policy
from portal.members.queries import (
    companies,
    domains,
    excluding,
    joiners,
    losing,
    privacy,
    wishing,
)
from portal.members.queries.holding import PROVEN
from portal.models import (
    Actor,
    Affiliation,
    AffiliationRole,
    EnquiryState,
    Invitation,
    InvitationState,
    JoinRequest,
    Membership,
    MembershipEnquiry,
    MembershipPeriod,
    Organisation,
    Person,
    RequestState,
)
from portal.models.base import Moment, at_most
from portal.platform import cluster
from portal.platform.database import read

CONFIRM, ANSWER, LET_IN, ACCEPT = "confirm", "answer", "let in", "accept"
#: So many of each kind stand on a desk; the rest is in the lists.
MOST = 10

ANSWERED_BY_THEM = JoinRequest.organisation_id.in_(bindparam("administered", expanding=True))

LAST_DAY = func.max(MembershipPeriod.to_on)
RUNNING_OUT = (
    select(Organisation.display_name.label("name"), Organisation.slug, LAST_DAY.label("to_on"))
    .join(Membership, Membership.organisation_id == Organisation.id)
    .join(MembershipPeriod, MembershipPeriod.membership_id == Membership.id)
    .where(Organisation.id.in_(bindparam("ids", expanding=True)), Membership.ends_on.is_(None))
    .group_by(Organisation.id)
    .having(bindparam("until", type_=Date) >= LAST_DAY, bindparam("since", type_=Date) < LAST_DAY)
)


def tasks(*, actor: Actor, now: datetime) -> Sequence[Any]:
    """Return what waits for this person: kind, id, name, slug and since when or until when."""
    mine, staff = administered(actor=actor), policy.membership_staff(actor)
    if not (staff or mine or actor.verified):
        return ()
    binds = bool(actor.represented_ids)
    new = actor.verified and not actor.standings and not actor.is_staff_of_any
    boss = policy.administrator(actor)
    kind = {
        "boss": boss,
        "staff": staff,
        "administers": bool(mine),
        "represents": binds,
        "new": new,
    }
    asked = waiting(**kind, verified=actor.verified)
    values: dict[str, Any] = {"now": now, "holder_id": actor.id} if actor.verified else {}
    if mine and not staff:
        values["administered"] = mine
    if staff:
        values["me"] = actor.id
    if binds:
        values["represented"] = actor.represented_ids
    return read(asked, **values).all()


@cache
def waiting(
    *, boss: bool, staff: bool, administers: bool, represents: bool, new: bool, verified: bool
) -> CompoundSelect[Any]:
    """Put together, once for each kind of person, the statement for what waits for them."""
    parts = [losing.to_handle()] if boss else []
    if staff:
        parts += [requests(), unconfirmed(), enquiries(), joiners.to_decide()]
        parts += [companies.successions(), companies.proposals(), companies.merges()]
        parts += [privacy.owed(), domains.unverified(), excluding.to_decide()]
        parts += [wishing.to_answer()]
    elif administers:
        parts.append(requests().where(ANSWERED_BY_THEM))
        parts.append(companies.successions().where(companies.KEPT_BY_THEM))
    if represents:
        parts.append(joiners.going())
    if new:
        parts.append(domains.offers())
    if verified:
        parts.append(invitations())
    return union_all(*(few(part) for part in parts))


def few(part: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """Take the first of one kind; SQLite wants a limit inside a union wrapped."""
    return select(part.limit(at_most(MOST)).subquery())


def administered(*, actor: Actor) -> list[Any]:
    """Return the organisations that this person administers."""
    mine = (s for s in actor.standings if s.role is AffiliationRole.ADMINISTRATOR)
    return [standing.organisation_id for standing in mine]


def unconfirmed() -> Select[*tuple[Any, ...]]:
    """Select the organisations that nobody confirmed, the oldest first: not one's own."""
    own = select(Affiliation.organisation_id).where(
        Affiliation.person_id == bindparam("me"), Affiliation.ends_at.is_(None)
    )
    return (
        select(
            literal(CONFIRM).label("kind"),
            Organisation.id,
            Organisation.display_name.label("name"),
            Organisation.slug.label("slug"),
            Organisation.created_at.label("at"),
        )
        .where(
            Organisation.confirmed_at.is_(None),
            Organisation.merged_into_id.is_(None),
            Organisation.id.not_in(own),
        )
        .order_by(Organisation.created_at)
    )


def enquiries() -> Select[*tuple[Any, ...]]:
    """Select the enquiries that nobody took, the oldest first."""
    return (
        select(
            literal(ANSWER).label("kind"),
            MembershipEnquiry.id,
            MembershipEnquiry.organisation_name.label("name"),
            literal("").label("slug"),
            MembershipEnquiry.created_at.label("at"),
        )
        .where(MembershipEnquiry.state == EnquiryState.NEW)
        .order_by(MembershipEnquiry.created_at)
    )


def requests() -> Select[*tuple[Any, ...]]:
    """Select the requests to join, the oldest first."""
    return (
        select(
            literal(LET_IN).label("kind"),
            JoinRequest.id,
            Person.name.label("name"),
            Organisation.display_name.label("slug"),
            JoinRequest.created_at.label("at"),
        )
        .join(Person, Person.id == JoinRequest.person_id)
        .join(Organisation, Organisation.id == JoinRequest.organisation_id)
        .where(JoinRequest.state == RequestState.OPEN)
        .order_by(JoinRequest.created_at)
    )


def invitations() -> Select[*tuple[Any, ...]]:
    """Select the invitations that wait for somebody with an address."""
    return (
        select(
            literal(ACCEPT).label("kind"),
            Invitation.id,
            Organisation.display_name.label("name"),
            Organisation.slug.label("slug"),
            Invitation.expires_at.label("at"),
        )
        .join(Organisation, Organisation.id == Invitation.organisation_id)
        .where(
            Invitation.email.in_(PROVEN),
            Invitation.state == InvitationState.PENDING,
            Invitation.expires_at > bindparam("now", type_=Moment),
        )
        .order_by(Invitation.expires_at)
    )


def last_periods(*, actor: Actor, until: date, now: datetime) -> Sequence[Any]:
    """Return the memberships of this person's organisations that run out by a day."""
    since = now.date() - cluster.grace()
    return read(RUNNING_OUT, ids=actor.organisation_ids, until=until, since=since).all()
