"""Clearings: counted, confirmed, run batch by batch; some every night by themselves."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from portal.core.errors import Mistake, NotAllowed
from portal.core.wording import N_, Sentence
from portal.extensions import db
from portal.members.policy import administrator
from portal.members.privacy.clearing import BY_KEY, NIGHTLY, RULES, clear_batch, count
from portal.members.privacy.deeds import PrivacyDeed
from portal.members.privacy.workflow import CLEARING
from portal.models import PORTAL, Actor, RetentionRun, RunState
from portal.platform import audit, jobs
from portal.platform.audit import About

CLEAR = "members.clear"
NOTHING = Sentence(N_("Choose at least one kind."))


def count_all(rules: Sequence[str], *, actor: Actor, now: datetime) -> RetentionRun:
    """Count what is due by some rules. Nothing is cleared by that."""
    if not administrator(actor):
        raise NotAllowed
    chosen = [rule for rule in RULES if rule.key in rules]
    if not chosen:
        raise Mistake("rules", NOTHING)
    row = begun([rule.key for rule in chosen], actor=actor, now=now)
    audit.record(PrivacyDeed.COUNTED, row, actor=actor, now=now, about=told(row))
    return row


def begun(rules: Sequence[str], *, actor: Actor, now: datetime) -> RetentionRun:
    """Write down how much is due by some rules."""
    tallies = {key: {"due": count(BY_KEY[key], now=now), "done": 0} for key in rules}
    row = RetentionRun(
        rules=list(rules),
        tallies=tallies,
        total=sum(each["due"] for each in tallies.values()),
        counted_at=now,
        counted_by_id=None if actor is PORTAL else actor.id,
        moved_at=now,
        created_at=now,
    )
    db.session.add(row)
    db.session.flush()
    return row


def told(row: RetentionRun) -> About:
    """Return what the audit keeps of a clearing: how much of what."""
    return About(details={"tallies": row.tallies}, internal=True)


def start(row: RetentionRun, *, actor: Actor, now: datetime) -> None:
    """Have cleared what was counted, and what became due since."""
    with db.session.no_autoflush:
        CLEARING.make("run", row, actor=actor, now=now)
        row.started_at = row.moved_at = now
    jobs.enqueue(CLEAR, {"run": str(row.id), "part": 1}, key=f"{CLEAR}:{row.id}:1")
    audit.record(PrivacyDeed.CLEARED, row, actor=actor, now=now, about=told(row))


def go_on(id: UUID, *, now: datetime) -> bool:
    """Clear one more batch. Return whether there is more to do."""
    row = db.session.get_one(RetentionRun, id, with_for_update=True)
    if row.state is not RunState.RUNNING:
        return False
    # what is due is told by the moment of the start, so that a clearing has an end
    moment = row.started_at or now
    for key in row.rules:
        done = clear_batch(BY_KEY[key], now=moment)
        if done:
            tally = row.tallies[key]
            row.tallies = row.tallies | {key: tally | {"done": tally["done"] + done}}
            row.handled += done
            row.moved_at = now
            return True
    with db.session.no_autoflush:
        CLEARING.make("finish", row, actor=PORTAL, now=now)
        row.finished_at = row.moved_at = now
    return False


def tonight(*, now: datetime) -> None:
    """Begin the nightly clearing, where there is something to clear."""
    if not any(count(BY_KEY[key], now=now) for key in NIGHTLY):
        return
    row = begun(NIGHTLY, actor=PORTAL, now=now)
    start(row, actor=PORTAL, now=now)


__all__ = ["CLEAR", "count_all", "go_on", "start", "tonight"]
