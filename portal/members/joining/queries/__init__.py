"""What the pages of joining find. Every application goes through `visible_to`."""

from portal.members.joining.queries.applications import (
    application,
    handlers,
    messages,
    organisation,
    own,
    place,
    situations,
    terms_in_force,
)
from portal.members.joining.queries.prices import (
    Offers,
    Promise,
    offers,
    price,
    prices_of,
    promise,
    terms,
    tier_by_code,
)
from portal.members.joining.queries.queue import Wish, every_row, queue

__all__ = [
    "Offers",
    "Promise",
    "Wish",
    "application",
    "every_row",
    "handlers",
    "messages",
    "offers",
    "organisation",
    "own",
    "place",
    "price",
    "prices_of",
    "promise",
    "queue",
    "situations",
    "terms",
    "terms_in_force",
    "tier_by_code",
]
