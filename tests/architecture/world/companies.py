"""People and companies: a change of name, a role to fill, and who is here twice."""

from typing import Any

from portal.models import (
    AffiliationRole,
    MergeRecord,
    NumberKind,
    OrganisationProposal,
    PersonVisibility,
    Reach,
    Succession,
    SuccessionCause,
)
from tests import factories
from tests.architecture.world.members import NUMBER
from tests.architecture.world.placing import put


def make(everybody: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """Make what waits for staff and for the organisation; return it by name."""
    firm, host = own["own_row"], everybody["administrator"]
    proposal = put(
        OrganisationProposal(
            organisation=firm, display_name="Own and Sons", legal_name="Own and Sons AS",
            number_kind=NumberKind.NORWEGIAN, number=NUMBER, country="NO", message="Since May.",
            proposed_by=host,
        )
    )  # fmt: skip
    gone = factories.Person(name="Gone", email="gone@data.example")
    vacancy = put(
        Succession(
            organisation=firm, person=gone, role=AffiliationRole.REPRESENTATIVE,
            cause=SuccessionCause.LEFT,
        )
    )  # fmt: skip
    open_person = factories.Person(name="Open", email="open@data.example", phone="87654321")
    put(
        PersonVisibility(
            person_id=open_person.id, name=Reach.PUBLIC, email=Reach.PUBLIC, phone=Reach.PUBLIC
        )
    )
    return {
        "proposal": proposal, "succession": vacancy, "person_open": open_person,
    } | merges(everybody)  # fmt: skip


def merges(everybody: dict[str, Any]) -> dict[str, Any]:
    """Make two pairs of accounts that are held to be one, proposed by different people."""
    found = {}
    for name, by in (("merge_by_deputy", "deputy"), ("merge_by_boss", "boss")):
        kept, lost = (
            factories.Person(name="Twin", email=f"{name}-{side}@data.example")
            for side in ("kept", "lost")
        )
        found[name] = put(
            MergeRecord(
                kept_person_id=kept.id, lost_person_id=lost.id, reason="They wrote.",
                counted={"rows": {"affiliation.person_id": 1}, "clashes": []}, moved={},
                proposed_by_id=everybody[by].id,
            )
        )  # fmt: skip
    return found
