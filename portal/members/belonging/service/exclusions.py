"""Exclusion: proposed with a reason, decided by a second person where the terms ask for one."""

from datetime import date, datetime

from portal.core.errors import Mistake, NotAllowed, Refused
from portal.core.wording import N_, Sentence
from portal.core.workflow import Step
from portal.extensions import db
from portal.members import queries as of_room
from portal.members.belonging import mails, policy, rules
from portal.members.belonging.deeds import BelongingDeed
from portal.members.belonging.queries import exclusions as queries
from portal.members.belonging.workflow import EXCLUSION
from portal.members.service.memberships import end_membership, locked
from portal.models import Actor, EndReason, Exclusion, ExclusionState, Membership
from portal.platform import audit, mail
from portal.platform.agreeing import still_counts
from portal.platform.audit import About

PROPOSED_ALREADY = Sentence(N_("It was proposed already to exclude this member."))
ANOTHER = Sentence(
    N_("You proposed this. The terms of membership ask for a second person to decide it.")
)
PAST = Sentence(N_("An exclusion does not begin before today."))


def exclude(
    membership: Membership, reason: str, *, from_on: date, actor: Actor, now: datetime
) -> Exclusion:
    """Propose to exclude a member; decide it at once where the terms ask for one person alone."""
    if not policy.excludes(actor, membership):
        raise NotAllowed
    locked(membership, now=now)
    if from_on < of_room.today(now=now):
        raise Mistake("from_on", PAST)
    open_one = Exclusion.visible_to(actor).where(
        Exclusion.membership_id == membership.id, Exclusion.state == ExclusionState.PROPOSED
    )
    if db.session.scalar(open_one):
        raise Refused(PROPOSED_ALREADY)
    row = Exclusion(
        membership=membership,
        reason=reason,
        from_on=from_on,
        proposed_by_id=actor.id,
        created_at=now,
    )
    db.session.add(row)
    record(BelongingDeed.EXCLUSION_PROPOSED, row, step=None, actor=actor, now=now)
    if not of_room.terms().two_exclude:
        decide(row, actor=actor, now=now)
    return row


def decide(exclusion: Exclusion, *, actor: Actor, now: datetime) -> bool:
    """Exclude the member, from the day that was proposed or from today if that is past.

    Return whether it is decided. Where two have to, and the first may not decide any more, whoever
    decides is the first.
    """
    two = of_room.terms().two_exclude
    if rules.needs_another(exclusion, actor.id, two=two):
        raise Refused(ANOTHER)
    first = exclusion.proposed_by_id
    if two and not still_counts(first, policy.decides, exclusion, now=now):
        propose_anew(exclusion, actor=actor, now=now)
        return False
    step = EXCLUSION.make("decide", exclusion, actor=actor, now=now)
    exclusion.decided_by_id, exclusion.decided_at = actor.id, now
    membership = exclusion.membership
    from_on = max(exclusion.from_on, of_room.today(now=now))
    end_membership(
        membership,
        from_on,
        reason=EndReason.EXCLUDED,
        note=exclusion.reason,
        actor=actor,
        now=now,
    )
    record(BelongingDeed.EXCLUSION_DECIDED, exclusion, step=step, actor=actor, now=now)
    readers = queries.hearers([membership.organisation_id], now=now)
    told = readers.get(membership.organisation_id, [])
    mail.queue(*(mails.excluded(membership, exclusion.reason, from_on, to=who) for who in told))
    return True


def propose_anew(exclusion: Exclusion, *, actor: Actor, now: datetime) -> None:
    """Propose what somebody proposed who may not do so any more."""
    step = EXCLUSION.make("propose_anew", exclusion, actor=actor, now=now)
    exclusion.proposed_by_id = actor.id
    record(BelongingDeed.EXCLUSION_PROPOSED, exclusion, step=step, actor=actor, now=now)


def drop(exclusion: Exclusion, *, actor: Actor, now: datetime) -> None:
    """Let a member stay whom somebody proposed to exclude."""
    step = EXCLUSION.make("drop", exclusion, actor=actor, now=now)
    exclusion.decided_by_id, exclusion.decided_at = actor.id, now
    record(BelongingDeed.EXCLUSION_DROPPED, exclusion, step=step, actor=actor, now=now)


def record(
    deed: BelongingDeed, row: Exclusion, *, step: Step | None, actor: Actor, now: datetime
) -> None:
    """Write down what staff decide about an exclusion: among themselves."""
    about = About(
        organisation_id=row.membership.organisation_id, step=step, note=row.reason, internal=True
    )
    audit.record(deed, row, actor=actor, now=now, about=about)
