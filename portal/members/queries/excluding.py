"""Exclusions on the desk of staff: those that a second person decides."""

from typing import Any

from sqlalchemy import Select, bindparam, literal, select

from portal.models import Exclusion, ExclusionState, Membership, Organisation

EXCLUDE = "exclude"


def to_decide() -> Select[*tuple[Any, ...]]:
    """Select the exclusions that somebody else proposed, the oldest first."""
    return (
        select(
            literal(EXCLUDE).label("kind"),
            Exclusion.id,
            Organisation.display_name.label("name"),
            literal("").label("slug"),
            Exclusion.created_at.label("at"),
        )
        .join(Membership, Membership.id == Exclusion.membership_id)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(
            Exclusion.state == ExclusionState.PROPOSED,
            Exclusion.proposed_by_id != bindparam("me"),
        )
        .order_by(Exclusion.created_at)
    )
