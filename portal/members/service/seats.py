"""How many people a kind of membership has room for: nobody joins where all places are taken."""

from datetime import datetime
from uuid import UUID

from portal.core.errors import Mistake, Refused
from portal.core.wording import N_, Bilingual, Sentence
from portal.members.queries import seating as queries
from portal.models import MembershipTier

FULL = N_(
    "No place is free: “%(tier)s” is a membership for %(seats)s people, and so many belong to the"
    " organisation. Its administrators can end the role of somebody who has left, or ask for"
    " another kind of membership."
)
TOO_MANY = N_(
    "“%(tier)s” is a membership for %(seats)s people, and %(people)s belong to the organisation."
    " Let some of their roles end first, or choose another kind."
)


def full(organisation_id: UUID, *, now: datetime) -> Sentence | None:
    """Say that an organisation has no place for one more person, if so."""
    row = queries.seats(organisation_id, now=now)
    if row is None or row.seats is None or row.people < row.seats:
        return None
    return Sentence(FULL, {"tier": Bilingual.of(row, "name"), "seats": row.seats})


def insist_on_seat(organisation_id: UUID, *, now: datetime) -> None:
    """Refuse one more person where all places are taken: asked under the organisation’s lock."""
    if reason := full(organisation_id, now=now):
        raise Refused(reason)


def insist_on_room(organisation_id: UUID, tier: MembershipTier) -> None:
    """Refuse a kind of membership that has fewer places than people belong."""
    if tier.seats is None:
        return
    people = queries.people(organisation_id)
    if people > tier.seats:
        words = {"tier": Bilingual.of(tier, "name"), "seats": tier.seats, "people": people}
        raise Mistake("tier", Sentence(TOO_MANY, words))
