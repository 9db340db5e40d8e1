"""Pages of milestones: planned, worked on and handed in by companies, judged by staff."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.models import Milestone, Participation
from portal.platform import audit
from portal.programmes import policy, rules
from portal.programmes.forms.cohorts import (
    DropForm,
    EditMilestoneForm,
    HandInForm,
    JudgeForm,
    MilestoneForm,
)
from portal.programmes.queries import cohorts as company_queries
from portal.programmes.queries import milestones as queries
from portal.programmes.queries.milestones import Moved
from portal.programmes.service import milestones as service
from portal.programmes.views.blueprint import bp
from portal.programmes.workflow import MILESTONE
from portal.web.access import allows, arrived, current_actor, sees


@bp.route("/participations/<uuid:id>/milestones/new", methods=["GET", "POST"])
@allows(policy.takes_part, on=company_queries.participation, form=MilestoneForm)
def plan_milestone(participation: Participation, form: MilestoneForm) -> ResponseReturnValue:
    """Plan a milestone of a company."""
    if not form.accepted:
        return form.page("programmes/cohorts/plan.html", participation=participation)
    service.plan(participation, form.words(), actor=current_actor(), now=arrived())
    flash(_("The milestone is planned."))
    return redirect(url_for(".participation", id=participation.id))


@bp.get("/milestones/<uuid:id>")
@sees(on=queries.milestone)
def milestone(milestone: Milestone) -> ResponseReturnValue:
    """Show a milestone: what it means, how far it is, what happened, what can be done."""
    actor, mark = current_actor(), request.args.get("mark")
    present = not rules.gone(milestone.participation)
    moves = {move.name for move in MILESTONE.open_to(milestone, actor=actor)}
    if rules.not_overdue(milestone, now=arrived()):
        moves.discard("miss")
    return render_template(
        "programmes/cohorts/milestone.html",
        milestone=milestone,
        moves=moves if present else set(),
        editable=present and not rules.not_editable(milestone),
        works_towards=policy.works_towards(actor, milestone),
        timeline=audit.timeline(milestone, mark, internal=policy.judges(actor, milestone)),
    )


def back(milestone: Milestone) -> ResponseReturnValue:
    """Go back to the page of a milestone."""
    return redirect(url_for(".milestone", id=milestone.id))


@bp.route("/milestones/<uuid:id>/edit", methods=["GET", "POST"])
@allows(policy.works_towards, on=queries.milestone, form=EditMilestoneForm)
def edit_milestone(milestone: Milestone, form: EditMilestoneForm) -> ResponseReturnValue:
    """Reword a milestone or move its day."""
    if not form.accepted:
        return form.page("programmes/cohorts/edit_milestone.html", milestone=milestone)
    given = {"version": form.edited_version.data, "actor": current_actor(), "now": arrived()}
    service.edit(milestone, form.words(), **given)
    flash(_("Saved."))
    return back(milestone)


@bp.post("/milestones/<uuid:id>/<any(start, reopen):move>")
@allows(policy.works_towards, on=queries.milestone_to_move)
def move_milestone(moved: Moved) -> ResponseReturnValue:
    """Begin to work on a milestone, or let a company go on with one that it missed."""
    deed = service.start if moved.move == "start" else service.reopen
    deed(moved.milestone, actor=current_actor(), now=arrived())
    flash(_("The milestone is in progress."))
    return back(moved.milestone)


@bp.route("/milestones/<uuid:id>/hand-in", methods=["GET", "POST"])
@allows(policy.works_towards, on=queries.milestone, form=HandInForm)
def hand_in(milestone: Milestone, form: HandInForm) -> ResponseReturnValue:
    """Say that a milestone is reached, and what shows it."""
    if form.accepted:
        evidence = form.evidence.data or ""
        service.hand_in(milestone, evidence=evidence, actor=current_actor(), now=arrived())
        flash(_("Handed in. The programme team reads it and answers you."))
        return back(milestone)
    may = MILESTONE.offers("submit", milestone, actor=current_actor())
    return form.page("programmes/cohorts/hand_in.html", milestone=milestone, may=may)


@bp.route("/milestones/<uuid:id>/judge", methods=["GET", "POST"])
@allows(policy.judges, on=queries.milestone, form=JudgeForm)
def judge_milestone(milestone: Milestone, form: JudgeForm) -> ResponseReturnValue:
    """Say whether a milestone counts as achieved."""
    if form.accepted:
        achieved, note = form.verdict.data == "achieved", form.note.data or ""
        given = {"achieved": achieved, "note": note, "actor": current_actor(), "now": arrived()}
        service.judge(milestone, **given)
        flash(_("Saved, and the company is told."))
        return back(milestone)
    may = MILESTONE.offers("achieve", milestone, actor=current_actor())
    return form.page("programmes/cohorts/judge.html", milestone=milestone, may=may)


@bp.route("/milestones/<uuid:id>/drop", methods=["GET", "POST"])
@allows(policy.judges, on=queries.milestone, form=DropForm)
def drop_milestone(milestone: Milestone, form: DropForm) -> ResponseReturnValue:
    """Give a milestone up."""
    if form.accepted:
        reason = form.reason.data or ""
        service.drop(milestone, reason=reason, actor=current_actor(), now=arrived())
        flash(_("The milestone is dropped."))
        return back(milestone)
    may = MILESTONE.offers("drop", milestone, actor=current_actor())
    return form.page("programmes/cohorts/drop.html", milestone=milestone, may=may)
