"""What the pages about ways in find."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from portal.core.errors import present
from portal.extensions import db
from portal.members.queries.holding import held_by
from portal.models import (
    Actor,
    Delivery,
    EmailAddress,
    IssuerIdentity,
    Passkey,
    Person,
    PersonState,
    SignInLink,
)
from portal.platform import tokens


def reached_at(address: str) -> Person | None:
    """Return who has proven an address and may sign in."""
    proven = held_by(address).where(
        Person.state == PersonState.ACTIVE,
        Person.id.in_(
            select(EmailAddress.person_id).where(
                EmailAddress.address == address, EmailAddress.verified_at.is_not(None)
            )
        ),
    )
    return db.session.scalar(proven)


def sign_in_link(token: str) -> SignInLink | None:
    """Find a link by its secret."""
    rows = select(SignInLink).where(SignInLink.token_hash == tokens.digest(token))
    return db.session.scalar(rows.options(joinedload(SignInLink.person)))


def identities(person_id: UUID) -> Sequence[IssuerIdentity]:
    """Return the accounts of others that somebody linked."""
    rows = select(IssuerIdentity).where(IssuerIdentity.person_id == person_id)
    return db.session.scalars(rows.order_by(IssuerIdentity.created_at)).all()


def identity(id: UUID, *, actor: Actor) -> IssuerIdentity:
    """Find an account of another issuer that this person linked."""
    rows = IssuerIdentity.visible_to(actor).where(IssuerIdentity.id == id)
    return present(db.session.scalar(rows.options(joinedload(IssuerIdentity.person))))


def known_as(issuer: str, subject: str) -> IssuerIdentity | None:
    """Find whom an issuer means by a subject. Never by an address."""
    rows = select(IssuerIdentity).where(
        IssuerIdentity.issuer == issuer, IssuerIdentity.subject == subject
    )
    return db.session.scalar(rows.options(joinedload(IssuerIdentity.person)))


def ways_of(person: Person) -> dict[str, bool | int]:
    """Return which ways in somebody has, for the rule about the last one."""
    passkeys = select(func.count()).where(Passkey.person_id == person.id)
    linked = select(func.count()).where(IssuerIdentity.person_id == person.id)
    reached = select(func.count()).where(
        EmailAddress.person_id == person.id,
        EmailAddress.verified_at.is_not(None),
        EmailAddress.delivery == Delivery.FINE,
    )
    row = db.session.execute(
        select(passkeys.scalar_subquery(), linked.scalar_subquery(), reached.scalar_subquery())
    ).one()
    return {
        "password": person.password_hash is not None,
        "passkey": bool(row[0]),
        "identities": int(row[1]),
        "reachable": bool(row[2]),
    }
