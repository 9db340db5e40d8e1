"""What waits for somebody: one statement for all that has a name, one for memberships."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, literal, select, union_all

from portal.extensions import db
from portal.members import policy, rules
from portal.models import (
    Actor,
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

CONFIRM, ANSWER, LET_IN, ACCEPT = "confirm", "answer", "let in", "accept"
#: So many of each kind stand on a desk; the rest is in the lists.
MOST = 10


def tasks(actor: Actor, *, now: datetime) -> Sequence[Any]:
    """Return what waits for this person: kind, id, name, slug and since when or until when."""
    parts = [requests(actor)] if policy.membership_staff(actor) or administered(actor) else []
    if policy.membership_staff(actor):
        parts += [unconfirmed(), enquiries()]
    if actor.verified:
        parts.append(invitations(actor, now=now))
    if not parts:
        return ()
    return db.session.execute(union_all(*(few(part) for part in parts))).all()


def few(part: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """Take the first of one kind; SQLite wants a limit inside a union wrapped."""
    return select(part.limit(MOST).subquery())


def administered(actor: Actor) -> list[Any]:
    """Return the organisations that this person administers."""
    mine = (s for s in actor.standings if s.role is AffiliationRole.ADMINISTRATOR)
    return [standing.organisation_id for standing in mine]


def unconfirmed() -> Select[*tuple[Any, ...]]:
    """Select the organisations that nobody confirmed, the oldest first."""
    return (
        select(
            literal(CONFIRM).label("kind"),
            Organisation.id,
            Organisation.display_name.label("name"),
            Organisation.slug.label("slug"),
            Organisation.created_at.label("at"),
        )
        .where(Organisation.confirmed_at.is_(None))
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


def requests(actor: Actor) -> Select[*tuple[Any, ...]]:
    """Select the requests to join that this person may answer, the oldest first."""
    rows = (
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
    if policy.membership_staff(actor):
        return rows
    return rows.where(JoinRequest.organisation_id.in_(administered(actor)))


def invitations(actor: Actor, *, now: datetime) -> Select[*tuple[Any, ...]]:
    """Select the invitations that wait for this person."""
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
            Invitation.email == actor.email,
            Invitation.state == InvitationState.PENDING,
            Invitation.expires_at > now,
        )
        .order_by(Invitation.expires_at)
    )


def last_periods(actor: Actor, *, until: date, now: datetime) -> Sequence[Any]:
    """Return the memberships of this person's organisations that run out by a day."""
    ends = func.max(MembershipPeriod.to_on)
    rows = (
        select(Organisation.display_name.label("name"), Organisation.slug, ends.label("to_on"))
        .join(Membership, Membership.organisation_id == Organisation.id)
        .join(MembershipPeriod, MembershipPeriod.membership_id == Membership.id)
        .where(Organisation.id.in_(actor.organisation_ids), Membership.ends_on.is_(None))
        .group_by(Organisation.id)
        .having(ends <= until, ends > now.date() - rules.GRACE)
    )
    return db.session.execute(rows).all()
