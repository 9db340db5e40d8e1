"""Lost factors: asked for by their owner, checked by one of us, taken away by another."""

from datetime import datetime

from sqlalchemy import delete

from portal.core.errors import Refused
from portal.core.wording import N_, Sentence
from portal.extensions import db
from portal.members.factors import mails, policy, queries
from portal.members.factors.deeds import FactorDeed
from portal.members.factors.service.having import keep_in_step, locked
from portal.members.factors.workflow import REMOVAL
from portal.members.service.accounts import himself
from portal.members.service.staff import people_who_work_on
from portal.models import (
    PORTAL,
    Actor,
    AuthenticatorApp,
    FactorRemoval,
    Passkey,
    Person,
    RecoveryCode,
    RemovalState,
    StaffRole,
)
from portal.platform import audit, auth, mail
from portal.platform.agreeing import still_counts
from portal.platform.audit import About

ASKED_ALREADY = Sentence(
    N_("You have asked already. We write to you as soon as one of us has looked at it.")
)


def ask_for_removal(person: Person, reason: str, *, now: datetime) -> FactorRemoval:
    """Ask to have all factors taken away, knowing nothing but the password."""
    if queries.live_removal(locked(person).id):
        raise Refused(ASKED_ALREADY)
    row = FactorRemoval(person=person, reason=reason, created_at=now)
    db.session.add(row)
    audit.record(FactorDeed.REMOVAL_ASKED, row, actor=himself(person), now=now)
    readers = people_who_work_on(StaffRole.ADMINISTRATOR, now=now)
    others = [reader for reader in readers if reader.id != person.id]
    mail.queue(*to_owner(mails.removal_asked(person)), *mails.to_administrators(row, others))
    return row


def check_removal(row: FactorRemoval, note: str, *, actor: Actor, now: datetime) -> None:
    """Say how one of us made sure who is asking; nothing is taken away by that."""
    step = REMOVAL.make("check", row, actor=actor, now=now)
    row.checked_by_id, row.checked_at, row.check_note = actor.id, now, note
    mail.queue(*to_owner(mails.removal_checked(row.person)))
    about = About(step=step, note=note, internal=True)
    audit.record(FactorDeed.REMOVAL_CHECKED, row, actor=actor, now=now, about=about)


def approve_removal(row: FactorRemoval, *, actor: Actor, now: datetime) -> bool:
    """Take away every factor of somebody, as the second of two; they are signed out everywhere.

    Return whether that is done. Where the first is no administrator any more, it is checked anew.
    """
    waits = row.state is RemovalState.CHECKED
    if waits and not still_counts(row.checked_by_id, policy.handles_removal, row, now=now):
        check_anew(row, actor=actor, now=now)
        return False
    step = REMOVAL.make("approve", row, actor=actor, now=now)
    row.approved_by_id, row.closed_at = actor.id, now
    clear(locked(row.person), now=now)
    mail.queue(*to_owner(mails.removal_done(row.person)))
    audit.record(FactorDeed.REMOVAL_DONE, row, actor=actor, now=now, about=About(step=step))
    return True


def check_anew(row: FactorRemoval, *, actor: Actor, now: datetime) -> None:
    """Let a check not count whose giver may not check any more."""
    step = REMOVAL.make("check_anew", row, actor=actor, now=now)
    row.checked_by = row.checked_at = None
    row.check_note = ""
    about = About(step=step, internal=True)
    audit.record(FactorDeed.REMOVAL_UNCHECKED, row, actor=actor, now=now, about=about)


def take_away(person: Person, *, now: datetime) -> None:
    """Take away every factor of somebody by command of whoever runs the server.

    For a portal whose one administrator lost everything: there is nobody else to agree.
    """
    clear(locked(person), now=now)
    mail.queue(*to_owner(mails.removal_done(person)))
    audit.record(FactorDeed.REMOVAL_COMMANDED, person, actor=PORTAL, now=now)


def clear(person: Person, *, now: datetime) -> None:
    """Leave somebody with nothing but the password, signed out everywhere."""
    for kind in (Passkey, AuthenticatorApp, RecoveryCode):
        db.session.execute(delete(kind).where(kind.person_id == person.id))
    keep_in_step(person, now=now)
    auth.end_sessions(person.id, now=now, reason="factors")
    person.browsers_from = now


def decline_removal(row: FactorRemoval, note: str, *, actor: Actor, now: datetime) -> None:
    """Leave everything as it is."""
    step = REMOVAL.make("decline", row, actor=actor, now=now)
    row.closed_at = now
    mail.queue(*to_owner(mails.removal_declined(row.person)))
    about = About(step=step, note=note, internal=True)
    audit.record(FactorDeed.REMOVAL_DECLINED, row, actor=actor, now=now, about=about)


def to_owner(letter: mail.Letter) -> list[mail.Letter]:
    """Send a letter to every address of its reader."""
    found = queries.addresses(letter.person_id) if letter.person_id else ()
    return mails.everywhere(letter, found)
