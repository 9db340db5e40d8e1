"""Leaving: notice that a member gives, and takes back."""

from datetime import datetime

from portal.core.errors import NotAllowed, Refused
from portal.core.wording import N_, Sentence
from portal.members import policy, queries, rules
from portal.members.deeds import MemberDeed
from portal.members.service.memberships import locked, periods_of, record
from portal.models import Actor, EndReason, Membership

NOTICE_ALREADY = Sentence(N_("Notice was given already."))
NO_NOTICE = Sentence(N_("No notice was given."))


def resign(membership: Membership, why: str, *, actor: Actor, now: datetime) -> None:
    """Give notice for a member: the membership ends when the statutes say."""
    if not policy.resigns(actor, membership):
        raise NotAllowed
    locked(membership, now=now)
    if membership.ends_on is not None:
        raise Refused(NOTICE_ALREADY)
    given_on = queries.today(now=now)
    ends_on = rules.resignation_takes_effect(
        periods_of(membership), given_on, terms=queries.terms()
    )
    membership.notice_given_on, membership.end_note = given_on, why
    membership.ends_on, membership.end_reason = ends_on, EndReason.RESIGNED
    record(MemberDeed.RESIGNED, membership, note=why, actor=actor, now=now)


def withdraw_notice(membership: Membership, *, actor: Actor, now: datetime) -> None:
    """Take a notice back before it takes effect: the membership goes on as it was."""
    if not policy.resigns(actor, membership):
        raise NotAllowed
    locked(membership, now=now)
    if membership.notice_given_on is None:
        raise Refused(NO_NOTICE)
    membership.notice_given_on, membership.end_note = None, ""
    membership.ends_on = membership.end_reason = None
    record(MemberDeed.NOTICE_WITHDRAWN, membership, note="", actor=actor, now=now)
