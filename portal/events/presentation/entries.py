"""Rows as entries of a calendar, in the reader's language."""

from typing import Any

from flask_babel import gettext as _

from portal.events.calendar import Entry, uid
from portal.events.presentation import words
from portal.models import ACTIVE_STATES, DelegateState, EventState
from portal.platform import language


def of_event(row: Any, *, base: str) -> Entry:
    """Return a public event as an entry."""
    url = f"{base}/events/{row.slug}"
    return Entry(
        uid=uid("event", row.id),
        title=language.says(row, "title"),
        text=f"{language.says(row, 'standfirst')}\n\n{url}".strip(),
        url=url,
        sequence=row.sequence,
        changed_at=row.updated_at,
        cancelled=row.state is EventState.CANCELLED,
        **when_and_where(row),
    )


def when_and_where(row: Any) -> dict[str, Any]:
    """Return when and where an event is."""
    address = " ".join(row.address.split())
    parts = [address, row.place, words.country(row.country)]
    return {
        "starts_at": row.starts_at,
        "ends_at": row.ends_at,
        "zone": row.zone,
        "place": ", ".join(part for part in parts if part),
    }


def of_delegate(row: Any, *, base: str, named: bool) -> Entry:
    """Return somebody's place at an event as an entry; `named` says whose it is."""
    url = f"{base}/events/delegates/{row.delegate_id}"
    title = language.says(row, "title")
    if named:
        title = str(_("%(event)s: %(name)s", event=title, name=row.name))
    told = [_(row.delegate_state.label), language.says(row, "standfirst"), url]
    return Entry(
        uid=uid("delegate", row.delegate_id),
        title=title,
        text="\n\n".join(text for text in told if text),
        url=url,
        sequence=row.sequence + row.delegate_sequence,
        changed_at=max(row.updated_at, row.delegate_updated_at),
        cancelled=row.delegate_state not in ACTIVE_STATES or row.state is EventState.CANCELLED,
        sure=row.delegate_state is DelegateState.CONFIRMED,
        **when_and_where(row),
    )


def of_former(row: Any, *, base: str) -> Entry:
    """Return the entry of a place that a colleague has now: it fell away, and names nobody."""
    url = f"{base}/events/{row.slug}"
    told = str(_("A colleague has this place now."))
    return Entry(
        uid=uid("delegate", row.delegate_id),
        title=language.says(row, "title"),
        text=f"{told}\n\n{url}",
        url=url,
        sequence=row.sequence + row.delegate_sequence,
        changed_at=max(row.updated_at, row.delegate_updated_at),
        cancelled=True,
        sure=False,
        **when_and_where(row),
    )
