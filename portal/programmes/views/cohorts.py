"""Pages of cohorts: their companies, who waits for a place, and each company's own page."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.models import Actor, Cohort, Participation
from portal.platform import audit
from portal.programmes import policy, rules
from portal.programmes.forms.cohorts import AdmitForm, DepartureForm, ResponsibleForm
from portal.programmes.queries import applying as organisations
from portal.programmes.queries import cohorts as queries
from portal.programmes.queries import programmes as programme_queries
from portal.programmes.queries.cohorts import Moved
from portal.programmes.service import cohorts as service
from portal.programmes.views.blueprint import bp
from portal.programmes.workflow import PARTICIPATION
from portal.web.access import allows, arrived, current_actor, sees


@bp.get("/cohorts/<uuid:id>")
@sees(on=queries.cohort)
def cohort(cohort: Cohort) -> ResponseReturnValue:
    """Show a cohort's companies and milestones; to staff also who waits for a place."""
    actor = current_actor()
    page = queries.companies(cohort, mark=request.args.get("mark"), actor=actor)
    ids = [row.id for row in page.rows]
    return render_template(
        "programmes/cohorts/cohort.html",
        cohort=cohort,
        page=page,
        milestones=queries.milestones_of(ids, actor=actor),
        **beside(cohort, actor=actor),
    )


def beside(cohort: Cohort, *, actor: Actor) -> dict[str, Any]:
    """Return who else has to do with a cohort: for staff those without a place, else fellows."""
    if policy.runs(actor, cohort):
        found = queries.undecided(cohort, actor=actor)
        offered = [row for row in found if row.waiting_rank is None]
        waiting = [row for row in found if row.waiting_rank is not None]
        return {"runs": True, "offered": offered, "waiting": waiting, "fellows": []}
    fellows = queries.fellows(cohort, actor=actor)
    return {"runs": False, "offered": [], "waiting": [], "fellows": fellows}


@bp.route("/manage/cohorts/<uuid:id>/admit", methods=["GET", "POST"])
@allows(policy.runs, on=programme_queries.cohort, form=AdmitForm)
def admit(cohort: Cohort, form: AdmitForm) -> ResponseReturnValue:
    """Take a company into a cohort without an application."""
    if not form.accepted:
        return form.page("programmes/cohorts/admit.html", cohort=cohort)
    company, reason = organisations.organisation(form.found_id), form.reason.data or ""
    made = service.admit(cohort, company, reason=reason, actor=current_actor(), now=arrived())
    flash(_("%(company)s is in the cohort.", company=company.display_name))
    return back(made.id)


def back(id: UUID) -> ResponseReturnValue:
    """Go back to the page of a company in its cohort."""
    return redirect(url_for(".participation", id=id))


@bp.get("/participations/<uuid:id>")
@sees(on=queries.participation)
def participation(participation: Participation) -> ResponseReturnValue:
    """Show how a company takes part: who is responsible, its milestones, what happened."""
    actor = current_actor()
    guides = policy.guides(actor, participation)
    return render_template(
        "programmes/cohorts/participation.html",
        participation=participation,
        milestones=queries.milestones(participation, actor=actor),
        moves=PARTICIPATION.open_to(participation, actor=actor),
        present=not rules.gone(participation),
        takes_part=policy.takes_part(actor, participation),
        guides=guides,
        timeline=audit.timeline(participation, request.args.get("mark"), internal=guides),
    )


@bp.route("/participations/<uuid:id>/responsible", methods=["GET", "POST"])
@allows(policy.takes_part, on=queries.participation, form=ResponsibleForm)
def name_responsible(participation: Participation, form: ResponsibleForm) -> ResponseReturnValue:
    """Say who of the company is responsible."""
    if not form.accepted:
        return form.page("programmes/cohorts/responsible.html", participation=participation)
    chosen = UUID(form.responsible_id.data)
    service.name_responsible(participation, chosen, actor=current_actor(), now=arrived())
    flash(_("Saved. We write to this person from now on."))
    return back(participation.id)


@bp.post("/participations/<uuid:id>/<any(begin, pause, resume, graduate):move>")
@allows(policy.guides, on=queries.participation_to_move)
def move_participation(moved: Moved) -> ResponseReturnValue:
    """Let a company begin, pause, go on or graduate."""
    service.move(moved.participation, moved.move, actor=current_actor(), now=arrived())
    flash(_("Saved."))
    return back(moved.participation.id)


@bp.route("/participations/<uuid:id>/leave", methods=["GET", "POST"])
@allows(policy.leaves, on=queries.participation, form=DepartureForm)
def leave_cohort(participation: Participation, form: DepartureForm) -> ResponseReturnValue:
    """Let a company leave before the end."""
    if not form.accepted:
        around = {"participation": participation, "move": "leave"}
        return form.page("programmes/cohorts/depart.html", **around)
    reason = form.reason.data or ""
    service.leave(participation, reason=reason, actor=current_actor(), now=arrived())
    flash(_("The company has left the cohort. Its place is free."))
    return back(participation.id)


@bp.route("/participations/<uuid:id>/terminate", methods=["GET", "POST"])
@allows(policy.guides, on=queries.participation, form=DepartureForm)
def end_participation(participation: Participation, form: DepartureForm) -> ResponseReturnValue:
    """End a company's participation."""
    if not form.accepted:
        around = {"participation": participation, "move": "terminate"}
        return form.page("programmes/cohorts/depart.html", **around)
    reason = form.reason.data or ""
    service.terminate(participation, reason=reason, actor=current_actor(), now=arrived())
    flash(_("The participation has ended. Its place is free."))
    return back(participation.id)
