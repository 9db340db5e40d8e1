"""Pages on which staff write a call, publish it and bring it to its end."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.models import Call, Cohort, Criterion
from portal.platform import audit
from portal.programmes import policy, rules
from portal.programmes.forms.calls import (
    CancelCallForm,
    EditCallForm,
    EditCriterionForm,
    NewCallForm,
    NewCriterionForm,
)
from portal.programmes.forms.preview import as_asked
from portal.programmes.queries import calls as queries
from portal.programmes.queries import programmes as programme_queries
from portal.programmes.queries import questions as question_queries
from portal.programmes.service import calls as service
from portal.programmes.views.blueprint import bp
from portal.programmes.workflow import CALL
from portal.web.access import allows, arrived, current_actor
from portal.web.forms import Form


@bp.route("/manage/cohorts/<uuid:id>/calls/new", methods=["GET", "POST"])
@allows(policy.runs, on=programme_queries.cohort, form=NewCallForm)
def make_call(cohort: Cohort, form: NewCallForm) -> ResponseReturnValue:
    """Draft a call for a cohort."""
    if not form.accepted:
        return form.page("programmes/calls/make.html", cohort=cohort)
    like, actor = form.model(), current_actor()
    made = service.make_call(cohort, form.terms(), like=like, actor=actor, now=arrived())
    flash(_("The call is drafted. Only the team sees it until you publish it."), "good")
    return redirect(url_for(".manage_call", id=made.id))


@bp.get("/manage/calls/<uuid:id>")
@allows(policy.runs, on=queries.call)
def manage_call(call: Call) -> ResponseReturnValue:
    """Show staff how far a call is, what it still lacks and what can be done with it."""
    actor, now = current_actor(), arrived()
    form = question_queries.form(call, actor=actor)
    return render_template(
        "programmes/calls/call.html",
        call=call,
        phase=rules.phase(call, now=now),
        form_version=form,
        criteria=queries.criteria(call),
        lacking=service.what_lacks(call, form, now=now),
        moves={move.name for move in CALL.open_to(call, actor=actor)},
        history=audit.timeline(call, request.args.get("mark"), internal=True, most=20),
    )


@bp.route("/manage/calls/<uuid:id>/edit", methods=["GET", "POST"])
@allows(policy.runs, on=queries.call, form=EditCallForm)
def edit_call(call: Call, form: EditCallForm) -> ResponseReturnValue:
    """Change what a call says."""
    if not form.accepted:
        return form.page("programmes/calls/edit.html", call=call)
    version = form.edited_version.data
    service.edit_call(call, form.terms(), version=version, actor=current_actor(), now=arrived())
    flash(_("Saved."), "good")
    return redirect(url_for(".manage_call", id=call.id))


@bp.route("/manage/calls/<uuid:id>/criteria", methods=["GET", "POST"])
@allows(policy.runs, on=queries.call, form=NewCriterionForm)
def criteria(call: Call, form: NewCriterionForm) -> ResponseReturnValue:
    """Show the terms of a call, and add one."""
    if not form.accepted:
        listed = queries.criteria(call)
        return form.page("programmes/calls/criteria.html", call=call, criteria=listed)
    texts = {"text_en": form.text_en.data or "", "text_nb": form.text_nb.data or ""}
    service.add_criterion(call, **texts, actor=current_actor(), now=arrived())
    flash(_("The term is added."), "good")
    return redirect(url_for(".criteria", id=call.id))


@bp.route("/manage/criteria/<uuid:id>", methods=["GET", "POST"])
@allows(policy.runs, on=queries.criterion, form=EditCriterionForm)
def edit_criterion(criterion: Criterion, form: EditCriterionForm) -> ResponseReturnValue:
    """Reword a term."""
    if not form.accepted:
        return form.page("programmes/calls/edit_criterion.html", criterion=criterion)
    texts, version = (form.text_en.data or "", form.text_nb.data or ""), form.edited_version.data
    service.edit_criterion(criterion, texts, version=version, actor=current_actor(), now=arrived())
    flash(_("Saved."), "good")
    return redirect(url_for(".criteria", id=criterion.call_id))


@bp.post("/manage/criteria/<uuid:id>/remove")
@allows(policy.runs, on=queries.criterion)
def remove_criterion(criterion: Criterion) -> ResponseReturnValue:
    """Drop a term."""
    service.remove_criterion(criterion, actor=current_actor(), now=arrived())
    flash(_("The term is removed."), "good")
    return redirect(url_for(".criteria", id=criterion.call_id))


@bp.post("/manage/criteria/<uuid:id>/up")
@allows(policy.runs, on=queries.criterion)
def raise_criterion(criterion: Criterion) -> ResponseReturnValue:
    """Put a term one place earlier."""
    service.move_criterion(criterion, up=True, actor=current_actor(), now=arrived())
    return redirect(url_for(".criteria", id=criterion.call_id))


@bp.post("/manage/criteria/<uuid:id>/down")
@allows(policy.runs, on=queries.criterion)
def lower_criterion(criterion: Criterion) -> ResponseReturnValue:
    """Put a term one place later."""
    service.move_criterion(criterion, up=False, actor=current_actor(), now=arrived())
    return redirect(url_for(".criteria", id=criterion.call_id))


@bp.route("/manage/calls/<uuid:id>/preview", methods=["GET", "POST"])
@allows(policy.runs, on=queries.call, form=Form)
def preview(call: Call, form: Form) -> ResponseReturnValue:
    """Show a call and its questions as an applicant will see them, and note that it is right."""
    actor = current_actor()
    if form.accepted:
        service.preview_call(call, actor=actor, now=arrived())
        flash(_("Noted: the preview is right."), "good")
        return redirect(url_for(".manage_call", id=call.id))
    return form.page(
        "programmes/calls/preview.html",
        call=call,
        criteria=queries.criteria(call),
        pages=as_asked(question_queries.form(call, actor=actor)),
    )


@bp.route("/manage/calls/<uuid:id>/publish", methods=["GET", "POST"])
@allows(policy.runs, on=queries.call, form=Form)
def publish_call(call: Call, form: Form) -> ResponseReturnValue:
    """Say what publishing does and what is still lacking; then publish."""
    actor, now = current_actor(), arrived()
    if form.accepted:
        service.publish_call(call, actor=actor, now=now)
        flash(_("The call is public."), "good")
        return redirect(url_for(".manage_call", id=call.id))
    asked = question_queries.form(call, actor=actor)
    lacking = service.what_lacks(call, asked, now=now)
    return form.page("programmes/calls/publish.html", call=call, lacking=lacking)


@bp.route("/manage/calls/<uuid:id>/cancel", methods=["GET", "POST"])
@allows(policy.runs, on=queries.call, form=CancelCallForm)
def cancel_call(call: Call, form: CancelCallForm) -> ResponseReturnValue:
    """Cancel a call, with a reason that applicants read."""
    if not form.accepted:
        return form.page("programmes/calls/cancel.html", call=call)
    reason = form.reason.data or ""
    service.cancel_call(call, reason=reason, actor=current_actor(), now=arrived())
    flash(_("The call is cancelled, and everybody who had begun is told."), "good")
    return redirect(url_for(".manage_call", id=call.id))


@bp.post("/manage/calls/<uuid:id>/decide")
@allows(policy.runs, on=queries.call)
def decide_call(call: Call) -> ResponseReturnValue:
    """Close a call as decided."""
    service.decide_call(call, actor=current_actor(), now=arrived())
    flash(_("The call is closed as decided."), "good")
    return redirect(url_for(".manage_call", id=call.id))


@bp.post("/manage/calls/<uuid:id>/archive")
@allows(policy.runs, on=queries.call)
def archive_call(call: Call) -> ResponseReturnValue:
    """Put a call away."""
    service.archive_call(call, actor=current_actor(), now=arrived())
    flash(_("The call is archived."), "good")
    return redirect(url_for(".manage_call", id=call.id))
