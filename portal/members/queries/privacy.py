"""What waits for staff of what people ask about their own data."""

from typing import Any

from sqlalchemy import Select, Uuid, bindparam, literal, select

from portal.models import Person, PrivacyRequest, PrivacyState

OWED = "owed"


def owed() -> Select[*tuple[Any, ...]]:
    """Select the requests of others that have no answer yet, those that are late first."""
    return (
        select(
            literal(OWED).label("kind"),
            PrivacyRequest.id,
            Person.name.label("name"),
            literal("").label("slug"),
            PrivacyRequest.due_at.label("at"),
        )
        .join(Person, Person.id == PrivacyRequest.person_id)
        .where(
            PrivacyRequest.state.in_((PrivacyState.RECEIVED, PrivacyState.CHECKED)),
            PrivacyRequest.person_id != bindparam("me", type_=Uuid()),
        )
        .order_by(PrivacyRequest.due_at)
    )
