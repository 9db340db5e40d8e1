"""What members ask for about their membership, on the desk of staff."""

from typing import Any

from sqlalchemy import Select, bindparam, literal, or_, select

from portal.models import Affiliation, Membership, Organisation, TierRequest, TierRequestState

WISH = "wish"


def to_answer() -> Select[*tuple[Any, ...]]:
    """Select what members ask for, the oldest first: of those who stay, and not of one's own."""
    me: Any = bindparam("me")
    own = select(Affiliation.organisation_id).where(
        Affiliation.person_id == me, Affiliation.ends_at.is_(None)
    )
    first = TierRequest.first_approved_by_id
    return (
        select(
            literal(WISH).label("kind"),
            TierRequest.id,
            Organisation.display_name.label("name"),
            literal("").label("slug"),
            TierRequest.created_at.label("at"),
        )
        .join(Membership, Membership.id == TierRequest.membership_id)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(
            TierRequest.state == TierRequestState.ASKED,
            Membership.ends_on.is_(None),
            or_(first.is_(None), first != me),
            Membership.organisation_id.not_in(own),
        )
        .order_by(TierRequest.created_at)
    )
