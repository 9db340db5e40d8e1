"""Who lost what they sign in with, for the desks of administrators."""

from typing import Any

from sqlalchemy import Select, bindparam, literal, select

from portal.models import FactorRemoval, Person

LOST = "lost"


def to_handle() -> Select[*tuple[Any, ...]]:
    """Select the requests that wait for an administrator, the oldest first: not one's own."""
    return (
        select(
            literal(LOST).label("kind"),
            FactorRemoval.id,
            Person.name.label("name"),
            literal("").label("slug"),
            FactorRemoval.created_at.label("at"),
        )
        .join(Person, Person.id == FactorRemoval.person_id)
        .where(FactorRemoval.closed_at.is_(None), FactorRemoval.person_id != bindparam("me"))
        .order_by(FactorRemoval.created_at)
    )
