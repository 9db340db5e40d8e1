"""Places that colleagues registered by an address are found by whoever proves it to be theirs."""

from datetime import datetime

from sqlalchemy import update

from portal.extensions import db
from portal.models import Delegate, Person


def claim_places(person: Person, *, now: datetime) -> None:
    """Give somebody the places of their address, which must be proven.

    The version grows, so that a colleague who is being put in their place at this moment is not
    taken for them.
    """
    if person.verified_at is None or person.verified_at > now:
        return
    theirs = update(Delegate).where(Delegate.email == person.email, Delegate.person_id.is_(None))
    db.session.execute(theirs.values(person_id=person.id, version=Delegate.version + 1))
