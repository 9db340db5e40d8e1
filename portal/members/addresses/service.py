"""Adding, choosing and removing addresses, and what is known of whether letters arrive."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select, update

from portal.core.errors import Mistake, NotAllowed, Refused
from portal.core.wording import N_, Sentence
from portal.extensions import db
from portal.members import queries as room
from portal.members.addresses import mails, rules
from portal.members.addresses.deeds import AddressDeed
from portal.members.addresses.queries import USED
from portal.members.policy import administrator
from portal.members.queries.holding import works_here
from portal.members.service.accounts import end_letters, use_up
from portal.models import (
    PORTAL,
    Actor,
    AddressClaim,
    Delivery,
    EmailAddress,
    Person,
    TokenPurpose,
    domain_of,
)
from portal.platform import audit, happenings, mail, tokens
from portal.platform.audit import About

ONE_OF_US = Sentence(
    N_("This person works for the cluster. Only an administrator of the portal marks their"
       " addresses.")
)  # fmt: skip


def insist(reason: Sentence | None) -> None:
    """Refuse for a reason, if there is one."""
    if reason:
        raise Refused(reason)


def claim_address(address: str, *, actor: Actor, now: datetime) -> None:
    """Say that another address is one's own; a letter to it proves that.

    The same is written and sent for an address of somebody else: only the letter tells.
    """
    person = db.session.get_one(Person, actor.id)
    mine = room.addresses(person.id)
    known = frozenset(row.address for row in mine)
    waiting = {claim.address: claim for claim in room.claims(person.id)}
    if reason := rules.cannot_add(address, known | (waiting.keys() - {address})):
        raise Mistake("email", reason)
    token = tokens.fresh()
    claim = waiting.get(address) or AddressClaim(person_id=person.id, address=address)
    claim.token_hash, claim.expires_at = tokens.digest(token), now + rules.VALID
    claim.created_at = now
    db.session.add(claim)
    letters = mails.prove(person, address, token), mails.taken(person, address)
    mail.queue(letters[room.is_held(address)], *mails.claimed(person, proven(mine), address))
    audit.record(AddressDeed.CLAIMED, person, actor=actor, now=now)


def proven(rows: object) -> list[str]:
    """Return those of somebody's addresses that are proven."""
    return [row.address for row in rows if row.verified_at]  # type: ignore[attr-defined]  # rows


def confirm_claim(claim: AddressClaim, *, actor: Actor, now: datetime) -> EmailAddress:
    """Take an address as proven: from now on it is one of theirs."""
    if now >= claim.expires_at or room.is_held(claim.address):
        raise Refused(USED)
    person = claim.person
    row = EmailAddress(
        person=person,
        address=claim.address,
        domain=domain_of(claim.address),
        verified_at=now,
        created_at=now,
    )
    db.session.delete(claim)
    db.session.add(row)
    db.session.flush()
    happenings.tell(happenings.ADDRESS_PROVEN, person, now=now)
    audit.record(AddressDeed.ADDED, person, actor=actor, now=now)
    return row


def drop_claim(claim: AddressClaim, *, actor: Actor, now: datetime) -> None:
    """Do not add an address after all."""
    person = claim.person
    db.session.delete(claim)
    audit.record(AddressDeed.DROPPED, person, actor=actor, now=now)


def make_primary(row: EmailAddress, *, actor: Actor, now: datetime) -> None:
    """Be reached at another address from now on; the old one is told."""
    insist(rules.cannot_be_primary(is_primary=row.is_primary, delivery=row.delivery))
    person, old = row.person, row.person.email
    turn(person.id, row.id)
    db.session.refresh(row)
    person.email, person.verified_at = row.address, row.verified_at
    use_up(person.id, TokenPurpose.VERIFY, now=now)
    end_letters(person.id, now=now)
    mail.queue(*mails.made_primary(person, (old, row.address), row.address))
    audit.record(AddressDeed.MADE_PRIMARY, person, actor=actor, now=now)


def turn(person_id: UUID, to: UUID) -> None:
    """Let one address be the first instead of another: the old one steps back before."""
    mine = update(EmailAddress).where(EmailAddress.person_id == person_id)
    grown = EmailAddress.version + 1
    first = mine.where(EmailAddress.is_primary.is_(True))
    db.session.execute(first.values(is_primary=False, version=grown))
    db.session.execute(mine.where(EmailAddress.id == to).values(is_primary=True, version=grown))


def remove_address(row: EmailAddress, *, actor: Actor, now: datetime) -> None:
    """Have an address no longer."""
    insist(rules.cannot_be_removed(is_primary=row.is_primary))
    person, old = row.person, row.address
    db.session.delete(row)
    end_letters(person.id, now=now)
    mail.queue(*mails.removed(person, (person.email, old), old))
    audit.record(AddressDeed.REMOVED, person, actor=actor, now=now)


def insist_on_rank(row: EmailAddress, *, actor: Actor, now: datetime) -> None:
    """Let the letters to one of us be held back, and sent again, by administrators alone."""
    if may_mark(row.person_id, actor=actor, now=now):
        return
    raise NotAllowed(ONE_OF_US)


def may_mark(person_id: UUID, *, actor: Actor, now: datetime) -> bool:
    """Tell whether this actor may mark addresses of somebody: those of staff, not everybody."""
    return actor is PORTAL or administrator(actor) or not works_here(person_id, now=now)


def mark_unreachable(row: EmailAddress, refusal: str, *, actor: Actor, now: datetime) -> None:
    """Write down that letters to an address come back: none is sent there any more."""
    insist_on_rank(row, actor=actor, now=now)
    if row.delivery is Delivery.UNREACHABLE:
        return
    row.delivery, row.unreachable_since, row.refusal = Delivery.UNREACHABLE, now, refusal[:500]
    if row.is_primary:
        happenings.tell(happenings.ADDRESS_UNREACHABLE, row.person, now=now)
    about = About(internal=False)
    audit.record(AddressDeed.UNREACHABLE, row.person, actor=actor, now=now, about=about)


def mark_reachable(row: EmailAddress, *, actor: Actor, now: datetime) -> None:
    """Send letters to an address again."""
    insist_on_rank(row, actor=actor, now=now)
    if row.delivery is Delivery.FINE:
        return
    row.delivery, row.unreachable_since, row.refusal = Delivery.FINE, None, ""
    audit.record(AddressDeed.REACHABLE, row.person, actor=actor, now=now)


def take_refusal(address: str, refusal: str, *, now: datetime) -> None:
    """Take in that a mail server turned an address down for good, if it is anybody's."""
    row = db.session.scalar(select(EmailAddress).where(EmailAddress.address == address))
    if row is not None:
        mark_unreachable(row, refusal, actor=PORTAL, now=now)


def forget_claims(*, now: datetime) -> None:
    """Remove what nobody proved in time."""
    db.session.execute(delete(AddressClaim).where(AddressClaim.expires_at <= now))
