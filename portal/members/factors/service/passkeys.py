"""Passkeys: added, named, removed, and refused when there may be a copy."""

from datetime import datetime

from sqlalchemy import select

from portal.core.errors import Mistake, Refused
from portal.core.wording import N_, Sentence
from portal.extensions import db
from portal.members.factors import mails, queries
from portal.members.factors.ceremonies import Made
from portal.members.factors.deeds import FactorDeed
from portal.members.factors.service.having import keep_in_step, locked
from portal.models import PORTAL, Actor, Passkey, Person
from portal.platform import audit, mail

#: More than anybody carries.
MOST = 20
TAKEN = Sentence(N_("This passkey is part of an account already."))
ENOUGH = Sentence(N_("You have as many passkeys as anybody may have. Remove one first."))


def add_passkey(new: Made, name: str, *, actor: Actor, now: datetime) -> Passkey:
    """Let somebody sign in with a passkey that their device made."""
    person = locked(db.session.get_one(Person, actor.id))
    if db.session.scalar(select(Passkey.id).where(Passkey.credential_id == new.credential_id)):
        raise Mistake("name", TAKEN)
    held = select(Passkey.id).where(Passkey.person_id == person.id).limit(MOST)
    if len(db.session.scalars(held).all()) >= MOST:
        raise Refused(ENOUGH)
    row = Passkey(
        person_id=person.id,
        credential_id=new.credential_id,
        public_key=new.public_key,
        name=name,
        sign_count=new.sign_count,
        transports=list(new.transports),
        synced=new.synced,
        backed_up=new.backed_up,
    )
    db.session.add(row)
    keep_in_step(person, now=now)
    tell(person, mails.PASSKEY_ADDED)
    audit.record(FactorDeed.PASSKEY_ADDED, person, actor=actor, now=now)
    return row


def rename_passkey(row: Passkey, name: str, *, actor: Actor, now: datetime) -> None:
    """Call a passkey what its owner calls it."""
    row.name = name
    audit.record(FactorDeed.PASSKEY_RENAMED, row.person, actor=actor, now=now)


def remove_passkey(row: Passkey, *, actor: Actor, now: datetime) -> None:
    """Let a passkey open nothing any more."""
    person = locked(row.person)
    db.session.delete(row)
    keep_in_step(person, now=now)
    tell(person, mails.PASSKEY_REMOVED)
    audit.record(FactorDeed.PASSKEY_REMOVED, person, actor=actor, now=now)


def tell_of_twin(row: Passkey, *, now: datetime) -> None:
    """Write down that a passkey may have been copied, and tell its owner."""
    told = mails.twin(row.person, row.name)
    mail.queue(*mails.everywhere(told, queries.addresses(row.person_id)))
    audit.record(FactorDeed.PASSKEY_TWIN, row.person, actor=PORTAL, now=now)


def tell(person: Person, subject: Sentence) -> None:
    """Tell somebody, wherever they read, that what they sign in with has changed."""
    told = mails.changed(person, subject)
    mail.queue(*mails.everywhere(told, queries.addresses(person.id)))
