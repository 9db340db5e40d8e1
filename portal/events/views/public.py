"""Pages for everybody: which events there are, and each of them."""

from typing import Any

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue

from portal.events import policy, rules
from portal.events.presentation import lines, structured
from portal.events.queries import public as queries
from portal.events.views.blueprint import bp
from portal.models import EventState
from portal.platform import cluster
from portal.web.access import arrived, everyone, find_actor_if_known, sees


@bp.get("")
@everyone
def index() -> ResponseReturnValue:
    """List the events to come, the next first."""
    actor, now, mark = find_actor_if_known(), arrived(), request.args.get("mark")
    page = queries.coming(mark, now=now)
    return render_template(
        "events/public/index.html",
        page=page,
        lines=lines.coming(page.rows, now=now),
        called_off=() if mark else lines.settled(queries.called_off(now=now)),
        may_run=bool(actor and policy.event_staff(actor)),
    )


@bp.get("/past")
@everyone
def past() -> ResponseReturnValue:
    """List the events that are over, the latest first."""
    page = queries.past(request.args.get("mark"), now=arrived())
    return render_template("events/public/past.html", page=page, lines=lines.settled(page.rows))


@bp.get("/<slug>")
@sees(on=queries.event, public=True)
def event(event: Any) -> ResponseReturnValue:
    """Show an event: when and where it is, its tickets, and the way to a place."""
    actor, now = find_actor_if_known(), arrived()
    tickets = queries.tickets_of(event.id)
    return render_template(
        "events/public/event.html",
        event=event,
        phase=rules.phase(event, now=now),
        closed=rules.not_open(event, now=now),
        tickets=tickets,
        tiers=queries.tiers_of(event.id),
        own=queries.own_delegates(event.id, actor=actor) if actor else (),
        has_its_maximum=queries.has_its_maximum(event, actor=actor),
        may_run=bool(actor and policy.event_staff(actor)),
        data=data_of(event, tickets),
    )


def data_of(event: Any, tickets: Any) -> dict[str, Any] | None:
    """Return what search engines read of an event; of a draft, nothing."""
    if event.state is EventState.DRAFT:
        return None
    base, holder = str(current_app.config["BASE_URL"]), cluster.profile()
    url = f"{base}/events/{event.slug}"
    return structured.event(event, tickets, url=url, of=holder.name if holder else "", base=base)
