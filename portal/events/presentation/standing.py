"""Why somebody waits, in a sentence."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from portal.events.presentation.words import meaning
from portal.events.queries.public import COUNTED
from portal.models import DelegateState
from portal.platform import language


def why(row: Any, full: Mapping[UUID, Sequence[Any]], *, event: Any) -> str:
    """Say where somebody stands: what their state means; of a waiter, the position and why."""
    if row.state is not DelegateState.WAITLISTED:
        return language.say(meaning(row.state))
    names = [language.says(quota, "name") for quota in full.get(row.ticket_id, ())]
    return waits(row.ahead + 1, names, paused=event.promotion_paused)


def waits(position: int, full: Sequence[str], *, paused: bool) -> str:
    """Say at which place somebody waits, and what has to happen first."""
    place = _("Number %(number)s on the waiting list.", number=position)
    if position > COUNTED:
        place = _("More than %(number)s people have waited longer.", number=COUNTED)
    if full:
        named = ", ".join(_("“%(name)s”", name=name) for name in full)
        reason = _("Every place of %(quotas)s is held.", quotas=named)
    elif position > 1:
        reason = _("Others have waited longer for the same places.")
    elif paused:
        reason = _("The event team offers free places by hand.")
    else:
        reason = _("Registration is closed, so free places are offered by hand.")
    return f"{place} {reason}"
