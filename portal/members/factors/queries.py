"""Second factors: whose, which, and requests about lost ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from portal.core.errors import present
from portal.extensions import db
from portal.members.queries.terms import cluster as cluster
from portal.models import (
    Actor,
    AuthenticatorApp,
    EmailAddress,
    FactorKind,
    FactorRemoval,
    Passkey,
    Person,
    RecoveryCode,
)
from portal.platform.paging import Order, PageOfRows, page


@dataclass(frozen=True, kw_only=True)
class Factors:
    """What somebody can show besides a password; no secret of it."""

    passkeys: Sequence[Any]
    app: Any | None
    codes: int
    untried: int

    @cached_property
    def any(self) -> bool:
        """Whether there is a second factor at all; recovery codes alone are none."""
        return bool(self.passkeys or self.app)

    @property
    def kinds(self) -> Sequence[FactorKind]:
        """Which kinds there are."""
        have = (
            (FactorKind.PASSKEY, self.passkeys),
            (FactorKind.APP, self.app),
            (FactorKind.RECOVERY, self.codes),
        )
        return [kind for kind, there in have if there]

    @property
    def is_alone(self) -> bool:
        """Whether losing one thing would lock its owner out."""
        return self.any and len(self.passkeys) + bool(self.app) + bool(self.codes) < 2


def factors(person_id: UUID) -> Factors:
    """Return what somebody has: three statements. Pages show it to its owner and to staff."""
    keys = (
        select(
            Passkey.id,
            Passkey.credential_id,
            Passkey.name,
            Passkey.transports,
            Passkey.synced,
            Passkey.created_at,
            Passkey.last_used_at,
        )
        .where(Passkey.person_id == person_id)
        .order_by(Passkey.created_at)
        .limit(50)
    )
    app = select(AuthenticatorApp.id, AuthenticatorApp.confirmed_at).where(
        AuthenticatorApp.person_id == person_id, AuthenticatorApp.confirmed_at.is_not(None)
    )
    codes = (
        select(
            func.count(RecoveryCode.active_at),
            func.count(),
        )
        .where(RecoveryCode.person_id == person_id, RecoveryCode.used_at.is_(None))
        .limit(1)
    )
    ready, every = db.session.execute(codes).one()
    return Factors(
        passkeys=db.session.execute(keys).all(),
        app=db.session.execute(app).first(),
        codes=ready,
        untried=every - ready,
    )


def passkey(id: UUID, *, actor: Actor) -> Passkey:
    """Find a passkey that this person may rename and remove."""
    return present(db.session.scalar(Passkey.visible_to(actor).where(Passkey.id == id)))


def app_in_use(person_id: UUID) -> AuthenticatorApp | None:
    """Return the app that somebody signs in with."""
    mine = select(AuthenticatorApp).where(AuthenticatorApp.person_id == person_id)
    return db.session.scalar(mine.where(AuthenticatorApp.confirmed_at.is_not(None)))


def app_to_confirm(person_id: UUID) -> AuthenticatorApp | None:
    """Return the app that somebody is setting up."""
    mine = select(AuthenticatorApp).where(AuthenticatorApp.person_id == person_id)
    return db.session.scalar(mine.where(AuthenticatorApp.confirmed_at.is_(None)))


def codes_left(person_id: UUID, *, active: bool = True) -> Sequence[RecoveryCode]:
    """Return the codes that somebody can still use, or those that nobody tried yet."""
    waits = RecoveryCode.active_at.is_not(None) if active else RecoveryCode.active_at.is_(None)
    mine = select(RecoveryCode).where(
        RecoveryCode.person_id == person_id, RecoveryCode.used_at.is_(None), waits
    )
    return db.session.scalars(mine.order_by(RecoveryCode.id)).all()


def passkey_of(credential_id: str) -> Passkey | None:
    """Return the passkey of this name, with its owner."""
    named = select(Passkey).where(Passkey.credential_id == credential_id)
    return db.session.scalar(named.options(joinedload(Passkey.person)))


def passkey_by_key(id: UUID | None) -> Passkey:
    """Return a passkey that somebody showed, with its owner."""
    known = select(Passkey).where(Passkey.id == id)
    return present(db.session.scalar(known.options(joinedload(Passkey.person))))


def addresses(person_id: UUID) -> Sequence[str]:
    """Return every address that somebody proved."""
    proven = select(EmailAddress.address).where(
        EmailAddress.person_id == person_id, EmailAddress.verified_at.is_not(None)
    )
    return db.session.scalars(proven.limit(20)).all()


def removals(mark: str | None, *, actor: Actor) -> PageOfRows:
    """Return the requests about lost factors, the newest first."""
    rows = (
        FactorRemoval.visible_to(actor)
        .join(FactorRemoval.person)
        .with_only_columns(
            FactorRemoval.id, FactorRemoval.created_at, FactorRemoval.state, Person.name
        )
    )
    order = Order(FactorRemoval.created_at, FactorRemoval.id, descending=True)
    return page(rows, order, mark)


def removal(id: UUID, *, actor: Actor) -> FactorRemoval:
    """Find a request about lost factors."""
    rows = FactorRemoval.visible_to(actor).where(FactorRemoval.id == id)
    return present(
        db.session.scalar(
            rows.options(joinedload(FactorRemoval.person), joinedload(FactorRemoval.checked_by))
        )
    )


def live_removal(person_id: UUID) -> FactorRemoval | None:
    """Return the request of somebody that is not settled yet."""
    mine = select(FactorRemoval).where(
        FactorRemoval.person_id == person_id, FactorRemoval.closed_at.is_(None)
    )
    return db.session.scalar(mine)
