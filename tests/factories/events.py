"""Events, quotas, tickets, registrations and delegates."""

from datetime import timedelta
from uuid import UUID

import factory

from portal import models
from portal.core import clock
from portal.models import HOLDING_STATES, DelegateState, EventState
from tests.factories import base, members


class Event(base.Maker):
    """A published event next month, open for registration; `draft=True` for one that is not."""

    class Meta:
        model = models.Event

    class Params:
        draft = factory.Trait(state=EventState.DRAFT, published_at=None)
        past = factory.Trait(
            starts_at=factory.LazyFunction(lambda: base.days(-9)),
            ends_at=factory.LazyFunction(lambda: base.days(-5)),
            registration_closes_at=factory.LazyFunction(lambda: base.days(-10)),
        )

    slug = factory.Sequence("market-{}".format)
    show = "IBC"
    title_en = factory.Sequence("Joint stand {}".format)
    title_nb = factory.Sequence("Fellesstand {}".format)
    standfirst_en = "We meet buyers together."
    standfirst_nb = "Vi møter kjøpere sammen."
    place = "RAI Amsterdam"
    country = "NL"
    zone = "Europe/Amsterdam"
    starts_at = factory.LazyFunction(lambda: base.days(30))
    ends_at = factory.LazyAttribute(lambda event: event.starts_at + timedelta(days=4))
    contact = factory.SubFactory(members.Person)
    registration_opens_at = factory.LazyFunction(lambda: base.days(-20))
    registration_closes_at = factory.LazyFunction(lambda: base.days(20))
    state = EventState.PUBLISHED
    published_at = factory.LazyFunction(lambda: base.days(-21))


class Quota(base.Maker):
    class Meta:
        model = models.Quota

    event = factory.SubFactory(Event)
    name_en = factory.Sequence("Places {}".format)
    name_nb = factory.Sequence("Plasser {}".format)
    size = 2


class TicketType(base.Maker):
    """A ticket without a price; give it `quotas=[…]`."""

    class Meta:
        model = models.TicketType

    event = factory.SubFactory(Event)
    position = factory.Sequence(lambda n: n)
    name_en = factory.Sequence("Stand ticket {}".format)
    name_nb = factory.Sequence("Standbillett {}".format)


class Registration(base.Maker):
    class Meta:
        model = models.Registration

    event = factory.SubFactory(Event)
    organisation = factory.SubFactory(members.Organisation)
    registered_by = factory.SubFactory(members.Person)
    client_token = factory.Sequence("token-{}".format)


class Delegate(base.Maker):
    """A confirmed delegate. Neither the place nor the history is made: see `delegate`."""

    class Meta:
        model = models.Delegate

    registration = factory.SubFactory(Registration)
    event = factory.SelfAttribute("registration.event")
    organisation = factory.SelfAttribute("registration.organisation")
    organisation_name = factory.SelfAttribute("organisation.display_name")
    organisation_key = factory.SelfAttribute("organisation.name_key")
    name = factory.Sequence("Delegate {:04}".format)
    email = factory.Sequence("delegate{}@example.org".format)
    state = DelegateState.CONFIRMED


class DelegateHistory(base.Maker):
    class Meta:
        model = models.DelegateHistory


class CalendarFeed(base.Maker):
    class Meta:
        model = models.CalendarFeed

    person = factory.SubFactory(members.Person)
    token_hash = factory.Sequence("calendar-{}".format)
    made_at = members.LONG_AGO


NUMBERS: dict[UUID, int] = {}
#: How somebody comes to a state, where that takes more than registering: each step and its end.
STEPS = {
    "offered": (("register", "waitlisted"), ("promote", "offered")),
    "rejected": (("register", "requested"), ("reject", "rejected")),
    "withdrawn": (("register", "confirmed"), ("withdraw", "withdrawn")),
    "cancelled": (("register", "confirmed"), ("cancel", "cancelled")),
}


def ticket(event: models.Event, *sizes: int | None, **more: object) -> models.TicketType:
    """Give an event a ticket with a quota of each of these sizes (one of two places by default)."""
    quotas = [Quota(event=event, size=size) for size in sizes or (2,)]
    return TicketType(event=event, quotas=quotas, **more)


def delegate(kind: models.TicketType, state: str = "confirmed", **more: object) -> models.Delegate:
    """Make a delegate whose place is counted and whose history is written, as the portal would."""
    event = kind.event
    made = DelegateState.of(state)
    if "registration" not in more:
        given = {k: more.pop(k) for k in ("organisation", "registered_by") if k in more}
        more["registration"] = Registration(event=event, **given)
    waits = {}
    if state in {"offered", "waitlisted"}:
        number = NUMBERS[event.id] = NUMBERS.get(event.id, 0) + 1
        waits = {"waitlisted_at": base.days(-2), "waiting_number": number}
    until = base.days(1) if state == "offered" else None
    somebody = Delegate(ticket=kind, state=made, offer_expires_at=until, **(waits | more))
    before = None
    for move, after in STEPS.get(state, (("register", state),)):
        write(somebody, move, before, after)
        before = after
    if made in HOLDING_STATES:
        for quota in kind.quotas:
            quota.held += 1
        base.SESSION.flush()
    return somebody


def write(somebody: models.Delegate, move: str, before: str | None, after: str) -> None:
    DelegateHistory(
        event_id=somebody.event.id,
        delegate_id=somebody.id,
        ticket_id=somebody.ticket.id,
        at=clock.now() - timedelta(days=1),
        move=move,
        before=before,
        after=after,
        offer_expires_at=somebody.offer_expires_at if move == "promote" else None,
    )
