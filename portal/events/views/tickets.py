"""Pages on which staff say how many places there are and which tickets take them."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.events import policy
from portal.events.forms.tickets import (
    EditQuotaForm,
    EditTicketForm,
    NewQuotaForm,
    NewTicketForm,
)
from portal.events.queries import staff as queries
from portal.events.service import tickets as service
from portal.events.views.blueprint import bp
from portal.models import Event, Quota, TicketType
from portal.web.access import allows, arrived, current_actor


def back(event: Event) -> ResponseReturnValue:
    """Go back to the page of the event."""
    return redirect(url_for(".manage_event", slug=event.slug))


@bp.route("/<slug>/quotas/new", methods=["GET", "POST"])
@allows(policy.runs, on=queries.event, form=NewQuotaForm)
def add_quota(event: Event, form: NewQuotaForm) -> ResponseReturnValue:
    """Say how many places of a kind there are."""
    if not form.accepted:
        return form.page("events/manage/add_quota.html", event=event)
    service.add_quota(event, form.terms(), actor=current_actor(), now=arrived())
    flash(_("The quota is added."), "good")
    return back(event)


@bp.route("/quotas/<uuid:id>/edit", methods=["GET", "POST"])
@allows(policy.keeps_quota, on=queries.quota, form=EditQuotaForm)
def edit_quota(quota: Quota, form: EditQuotaForm) -> ResponseReturnValue:
    """Change how many places there are; more places go to those who wait."""
    if not form.accepted:
        return form.page("events/manage/edit_quota.html", quota=quota)
    version = form.edited_version.data
    service.edit_quota(quota, form.terms(), version=version, actor=current_actor(), now=arrived())
    flash(_("Saved."), "good")
    return back(quota.event)


@bp.post("/quotas/<uuid:id>/remove")
@allows(policy.keeps_quota, on=queries.quota)
def remove_quota(quota: Quota) -> ResponseReturnValue:
    """Remove a quota that no ticket takes from."""
    event = quota.event
    service.remove_quota(quota, actor=current_actor(), now=arrived())
    flash(_("The quota is removed."), "good")
    return back(event)


@bp.route("/<slug>/tickets/new", methods=["GET", "POST"])
@allows(policy.runs, on=queries.event, form=NewTicketForm)
def add_ticket(event: Event, form: NewTicketForm) -> ResponseReturnValue:
    """Add a kind of ticket."""
    if not form.accepted:
        return form.page("events/manage/add_ticket.html", event=event)
    service.add_ticket(event, form.terms(), actor=current_actor(), now=arrived())
    flash(_("The ticket is added."), "good")
    return back(event)


@bp.route("/tickets/<uuid:id>/edit", methods=["GET", "POST"])
@allows(policy.keeps_ticket, on=queries.ticket, form=EditTicketForm)
def edit_ticket(ticket: TicketType, form: EditTicketForm) -> ResponseReturnValue:
    """Change a kind of ticket; what was taken keeps its price."""
    if not form.accepted:
        return form.page("events/manage/edit_ticket.html", ticket=ticket)
    version = form.edited_version.data
    service.edit_ticket(ticket, form.terms(), version=version, actor=current_actor(), now=arrived())
    flash(_("Saved."), "good")
    return back(ticket.event)


@bp.post("/tickets/<uuid:id>/remove")
@allows(policy.keeps_ticket, on=queries.ticket)
def remove_ticket(ticket: TicketType) -> ResponseReturnValue:
    """Remove a kind of ticket that nobody took."""
    event = ticket.event
    service.remove_ticket(ticket, actor=current_actor(), now=arrived())
    flash(_("The ticket is removed."), "good")
    return back(event)


@bp.post("/quotas/<uuid:id>/raise")
@allows(policy.keeps_quota, on=queries.quota)
def raise_quota(quota: Quota) -> ResponseReturnValue:
    """Put a quota one place further up."""
    service.shift(quota, up=True, actor=current_actor(), now=arrived())
    return back(quota.event)


@bp.post("/tickets/<uuid:id>/raise")
@allows(policy.keeps_ticket, on=queries.ticket)
def raise_ticket(ticket: TicketType) -> ResponseReturnValue:
    """Put a ticket one place further up."""
    service.shift(ticket, up=True, actor=current_actor(), now=arrived())
    return back(ticket.event)
