"""What is done with requests about people's own data."""

from datetime import datetime

from portal.core.errors import Mistake, NotAllowed, Refused
from portal.core.wording import N_, Sentence
from portal.core.workflow import Step
from portal.extensions import db
from portal.members.policy import membership_staff
from portal.members.privacy import copies, mails, policy, queries, rules
from portal.members.privacy.deeds import PrivacyDeed
from portal.members.privacy.workflow import REQUEST
from portal.models import Actor, Person, PrivacyKind, PrivacyRequest, PrivacyState
from portal.platform import audit, cluster, mail, personal
from portal.platform.audit import About

UNDER_WAY = Sentence(N_("This was asked already, and is under way."))
UNKNOWN = Sentence(
    N_("Nobody here has this address. Look for enquiries with it, or answer that we hold nothing.")
)
OWN_PAGE = Sentence(N_("Ask for yourself on your own page."))
ERASED_THERE = Sentence(N_("Erasing has a page of its own, with a preview."))


def zone() -> str:
    """Return the zone whose midnights count."""
    profile = cluster.profile()
    return profile.zone if profile else "Europe/Oslo"


def ask(kind: PrivacyKind, wish: str, *, actor: Actor, now: datetime) -> PrivacyRequest:
    """Ask something about one's own data."""
    person = db.session.get_one(Person, actor.id, with_for_update=True)
    return begun(person, kind, wish, received_at=now, actor=actor, now=now)


def enter(
    address: str,
    kind: PrivacyKind,
    wish: str,
    *,
    received_at: datetime,
    actor: Actor,
    now: datetime,
) -> PrivacyRequest:
    """Write down what somebody asked by letter or by phone, and when it came."""
    if not membership_staff(actor):
        raise NotAllowed
    person = queries.by_address(address)
    if person is None:
        raise Mistake("email", UNKNOWN)
    if person.id == actor.id:
        raise Mistake("email", OWN_PAGE)
    return begun(person, kind, wish, received_at=received_at, actor=actor, now=now)


def begun(
    person: Person,
    kind: PrivacyKind,
    wish: str,
    *,
    received_at: datetime,
    actor: Actor,
    now: datetime,
) -> PrivacyRequest:
    """Begin to count the days of a request."""
    if queries.is_under_way(person.id, kind):
        raise Refused(UNDER_WAY)
    row = PrivacyRequest(
        person_id=person.id,
        asked_by_id=actor.id,
        kind=kind,
        wish=wish,
        received_at=received_at,
        due_at=rules.due_at(received_at, zone()),
        preview={},
        created_at=now,
    )
    db.session.add(row)
    db.session.flush()
    mail.queue(mails.received(row))
    record(PrivacyDeed.ASKED, row, actor=actor, now=now)
    return row


def record(
    deed: PrivacyDeed,
    row: PrivacyRequest,
    *,
    actor: Actor,
    now: datetime,
    step: Step | None = None,
) -> None:
    """Write down what was done with a request; what it says stays out of the audit."""
    details = {"kind": row.kind.value}
    audit.record(deed, row, actor=actor, now=now, about=About(step=step, details=details))


def check(row: PrivacyRequest, how: str, *, actor: Actor, now: datetime) -> None:
    """Say how it was made sure who asks; for erasing, count what there is of them."""
    step = REQUEST.make("check", row, actor=actor, now=now)
    row.checked_at, row.checked_by_id, row.identity = now, actor.id, how
    if row.kind is PrivacyKind.ERASE:
        row.preview = personal.counted(queries.whose(row.person))
    record(PrivacyDeed.CHECKED, row, actor=actor, now=now, step=step)


def check_anew(row: PrivacyRequest, *, actor: Actor, now: datetime) -> None:
    """Let a check not count whose giver may not check any more."""
    step = REQUEST.make("check_anew", row, actor=actor, now=now)
    row.checked_by = row.checked_at = None
    row.identity, row.preview = "", {}
    record(PrivacyDeed.UNCHECKED, row, actor=actor, now=now, step=step)


def extend(row: PrivacyRequest, reason: str, *, actor: Actor, now: datetime) -> None:
    """Take two months more, and say why."""
    if not policy.handles(actor, row):
        raise NotAllowed
    if row.closed_at is not None:
        raise Refused(Sentence(N_("This request is closed.")))
    if why_not := rules.cannot_extend(row, now=now):
        raise Refused(why_not)
    row.extended_at, row.extension = now, reason
    months = rules.MONTHS + rules.MORE_MONTHS
    row.due_at = rules.due_at(row.received_at, zone(), months=months)
    mail.queue(mails.extended(row))
    record(PrivacyDeed.EXTENDED, row, actor=actor, now=now)


def refuse(row: PrivacyRequest, reason: str, *, actor: Actor, now: datetime) -> None:
    """Do not do what was asked, and say why."""
    close(row, "refuse", reason, actor=actor, now=now)
    record_closed(PrivacyDeed.REFUSED, row, actor=actor, now=now)


def finish(row: PrivacyRequest, answer: str, *, actor: Actor, now: datetime) -> None:
    """Say what was done. Whoever wants to see what we hold gets a copy."""
    if row.kind is PrivacyKind.ERASE:
        raise Refused(ERASED_THERE)
    close(row, "finish", answer, actor=actor, now=now)
    if row.kind is PrivacyKind.ACCESS:
        copies.begin(row.person, now=now)
    record_closed(PrivacyDeed.FINISHED, row, actor=actor, now=now)


def close(row: PrivacyRequest, move: str, answer: str, *, actor: Actor, now: datetime) -> None:
    """End a request with an answer."""
    with db.session.no_autoflush:  # the row is whole again only with its answer
        REQUEST.make(move, row, actor=actor, now=now)
        row.closed_at, row.closed_by_id, row.answer = now, actor.id, answer


def record_closed(deed: PrivacyDeed, row: PrivacyRequest, *, actor: Actor, now: datetime) -> None:
    """Write down how a request ended, and tell whoever asked."""
    record(deed, row, actor=actor, now=now)
    mail.queue(mails.answered(row))


def withdraw(row: PrivacyRequest, *, actor: Actor, now: datetime) -> None:
    """Take back what one asked."""
    close(row, "withdraw", "", actor=actor, now=now)
    record(PrivacyDeed.WITHDRAWN, row, actor=actor, now=now)


__all__ = [
    "PrivacyState",
    "ask",
    "check",
    "check_anew",
    "close",
    "enter",
    "extend",
    "finish",
    "record",
    "refuse",
    "withdraw",
]
