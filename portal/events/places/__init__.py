"""Places at events. No other code changes the state of a delegate or how many places are held.

Every deed here locks the places of its event first, then reads, decides, writes, adds a line to
the history, and leaves the letters for the worker: all in the unit of work that its caller keeps.
"""

from portal.events.places.answering import (
    accept,
    approve,
    cancel,
    decline,
    expire,
    reject,
    withdraw,
)
from portal.events.places.changing import (
    NewName,
    change_ticket,
    correct,
    promote,
    reinstate,
    resize,
    substitute,
)
from portal.events.places.queue import offer
from portal.events.places.registering import register
from portal.events.places.wanted import Attendee, Booking

__all__ = [
    "Attendee",
    "Booking",
    "NewName",
    "accept",
    "approve",
    "cancel",
    "change_ticket",
    "correct",
    "decline",
    "expire",
    "offer",
    "promote",
    "register",
    "reinstate",
    "reject",
    "resize",
    "substitute",
    "withdraw",
]
