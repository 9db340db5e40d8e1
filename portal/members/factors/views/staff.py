"""Administrators help somebody who lost what they sign in with, and say who needs a factor."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.members import policy as room
from portal.members.agreeing.telling import to_check_anew
from portal.members.factors import policy, queries, service
from portal.members.factors.forms import CheckForm, DeclineForm, DemandForm
from portal.members.factors.workflow import REMOVAL
from portal.members.views.blueprint import bp
from portal.models import Cluster, FactorRemoval
from portal.platform import audit
from portal.web.access import allows, arrived, current_actor, signed_in
from portal.web.forms import Form


@bp.get("/admin/lost-factors")
@signed_in(may=room.administrator)
def removals() -> ResponseReturnValue:
    """List the requests about lost factors."""
    found = queries.removals(request.args.get("mark"), actor=current_actor())
    return render_template("members/factors/removals.html", found=found)


@bp.get("/admin/lost-factors/<uuid:id>")
@allows(policy.sees_removal, on=queries.removal)
def removal(row: FactorRemoval) -> ResponseReturnValue:
    """Show one, and what may be done about it."""
    return render_template(
        "members/factors/removal.html",
        row=row,
        moves={move.name for move in REMOVAL.open_to(row, actor=current_actor())},
        timeline=audit.timeline(row, request.args.get("mark"), internal=True),
    )


@bp.route("/admin/lost-factors/<uuid:id>/check", methods=["GET", "POST"])
@allows(policy.handles_removal, on=queries.removal, form=CheckForm, fresh=True)
def check_removal(row: FactorRemoval, form: CheckForm) -> ResponseReturnValue:
    """Say how it was made sure who is asking."""
    if not form.accepted:
        return form.page("members/factors/check.html", row=row)
    service.check_removal(row, form.note.data or "", actor=current_actor(), now=arrived())
    flash(_("Noted. Another administrator takes the factors away."), "good")
    return redirect(url_for(".removal", id=row.id))


@bp.post("/admin/lost-factors/<uuid:id>/approve")
@allows(policy.approves_removal, on=queries.removal, form=Form, fresh=True)
def approve_removal(row: FactorRemoval, form: Form) -> ResponseReturnValue:
    """Take every factor of somebody away, as the second of two."""
    before = row.checked_by
    if service.approve_removal(row, actor=current_actor(), now=arrived()):
        flash(_("Their factors are taken away, and they are signed out everywhere."), "good")
    else:
        flash(to_check_anew(before), "warning")
    return redirect(url_for(".removal", id=row.id))


@bp.route("/admin/lost-factors/<uuid:id>/decline", methods=["GET", "POST"])
@allows(policy.handles_removal, on=queries.removal, form=DeclineForm, fresh=True)
def decline_removal(row: FactorRemoval, form: DeclineForm) -> ResponseReturnValue:
    """Leave everything as it is."""
    if not form.accepted:
        return form.page("members/factors/decline.html", row=row)
    service.decline_removal(row, form.note.data or "", actor=current_actor(), now=arrived())
    flash(_("Declined. They are told."))
    return redirect(url_for(".removal", id=row.id))


@bp.route("/admin/second-factors", methods=["GET", "POST"])
@allows(policy.demands, on=queries.cluster, form=DemandForm, fresh=True)
def demand_factors(row: Cluster, form: DemandForm) -> ResponseReturnValue:
    """Say who needs a second factor."""
    if not form.accepted:
        return form.page("members/factors/demand.html")
    service.change_demand(
        row,
        demanded=form.demanded.data,
        days=form.days.data,
        actor=current_actor(),
        now=arrived(),
    )
    flash(_("Saved."), "good")
    return redirect(url_for(".demand_factors"))
