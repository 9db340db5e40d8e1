"""What desks say of domains: whose domain waits for staff, and where newcomers may belong."""

from typing import Any

from sqlalchemy import Select, bindparam, exists, literal, select

from portal.models import Affiliation, EmailAddress, JoinRequest, Organisation, OrganisationDomain

OFFER, LOOK_AT = "offer", "look at domain"

#: The domains at which somebody has a proven address.
THEIRS = select(EmailAddress.domain).where(
    EmailAddress.person_id == bindparam("holder_id"), EmailAddress.verified_at.is_not(None)
)


def offers() -> Select[*tuple[Any, ...]]:
    """Select the organisations whose domain somebody has an address at, unless they asked there."""
    asked = exists().where(
        JoinRequest.organisation_id == Organisation.id,
        JoinRequest.person_id == bindparam("holder_id"),
    )
    belonged = exists().where(
        Affiliation.organisation_id == Organisation.id,
        Affiliation.person_id == bindparam("holder_id"),
    )
    return (
        select(
            literal(OFFER).label("kind"),
            Organisation.id,
            Organisation.display_name.label("name"),
            Organisation.slug.label("slug"),
            OrganisationDomain.verified_at.label("at"),
        )
        .join(OrganisationDomain, OrganisationDomain.organisation_id == Organisation.id)
        .where(
            OrganisationDomain.verified_at.is_not(None),
            OrganisationDomain.domain.in_(THEIRS),
            Organisation.confirmed_at.is_not(None),
            ~asked,
            ~belonged,
        )
        .order_by(OrganisationDomain.verified_at)
    )


def unverified() -> Select[*tuple[Any, ...]]:
    """Select the domains of confirmed organisations that wait for staff, the oldest first."""
    return (
        select(
            literal(LOOK_AT).label("kind"),
            OrganisationDomain.id,
            OrganisationDomain.domain.label("name"),
            Organisation.slug.label("slug"),
            OrganisationDomain.created_at.label("at"),
        )
        .join(Organisation, Organisation.id == OrganisationDomain.organisation_id)
        .where(OrganisationDomain.verified_at.is_(None), Organisation.confirmed_at.is_not(None))
        .order_by(OrganisationDomain.created_at)
    )
