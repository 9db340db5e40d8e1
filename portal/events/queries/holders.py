"""Whose addresses these are, and whether they have a place already."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, Uuid, bindparam, select, union_all

from portal.models import ACTIVE_STATES, Delegate, EmailAddress, Person, PersonState
from portal.platform.database import read

NOBODY = UUID(int=0)
#: The addresses that are registered, and the others that people who are registered proved.
EMAILS: BindParameter[str] = bindparam("emails", expanding=True)
ACTIVE_ELSEWHERE = (
    Delegate.event_id == bindparam("event_id"),
    Delegate.state.in_(ACTIVE_STATES),
    Delegate.id != bindparam("but", type_=Uuid()),
)
TAKEN = union_all(
    select(Delegate.email).where(Delegate.email.in_(EMAILS), *ACTIVE_ELSEWHERE),
    select(EmailAddress.address)
    .join(Delegate, Delegate.person_id == EmailAddress.person_id)
    .where(
        EmailAddress.address.in_(EMAILS),
        EmailAddress.verified_at.is_not(None),
        *ACTIVE_ELSEWHERE,
    ),
)
KNOWN_PEOPLE = (
    select(EmailAddress.address, Person.id, Person.name, Person.email, Person.language)
    .join(Person, Person.id == EmailAddress.person_id)
    .where(
        EmailAddress.address.in_(bindparam("emails", expanding=True)),
        EmailAddress.verified_at.is_not(None),
        Person.state == PersonState.ACTIVE,
    )
)


def taken_addresses(
    event_id: UUID, emails: Collection[str], *, but: UUID = NOBODY
) -> frozenset[str]:
    """Return which of these addresses are of people who are registered for an event already.

    Each of somebody's proven addresses counts: one person has one place. `but` is a place that
    does not count.
    """
    found = read(TAKEN, event_id=event_id, emails=list(emails), but=but)
    return frozenset(found.scalars())


def people(emails: Iterable[str]) -> Mapping[str, Any]:
    """Return those we know among these addresses: who has not proven theirs may be another."""
    found: Iterable[Any] = read(KNOWN_PEOPLE, emails=list(emails))
    return {row.address: row for row in found}
