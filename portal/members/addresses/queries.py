"""What the pages about addresses find."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.core.errors import Refused, present
from portal.core.wording import N_, Sentence
from portal.extensions import db
from portal.models import Actor, AddressClaim, EmailAddress
from portal.platform import tokens

USED = Sentence(
    N_("This link has been used already, or it is too old. Open your addresses and have the e-mail"
       " sent again.")
)  # fmt: skip
ANOTHER = Sentence(
    N_("This link is for another account. Sign in to the account that the address is to be added"
       " to, and open the link again.")
)  # fmt: skip


def address(id: UUID, *, actor: Actor) -> EmailAddress:
    """Find one of this person's own addresses."""
    mine = EmailAddress.visible_to(actor).where(
        EmailAddress.id == id, EmailAddress.person_id == actor.id
    )
    return present(db.session.scalar(mine.options(joinedload(EmailAddress.person))))


def address_of(person_id: UUID, id: UUID, *, actor: Actor) -> EmailAddress:
    """Find an address of somebody, for staff."""
    theirs = EmailAddress.visible_to(actor).where(
        EmailAddress.id == id, EmailAddress.person_id == person_id
    )
    return present(db.session.scalar(theirs.options(joinedload(EmailAddress.person))))


def claim(id: UUID, *, actor: Actor) -> AddressClaim:
    """Find an address that this person has not proven yet."""
    return present(db.session.scalar(AddressClaim.visible_to(actor).where(AddressClaim.id == id)))


def claim_by_letter(token: str, *, actor: Actor) -> AddressClaim:
    """Find what a letter proves. Whoever reads it must be signed in to the account that asked.

    So nobody proves an address for the account of a stranger by pressing a button.
    """
    held = select(AddressClaim).where(AddressClaim.token_hash == tokens.digest(token))
    found = db.session.scalar(held.options(joinedload(AddressClaim.person)))
    if found is None:
        raise Refused(USED)
    if found.person_id != actor.id:
        raise Refused(ANOTHER)
    return found
