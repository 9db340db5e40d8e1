"""Bringing together what is here twice: one of the staff proposes, another agrees."""

from datetime import datetime
from typing import Any

from portal.core.errors import Mistake, NotAllowed, Refused
from portal.core.wording import N_, Sentence
from portal.core.workflow import Step
from portal.extensions import db
from portal.members.deeds import MemberDeed
from portal.members.merging import moving, organisations, people, policy
from portal.members.merging.foreseeing import foreseen
from portal.members.merging.queries import waiting_for
from portal.members.merging.workflow import MERGE
from portal.members.policy import administrator
from portal.members.queries.holding import works_here
from portal.models import Actor, MergeRecord, Organisation, Person
from portal.platform import audit
from portal.platform.agreeing import still_counts
from portal.platform.audit import About

SAME = Sentence(N_("This is the same one. Choose the other."))
WAITS = Sentence(N_("One of the two waits for another merge already. Decide that first."))
WORKS_HERE = Sentence(
    N_("The account that would go has a role in the staff. Only an administrator of the portal"
       " ends that.")
)  # fmt: skip
YOURS = Sentence(N_("You are one of the two, or belong to one. A colleague decides."))

Both = tuple[Person, Person] | tuple[Organisation, Organisation]


def propose(
    kept: Person | Organisation,
    lost: Person | Organisation,
    reason: str,
    *,
    actor: Actor,
    now: datetime,
) -> MergeRecord:
    """Propose that one becomes a part of another. What would move is counted and kept."""
    if not policy.membership_staff(actor):
        raise NotAllowed
    if kept.id == lost.id:
        raise Mistake("called", SAME)
    row = record_of(kept, lost)
    (people if row.of_people else organisations).hold(kept.id, lost.id)
    if waiting_for(kept.id, lost.id):
        raise Refused(WAITS)
    row.reason, row.proposed_by_id, row.created_at = reason, actor.id, now
    if policy.concerns(actor, row):
        raise Refused(YOURS)
    check(row, kept, lost)
    row.counted = foreseen(kept, lost)
    db.session.add(row)
    db.session.flush()
    about = About(internal=True, details={"kept": str(kept.id)})
    audit.record(MemberDeed.MERGE_PROPOSED, row, actor=actor, now=now, about=about)
    return row


def record_of(kept: Person | Organisation, lost: Person | Organisation) -> MergeRecord:
    """Make the record of two of a kind."""
    kind = "person" if isinstance(kept, Person) else "organisation"
    ids: dict[str, Any] = {f"kept_{kind}_id": kept.id, f"lost_{kind}_id": lost.id}
    return MergeRecord(counted={}, moved={}, **ids)


def both(row: MergeRecord) -> tuple[Any, Any]:
    """Return what is kept and what becomes a part of it."""
    if row.of_people:
        return row.kept_person, row.lost_person
    return row.kept_organisation, row.lost_organisation


def check(row: MergeRecord, kept: Any, lost: Any) -> None:
    """Refuse what cannot be brought together now."""
    (people if row.of_people else organisations).check(kept, lost)


def approve(row: MergeRecord, *, actor: Actor, now: datetime) -> bool:
    """Bring the two together, at once and all of it; return whether that is done.

    Where whoever proposed it may not do so any more, whoever agrees proposes it anew.
    """
    if policy.concerns(actor, row):
        raise NotAllowed(YOURS)
    kept, lost = both(row)
    room = people if row.of_people else organisations
    room.hold(kept.id, lost.id)
    db.session.refresh(row)
    if row.of_people and works_here(lost.id, now=now) and not administrator(actor):
        raise NotAllowed(WORKS_HERE)
    if not still_counts(row.proposed_by_id, policy.may_propose, row, now=now):
        propose_anew(row, actor=actor, now=now)
        return False
    step = MERGE.make("approve", row, actor=actor, now=now)
    answered(row, actor=actor, now=now)
    before = [moving.all_counts(each.id, of_people=row.of_people) for each in (kept, lost)]
    room.merge(kept, lost, actor=actor, now=now)
    after = [moving.all_counts(each.id, of_people=row.of_people) for each in (kept, lost)]
    row.moved = {
        "before": {"kept": before[0], "lost": before[1]},
        "after": {"kept": after[0], "lost": after[1]},
    }
    record(MemberDeed.MERGED, row, step, actor=actor, now=now)
    return True


def propose_anew(row: MergeRecord, *, actor: Actor, now: datetime) -> None:
    """Propose what somebody proposed who may not do so any more."""
    step = MERGE.make("propose_anew", row, actor=actor, now=now)
    row.proposed_by_id = actor.id
    record(MemberDeed.MERGE_PROPOSED, row, step, actor=actor, now=now)


def decline(row: MergeRecord, reason: str, *, actor: Actor, now: datetime) -> None:
    """Keep the two apart."""
    step = MERGE.make("decline", row, actor=actor, now=now)
    row.answer = reason
    answered(row, actor=actor, now=now)
    record(MemberDeed.MERGE_DECLINED, row, step, note=reason, actor=actor, now=now)


def withdraw(row: MergeRecord, *, actor: Actor, now: datetime) -> None:
    """Take the proposal back."""
    step = MERGE.make("withdraw", row, actor=actor, now=now)
    answered(row, actor=actor, now=now)
    record(MemberDeed.MERGE_WITHDRAWN, row, step, actor=actor, now=now)


def answered(row: MergeRecord, *, actor: Actor, now: datetime) -> None:
    """Write down who decided, and when."""
    row.answered_at, row.answered_by_id = now, actor.id


def record(
    deed: MemberDeed,
    row: MergeRecord,
    step: Step,
    *,
    note: str = "",
    actor: Actor,
    now: datetime,
) -> None:
    """Write a deed in the timelines of the merge, and of the organisation that is kept."""
    about = About(organisation_id=row.kept_organisation_id, step=step, note=note, internal=True)
    audit.record(deed, row, actor=actor, now=now, about=about)
