"""What staff do with an event: from its draft to its end, with everybody told."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from portal.core import clock
from portal.core.errors import Clash, Mistake, NotAllowed, Refused
from portal.events import places
from portal.events.service import events as service
from portal.events.service import messages, tickets
from portal.events.service.events import EventTerms, Relocation
from portal.events.service.tickets import QuotaTerms, TicketTerms
from portal.models import AuditEvent, Event, Job, OutgoingMail, Quota, TicketType
from portal.platform import jobs


def terms(event_or_contact, **more):
    """Return the terms of an event as it stands, or new ones with a contact."""
    if isinstance(event_or_contact, Event):
        names = [name for name in EventTerms.__dataclass_fields__ if name != "tier_ids"]
        given = {name: getattr(event_or_contact, name) for name in names}
        return EventTerms(**(given | more))
    now = clock.now()
    return EventTerms(
        **{
            "title_en": "IBC 2027",
            "title_nb": "IBC 2027",
            "place": "RAI Amsterdam",
            "country": "NL",
            "zone": "Europe/Amsterdam",
            "starts_at": now + timedelta(days=100),
            "ends_at": now + timedelta(days=104),
            "contact_id": event_or_contact.id,
            "registration_opens_at": now,
            "registration_closes_at": now + timedelta(days=80),
        }
        | more
    )


def moved(event, **more):
    given = {
        name: getattr(event, name) for name in ("starts_at", "ends_at", "zone", "place", "country")
    }
    return Relocation(**(given | more))


def work(app, session):
    session.commit()
    with app.app_context():
        jobs.drain()
    assert session.scalars(select(Job.error).where(Job.error != "")).all() == []


def test_an_event_from_draft_to_published(deeds, staff, session):
    event = deeds(service.make_event, None, terms(staff), by=staff)
    assert (event.state.value, event.slug) == ("draft", "ibc-2027")
    with pytest.raises(Refused, match="Add a ticket"):
        deeds(service.publish_event, event, by=staff)
    quota = deeds(
        tickets.add_quota, event, QuotaTerms(name_en="Stand", name_nb="Stand", size=4), by=staff
    )
    deeds(
        tickets.add_ticket,
        event,
        TicketTerms(name_en="Delegate", name_nb="Delegat", quota_ids=(quota.id,)),
        by=staff,
    )
    with pytest.raises(Refused, match="in a sentence"):
        deeds(service.publish_event, event, by=staff)
    complete = terms(event, standfirst_en="We meet.", standfirst_nb="Vi møtes.")
    deeds(service.edit_event, event, complete, version=event.version, by=staff)
    deeds(service.publish_event, event, by=staff)
    assert event.state.value == "published"
    assert event.published_at is not None
    told = select(AuditEvent.action).where(AuditEvent.subject_id == event.id)
    assert list(session.scalars(told.order_by(AuditEvent.seq))) == [
        "event.made", "event.quota_added", "event.ticket_added", "event.edited", "event.published",
    ]  # fmt: skip


def test_only_events_staff_do_any_of_it(deeds, make, event, ticket, coordinator):
    others = make.staff("programmes")
    for by in (others, coordinator):
        with pytest.raises(NotAllowed):
            deeds(service.make_event, None, terms(by), by=by)
        with pytest.raises(NotAllowed):
            deeds(service.cancel_event, event, reason="No", by=by)
        with pytest.raises(NotAllowed):
            deeds(service.move_event, event, moved(event), reason="", version=1, by=by)
        with pytest.raises(NotAllowed):
            deeds(tickets.remove_ticket, ticket, by=by)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"ends_at": datetime(2020, 1, 1, tzinfo=UTC)}, "ends_at"),
        ({"registration_closes_at": datetime(2020, 1, 1, tzinfo=UTC)}, "registration_closes_at"),
        ({"registration_closes_at": datetime(2099, 1, 1, tzinfo=UTC)}, "registration_closes_at"),
    ],
)
def test_dates_are_in_order(deeds, staff, wrong, field):
    with pytest.raises(Mistake) as refused:
        deeds(service.make_event, None, terms(staff, **wrong), by=staff)
    assert refused.value.field == field


def test_two_who_edit_at_once_lose_nothing(deeds, event, staff):
    version = event.version
    deeds(service.edit_event, event, terms(event, show="NAB"), version=version, by=staff)
    with pytest.raises(Clash):
        deeds(service.edit_event, event, terms(event, show="ISE"), version=version, by=staff)


def test_when_and_where_of_a_published_event_only_move(deeds, event, staff):
    later = terms(event, ends_at=event.ends_at + timedelta(days=1))
    with pytest.raises(Mistake, match="Move the event"):
        deeds(service.edit_event, event, later, version=event.version, by=staff)


def test_an_event_that_moves_tells_everybody_once_and_calendars_too(
    deeds, app, event, ticket, company, coordinator, staff, session
):
    [own, ola] = deeds.register(
        ticket, coordinator, "Ola Vik", by=coordinator, organisation=company
    )
    began = event.starts_at
    to = moved(
        event, starts_at=began + timedelta(days=2), ends_at=event.ends_at + timedelta(days=2)
    )
    deeds(service.move_event, event, to, reason="Strike", version=event.version, by=staff)
    assert (event.sequence, event.previous_starts_at) == (1, began)
    work(app, session)
    work(app, session)
    assert deeds.letters_to("ola.vik@example.org")[-1] == f"“{event.title_en}” has moved"
    about_it = select(func.count()).where(OutgoingMail.subject.contains("has moved"))
    assert session.scalar(about_it) == 3
    assert deeds.states(own, ola) == ["confirmed", "confirmed"]
    with pytest.raises(Refused, match="Nothing is different"):
        deeds(service.move_event, event, to, reason="", version=event.version, by=staff)


def test_a_cancelled_event_has_nobody_in_it_and_everybody_knows_why(
    deeds, app, event, ticket, company, coordinator, staff, session
):
    people = deeds.register(
        ticket, "Ola Vik", "Liv Dal", "Per Moe", by=coordinator, organisation=company
    )
    deeds(places.withdraw, people[1], by=coordinator)
    with pytest.raises(Mistake, match="Say why"):
        deeds(service.cancel_event, event, reason=" ", by=staff)
    deeds(service.cancel_event, event, reason="The hall is closed", by=staff)
    assert deeds.states(*people) == ["cancelled", "withdrawn", "cancelled"]
    assert session.scalar(select(Quota.held)) == 0
    assert (event.state.value, event.sequence) == ("cancelled", 1)
    work(app, session)
    assert deeds.letters_to("ola.vik@example.org")[-1] == f"“{event.title_en}” is cancelled"
    assert "is cancelled" not in deeds.letters_to("liv.dal@example.org")[-1]
    assert deeds.letters_to(coordinator.email)[-1] == f"“{event.title_en}” is cancelled"
    text = session.scalar(
        select(OutgoingMail.text).where(OutgoingMail.recipient == "per.moe@example.org")
        .order_by(OutgoingMail.id.desc()).limit(1)
    )  # fmt: skip
    assert "The hall is closed" in text
    with pytest.raises(Refused, match="cancelled"):
        deeds.register(ticket, "Ida Lie", by=coordinator, organisation=company)
    with pytest.raises(Refused):
        deeds(service.edit_event, event, terms(event), version=event.version, by=staff)


def test_an_event_that_is_over_is_not_cancelled(deeds, make, staff):
    past = make.Event(past=True)
    with pytest.raises(Refused, match="over"):
        deeds(service.cancel_event, past, reason="Too late", by=staff)


def test_going_on_after_a_pause_offers_what_is_free(
    deeds, make, event, company, coordinator, staff
):
    ticket = make.ticket(event, 1)
    ola, liv = deeds.register(ticket, "Ola Vik", "Liv Dal", by=coordinator, organisation=company)
    pausing = terms(event, promotion_paused=True)
    deeds(service.edit_event, event, pausing, version=event.version, by=staff)
    deeds(places.withdraw, ola, by=coordinator)
    assert deeds.states(liv) == ["waitlisted"]
    going_on = replace(pausing, promotion_paused=False)
    deeds(service.edit_event, event, going_on, version=event.version, by=staff)
    assert deeds.states(liv) == ["offered"]


def test_the_same_event_next_year_has_everything_but_people(
    deeds, make, event, company, coordinator, staff, session
):
    shared = make.Quota(event=event, size=7)
    kind = make.TicketType(event=event, quotas=[shared], price_ore=500, vat_code="standard")
    deeds.register(kind, "Ola Vik", by=coordinator, organisation=company)
    copy = deeds(service.duplicate_event, event, by=staff)
    assert (copy.state.value, copy.title_nb) == ("draft", event.title_nb)
    assert copy.slug != event.slug
    zone = ZoneInfo(event.zone)
    before, after = event.starts_at.astimezone(zone), copy.starts_at.astimezone(zone)
    assert (after.weekday(), after.hour) == (before.weekday(), before.hour)
    assert 360 < (after.date() - before.date()).days < 370
    [another] = session.scalars(select(TicketType).where(TicketType.event_id == copy.id))
    assert [(quota.size, quota.held) for quota in another.quotas] == [(7, 0)]


def test_a_draft_is_thrown_away_and_nothing_else_is(deeds, make, event, staff, session):
    draft = make.Event(draft=True)
    make.ticket(draft, 3)
    deeds(service.discard_event, draft, by=staff)
    assert session.scalar(select(func.count(Event.id))) == 1
    with pytest.raises(Refused, match="Cancel it"):
        deeds(service.discard_event, event, by=staff)


def test_a_maximum_is_not_set_below_what_an_organisation_has(
    deeds, event, ticket, company, coordinator, staff
):
    deeds.register(ticket, "Ola Vik", "Liv Dal", by=coordinator, organisation=company)
    fewer = terms(event, max_per_organisation=1)
    with pytest.raises(Mistake) as refused:
        deeds(service.edit_event, event, fewer, version=event.version, by=staff)
    assert refused.value.field == "max_per_organisation"


def test_what_a_ticket_takes_places_from_is_fixed_once_somebody_has_it(
    deeds, make, event, ticket, company, coordinator, staff
):
    other = make.Quota(event=event)
    given = {"name_en": "Stand", "name_nb": "Stand", "quota_ids": (other.id,)}
    deeds.register(ticket, "Ola Vik", by=coordinator, organisation=company)
    with pytest.raises(Mistake, match="Make another one"):
        deeds(tickets.edit_ticket, ticket, TicketTerms(**given), version=ticket.version, by=staff)
    with pytest.raises(Refused, match="off sale"):
        deeds(tickets.remove_ticket, ticket, by=staff)
    with pytest.raises(Refused, match="takes places"):
        deeds(tickets.remove_quota, ticket.quotas[0], by=staff)
    deeds(tickets.remove_quota, other, by=staff)


def test_a_quota_that_grows_is_offered_on_and_one_deed_in_the_trail(
    deeds, make, event, company, coordinator, staff, session
):
    ticket = make.ticket(event, 1)
    ola, liv = deeds.register(ticket, "Ola Vik", "Liv Dal", by=coordinator, organisation=company)
    quota = ticket.quotas[0]
    larger = QuotaTerms(name_en="Table", name_nb="Bord", size=2)
    deeds(tickets.edit_quota, quota, larger, version=quota.version, by=staff)
    assert deeds.states(liv) == ["offered"]
    told = select(func.count()).where(AuditEvent.action.startswith("event.quota"))
    assert session.scalar(told) == 1
    with pytest.raises(Clash):
        deeds(tickets.edit_quota, quota, larger, version=1, by=staff)


def test_a_price_has_a_vat_code_and_only_a_price_asks_for_a_reference(deeds, event, staff, ticket):
    quotas = (ticket.quotas[0].id,)
    dear = TicketTerms(name_en="A", name_nb="A", quota_ids=quotas, price_ore=100)
    with pytest.raises(Mistake) as refused:
        deeds(tickets.add_ticket, event, dear, by=staff)
    assert refused.value.field == "vat_code"
    free = TicketTerms(name_en="A", name_nb="A", quota_ids=quotas, needs_purchase_reference=True)
    with pytest.raises(Mistake) as refused:
        deeds(tickets.add_ticket, event, free, by=staff)
    assert refused.value.field == "needs_purchase_reference"


def test_staff_write_to_those_they_choose(deeds, event, ticket, company, coordinator, staff):
    ola, liv = deeds.register(ticket, "Ola Vik", "Liv Dal", by=coordinator, organisation=company)
    sent = deeds(
        messages.message_delegates, event, [ola.id], subject="Badges", by=staff,
        text="Bring your pass.\n\nSee you.",
    )  # fmt: skip
    assert sent == 1
    assert deeds.letters_to("ola.vik@example.org")[-1] == "Badges"
    assert "Badges" not in deeds.letters_to("liv.dal@example.org")
    with pytest.raises(Mistake):
        deeds(messages.message_delegates, event, [ola.id], subject="", text="x", by=staff)
