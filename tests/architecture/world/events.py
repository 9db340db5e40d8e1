"""Events in every state, with people of the organisation among their delegates."""

from typing import Any

from portal.models import EventState
from portal.platform import tokens
from tests import factories
from tests.architecture.world.placing import flush
from tests.factories.base import days

SECRET = "the-secret-of-a-calendar"
HERE = {"zone": "Europe/Oslo", "place": "Bergen", "country": "NO", "address": "Bryggen 1"}


def make(everybody: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """Make it all; return it by name."""
    contact, organisation = everybody["events"], own["own_row"]
    fair = factories.Event(slug="fair", contact=contact, text_en="Words.", text_nb="Ord.", **HERE)
    factories.Event(slug="past-fair", past=True, contact=contact, **HERE)
    off = factories.Event(slug="fair-called-off", state=EventState.CANCELLED, contact=contact,
                          cancelled_at=days(-1), cancel_reason="No hall.", **HERE)  # fmt: skip
    paused = factories.Event(slug="paused-fair", promotion_paused=True, contact=contact, **HERE)
    roomy = factories.ticket(fair, 50, price_ore=450_000, vat_code="standard",
                             needs_purchase_reference=True, about_en="A table.")  # fmt: skip
    other, full = factories.ticket(fair, None), factories.ticket(fair, 0)
    by_hand = factories.ticket(paused, 3)
    given = {"organisation": organisation, "registered_by": everybody["representative"]}
    booked = factories.Registration(
        event=fair, purchase_reference="Order 4321", note="We come late.", **given
    )
    going = factories.delegate(
        roomy, registration=booked, person=everybody["member"], name="Member",
        email="going@data.example", title="Engineer", phone="12345678", replaced_name="Another",
    )  # fmt: skip
    factories.CalendarFeed(person=everybody["member"], token_hash=tokens.digest(SECRET))
    made = {
        "ticket_roomy": roomy, "ticket_other": other, "ticket_off": factories.ticket(off, 5),
        "delegate_going": going,
        "registration": booked, "calendar_secret": SECRET, "fair": fair,
        "delegate_offered": factories.delegate(roomy, "offered", **given),
        "delegate_asking": factories.delegate(roomy, "requested", **given),
        "delegate_waiting": factories.delegate(full, "waitlisted", **given),
        "delegate_next": factories.delegate(by_hand, "waitlisted", **given),
        "delegate_gone": factories.delegate(
            other, "withdrawn", closed_reason="No time.", **given
        ),
    }  # fmt: skip
    closes = fair.registration_closes_at.strftime("%Y-%m-%dT%H:%M")
    return made | drafts(contact) | {"fair_version": version_of(fair), "fair_closes": closes}


def drafts(contact: Any) -> dict[str, Any]:
    """Make a draft that could be published, with more than it needs."""
    draft = factories.Event(slug="draft-fair", draft=True, contact=contact, **HERE)
    tickets = [factories.ticket(draft, 5), factories.ticket(draft, 5)]
    spare = factories.Quota(event=draft, size=7, position=9)
    return {
        "draft_ticket": tickets[0], "second_ticket": tickets[1], "spare_quota": spare,
        "draft_quota": tickets[0].quotas[0], "draft_version": version_of(draft),
    }  # fmt: skip


def version_of(event: Any) -> str:
    """Return which version of an event is on the screen."""
    flush()
    return str(event.version)
