"""Applications for membership: one's own, one for its page, who may handle it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, bindparam, exists, func, or_, select
from sqlalchemy.orm import joinedload

from portal.core.errors import present
from portal.extensions import db
from portal.members.queries.directory import days
from portal.models import (
    OPEN_JOINING,
    QUEUED_JOINING,
    Actor,
    JoiningMessage,
    JoiningState,
    Membership,
    MembershipApplication,
    MembershipPeriod,
    MembershipTier,
    Organisation,
    Page,
    Person,
    PersonState,
    StaffGrant,
    StaffRole,
)
from portal.models.base import Moment
from portal.models.members.membership import GRACE_SINCE, TODAY
from portal.platform import auth
from portal.platform.database import read

MESSAGES = (
    select(JoiningMessage.from_us, JoiningMessage.text, JoiningMessage.at, Person.name)
    .join(Person, Person.id == JoiningMessage.person_id)
    .where(JoiningMessage.application_id == bindparam("id"))
    .order_by(JoiningMessage.at, JoiningMessage.id)
)

#: What each organisation of somebody has going: an application, a membership, or neither.
SITUATIONS = (
    select(
        Organisation.id,
        Organisation.display_name,
        Organisation.slug,
        Organisation.size,
        MembershipApplication.id.label("application_id"),
        Membership.number,
    )
    .select_from(Organisation)
    .outerjoin(
        MembershipApplication,
        and_(
            MembershipApplication.organisation_id == Organisation.id,
            MembershipApplication.state.in_(OPEN_JOINING),
        ),
    )
    .outerjoin(
        Membership,
        and_(
            Membership.organisation_id == Organisation.id,
            or_(Membership.ends_on.is_(None), Membership.ends_on > TODAY),
            exists().where(
                MembershipPeriod.membership_id == Membership.id,
                MembershipPeriod.to_on > GRACE_SINCE,
            ),
        ),
    )
    .where(Organisation.id.in_(bindparam("ids", expanding=True)))
    .order_by(Organisation.name_key)
)

#: The queue: whose turn is ours, in the order in which we promised an answer. That it is one of
#: the open states too lets a database find it by the index of those.
WAITING = and_(
    MembershipApplication.state.in_(QUEUED_JOINING),
    MembershipApplication.state == JoiningState.SUBMITTED,
)
#: Nobody needs to know of a longer queue how long it is.
LONGEST = 1000
BEFORE = and_(
    WAITING,
    (MembershipApplication.promised_at < bindparam("promised_at", type_=Moment))
    | (
        (MembershipApplication.promised_at == bindparam("promised_at", type_=Moment))
        & (MembershipApplication.id < bindparam("id"))
    ),
)
PLACE = select(
    *(
        select(func.count())
        .select_from(select(MembershipApplication.id).where(what).limit(LONGEST).subquery())
        .scalar_subquery()
        .label(name)
        for name, what in (("before", BEFORE), ("all", WAITING))
    )
)

HANDLERS = (
    select(Person.id, Person.name)
    .join(StaffGrant, StaffGrant.person_id == Person.id)
    .where(
        *auth.in_force(StaffGrant, now=bindparam("now", type_=Moment)),
        Person.state == PersonState.ACTIVE,
        StaffGrant.role.in_((StaffRole.MEMBERSHIP, StaffRole.ADMINISTRATOR)),
    )
    .distinct()
    .order_by(Person.name, Person.id)
)

TERMS_PAGE = select(Page.revision_id).where(Page.key == "terms")


def application(id: UUID, *, actor: Actor) -> MembershipApplication:
    """Find an application for membership."""
    rows = MembershipApplication.visible_to(actor).where(MembershipApplication.id == id)
    return present(
        db.session.scalar(
            rows.options(
                joinedload(MembershipApplication.organisation),
                joinedload(MembershipApplication.tier),
                joinedload(MembershipApplication.applicant),
                joinedload(MembershipApplication.handler),
                joinedload(MembershipApplication.first_approved_by),
                joinedload(MembershipApplication.membership),
            )
        )
    )


def messages(id: UUID) -> Sequence[Any]:
    """Return what was asked and answered, the first first."""
    return read(MESSAGES, id=id).all()


def situations(*, actor: Actor, now: datetime) -> Sequence[Any]:
    """Return what the organisations that somebody may bind have going."""
    return read(SITUATIONS, ids=actor.represented_ids, **days(now=now)).all()


def place(row: MembershipApplication) -> tuple[int, int]:
    """Return the place in the queue, the first being 1, and how many are in it."""
    found = read(PLACE, promised_at=row.promised_at, id=row.id).one()
    return found.before + 1, found.all


def own(*, actor: Actor) -> Sequence[Any]:
    """Return the applications of one's organisations, the newest first."""
    rows = (
        MembershipApplication.visible_to(actor)
        .where(MembershipApplication.organisation_id.in_(actor.represented_ids))
        .join(Organisation, Organisation.id == MembershipApplication.organisation_id)
        .join(MembershipTier, MembershipTier.id == MembershipApplication.tier_id)
        .with_only_columns(
            MembershipApplication.id,
            MembershipApplication.state,
            MembershipApplication.reference,
            MembershipApplication.created_at,
            MembershipApplication.submitted_at,
            Organisation.display_name,
            MembershipTier.name_en,
            MembershipTier.name_nb,
        )
        .order_by(MembershipApplication.id.desc())
        .limit(50)
    )
    return db.session.execute(rows).all()


def handlers(*, now: datetime) -> Sequence[Any]:
    """Return who looks after membership now: they may be given an application."""
    return read(HANDLERS, now=now).all()


def organisation(id: UUID, *, actor: Actor) -> Organisation:
    """Find an organisation that somebody may bind."""
    rows = Organisation.visible_to(actor).where(
        Organisation.id == id, Organisation.id.in_(actor.represented_ids)
    )
    return present(db.session.scalar(rows))


def terms_in_force() -> UUID | None:
    """Return the version of the terms that is accepted today."""
    return db.session.scalar(TERMS_PAGE)
