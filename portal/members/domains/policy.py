"""Who keeps the domains of organisations."""

from portal.members import policy
from portal.models import Actor, OrganisationDomain


def keeps(actor: Actor, row: OrganisationDomain) -> bool:
    """Administrators of the organisation, and membership staff."""
    return actor.administers(row.organisation_id) or policy.membership_staff(actor)


def verifies(actor: Actor, row: OrganisationDomain) -> bool:
    """Membership staff, for organisations that they do not belong to."""
    return policy.membership_staff(actor) and not actor.belongs_to(row.organisation_id)
