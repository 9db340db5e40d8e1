"""Runs of renewals: begun, looked up, started, stopped, thrown away."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from uuid_utils.compat import uuid7

from portal.core.errors import Mistake, NotAllowed, Refused
from portal.core.wording import N_, Sentence
from portal.extensions import db
from portal.members import policy as room
from portal.members import queries as of_room
from portal.members import rules as terms
from portal.members.belonging import policy
from portal.members.belonging.deeds import BelongingDeed
from portal.members.belonging.queries import renewals as queries
from portal.members.belonging.workflow import RENEWAL
from portal.models import (
    PORTAL,
    Actor,
    MembershipTier,
    RenewalLine,
    RenewalRun,
    RenewalState,
    RenewalVerdict,
)
from portal.platform import audit, cluster, jobs
from portal.platform.audit import About

GATHER, RENEW = "members.gather_renewals", "members.run_renewals"
#: So many lines are looked up at once: others who write wait no longer than for these.
PART = 1_000
BACKWARDS = Sentence(N_("The last day must not come before the first."))
MEANWHILE = Sentence(N_("The run was changed since you opened this page. Look at it once more."))
TOO_LATE = Sentence(N_("The run has started. Stop it first, or change the membership by hand."))

Tally = Mapping[str, int]


def begin(
    last_from: date, last_until: date, *, tier: MembershipTier | None, actor: Actor, now: datetime
) -> RenewalRun:
    """Begin a run for members whose last day lies in a window. Nobody is renewed by that."""
    if not room.membership_staff(actor):
        raise NotAllowed
    if last_until < last_from:
        raise Mistake("last_until", BACKWARDS)
    row = RenewalRun(
        last_from=last_from,
        last_until=last_until,
        tier_id=tier.id if tier else None,
        moved_at=now,
        tallies={},
        made_by_id=actor.id,
        created_at=now,
    )
    db.session.add(row)
    audit.record(BelongingDeed.RENEWALS_BEGUN, row, actor=actor, now=now)
    go_on(row, GATHER)
    return row


def go_on(row: RenewalRun, work: str) -> None:
    """Ask for the next part of the work."""
    row.part += 1
    jobs.enqueue(work, {"run_id": str(row.id)}, key=f"{work}:{row.id}:{row.part}")


def held(run_id: UUID) -> RenewalRun:
    """Return a run that nobody else changes until this unit is over."""
    return db.session.get_one(RenewalRun, run_id, with_for_update=True, populate_existing=True)


def gather(run_id: UUID, *, now: datetime) -> bool:
    """Look up the next members of a run; after the last show it. Return whether there is more."""
    row = held(run_id)
    if row.state is not RenewalState.GATHERING:
        return False
    today = of_room.today(now=now)
    found = queries.ending(row, most=PART, today=today, grace=cluster.grace())
    row.moved_at = now
    if not found:
        RENEWAL.make("show", row, actor=PORTAL, now=now)
        row.total, row.reached = sum(row.tallies.values()), 0
        return False
    kept = {"run_id": row.id, "created_at": now, "version": 1, "outcome": None}
    made: list[dict[str, Any]] = [kept | planned(each, today=today) for each in found]
    db.session.execute(insert(RenewalLine), made)
    row.tallies = added(row.tallies, Counter(each["verdict"].value for each in made))
    row.reached = found[-1].number
    return True


def planned(each: Any, *, today: date) -> dict[str, Any]:
    """Return the line of a member: the period it would get, and whether it does."""
    from_on, to_on = terms.next_span(each.to_on, each.year)
    return {
        "id": uuid7(),
        "number": each.number,
        "membership_id": each.id,
        "organisation_id": each.organisation_id,
        "tier_id": each.tier_id,
        "from_on": from_on,
        "to_on": to_on,
        "verdict": verdict(each, today=today),
    }


def verdict(each: Any, *, today: date) -> RenewalVerdict:
    """Say whether a member is renewed, or why not."""
    if each.ends_on is not None:
        return RenewalVerdict.RESIGNED
    if terms.is_suspended(each, today=today):
        return RenewalVerdict.SUSPENDED
    if each.confirmed_at is None:
        return RenewalVerdict.UNCONFIRMED
    return RenewalVerdict.RENEW


def added(tallies: Tally, more: Tally) -> dict[str, int]:
    """Return tallies with more of something."""
    return {**tallies, **{key: tallies.get(key, 0) + count for key, count in more.items()}}


def leave_out(line: RenewalLine, *, out: bool, actor: Actor, now: datetime) -> None:
    """Leave a member out of a run by hand, or take them in again."""
    if not policy.runs(actor, line.run):
        raise NotAllowed
    run = held(line.run_id)
    if run.state not in (RenewalState.READY, RenewalState.STOPPED) or line.outcome:
        raise Refused(TOO_LATE)
    before, after = (RenewalVerdict.RENEW, RenewalVerdict.BY_HAND)[:: 1 if out else -1]
    if line.verdict is not before:
        raise Refused(MEANWHILE)
    line.verdict = after
    run.tallies = added(run.tallies, {before.value: -1, after.value: 1})
    deed = BelongingDeed.LEFT_OUT if out else BelongingDeed.TAKEN_IN
    about = About(organisation_id=line.organisation_id, internal=True)
    audit.record(deed, line, actor=actor, now=now, about=about)


def start(run: RenewalRun, version: int | None, *, actor: Actor, now: datetime) -> None:
    """Have the members of a run renewed as its preview says; one that was stopped goes on."""
    if run.version != version:
        raise Refused(MEANWHILE)
    step = RENEWAL.make("start", run, actor=actor, now=now)
    run.confirmed_by_id, run.confirmed_at, run.moved_at = actor.id, now, now
    run.reached = 0  # who was taken in again meanwhile may come first
    go_on(run, RENEW)
    about = About(step=step)
    audit.record(BelongingDeed.RENEWALS_STARTED, run, actor=actor, now=now, about=about)


def stop(run: RenewalRun, *, actor: Actor, now: datetime) -> None:
    """Stop a run after the lot in hand. What is renewed stays so; it can go on from there."""
    row = held(run.id)
    step = RENEWAL.make("stop", row, actor=actor, now=now)
    row.moved_at = now
    about = About(step=step)
    audit.record(BelongingDeed.RENEWALS_STOPPED, row, actor=actor, now=now, about=about)


def discard(run: RenewalRun, *, actor: Actor, now: datetime) -> None:
    """Throw a run away before it renewed anybody."""
    step = RENEWAL.make("discard", run, actor=actor, now=now)
    run.moved_at = now
    about = About(step=step)
    audit.record(BelongingDeed.RENEWALS_DISCARDED, run, actor=actor, now=now, about=about)
