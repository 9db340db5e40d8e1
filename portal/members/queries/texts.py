"""The texts that people accept."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from portal.extensions import db
from portal.models import Page

#: The texts that whoever signs up accepts, each in the version of that moment.
TEXTS = ("terms", "privacy")


def standing_texts() -> Sequence[UUID]:
    """Return the versions of the texts that stand now."""
    found = select(Page.revision_id).where(Page.key.in_(TEXTS))
    return db.session.scalars(found).all()
