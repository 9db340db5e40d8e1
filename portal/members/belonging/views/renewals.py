"""Runs of renewals: begun, seen through, started, watched, stopped."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.members import policy as room
from portal.members.belonging import policy, rules
from portal.members.belonging.forms import RenewalsForm, StartForm
from portal.members.belonging.queries import renewals as queries
from portal.members.belonging.service import renewals as service
from portal.members.views.blueprint import bp
from portal.models import RenewalLine, RenewalRun, RenewalState
from portal.web.access import allows, arrived, current_actor, sees, signed_in
from portal.web.forms import Form

WORKING = (RenewalState.GATHERING, RenewalState.RUNNING)


def shown(run: RenewalRun) -> ResponseReturnValue:
    """Go to the page of a run."""
    return redirect(url_for(".renewal_run", id=run.id))


@bp.get("/admin/renewals")
@signed_in(may=room.membership_staff)
def renewals() -> ResponseReturnValue:
    """List the runs of renewals, the newest first."""
    found = queries.runs(request.args.get("mark"), actor=current_actor())
    return render_template("members/belonging/renewals.html", found=found)


@bp.route("/admin/renewals/new", methods=["GET", "POST"])
@signed_in(may=room.membership_staff, form=RenewalsForm)
def new_renewals(form: RenewalsForm) -> ResponseReturnValue:
    """Choose whose membership is renewed. Nobody’s is by that."""
    if not form.accepted:
        return form.page("members/belonging/renewals_new.html")
    run = service.begin(
        form.last_from.data,
        form.last_until.data,
        tier=form.chosen(),
        actor=current_actor(),
        now=arrived(),
    )
    return shown(run)


@bp.get("/admin/renewals/<uuid:id>")
@sees(on=queries.run, form=StartForm)
def renewal_run(run: RenewalRun, form: StartForm) -> ResponseReturnValue:
    """Show how far a run has come: its preview, its progress or its result."""
    if run.state in WORKING:
        total = rules.to_renew(run.tallies)
        return render_template("members/belonging/renewals_working.html", run=run, total=total)
    show = request.args.get("show", "")
    return render_template(
        "members/belonging/renewal_run.html",
        run=run,
        form=form,
        show=show,
        found=queries.lines(run, show, request.args.get("mark")),
        to_renew=rules.to_renew(run.tallies),
    )


@bp.post("/admin/renewals/<uuid:id>/start")
@allows(policy.runs, on=queries.run, form=StartForm)
def start_renewals(run: RenewalRun, form: StartForm) -> ResponseReturnValue:
    """Have the members of a run renewed as its preview says."""
    if form.accepted:
        service.start(run, form.edited_version.data, actor=current_actor(), now=arrived())
    return shown(run)


@bp.post("/admin/renewals/<uuid:id>/stop")
@allows(policy.runs, on=queries.run, form=Form)
def stop_renewals(run: RenewalRun, form: Form) -> ResponseReturnValue:
    """Stop a run."""
    service.stop(run, actor=current_actor(), now=arrived())
    flash(_("The run is stopped. Who is renewed stays so; it can go on from there."))
    return shown(run)


@bp.post("/admin/renewals/<uuid:id>/discard")
@allows(policy.runs, on=queries.run, form=Form)
def discard_renewals(run: RenewalRun, form: Form) -> ResponseReturnValue:
    """Throw a run away."""
    service.discard(run, actor=current_actor(), now=arrived())
    flash(_("The run is thrown away. Nobody was renewed."))
    return redirect(url_for(".renewals"))


@bp.post("/admin/renewals/<uuid:id>/lines/<uuid:line_id>/leave-out")
@allows(policy.chooses, on=queries.line, form=Form)
def leave_out(line: RenewalLine, form: Form) -> ResponseReturnValue:
    """Leave a member out of a run by hand."""
    service.leave_out(line, out=True, actor=current_actor(), now=arrived())
    return shown(line.run)


@bp.post("/admin/renewals/<uuid:id>/lines/<uuid:line_id>/take-in")
@allows(policy.chooses, on=queries.line, form=Form)
def take_in(line: RenewalLine, form: Form) -> ResponseReturnValue:
    """Take a member that was left out by hand into a run again."""
    service.leave_out(line, out=False, actor=current_actor(), now=arrived())
    return shown(line.run)
