"""The page of one delegate, and what can be done there: by them, their organisation, the team."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.core.wording import Sentence
from portal.events import places, policy, rules
from portal.events.deeds import DelegateDeed
from portal.events.forms.delegates import (
    ChangeTicketForm,
    DetailsForm,
    ReasonForm,
    SubstituteForm,
)
from portal.events.forms.reinstating import ReinstateForm
from portal.events.presentation import standing, words
from portal.events.queries import own as queries
from portal.events.views.blueprint import bp
from portal.events.workflow import DELEGATE
from portal.models import ACTIVE_STATES, Delegate, DelegateState
from portal.platform import audit, language
from portal.platform.paging import PageOfRows
from portal.web.access import allows, arrived, current_actor, sees


@bp.get("/delegates/<uuid:id>")
@sees(on=queries.delegate)
def delegate(delegate: Delegate) -> ResponseReturnValue:
    """Show how somebody stands, why, and what can be done now."""
    actor, now = current_actor(), arrived()
    return render_template(
        "events/delegates/delegate.html",
        delegate=delegate,
        event=delegate.event,
        why=why(delegate),
        over=rules.too_late(delegate, now=now),
        closed=rules.not_open(delegate.event, now=now),
        moves={move.name for move in DELEGATE.open_to(delegate, actor=actor)},
        active=delegate.state in ACTIVE_STATES,
        may_bind=policy.binds(actor, delegate),
        may_correct=policy.speaks_for(actor, delegate),
        may_run=policy.looks_after(actor, delegate),
        history=history(delegate, internal=actor.is_staff_of_any),
    )


def history(delegate: Delegate, *, internal: bool) -> PageOfRows:
    """Return what happened to a delegate, down to how it began."""
    found = audit.timeline(delegate, request.args.get("mark"), internal=internal)
    return found if found.next else replace(found, rows=[*found.rows, begun(delegate)])


def begun(delegate: Delegate) -> audit.Entry:
    """Say how it began: several are registered in one go, which is one deed of all of them."""
    made = delegate.registration
    return audit.Entry(
        at=made.created_at,
        label=DelegateDeed.REGISTERED.label,
        who=made.registered_by.name,
        on_behalf="",
        note="",
    )


def why(delegate: Delegate) -> str:
    """Say where somebody stands, and why they wait if they do."""
    if delegate.state is not DelegateState.WAITLISTED:
        return language.say(words.meaning(delegate.state))
    full = queries.full_quotas(delegate.event_id).get(delegate.ticket_id, ())
    names = [language.says(quota, "name") for quota in full]
    ahead, paused = queries.ahead_of(delegate.id), delegate.event.promotion_paused
    return standing.waits(ahead + 1, names, paused=paused)


def done(delegate_id: UUID, text: str) -> ResponseReturnValue:
    """Say what was done, on the page of the delegate."""
    flash(text, "good")
    return redirect(url_for(".delegate", id=delegate_id))


@bp.post("/delegates/<uuid:id>/accept")
@allows(policy.speaks_for, on=queries.delegate)
def accept(delegate: Delegate) -> ResponseReturnValue:
    """Take the place that is offered."""
    places.accept(delegate, actor=current_actor(), now=arrived())
    return done(delegate.id, _("The place is booked. See you there!"))


@bp.post("/delegates/<uuid:id>/decline")
@allows(policy.speaks_for, on=queries.delegate)
def decline(delegate: Delegate) -> ResponseReturnValue:
    """Turn the place down that is offered."""
    places.decline(delegate, actor=current_actor(), now=arrived())
    return done(delegate.id, _("The place is declined, and goes to the next. Thank you."))


@bp.post("/delegates/<uuid:id>/withdraw")
@allows(policy.speaks_for, on=queries.delegate)
def withdraw(delegate: Delegate) -> ResponseReturnValue:
    """Step back."""
    places.withdraw(delegate, actor=current_actor(), now=arrived())
    return done(delegate.id, _("Withdrawn. A place that was held goes to the next at once."))


@bp.route("/delegates/<uuid:id>/substitute", methods=["GET", "POST"])
@allows(policy.binds, on=queries.delegate, form=SubstituteForm)
def substitute(delegate: Delegate, form: SubstituteForm) -> ResponseReturnValue:
    """Give the place to a colleague."""
    if form.accepted:
        new = form.new_name()
        places.substitute(delegate, new, actor=current_actor(), now=arrived())
        return done(delegate.id, _("The place is %(name)s’s now. Both are told.", name=new.name))
    return about(form, delegate, "substitute", fits=delegate.state is DelegateState.CONFIRMED)


@bp.route("/delegates/<uuid:id>/ticket", methods=["GET", "POST"])
@allows(policy.binds, on=queries.delegate, form=ChangeTicketForm)
def change_ticket(delegate: Delegate, form: ChangeTicketForm) -> ResponseReturnValue:
    """Change to another ticket; the place is kept until the other is held."""
    if form.accepted:
        given = {"purchase_reference": form.reference}
        places.change_ticket(delegate, form.chosen, **given, actor=current_actor(), now=arrived())
        return done(delegate.id, _("The ticket is changed."))
    changeable = {DelegateState.CONFIRMED, DelegateState.REQUESTED}
    return about(form, delegate, "change_ticket", fits=delegate.state in changeable)


@bp.route("/delegates/<uuid:id>/edit", methods=["GET", "POST"])
@allows(policy.speaks_for, on=queries.delegate, form=DetailsForm)
def correct(delegate: Delegate, form: DetailsForm) -> ResponseReturnValue:
    """Mend the spelling of a name, a title or a number."""
    if form.accepted:
        given = {name: form[name].data or "" for name in ("name", "title", "phone")}
        places.correct(delegate, **given, actor=current_actor(), now=arrived())
        return done(delegate.id, _("Saved."))
    return about(form, delegate, "correct", fits=delegate.state in ACTIVE_STATES)


def about(form: Any, delegate: Delegate, page: str, *, fits: bool) -> ResponseReturnValue:
    """Show a form about a delegate, or why there is nothing to fill in."""
    closed: Sentence | None = rules.too_late(delegate, now=arrived())
    return form.page(  # type: ignore[no-any-return]  # of a form, which has no hints
        f"events/delegates/{page}.html",
        delegate=delegate,
        event=delegate.event,
        closed=closed,
        fits=fits,
    )


@bp.post("/delegates/<uuid:id>/approve")
@allows(policy.looks_after, on=queries.delegate)
def approve(delegate: Delegate) -> ResponseReturnValue:
    """Let somebody come, into a place or onto the waiting list."""
    places.approve(delegate, actor=current_actor(), now=arrived())
    if delegate.state is DelegateState.WAITLISTED:
        return done(delegate.id, _("Approved. No place is free, so it is the waiting list."))
    return done(delegate.id, _("Approved. The place is held."))


@bp.route("/delegates/<uuid:id>/reject", methods=["GET", "POST"])
@allows(policy.looks_after, on=queries.delegate, form=ReasonForm)
def reject(delegate: Delegate, form: ReasonForm) -> ResponseReturnValue:
    """Do not let somebody come, and say why."""
    if form.accepted:
        reason = form.reason.data or ""
        places.reject(delegate, reason=reason, actor=current_actor(), now=arrived())
        return done(delegate.id, _("The request is not approved, and the reason is sent."))
    fits = DELEGATE.offers("reject", delegate, actor=current_actor())
    return about(form, delegate, "reject", fits=fits)


@bp.post("/delegates/<uuid:id>/offer")
@allows(policy.looks_after, on=queries.delegate)
def offer(delegate: Delegate) -> ResponseReturnValue:
    """Offer a free place to whoever is next."""
    places.offer(delegate, actor=current_actor(), now=arrived())
    return done(delegate.id, _("The place is offered, and they are told until when it is held."))


@bp.route("/delegates/<uuid:id>/cancel", methods=["GET", "POST"])
@allows(policy.looks_after, on=queries.delegate, form=ReasonForm)
def cancel(delegate: Delegate, form: ReasonForm) -> ResponseReturnValue:
    """Cancel somebody’s registration, and say why."""
    if form.accepted:
        reason = form.reason.data or ""
        places.cancel(delegate, reason=reason, actor=current_actor(), now=arrived())
        return done(delegate.id, _("The registration is cancelled, and the reason is sent."))
    fits = DELEGATE.offers("cancel", delegate, actor=current_actor())
    return about(form, delegate, "cancel", fits=fits)


@bp.route("/delegates/<uuid:id>/reinstate", methods=["GET", "POST"])
@allows(policy.looks_after, on=queries.delegate, form=ReinstateForm)
def reinstate(delegate: Delegate, form: ReinstateForm) -> ResponseReturnValue:
    """Register somebody again whose registration ended: in the order of today."""
    if not form.accepted:
        return about(form, delegate, "reinstate", fits=delegate.state not in ACTIVE_STATES)
    given: dict[str, Any] = {"actor": current_actor(), "now": arrived()}
    made = places.reinstate(delegate, purchase_reference=form.reference, **given)
    flash(_("Registered again, behind those who wait."), "good")
    return redirect(url_for(".registration", id=made))
