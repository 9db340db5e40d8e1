"""Pages on which staff read an application, check it, decide on it and publish decisions."""

from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.models import Actor, Application, ApplicationDecision
from portal.platform import audit
from portal.programmes import policy, rules
from portal.programmes.forms.deciding import (
    ApproveForm,
    ChecklistForm,
    DecisionForm,
    PublishAllForm,
)
from portal.programmes.queries import answers as answer_queries
from portal.programmes.queries import deciding as queries
from portal.programmes.queries.deciding import Batch, Case
from portal.programmes.service import deciding as service
from portal.programmes.views.blueprint import bp
from portal.programmes.workflow import APPLICATION, DECISION
from portal.web.access import allows, arrived, current_actor


@bp.route("/manage/applications/<uuid:id>", methods=["GET", "POST"])
@allows(policy.assesses, on=queries.case, form=ChecklistForm)
def assess(case: Case, form: ChecklistForm) -> ResponseReturnValue:
    """Show an application to those who decide on it; what they fill in is its checklist."""
    actor, now = current_actor(), arrived()
    if form.accepted:
        version = form.edited_version.data
        service.fill_checklist(case, form.checks(), version=version, actor=actor, now=now)
        flash(_("The checklist is saved."))
        return back(case.application)
    return form.page("programmes/deciding/assess.html", **about(case, actor=actor))


def about(case: Case, *, actor: Actor) -> dict[str, Any]:
    """Return what the page tells of a case: the answers as sent, and what can be done now."""
    application, decision = case.application, case.decision
    decision_moves = DECISION.open_to(decision, actor=actor) if decision else []
    return {
        "case": case,
        "application": application,
        "call": application.call,
        **answers(case),
        "timeline": audit.timeline(application, request.args.get("mark"), internal=True),
        "checkable": not rules.not_checkable(application),
        "decidable": not rules.not_assessed(application),
        "moves": {move.name for move in APPLICATION.open_to(application, actor=actor)},
        "decision_moves": {move.name for move in decision_moves},
    }


def answers(case: Case) -> dict[str, Any]:
    """Return what was sent; of a draft, what is written so far."""
    files = answer_queries.files(case.application)
    if case.revision is None:
        sheet = answer_queries.written(case.application)
        return {"sections": sheet.sections, "values": sheet.values, "files": files}
    sections = answer_queries.asked_in(case.revision.form_version_id)
    return {"sections": sections, "values": case.revision.answers, "files": files}


def back(application: Application) -> ResponseReturnValue:
    """Go back to the page of an application."""
    return redirect(url_for(".assess", id=application.id))


@bp.post("/manage/applications/<uuid:id>/take-in")
@allows(policy.assesses, on=queries.case)
def take_in(case: Case) -> ResponseReturnValue:
    """Take an application into assessment."""
    service.take_in(case, actor=current_actor(), now=arrived())
    flash(_("The application is in assessment. Decide when you are ready."))
    return back(case.application)


@bp.route("/manage/applications/<uuid:id>/decision", methods=["GET", "POST"])
@allows(policy.assesses, on=queries.case, form=DecisionForm)
def prepare_decision(case: Case, form: DecisionForm) -> ResponseReturnValue:
    """Prepare a decision, or reword it."""
    if form.accepted:
        given = {"version": form.edited_version.data, "actor": current_actor(), "now": arrived()}
        service.prepare(case.application, form.words(), **given)
        flash(_("The decision is prepared. Somebody else on the team has to approve it."))
        return back(case.application)
    closed = rules.not_assessed(case.application) or (
        case.decision and rules.already_approved(case.decision)
    )
    return form.page("programmes/deciding/decision.html", case=case, closed=closed)


@bp.route("/manage/decisions/<uuid:id>/approve", methods=["GET", "POST"])
@allows(policy.approves, on=queries.decision, form=ApproveForm)
def approve_decision(decision: ApplicationDecision, form: ApproveForm) -> ResponseReturnValue:
    """Show a decision to somebody who did not prepare it, and let them agree."""
    if form.accepted:
        before, seen = decision.prepared_by.name, form.edited_version.data
        if service.approve(decision, seen=seen, actor=current_actor(), now=arrived()):
            flash(_("The decision is approved. The applicant learns of it when you publish it."))
        else:
            flash(taken_over_from(before), "warning")
        return back(decision.application)
    may = DECISION.offers("approve", decision, actor=current_actor())
    return form.page("programmes/deciding/approve.html", decision=decision, may=may)


def taken_over_from(before: str) -> str:
    """Say that a decision is that of its reader now, and why."""
    told = _(
        "%(name)s may not decide about this any more, so the decision counts as prepared by you."
        " Somebody else on the team has to approve it.",
        name=before,
    )
    return str(told)


@bp.post("/manage/decisions/<uuid:id>/revoke")
@allows(policy.prepares, on=queries.decision)
def revoke_decision(decision: ApplicationDecision) -> ResponseReturnValue:
    """Take back a decision that nobody outside has heard of."""
    service.revoke(decision, actor=current_actor(), now=arrived())
    flash(_("The decision is taken back. The applicant never heard of it."))
    return back(decision.application)


@bp.post("/manage/decisions/<uuid:id>/publish")
@allows(policy.prepares, on=queries.decision)
def publish_decision(decision: ApplicationDecision) -> ResponseReturnValue:
    """Let one decision take effect."""
    service.publish(decision, actor=current_actor(), now=arrived())
    flash(_("The decision is published, and the applicant is told."))
    return back(decision.application)


@bp.route("/manage/calls/<uuid:id>/decisions", methods=["GET", "POST"])
@allows(policy.runs, on=queries.batch, form=PublishAllForm)
def publish_decisions(batch: Batch, form: PublishAllForm) -> ResponseReturnValue:
    """Show the approved decisions of a call, and publish them together."""
    if form.accepted:
        actor, now = current_actor(), arrived()
        number = service.publish_all(batch, seen=form.seen.data, actor=actor, now=now)
        told = ngettext(
            "%(num)s decision is published.", "%(num)s decisions are published.", number
        )
        flash(told)
        return redirect(url_for(".call_applications", id=batch.call.id))
    form.seen.data = batch.fingerprint
    cohort = batch.call.cohort
    closed = rules.too_few_places(batch.offers, cohort.capacity - cohort.held)
    return form.page("programmes/deciding/publish.html", batch=batch, closed=closed)
