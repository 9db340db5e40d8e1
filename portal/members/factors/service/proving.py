"""Showing a second factor: at the second step of signing in, and again before grave deeds."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert, update

from portal.core.errors import Mistake, Refused, present
from portal.core.wording import N_, Sentence
from portal.extensions import db
from portal.members import service as room
from portal.members.factors import mails, queries
from portal.members.factors.deeds import FactorDeed
from portal.members.factors.workflow import REMOVAL
from portal.members.service import Entered, Visitor
from portal.members.service.accounts import himself
from portal.models import (
    PORTAL,
    Actor,
    AuditEvent,
    AuthenticatorApp,
    FactorKind,
    LoginSession,
    Passkey,
    Person,
    RecoveryCode,
    SignInWay,
)
from portal.platform import audit, auth, mail
from portal.platform.audit import About
from portal.platform.database import aside

USED = Sentence(N_("This code was used already. Wait for the next one."))
SPENT = Sentence(N_("This code was used already. Take another one."))
CHANGED = Sentence(N_("Your passkey was used somewhere else at the same moment. Try it again."))


@dataclass(frozen=True, kw_only=True)
class Shown:
    """Something that somebody showed and that was right: what it was, and what it says.

    `id` is the row, `number` what it counts: the half minute of a code, the count of a passkey.
    A password has neither; `password_hash` is then the hash that it fitted. A passkey that may
    have a copy is a `twin`, and opens nothing.
    """

    kind: FactorKind | None
    person_id: UUID
    id: UUID | None = None
    number: int = 0
    backed_up: bool = False
    password_hash: str | None = None
    twin: bool = False


def take(shown: Shown, *, now: datetime) -> None:
    """Use up what was shown, in the unit that lets somebody in: what is single use is used once.

    Raises Mistake when somebody else used it a moment ago.
    """
    TAKES[shown.kind](shown, now=now)


def take_password(shown: Shown, *, now: datetime) -> None:
    """Make sure that the password is still the one that fitted."""
    person = db.session.get_one(Person, shown.person_id)
    if person.password_hash != shown.password_hash:
        raise Mistake("password", room.WRONG)


def take_app(shown: Shown, *, now: datetime) -> None:
    """Let a code of an app, and all before it, be used up."""
    newer = update(AuthenticatorApp).where(
        AuthenticatorApp.id == shown.id, AuthenticatorApp.last_step < shown.number
    )
    if not changes_one(newer.values(last_step=shown.number)):
        raise Mistake("code", USED)


def take_recovery(shown: Shown, *, now: datetime) -> None:
    """Burn a code on paper, and tell its owner."""
    unused = update(RecoveryCode).where(
        RecoveryCode.id == shown.id,
        RecoveryCode.used_at.is_(None),
        RecoveryCode.active_at.is_not(None),
    )
    if not changes_one(unused.values(used_at=now)):
        raise Mistake("code", SPENT)
    mail.queue(mails.code_used(db.session.get_one(Person, shown.person_id)))


def take_passkey(shown: Shown, *, now: datetime) -> None:
    """Keep what a passkey counts now."""
    behind = (Passkey.sign_count < shown.number) | (
        (Passkey.sign_count == 0) & (Passkey.sign_count == shown.number)
    )
    values = {"sign_count": shown.number, "backed_up": shown.backed_up, "last_used_at": now}
    if not changes_one(update(Passkey).where(Passkey.id == shown.id, behind).values(**values)):
        raise Refused(CHANGED)


TAKES: dict[FactorKind | None, Any] = {
    None: take_password,
    FactorKind.APP: take_app,
    FactorKind.RECOVERY: take_recovery,
    FactorKind.PASSKEY: take_passkey,
}


def changes_one(statement: Any) -> bool:
    """Run a guarded statement and tell whether its row was as it had to be."""
    options = {"synchronize_session": False}
    return bool(db.session.execute(statement, execution_options=options).rowcount)  # type: ignore[attr-defined]  # a CursorResult, typed as Result


def enter_with_passkey(
    shown: Shown, visitor: Visitor, *, now: datetime, replacing: Actor | None = None
) -> Entered:
    """Begin a session for somebody who showed a passkey: both factors at once."""
    person = db.session.get_one(Person, shown.person_id)
    take(shown, now=now)
    withdraw_removal(person, now=now)
    way = SignInWay.PASSKEY
    return room.enter(person, way=way, visitor=visitor, replacing=replacing, now=now)


def finish(session: LoginSession, shown: Shown, visitor: Visitor, *, now: datetime) -> Entered:
    """Take the second factor of somebody who showed the first."""
    if shown.kind is None or shown.person_id != session.person_id:
        raise Refused(USED)
    take(shown, now=now)
    if shown.kind is not FactorKind.RECOVERY:
        withdraw_removal(session.person, now=now)
    return room.give_factor(session, shown.kind, visitor=visitor, now=now)


def confirm(shown: Shown, *, actor: Actor, now: datetime) -> str:
    """Note that somebody proved again who they are; the session gets another token."""
    if shown.person_id != actor.id:
        raise Refused(USED)
    take(shown, now=now)
    session = present(db.session.get(LoginSession, actor.session_id))
    session.proved_at = now
    token = auth.rotated(session)
    told = About(details={"factor": shown.kind.value if shown.kind else "password"})
    audit.record(FactorDeed.CONFIRMED, session.person, actor=actor, now=now, about=told)
    return token


def withdraw_removal(person: Person, *, now: datetime) -> None:
    """Take back a request about lost factors: whoever shows one has lost none."""
    row = queries.live_removal(person.id)
    if row is None:
        return
    actor = himself(person)
    step = REMOVAL.make("withdraw", row, actor=actor, now=now)
    row.closed_at = now
    about = About(step=step)
    audit.record(FactorDeed.REMOVAL_WITHDRAWN, row, actor=actor, now=now, about=about)


def note_refused(person_id: UUID, *, now: datetime) -> None:
    """Write down that a second factor was wrong, apart from any deed."""
    with aside() as unit:
        refused = insert(AuditEvent).values(
            at=now,
            action=FactorDeed.REFUSED.value,
            actor_name=PORTAL.name,
            subject_type="person",
            subject_id=person_id,
            details={},
        )
        unit.execute(refused)
