"""Pages for everybody: what the programmes are, and which calls can be answered."""

from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from portal.models import Actor
from portal.programmes import policy, rules
from portal.programmes.queries import calls as call_queries
from portal.programmes.queries import public as queries
from portal.programmes.views.blueprint import bp
from portal.web.access import arrived, everyone, find_actor_if_known, sees


@bp.get("")
@everyone
def index() -> ResponseReturnValue:
    """List the calls that can be answered, with the time left, and the programmes."""
    actor = find_actor_if_known()
    return render_template(
        "programmes/public/index.html",
        may_run=bool(actor and policy.runs_programmes(actor)),
        calls=queries.current_calls(now=arrived()),
        programmes=queries.current_programmes(),
    )


@bp.get("/<slug>")
@sees(on=queries.programme, public=True)
def programme(programme: Any) -> ResponseReturnValue:
    """Tell the story of one programme, with its calls and cohorts."""
    actor, now = find_actor_if_known(), arrived()
    return render_template(
        "programmes/public/programme.html",
        may_run=bool(actor and policy.runs_programmes(actor)),
        programme=programme,
        calls=queries.calls_of(programme.id),
        cohorts=queries.cohorts_of(programme.id),
        phase_of=lambda call: rules.phase(call, now=now),
    )


def own_application(call: Any, *, actor: Actor | None) -> Any:
    """Return what the organisation that a reader acts for has going with a call, if anything."""
    acting = actor.acting if actor else None
    if actor is None or acting is None:
        return None
    return call_queries.own_application(call, acting.organisation_id, actor=actor)


@bp.get("/calls/<slug>")
@sees(on=queries.call, public=True)
def call(call: Any) -> ResponseReturnValue:
    """Show a call: what it offers, its dates and terms, and the way to apply."""
    actor = find_actor_if_known()
    return render_template(
        "programmes/public/call.html",
        call=call,
        phase=rules.phase(call, now=arrived()),
        criteria=queries.terms_of(call.id),
        outline=queries.outline_of(call.id),
        own=own_application(call, actor=actor),
        may_apply=bool(actor and policy.applies(actor)),
        may_run=bool(actor and policy.runs(actor, call)),
    )
