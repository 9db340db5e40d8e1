"""What the terms of events, offers and prices say. Each rule returns the reason it refuses."""

from portal.events.rules.delegates import (
    BREATH,
    OFFER_ENDS_SOON,
    expired,
    not_expired,
    reminds,
    too_late,
)
from portal.events.rules.events import (
    CLOSING_SOON,
    IS_CANCELLED,
    IS_OVER,
    LONGEST,
    days_left,
    lacks,
    not_held,
    not_open,
    not_ready,
    offer_until,
    over,
    phase,
    promotes,
    settled,
    wrong_dates,
    wrong_window,
)
from portal.events.rules.pictures import undescribed
from portal.events.rules.prices import RATES, gross, vat_of

__all__ = [
    "BREATH",
    "CLOSING_SOON",
    "IS_CANCELLED",
    "IS_OVER",
    "LONGEST",
    "OFFER_ENDS_SOON",
    "RATES",
    "days_left",
    "expired",
    "gross",
    "lacks",
    "not_expired",
    "not_held",
    "not_open",
    "not_ready",
    "offer_until",
    "over",
    "phase",
    "promotes",
    "reminds",
    "settled",
    "too_late",
    "undescribed",
    "vat_of",
    "wrong_dates",
    "wrong_window",
]
