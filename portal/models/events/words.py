"""The words of the events' room."""

from portal.core.vocabulary import Word
from portal.core.wording import N_


class EventState(Word):
    """How far an event has come. Whether one may register, and whether it is over, dates say."""

    DRAFT = "draft", N_("Draft")
    PUBLISHED = "published", N_("Published"), "good"
    CANCELLED = "cancelled", N_("Cancelled"), "bad"


class EventPhase(Word):
    """Where an event stands at a moment: its state and its dates together."""

    DRAFT = "draft", N_("Draft")
    ANNOUNCED = "announced", N_("Registration opens later"), "wait"
    OPEN = "open", N_("Open for registration"), "good"
    CLOSED = "closed", N_("Registration closed")
    RUNNING = "running", N_("On now"), "progress"
    PAST = "past", N_("Over")
    CANCELLED = "cancelled", N_("Cancelled"), "bad"


class DelegateState(Word):
    """How a delegate stands. “Awaiting approval” and “on the waiting list” are different things."""

    REQUESTED = "requested", N_("Awaiting approval"), "progress"
    WAITLISTED = "waitlisted", N_("On the waiting list"), "wait"
    OFFERED = "offered", N_("Place offered"), "wait"
    CONFIRMED = "confirmed", N_("Confirmed"), "good"
    REJECTED = "rejected", N_("Not approved"), "bad"
    WITHDRAWN = "withdrawn", N_("Registration withdrawn")
    EXPIRED = "expired", N_("Offer expired")
    CANCELLED = "cancelled", N_("Cancelled by us"), "bad"


#: The states in which somebody still has something going with an event.
ACTIVE_STATES = (
    DelegateState.REQUESTED,
    DelegateState.WAITLISTED,
    DelegateState.OFFERED,
    DelegateState.CONFIRMED,
)
#: The states that hold a place: an open offer does. A request holds none until it is approved.
HOLDING_STATES = (DelegateState.OFFERED, DelegateState.CONFIRMED)


class VatCode(Word):
    """How value added tax is added to a price, in the rates of Norwegian law."""

    STANDARD = "standard", N_("25 % VAT")
    FOOD = "food", N_("15 % VAT")
    LOW = "low", N_("12 % VAT")
    ZERO = "zero", N_("0 % VAT")
    EXEMPT = "exempt", N_("Outside the VAT Act")
