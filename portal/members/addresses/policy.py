"""Who may keep which address."""

from portal.members import policy
from portal.models import Actor, AddressClaim, EmailAddress


def keeps(actor: Actor, address: EmailAddress) -> bool:
    """The person whose address it is."""
    return actor.verified and address.person_id == actor.id


def claims(actor: Actor, claim: AddressClaim) -> bool:
    """The person who says that the address is theirs."""
    return actor.verified and claim.person_id == actor.id


def marks(actor: Actor, _address: EmailAddress) -> bool:
    """Staff who look after membership; of staff, administrators alone, which the deed asks."""
    return policy.membership_staff(actor)
