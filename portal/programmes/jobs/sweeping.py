"""Doing one deed to many rows, each in a unit of its own."""

import logging
from collections.abc import Callable, Iterable
from uuid import UUID

from portal.core.errors import Missing, Refused
from portal.platform.database import unit

log = logging.getLogger("portal.jobs")


def for_each(ids: Iterable[UUID], deed: Callable[[UUID], object]) -> None:
    """Do a deed to each row in a unit of its own: one that has moved on stops no other."""
    for id in ids:
        try:
            with unit():
                deed(id)
        except (Missing, Refused) as refusal:
            log.info("left alone", extra={"row": str(id), "reason": type(refusal).__name__})
