"""What waits on desks about becoming a member: parts of the one statement that reads a desk."""

from typing import Any

from sqlalchemy import Select, String, bindparam, case, cast, literal, or_, select

from portal.models import (
    OPEN_JOINING,
    Affiliation,
    JoiningState,
    MembershipApplication,
    Organisation,
)

DECIDE = "decide"


def to_decide() -> Select[*tuple[Any, ...]]:
    """Select what somebody of the staff has to answer: theirs, nobody's, or what needs a second.

    What was promised first comes first. Nobody decides about an organisation of their own.
    """
    own = select(Affiliation.organisation_id).where(
        Affiliation.person_id == bindparam("me"), Affiliation.ends_at.is_(None)
    )
    first, handler = MembershipApplication.first_approved_by_id, MembershipApplication.handler_id
    me: Any = bindparam("me")
    return (
        select(
            literal(DECIDE).label("kind"),
            MembershipApplication.id,
            Organisation.display_name.label("name"),
            literal("").label("slug"),
            MembershipApplication.promised_at.label("at"),
        )
        .join(Organisation, Organisation.id == MembershipApplication.organisation_id)
        .where(
            MembershipApplication.state == JoiningState.SUBMITTED,
            or_(first.is_(None) & (handler.is_(None) | (handler == me)), first != me),
            MembershipApplication.organisation_id.not_in(own),
        )
        .order_by(MembershipApplication.promised_at)
    )


def going() -> Select[*tuple[Any, ...]]:
    """Select the applications that somebody's organisations have going; the kind is the state."""
    state = MembershipApplication.state
    at = case(
        (state == JoiningState.ASKED, MembershipApplication.answer_by),
        (state == JoiningState.SUBMITTED, MembershipApplication.promised_at),
        else_=MembershipApplication.created_at,
    )
    return (
        select(
            cast(state, String).label("kind"),
            MembershipApplication.id,
            Organisation.display_name.label("name"),
            literal("").label("slug"),
            at.label("at"),
        )
        .join(Organisation, Organisation.id == MembershipApplication.organisation_id)
        .where(
            state.in_(OPEN_JOINING),
            MembershipApplication.organisation_id.in_(bindparam("represented", expanding=True)),
        )
        .order_by(MembershipApplication.id)
    )
