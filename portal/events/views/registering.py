"""Pages on which people are registered, several in one go, and told at once how each stands."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.events import places, policy, rules
from portal.events.forms.registering import OneselfForm, RegisterForForm, RegisterForm
from portal.events.presentation import standing
from portal.events.queries import own as queries
from portal.events.queries.own import Sheet
from portal.events.views.blueprint import bp
from portal.models import Registration
from portal.web.access import allows, arrived, current_actor, sees, signed_in


@bp.route("/<slug>/register", methods=["GET", "POST"])
@allows(policy.registers_own, on=queries.sheet, form=RegisterForm, once=True)
def register(sheet: Sheet, form: RegisterForm) -> ResponseReturnValue:
    """Register colleagues, or oneself."""
    actor, now = current_actor(), arrived()
    if form.accepted:
        wanted = form.booking(form.organisation_id)
        made = places.register(sheet.event, wanted, actor=actor, now=now)
        return redirect(url_for(".registration", id=made))
    alone = isinstance(form, OneselfForm)
    closed = rules.not_open(sheet.event, now=now)
    page = "events/registering/register.html"
    return form.page(page, event=sheet.event, closed=closed, alone=alone)


@bp.route("/<slug>/register-for", methods=["GET", "POST"])
@allows(policy.registers_for, on=queries.sheet, form=RegisterForForm, once=True)
def register_for(sheet: Sheet, form: RegisterForForm) -> ResponseReturnValue:
    """Register people of an organisation that is on the phone: within every limit, in turn."""
    if form.accepted:
        wanted = form.booking(form.organisation_id)
        made = places.register(sheet.event, wanted, actor=current_actor(), now=arrived())
        return redirect(url_for(".registration", id=made))
    closed = rules.not_held(sheet.event, now=arrived())
    return form.page("events/registering/register_for.html", event=sheet.event, closed=closed)


@bp.get("/registrations/<uuid:id>")
@sees(on=queries.registration)
def registration(registration: Registration) -> ResponseReturnValue:
    """Tell how each of those who were registered in one go stands, and why."""
    event = registration.event
    full = queries.full_quotas(event.id)
    people = queries.registered(registration.id)
    return render_template(
        "events/registering/registration.html",
        registration=registration,
        event=event,
        people=people,
        why={row.id: standing.why(row, full, event=event) for row in people},
    )


@bp.get("/registrations")
@signed_in
def registrations() -> ResponseReturnValue:
    """List the places of one's organisation, or of oneself."""
    actor = current_actor()
    organisation_id = actor.acting.organisation_id if actor.acting else None
    binds = actor.represents(organisation_id)
    whole = binds and request.args.get("whose") != "own"
    mark = request.args.get("mark")
    found = queries.delegates(organisation_id if whole else None, mark, actor=actor)
    given: dict[str, Any] = {"page": found, "whole": whole, "binds": binds}
    return render_template("events/registering/registrations.html", **given)
