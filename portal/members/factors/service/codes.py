"""Recovery codes: made, and tried once so that whoever made them has them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, update

from portal.core.errors import Mistake, Refused
from portal.core.wording import N_, Sentence
from portal.extensions import db
from portal.members.factors import mails
from portal.members.factors.deeds import FactorDeed
from portal.members.factors.service.having import locked
from portal.members.factors.service.passkeys import tell
from portal.models import Actor, Person, RecoveryCode
from portal.platform import audit

FACTOR_FIRST = Sentence(
    N_("Add a passkey or an authenticator app first. Recovery codes stand in for those.")
)
GONE = Sentence(N_("This code is not on your newest sheet. Look at it again."))


def make_codes(hashes: Sequence[str], *, actor: Actor, now: datetime) -> None:
    """Keep a new sheet of codes. The old one works until a code of the new one was tried."""
    person = locked(db.session.get_one(Person, actor.id))
    if person.factor_since is None:
        raise Refused(FACTOR_FIRST)
    untried = delete(RecoveryCode).where(
        RecoveryCode.person_id == person.id, RecoveryCode.active_at.is_(None)
    )
    db.session.execute(untried)
    db.session.add_all(RecoveryCode(person_id=person.id, code_hash=kept) for kept in hashes)
    audit.record(FactorDeed.CODES_MADE, person, actor=actor, now=now)


def try_code(id: UUID, *, actor: Actor, now: datetime) -> None:
    """Take a sheet into use by one of its codes, which is used up by that; the old one is over."""
    person = locked(db.session.get_one(Person, actor.id))
    row = db.session.get(RecoveryCode, id)
    if row is None or row.person_id != person.id or row.active_at is not None:
        raise Mistake("code", GONE)
    mine = RecoveryCode.person_id == person.id
    db.session.execute(delete(RecoveryCode).where(mine, RecoveryCode.active_at.is_not(None)))
    db.session.execute(update(RecoveryCode).where(mine).values(active_at=now))
    db.session.refresh(row)
    row.used_at = now
    tell(person, mails.CODES_MADE)
    audit.record(FactorDeed.CODES_TRIED, person, actor=actor, now=now)
