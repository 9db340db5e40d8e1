"""What the pages about proposed names and numbers find."""

from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from portal.core.errors import present
from portal.extensions import db
from portal.models import (
    Actor,
    Organisation,
    OrganisationProposal,
    Person,
    ProposalState,
    stand_in,
)
from portal.platform.paging import Order, PageOfRows, page

OLDEST = Order(OrganisationProposal.created_at, OrganisationProposal.id)


def proposal(slug: str, id: UUID, *, actor: Actor) -> OrganisationProposal:
    """Find a change that an organisation asked for."""
    rows = (
        OrganisationProposal.visible_to(actor)
        .join(Organisation, Organisation.id == OrganisationProposal.organisation_id)
        .where(OrganisationProposal.id == id, Organisation.slug == slug)
        .options(
            joinedload(OrganisationProposal.organisation),
            joinedload(OrganisationProposal.proposed_by),
        )
    )
    return present(db.session.scalar(rows))


def waiting(mark: str | None, *, actor: Actor) -> PageOfRows:
    """Return a page of the changes that wait for staff, the oldest first."""
    return page(every_open(stand_in(actor.staff)), OLDEST, mark, given={})


def waits_for(organisation: Organisation) -> UUID | None:
    """Return the key of the change that an organisation asked for, while it waits."""
    rows = select(OrganisationProposal.id).where(
        OrganisationProposal.organisation_id == organisation.id,
        OrganisationProposal.state == ProposalState.OPEN,
    )
    return db.session.scalar(rows)


@cache
def every_open(actor: Actor) -> Select[*tuple[Any, ...]]:
    """Put together, once for each kind of staff, what selects the changes that wait."""
    return (
        OrganisationProposal.visible_to(actor)
        .join(Organisation, Organisation.id == OrganisationProposal.organisation_id)
        .join(Person, Person.id == OrganisationProposal.proposed_by_id)
        .where(OrganisationProposal.state == ProposalState.OPEN)
        .with_only_columns(
            OrganisationProposal.id,
            OrganisationProposal.created_at,
            OrganisationProposal.message,
            Organisation.display_name,
            Organisation.slug,
            Person.name,
        )
    )


def holder_of_number(row: OrganisationProposal) -> Any:
    """Return the other organisation that has the number which was asked for, if there is one."""
    if row.number is None:
        return None
    others = select(Organisation.display_name, Organisation.slug).where(
        Organisation.country == row.country,
        Organisation.number == row.number,
        Organisation.id != row.organisation_id,
    )
    return db.session.execute(others).first()
