"""Who may apply for membership, and who decides."""

from portal.members.policy import membership_staff
from portal.models import PORTAL, Actor, MembershipApplication, MembershipTier, TierPrice


def applies(actor: Actor) -> bool:
    """People who proved their address and may bind an organisation."""
    return actor.verified and bool(actor.represented_ids)


def speaks_for(actor: Actor, row: MembershipApplication) -> bool:
    """Administrators and representatives of the organisation that applies."""
    return actor.represents(row.organisation_id)


def handles(actor: Actor, row: MembershipApplication) -> bool:
    """Staff who look after membership, but nobody who belongs to the organisation."""
    return membership_staff(actor) and not actor.belongs_to(row.organisation_id)


def carries_on(actor: Actor, row: MembershipApplication) -> bool:
    """Whoever handles the application, and the portal itself when a day has come."""
    return actor is PORTAL or handles(actor, row)


def is_the_portal(actor: Actor, _row: MembershipApplication) -> bool:
    """The portal itself, when the time for an answer has run out."""
    return actor is PORTAL


def keeps_prices(actor: Actor, _tier: MembershipTier) -> bool:
    """Staff who look after membership."""
    return membership_staff(actor)


def keeps_price(actor: Actor, _price: TierPrice) -> bool:
    """Staff who look after membership."""
    return membership_staff(actor)
