"""Whose addresses these are, and whether they have a place already."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import BindParameter, CompoundSelect, Uuid, bindparam, case, null, select, union_all

from portal.models import ACTIVE_STATES, Delegate, EmailAddress, Person, PersonState
from portal.platform.database import read

NOBODY = UUID(int=0)
EMAILS: BindParameter[str] = bindparam("emails", expanding=True)
ACTIVE_ELSEWHERE = (
    Delegate.event_id == bindparam("event_id"),
    Delegate.state.in_(ACTIVE_STATES),
    Delegate.id != bindparam("but", type_=Uuid()),
)
#: Somebody has few places, an event has many: in a CASE no index of the event is an answer, and
#: SQLite does not look through all who go there.
FEW = case((Delegate.event_id == bindparam("event_id"), Delegate.state.in_(ACTIVE_STATES)))
#: Those we know among some addresses, and which of these are registered already: one statement.
#: Who has not proven an address may be another.
HOLDERS: CompoundSelect[Any] = union_all(
    select(EmailAddress.address, Person.id, Person.name, Person.email, Person.language)
    .join(Person, Person.id == EmailAddress.person_id)
    .where(
        EmailAddress.address.in_(EMAILS),
        EmailAddress.verified_at.is_not(None),
        Person.state == PersonState.ACTIVE,
    ),
    select(Delegate.email, *[null()] * 4).where(Delegate.email.in_(EMAILS), *ACTIVE_ELSEWHERE),
    select(EmailAddress.address, *[null()] * 4)
    .join(Delegate, Delegate.person_id == EmailAddress.person_id)
    .where(
        EmailAddress.address.in_(EMAILS),
        EmailAddress.verified_at.is_not(None),
        FEW,
        Delegate.id != bindparam("but", type_=Uuid()),
    ),
)


class Holders(NamedTuple):
    """The people of some addresses, and the addresses that are registered."""

    people: Mapping[str, Any]
    taken: frozenset[str]


def holders(event_id: UUID, emails: Iterable[str], *, but: UUID = NOBODY) -> Holders:
    """Return those we know among these addresses, and who is registered for an event already.

    Each of somebody's proven addresses counts: one person has one place. `but` is a place that
    does not count.
    """
    rows: Sequence[Any] = read(HOLDERS, event_id=event_id, emails=list(emails), but=but).all()
    return sorted_out(rows)


def sorted_out(rows: Sequence[Any]) -> Holders:
    """Part those we know from the addresses that are registered, in lines of `HOLDERS`."""
    people = {row.address: row for row in rows if row.id}
    return Holders(people, frozenset(row.address for row in rows if row.address and not row.id))
