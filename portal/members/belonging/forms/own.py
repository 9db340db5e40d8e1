"""Forms for those who bind a member: give notice, ask for another year or another kind."""

from collections.abc import Iterator
from typing import Any, Self

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, RadioField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired

from portal.members import queries as room
from portal.members.belonging import rules
from portal.members.belonging.queries import requests
from portal.members.belonging.service.requests import Wish
from portal.members.forms import throttling
from portal.members.forms.fields import text_field
from portal.models import Membership, MembershipTier, TierRequestTakes
from portal.platform.auth import arrived, current_actor
from portal.platform.language import day, says
from portal.platform.money import amount
from portal.web.forms import BlankForm, Form, WordField


class ResignForm(BlankForm):
    """Give notice for a member."""

    why = text_field(
        _("Why do you leave?"),
        InputRequired(_("Write a line about why.")),
        most=1000,
        description=_("We read it to learn from it. Nobody else but your own people does."),
    )
    sure = BooleanField(_("Yes, we give notice"), [InputRequired(_("Tick this if you mean it."))])


class AskForm(Form):
    """Ask for another year, or for another kind of membership."""

    tier = RadioField(_("Which kind of membership?"), [InputRequired(_("Choose a kind."))])
    takes = RadioField(
        _("From when?"), [InputRequired(_("Choose one."))], coerce=WordField(TierRequestTakes)
    )
    message = text_field(_("What should we know about it?"), most=1000)
    begins_on: Any = None

    @classmethod
    def about(cls, *subjects: Any) -> Self:
        """Offer the kinds with what a year costs this organisation, and the days that can be."""
        membership: Membership = subjects[0]
        today = room.today(now=arrived())
        form = cls()
        current = rules.period_on(membership.periods, today)
        present = current.tier_id if current else None
        form.every_tier = [t for t in room.tiers() if t.open_to_apply or t.id == present]
        form.begins_on = rules.changes_on(membership.periods, today=today)
        costs = requests.prices(membership.organisation, day=form.begins_on)
        form.tier.choices = [
            SelectChoice(str(tier.id), with_price(tier, costs.get(tier.id)))
            for tier in form.every_tier
        ]
        form.takes.choices = list(form.moments(running=rules.runs_on(membership.periods, today)))
        if not form.is_submitted():
            form.tier.data = str(present) if present else None
            form.takes.data = TierRequestTakes.NEXT_PERIOD
        return form

    every_tier: Any = ()

    def moments(self, *, running: object) -> Iterator[SelectChoice]:
        """Yield from when it may be: at once only where a period runs."""
        told = _("With the next period, from %(day)s", day=day(self.begins_on))
        yield SelectChoice(TierRequestTakes.NEXT_PERIOD, told)
        if running:
            yield SelectChoice(TierRequestTakes.AT_ONCE, _(TierRequestTakes.AT_ONCE.label))

    def read(self) -> None:
        """Count the letter."""
        super().read()
        if self.accepted:
            throttling.count_asking(current_actor().id)

    def wish(self) -> Wish:
        """Return the answers as the service takes them."""
        chosen: dict[str, MembershipTier] = {str(tier.id): tier for tier in room.tiers()}
        return Wish(
            tier=chosen[str(self.tier.data)],
            takes=self.takes.data,
            message=self.message.data or "",
        )


def with_price(tier: MembershipTier, price_ore: int | None) -> str:
    """Name a kind with what a year of it costs."""
    name = says(tier, "name")
    if price_ore is None:
        return name
    told = _("%(amount)s a year", amount=amount(price_ore)) if price_ore else _("Free")
    return f"{name} · {told}"
