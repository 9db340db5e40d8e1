"""An event that nobody was told of, and one that people are registered for."""

from typing import Any

from portal.models import (
    EventState,
)
from tests import factories as make
from tests.feature.canaries.words import SHARED, text, word
from tests.feature.canaries.world.cast import Cast


class Events(Cast):
    """An event that nobody was told of, and one that people are registered for."""

    def events(self) -> None:
        """Make an event that nobody was told of, and one that people are registered for."""
        secret = text("event in draft")
        both = {f"{n}_{ln}": secret for n in ("title", "standfirst", "text") for ln in ("en", "nb")}
        draft = make.Event(
            slug=word("event in draft"), draft=True, show=secret, place=secret, address=secret,
            contact=self.people.events, **both,
        )  # fmt: skip
        named = {"name_en": secret, "name_nb": secret}
        make.TicketType(event=draft, quotas=[make.Quota(event=draft, **named)], **named)
        self.fair = make.Event(slug="fair", contact=self.people.events, text_en=SHARED)
        assert self.fair.state is EventState.PUBLISHED
        self.note(self.fair, "note about delegates", "event.written_to")

    def delegates(self) -> None:
        """Register people of the applicant's organisation."""
        ticket = make.ticket(self.fair, 50)
        booked = make.Registration(
            event=self.fair, organisation=self.owner, registered_by=self.people.applicant,
            note=text("note of a registration"), purchase_reference=text("note of a registration"),
        )  # fmt: skip
        going = self.delegate(ticket, booked, "delegate")
        going.replaced_name = text("name that was replaced")
        self.delegate(ticket, booked, "delegate who is a colleague", person=self.people.colleague)
        make.delegate(
            ticket, "rejected", registration=booked, closed_reason=text("reason of a rejection")
        )

    def delegate(self, ticket: Any, booked: Any, secret: str, **more: Any) -> Any:
        told = text(secret)
        return make.delegate(
            ticket, registration=booked, name=told, email=f"{word(secret)}@mail.example",
            title=told, phone=told, **more,
        )  # fmt: skip
