"""Whether somebody has a second factor: kept on the person, in step with what they have."""

from datetime import datetime

from sqlalchemy import delete, select

from portal.extensions import db
from portal.models import AuthenticatorApp, Passkey, Person, RecoveryCode


def keep_in_step(person: Person, *, now: datetime) -> None:
    """Note whether somebody has a second factor still; without one, codes on paper are none."""
    db.session.flush()
    has = db.session.scalar(
        select(Passkey.id).where(Passkey.person_id == person.id).limit(1)
    ) or db.session.scalar(
        select(AuthenticatorApp.id).where(
            AuthenticatorApp.person_id == person.id, AuthenticatorApp.confirmed_at.is_not(None)
        )
    )
    if has:
        person.factor_since = person.factor_since or now
        return
    person.factor_since = None
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person.id))


def locked(person: Person) -> Person:
    """Hold somebody while their factors change, so that two changes come one after the other."""
    db.session.refresh(person, with_for_update=True)
    return person
