"""The turn of a day: what became of memberships, told once to their people and in timelines.

Rights never wait for this: it only compares what `status` said yesterday with what it says today.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import insert
from uuid_utils.compat import uuid7

from portal.extensions import db
from portal.members import queries as of_room
from portal.members import rules
from portal.members.belonging import mails
from portal.members.belonging.deeds import BelongingDeed
from portal.members.belonging.queries import exclusions as readers
from portal.members.belonging.queries import turns as queries
from portal.models import (
    PORTAL,
    Counter,
    FormerSuspension,
    Membership,
    MembershipNotice,
    MembershipStatus,
    MembershipTurn,
)
from portal.platform import audit, cluster, mail
from portal.platform.audit import About
from portal.platform.mail import Letter

#: Where is kept which day was told last, as its ordinal.
TOLD = "membership-day"
#: After a long sleep no older days are told: nobody wants the news of last year.
MOST_DAYS = 31
#: So many memberships are looked at in one unit.
LOT = 200

Is, Turn = MembershipStatus, MembershipTurn
#: What is told when a membership stood so yesterday and stands so today.
TELLS: Mapping[tuple[MembershipStatus, MembershipStatus], MembershipTurn] = {
    (Is.ACTIVE, Is.GRACE): Turn.RENEWAL_DUE,
    (Is.SUSPENDED, Is.GRACE): Turn.RENEWAL_DUE,
    (Is.ACTIVE, Is.LAPSED): Turn.LAPSED,
    (Is.GRACE, Is.LAPSED): Turn.LAPSED,
    (Is.SUSPENDED, Is.LAPSED): Turn.LAPSED,
    (Is.LAPSED, Is.ACTIVE): Turn.REINSTATED,
    (Is.LAPSED, Is.GRACE): Turn.REINSTATED,
    (Is.SUSPENDED, Is.ACTIVE): Turn.REINSTATED,
    (Is.UPCOMING, Is.RESIGNED): Turn.OVER,
    (Is.ACTIVE, Is.RESIGNED): Turn.OVER,
    (Is.GRACE, Is.RESIGNED): Turn.OVER,
    (Is.SUSPENDED, Is.RESIGNED): Turn.OVER,
    (Is.ACTIVE, Is.ENDED): Turn.OVER,
    (Is.GRACE, Is.ENDED): Turn.OVER,
    (Is.SUSPENDED, Is.ENDED): Turn.OVER,
}
DEEDS = {
    Turn.RENEWAL_DUE: BelongingDeed.FELL_DUE,
    Turn.LAPSED: BelongingDeed.LAPSED,
    Turn.REINSTATED: BelongingDeed.COUNTS_AGAIN,
    Turn.OVER: BelongingDeed.IS_OVER,
}


def days_to_tell(*, today: date) -> Sequence[date]:
    """Return the days that were not told yet, up to today; on the very first only today."""
    kept = db.session.get(Counter, TOLD)
    last = date.fromordinal(kept.value) if kept else today - timedelta(days=1)
    first = max(last + timedelta(days=1), today - timedelta(days=MOST_DAYS))
    return [first + timedelta(days=n) for n in range((today - first).days + 1)]


def note_told(day: date) -> None:
    """Keep that a day was told."""
    kept = db.session.get(Counter, TOLD)
    if kept is None:
        db.session.add(Counter(series=TOLD, value=day.toordinal()))
    else:
        kept.value = max(kept.value, day.toordinal())


def tell_lot(day: date, after: UUID | None, *, now: datetime) -> UUID | None:
    """Tell what became of some memberships on a day; return the last of them, if there is more.

    Done again it tells nothing twice: each turn of a membership on a day is noted once.
    """
    found = queries.turning(day, after, most=LOT, grace=cluster.grace())
    told = queries.told([row.id for row in found], day)
    turned = [(row, turn) for row, turn in turns(found, day) if (row.id, turn) not in told]
    if turned:
        notice = [
            {"id": uuid7(), "membership_id": row.id, "turn": turn, "on_day": day, "told_at": now}
            for row, turn in turned
        ]
        db.session.execute(insert(MembershipNotice), notice)
        for row, turn in turned:
            about = About(organisation_id=row.organisation_id)
            audit.record(DEEDS[turn], row, actor=PORTAL, now=now, about=about)
        mail.queue(*letters(turned, now=now))
    return found[-1].id if len(found) == LOT else None


def turns(found: Sequence[Membership], day: date) -> Iterator[tuple[Membership, MembershipTurn]]:
    """Compare how memberships stood the day before with how they stand on a day."""
    former: dict[UUID, list[FormerSuspension]] = {}
    for each in queries.former([row.id for row in found]):
        former.setdefault(each.membership_id, []).append(each)
    grace = cluster.grace()
    for row in found:
        rested = former.get(row.id, [])
        before, after = (
            rules.status(row, row.periods, today=each, grace=grace, former=rested)
            for each in (day - timedelta(days=1), day)
        )
        if turn := turn_of(row, before, after, day=day):
            yield row, turn


def turn_of(
    row: Membership, before: MembershipStatus, after: MembershipStatus, *, day: date
) -> MembershipTurn | None:
    """Say what it is for a membership to stand so after it stood so, if anything is told of it."""
    if (before, after) == (Is.UPCOMING, Is.ACTIVE) and any(p.to_on < day for p in row.periods):
        return Turn.REINSTATED  # it had lapsed, and it was known when it would count again
    return TELLS.get((before, after))


def letters(
    turned: Sequence[tuple[Membership, MembershipTurn]], *, now: datetime
) -> Iterator[Letter]:
    """Write to the people of each membership what became of it."""
    hear = readers.hearers([row.organisation_id for row, _turn in turned], now=now)
    months = of_room.terms().reinstatement_months
    for row, turn in turned:
        lapses = max((each.to_on for each in row.periods), default=now.date()) + cluster.grace()
        until = lapses if turn is Turn.RENEWAL_DUE else rules.months_after(lapses, months)
        for person in hear.get(row.organisation_id, ()):
            yield mails.turned(turn, row.organisation, until, to=person)
