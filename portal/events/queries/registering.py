"""What the deeds about places ask of an organisation that registers people, under the lock."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import bindparam, func, or_, select, true

from portal.events.queries.holders import HOLDERS, NOBODY, Holders, sorted_out
from portal.models import (
    ACTIVE_STATES,
    Delegate,
    Membership,
    MembershipPeriod,
    Organisation,
    Registration,
    event_tier,
)
from portal.models.members.membership import counts_now, is_latest
from portal.platform import cluster
from portal.platform.database import read

#: With those of an organisation that became a part of it, and could not move.
ACTIVE_OF = (
    select(Delegate.ticket_id, func.count())
    .where(
        Delegate.event_id == bindparam("event_id"),
        or_(
            Delegate.organisation_id == bindparam("organisation_id"),
            Delegate.organisation_id.in_(
                select(Organisation.id).where(
                    Organisation.merged_into_id == bindparam("organisation_id")
                )
            ),
        ),
        Delegate.state.in_(ACTIVE_STATES),
    )
    .group_by(Delegate.ticket_id)
)

IN_EACH = (
    select(func.count())
    .where(Delegate.event_id == bindparam("event_id"), Delegate.state.in_(ACTIVE_STATES))
    .group_by(Delegate.organisation_id)
    .order_by(func.count().desc())
    .limit(1)
)

#: The kinds of membership that an event is for, and those an organisation has today.
MEMBER_OF = (
    select(MembershipPeriod.tier_id)
    .join(Membership, Membership.id == MembershipPeriod.membership_id)
    .where(Membership.organisation_id == bindparam("organisation_id"))
    .where(*counts_now(), is_latest())
)
MEANT_FOR = select(event_tier.c.tier_id).where(event_tier.c.event_id == bindparam("event_id"))

#: An organisation as those who register see it, whether the event is for some kinds alone, and what
#: was registered with this token before; with each line of who has these addresses, if any has.
KNOWN = HOLDERS.subquery()
ASKED = (
    select(
        Organisation.id.label("organisation_id"), Organisation.display_name, Organisation.name_key,
        Organisation.confirmed_at, MEANT_FOR.exists().label("some_alone"),
        Registration.id.label("replayed_id"), Registration.event_id, Registration.registered_by_id,
        *KNOWN.c,
    )
    .select_from(Organisation)
    .outerjoin(Registration, Registration.client_token == bindparam("client_token"))
    .outerjoin(KNOWN, true())
    .where(Organisation.id == bindparam("organisation_id"))
)  # fmt: skip


def active_of(organisation_id: UUID, event_id: UUID) -> Mapping[UUID, int]:
    """Return how many of an organisation have something going with an event, by ticket."""
    values = {"organisation_id": organisation_id, "event_id": event_id}
    rows: Sequence[Any] = read(ACTIVE_OF, **values).all()
    return {ticket_id: count for ticket_id, count in rows}


def most_of_one(event_id: UUID, ticket_id: UUID | None = None) -> int:
    """Return the most that one organisation has at an event, perhaps of one ticket."""
    counted = IN_EACH.where(Delegate.ticket_id == ticket_id) if ticket_id else IN_EACH
    return int(read(counted, event_id=event_id).scalar() or 0)


def is_for(event_id: UUID, organisation_id: UUID, *, today: date) -> bool:
    """Tell whether an event that is for some kinds of membership is for this organisation's."""
    meant = frozenset(read(MEANT_FOR, event_id=event_id).scalars())
    days = {"today": today, "grace_since": today - cluster.grace()}
    return bool(meant & set(read(MEMBER_OF, organisation_id=organisation_id, **days).scalars()))


class Applying(NamedTuple):
    """An organisation that registers people, perhaps once more, in the order of `ASKED`."""

    id: UUID
    display_name: str
    name_key: str
    confirmed_at: datetime | None
    some_alone: bool
    replayed_id: UUID | None
    event_id: UUID | None
    registered_by_id: UUID | None


def asked(
    organisation_id: UUID, emails: Iterable[str], *, event_id: UUID, client_token: str
) -> tuple[Applying | None, Holders]:
    """Return what is asked of an organisation that registers people, and who has their addresses.

    No organisation, if there is none of this key.
    """
    given = {"organisation_id": organisation_id, "event_id": event_id, "emails": list(emails)}
    rows: Sequence[Any] = read(ASKED, **given, client_token=client_token, but=NOBODY).all()
    organisation = Applying._make(rows[0][: len(Applying._fields)]) if rows else None
    return organisation, sorted_out(rows)
