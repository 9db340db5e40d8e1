"""Pages on which staff make events, publish, move and cancel them."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.events import policy, rules
from portal.events.forms.events import CancelForm, EditEventForm, MoveForm, NewEventForm
from portal.events.queries import staff as queries
from portal.events.service import events as service
from portal.events.views.blueprint import bp
from portal.events.workflow import EVENT
from portal.models import Event, EventState
from portal.platform import audit
from portal.web.access import allows, arrived, current_actor, signed_in


@bp.get("/manage")
@signed_in(may=policy.event_staff)
def manage() -> ResponseReturnValue:
    """Show staff the drafts and, page by page, every other event."""
    actor, mark = current_actor(), request.args.get("mark")
    cancelled = request.args.get("state") == EventState.CANCELLED.value
    state = EventState.CANCELLED if cancelled else EventState.PUBLISHED
    return render_template(
        "events/manage/events.html",
        page=queries.events(state, mark, actor=actor),
        drafts=() if mark or cancelled else queries.drafts(actor=actor),
        state=state,
        phase_of=lambda event: rules.phase(event, now=arrived()),
    )


@bp.route("/new", methods=["GET", "POST"])
@signed_in(may=policy.event_staff, form=NewEventForm)
def make_event(form: NewEventForm) -> ResponseReturnValue:
    """Draft an event."""
    if not form.accepted:
        return form.page("events/manage/make.html")
    picture = form.chosen_picture()
    made = service.make_event(form.terms(), picture=picture, actor=current_actor(), now=arrived())
    flash(_("The draft is made. Say next how many places there are, and add tickets."), "good")
    return to_event(made)


def to_event(event: Event) -> ResponseReturnValue:
    """Go to the page on which an event is managed."""
    return redirect(url_for(".manage_event", slug=event.slug))


@bp.get("/<slug>/manage")
@allows(policy.runs, on=queries.whole_event)
def manage_event(event: Event) -> ResponseReturnValue:
    """Show staff one event: its terms, quotas and tickets, and what happened to it."""
    actor, now = current_actor(), arrived()
    lacking = service.what_lacks(event, now=now) if event.state is EventState.DRAFT else ()
    return render_template(
        "events/manage/event.html",
        event=event,
        phase=rules.phase(event, now=now),
        moves={move.name for move in EVENT.open_to(event, actor=actor)},
        lacking=lacking,
        history=audit.timeline(event, request.args.get("mark"), internal=True, most=20),
    )


@bp.route("/<slug>/edit", methods=["GET", "POST"])
@allows(policy.runs, on=queries.whole_event, form=EditEventForm)
def edit_event(event: Event, form: EditEventForm) -> ResponseReturnValue:
    """Change what an event says of itself and its terms."""
    if not form.accepted:
        return form.page("events/manage/edit.html", event=event)
    given = {"version": form.edited_version.data, "picture": form.chosen_picture()}
    service.edit_event(event, form.terms(event), **given, actor=current_actor(), now=arrived())
    flash(_("Saved."), "good")
    return to_event(event)


@bp.post("/<slug>/publish")
@allows(policy.runs, on=queries.whole_event)
def publish_event(event: Event) -> ResponseReturnValue:
    """Make an event public."""
    service.publish_event(event, actor=current_actor(), now=arrived())
    flash(_("The event is public."), "good")
    return to_event(event)


@bp.route("/<slug>/move", methods=["GET", "POST"])
@allows(policy.runs, on=queries.whole_event, form=MoveForm)
def move_event(event: Event, form: MoveForm) -> ResponseReturnValue:
    """Move an event to other dates or another place, and tell everybody why."""
    if form.accepted:
        given = {"version": form.edited_version.data, "actor": current_actor(), "now": arrived()}
        service.move_event(event, form.move(), reason=form.reason.data or "", **given)
        flash(_("The event is moved, and everybody who is registered is told."), "good")
        return to_event(event)
    may = event.state is EventState.PUBLISHED and not rules.over(event, now=arrived())
    return form.page("events/manage/move.html", event=event, may=may)


@bp.route("/<slug>/cancel", methods=["GET", "POST"])
@allows(policy.runs, on=queries.whole_event, form=CancelForm)
def cancel_event(event: Event, form: CancelForm) -> ResponseReturnValue:
    """Cancel an event, and tell everybody why."""
    if form.accepted:
        reason = form.reason.data or ""
        service.cancel_event(event, reason=reason, actor=current_actor(), now=arrived())
        flash(_("The event is cancelled, and everybody who is registered is told."), "good")
        return to_event(event)
    may = EVENT.offers("cancel", event, actor=current_actor())
    return form.page("events/manage/cancel.html", event=event, may=may)


@bp.post("/<slug>/duplicate")
@allows(policy.runs, on=queries.whole_event)
def duplicate_event(event: Event) -> ResponseReturnValue:
    """Draft the same event a year later, with its tickets and without its people."""
    made = service.duplicate_event(event, actor=current_actor(), now=arrived())
    flash(_("A draft is made from it, a year later. Look at its dates first."), "good")
    return to_event(made)


@bp.post("/<slug>/discard")
@allows(policy.runs, on=queries.whole_event)
def discard_event(event: Event) -> ResponseReturnValue:
    """Throw a draft away."""
    service.discard_event(event, actor=current_actor(), now=arrived())
    flash(_("The draft is gone."), "good")
    return redirect(url_for(".manage"))
