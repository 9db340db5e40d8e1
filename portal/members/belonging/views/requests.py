"""What members ask for, as staff answer it: another year, another kind of membership."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.members import policy as room
from portal.members import queries as of_room
from portal.members.agreeing.telling import kept_as_first
from portal.members.belonging import policy, rules
from portal.members.belonging.forms import AgreeForm, RefuseForm
from portal.members.belonging.queries import requests as queries
from portal.members.belonging.service import requests as service
from portal.members.belonging.workflow import TIER_REQUEST
from portal.members.views.blueprint import bp
from portal.models import TierRequest, TierRequestState
from portal.platform import audit
from portal.web.access import allows, arrived, current_actor, signed_in


def queue() -> ResponseReturnValue:
    """Go back to what waits."""
    return redirect(url_for(".tier_requests"))


@bp.get("/admin/membership/requests")
@signed_in(may=room.membership_staff)
def tier_requests() -> ResponseReturnValue:
    """List what members ask for, the oldest first."""
    found = queries.waiting(request.args.get("mark"), actor=current_actor())
    return render_template("members/belonging/requests.html", found=found)


@bp.route("/admin/membership/requests/<uuid:id>", methods=["GET", "POST"])
@allows(policy.answers, on=queries.request, form=AgreeForm)
def tier_request(row: TierRequest, form: AgreeForm) -> ResponseReturnValue:
    """Show what a member asks for, and agree to it."""
    if not form.accepted:
        return shown(row, form)
    day = form.from_on.data if "from_on" in form else None
    before = row.first_approved_by
    if service.grant(row, day, actor=current_actor(), now=arrived()):
        flash(_("Agreed. The membership is changed, and its people get an e-mail."))
    else:
        flash(kept_as_first(before))
    return queue()


def shown(row: TierRequest, form: AgreeForm) -> ResponseReturnValue:
    """Show a request with what it would change."""
    actor, now = current_actor(), arrived()
    periods, today = row.membership.periods, of_room.today(now=now)
    return form.page(
        "members/belonging/request.html",
        row=row,
        organisation=row.membership.organisation,
        present=rules.period_on(periods, today),
        begins_on=rules.begins(row.takes, periods, today=today),
        waits_for_first=service.waits_for_first(row, now=now),
        said=service.is_first_word(row, actor=actor),
        moves={move.name for move in TIER_REQUEST.open_to(row, actor=actor)},
        timeline=audit.timeline(row, request.args.get("mark"), internal=True),
    )


@bp.route("/admin/membership/requests/<uuid:id>/decline", methods=["GET", "POST"])
@allows(policy.answers, on=queries.request, form=RefuseForm)
def decline_tier_request(row: TierRequest, form: RefuseForm) -> ResponseReturnValue:
    """Do not agree to what a member asks for, with a reason."""
    if not form.accepted:
        if row.state is not TierRequestState.ASKED:
            return redirect(url_for(".tier_request", id=row.id))
        organisation = row.membership.organisation
        return form.page("members/belonging/decline.html", row=row, organisation=organisation)
    service.decline(row, form.reason.data or "", actor=current_actor(), now=arrived())
    flash(_("It is declined, and the member knows why."))
    return queue()
