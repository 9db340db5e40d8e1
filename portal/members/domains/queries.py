"""What the pages about domains find."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import joinedload

from portal.core.errors import present
from portal.extensions import db
from portal.models import Actor, EmailAddress, Organisation, OrganisationDomain
from portal.platform.paging import Order, PageOfRows, page


def domains_of(organisation_id: UUID, *, actor: Actor) -> Sequence[OrganisationDomain]:
    """Return the domains that an organisation named."""
    rows = OrganisationDomain.visible_to(actor).where(
        OrganisationDomain.organisation_id == organisation_id
    )
    return db.session.scalars(rows.order_by(OrganisationDomain.domain)).all()


def every_domain(mark: str | None, *, actor: Actor) -> PageOfRows:
    """Return a page of all domains with their organisations, by name."""
    rows = (
        OrganisationDomain.visible_to(actor)
        .join(Organisation, Organisation.id == OrganisationDomain.organisation_id)
        .with_only_columns(
            OrganisationDomain.id,
            OrganisationDomain.domain,
            OrganisationDomain.verified_at,
            OrganisationDomain.method,
            Organisation.display_name,
            Organisation.slug,
        )
    )
    return page(rows, Order(OrganisationDomain.domain, OrganisationDomain.id), mark)


def domain(slug: str, id: UUID, *, actor: Actor) -> OrganisationDomain:
    """Find a domain of an organisation."""
    rows = (
        OrganisationDomain.visible_to(actor)
        .join(Organisation, Organisation.id == OrganisationDomain.organisation_id)
        .where(OrganisationDomain.id == id, Organisation.slug == slug)
        .options(joinedload(OrganisationDomain.organisation))
    )
    return present(db.session.scalar(rows))


def is_verified(domain: str) -> bool:
    """Tell whether a domain is confirmed for any organisation."""
    verified = exists().where(
        OrganisationDomain.domain == domain, OrganisationDomain.verified_at.is_not(None)
    )
    return bool(db.session.scalar(select(verified)))


def is_reached_at(person_id: UUID, domain: str) -> bool:
    """Tell whether somebody has a proven address at a domain."""
    proven = exists().where(
        EmailAddress.person_id == person_id,
        EmailAddress.domain == domain,
        EmailAddress.verified_at.is_not(None),
    )
    return bool(db.session.scalar(select(proven)))


def offered(slug: str, *, actor: Actor) -> Organisation:
    """Find an organisation that this person may ask to join, by their proven address there."""
    theirs = select(EmailAddress.domain).where(
        EmailAddress.person_id == actor.id, EmailAddress.verified_at.is_not(None)
    )
    at = exists().where(
        OrganisationDomain.organisation_id == Organisation.id,
        OrganisationDomain.verified_at.is_not(None),
        OrganisationDomain.domain.in_(theirs),
    )
    rows = select(Organisation).where(
        Organisation.slug == slug, Organisation.confirmed_at.is_not(None), at
    )
    return present(db.session.scalar(rows))
