"""The invented cluster, told as data and loaded through the services."""

from datetime import datetime


def load(*, password: str, now: datetime) -> None:
    """Load the demo into a database that holds nothing, in units of work of its own."""


def refresh(*, now: datetime) -> None:
    """Move the dates of the demo to today."""
