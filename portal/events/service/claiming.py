"""Places that colleagues registered by an address are found by whoever proves it to be theirs."""

from datetime import datetime

from sqlalchemy import exists, select, update

from portal.extensions import db
from portal.models import Delegate, EmailAddress, FormerDelegate, Person


def claim_places(person: Person, *, now: datetime) -> None:
    """Give somebody the places of their addresses, those that are proven.

    The version grows, so that a colleague who is being put in their place at this moment is not
    taken for them. What they gave up when they left a company stays the company's.
    """
    if person.verified_at is None or person.verified_at > now:
        return
    gave_up = exists().where(
        FormerDelegate.delegate_id == Delegate.id, FormerDelegate.person_id == person.id
    )
    proven = select(EmailAddress.address).where(
        EmailAddress.person_id == person.id, EmailAddress.verified_at.is_not(None)
    )
    theirs = update(Delegate).where(
        Delegate.email.in_(proven), Delegate.person_id.is_(None), ~gave_up
    )
    db.session.execute(theirs.values(person_id=person.id, version=Delegate.version + 1))
