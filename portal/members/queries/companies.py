"""What waits about people and companies: successors, proposed changes, rows to bring together."""

from typing import Any
from uuid import UUID

from sqlalchemy import (
    Select,
    String,
    Uuid,
    bindparam,
    case,
    literal,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import aliased

from portal.models import (
    MergeRecord,
    MergeState,
    Organisation,
    OrganisationProposal,
    Person,
    ProposalState,
    Succession,
    SuccessionState,
)
from portal.platform.database import read

SUCCEED, LOOK_OVER, BRING_TOGETHER = "succeed", "look over", "bring together"

#: Of the organisations that somebody administers.
KEPT_BY_THEM = Succession.organisation_id.in_(bindparam("administered", expanding=True))


def successions() -> Select[*tuple[Any, ...]]:
    """Select the roles that need somebody new, the oldest first."""
    return (
        select(
            literal(SUCCEED).label("kind"),
            Succession.id,
            Person.name.label("name"),
            (Organisation.slug + "\n" + Organisation.display_name).label("slug"),
            Succession.created_at.label("at"),
        )
        .join(Person, Person.id == Succession.person_id)
        .join(Organisation, Organisation.id == Succession.organisation_id)
        .where(Succession.state == SuccessionState.OPEN)
        .order_by(Succession.created_at)
    )


def proposals() -> Select[*tuple[Any, ...]]:
    """Select the changes that staff must look at, the oldest first."""
    return (
        select(
            literal(LOOK_OVER).label("kind"),
            OrganisationProposal.id,
            Organisation.display_name.label("name"),
            Organisation.slug.label("slug"),
            OrganisationProposal.created_at.label("at"),
        )
        .join(Organisation, Organisation.id == OrganisationProposal.organisation_id)
        .where(OrganisationProposal.state == ProposalState.OPEN)
        .order_by(OrganisationProposal.created_at)
    )


def merges() -> Select[*tuple[Any, ...]]:
    """Select what another of the staff proposed to bring together, the oldest first."""
    lost = aliased(Organisation)
    return (
        select(
            literal(BRING_TOGETHER).label("kind"),
            MergeRecord.id,
            case(
                (MergeRecord.lost_person_id.is_(None), lost.display_name), else_=Person.name
            ).label("name"),
            literal("").label("slug"),
            MergeRecord.created_at.label("at"),
        )
        .outerjoin(Person, Person.id == MergeRecord.lost_person_id)
        .outerjoin(lost, lost.id == MergeRecord.lost_organisation_id)
        .where(
            MergeRecord.state == MergeState.PROPOSED,
            MergeRecord.proposed_by_id != bindparam("me", type_=Uuid()),
        )
        .order_by(MergeRecord.created_at)
    )


HERE = bindparam("organisation_id", type_=Uuid())
AT_AN_ORGANISATION = union_all(
    select(
        literal(SUCCEED).label("kind"),
        Succession.id,
        Person.name.label("name"),
        type_coerce(Succession.role, String).label("role"),
    )
    .join(Person, Person.id == Succession.person_id)
    .where(Succession.organisation_id == HERE, Succession.state == SuccessionState.OPEN),
    select(literal(LOOK_OVER), OrganisationProposal.id, Person.name, literal(""))
    .join(Person, Person.id == OrganisationProposal.proposed_by_id)
    .where(
        OrganisationProposal.organisation_id == HERE,
        OrganisationProposal.state == ProposalState.OPEN,
    ),
)


def waiting_at(organisation_id: UUID) -> dict[str, list[Any]]:
    """Return what waits at an organisation, by kind: successors to name, changes to check."""
    found: dict[str, list[Any]] = {"successors": [], "proposals": []}
    for row in read(AT_AN_ORGANISATION, organisation_id=organisation_id):
        found["successors" if row.kind == SUCCEED else "proposals"].append(row)
    return found
