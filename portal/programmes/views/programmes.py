"""Pages on which staff run programmes and plan cohorts."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.models import CallPhase, CallState, Cohort, Programme
from portal.platform import audit
from portal.programmes import policy, rules
from portal.programmes.forms.programmes import (
    AgreementForm,
    CohortForm,
    EditCohortForm,
    EditProgrammeForm,
    NewCohortForm,
    ProgrammeForm,
)
from portal.programmes.queries import calls as call_queries
from portal.programmes.queries import programmes as queries
from portal.programmes.service import programmes as service
from portal.programmes.views.blueprint import bp
from portal.programmes.workflow import COHORT
from portal.web.access import allows, arrived, current_actor, signed_in


@bp.get("/manage")
@signed_in(may=policy.runs_programmes)
def manage() -> ResponseReturnValue:
    """Show staff every programme and, page by page, every call."""
    state = request.args.get("state", "")
    chosen = CallState.of(state) if state in set(CallState) else None
    actor = current_actor()
    return render_template(
        "programmes/programmes/manage.html",
        programmes=queries.programmes(actor),
        shown=call_queries.listed(actor, state=chosen, mark=request.args.get("mark")),
        state=chosen,
        states=CallState,
        phase_of=phase_now,
    )


def phase_now(call: object) -> CallPhase:
    """Tell where a call stands at this moment."""
    return rules.phase(call, now=arrived())  # type: ignore[arg-type]  # a row with its columns


@bp.route("/manage/programmes/new", methods=["GET", "POST"])
@signed_in(may=policy.runs_programmes, form=ProgrammeForm)
def make_programme(form: ProgrammeForm) -> ResponseReturnValue:
    """Found a programme."""
    if not form.accepted:
        return form.page("programmes/programmes/make.html")
    made = service.make_programme(form.words(), actor=current_actor(), now=arrived())
    flash(_("The programme is made. Plan its first cohort next."), "good")
    return redirect(url_for(".manage_programme", id=made.id))


@bp.get("/manage/programmes/<uuid:id>")
@allows(policy.runs, on=queries.programme)
def manage_programme(programme: Programme) -> ResponseReturnValue:
    """Show staff one programme: its cohorts, its calls, what happened to it."""
    actor = current_actor()
    return render_template(
        "programmes/programmes/programme.html",
        programme=programme,
        cohorts=queries.cohorts_of(programme, actor=actor),
        calls=queries.calls_of(programme=programme, actor=actor),
        history=audit.timeline(programme, request.args.get("mark"), internal=True, most=20),
        phase_of=phase_now,
    )


@bp.route("/manage/programmes/<uuid:id>/edit", methods=["GET", "POST"])
@allows(policy.runs, on=queries.programme, form=EditProgrammeForm)
def edit_programme(programme: Programme, form: EditProgrammeForm) -> ResponseReturnValue:
    """Change what a programme says of itself."""
    if not form.accepted:
        return form.page("programmes/programmes/edit.html", programme=programme)
    version = form.edited_version.data
    service.edit_programme(
        programme, form.words(), version=version, actor=current_actor(), now=arrived()
    )
    flash(_("Saved."), "good")
    return redirect(url_for(".manage_programme", id=programme.id))


@bp.post("/manage/programmes/<uuid:id>/archive")
@allows(policy.runs, on=queries.programme)
def archive_programme(programme: Programme) -> ResponseReturnValue:
    """Take a programme off the public pages."""
    service.archive_programme(programme, actor=current_actor(), now=arrived())
    flash(_("The programme is archived. The public does not see it any more."), "good")
    return redirect(url_for(".manage_programme", id=programme.id))


@bp.post("/manage/programmes/<uuid:id>/restore")
@allows(policy.runs, on=queries.programme)
def restore_programme(programme: Programme) -> ResponseReturnValue:
    """Put an archived programme back."""
    service.restore_programme(programme, actor=current_actor(), now=arrived())
    flash(_("The programme is public again."), "good")
    return redirect(url_for(".manage_programme", id=programme.id))


@bp.route("/manage/programmes/<uuid:id>/cohorts/new", methods=["GET", "POST"])
@allows(policy.runs, on=queries.programme, form=NewCohortForm)
def make_cohort(programme: Programme, form: CohortForm) -> ResponseReturnValue:
    """Plan a cohort."""
    if not form.accepted:
        return form.page("programmes/programmes/make_cohort.html", programme=programme)
    made = service.make_cohort(programme, form.terms(), actor=current_actor(), now=arrived())
    flash(_("The cohort is planned. Write the agreement that companies sign next."), "good")
    return redirect(url_for(".manage_cohort", id=made.id))


@bp.get("/manage/cohorts/<uuid:id>")
@allows(policy.runs, on=queries.cohort)
def manage_cohort(cohort: Cohort) -> ResponseReturnValue:
    """Show staff how a cohort is planned: places, agreement, calls."""
    actor = current_actor()
    return render_template(
        "programmes/programmes/cohort.html",
        cohort=cohort,
        agreements=queries.agreements(cohort),
        calls=queries.calls_of(cohort=cohort, actor=actor),
        moves=COHORT.open_to(cohort, actor=actor),
        history=audit.timeline(cohort, request.args.get("mark"), internal=True, most=20),
        phase_of=phase_now,
    )


@bp.route("/manage/cohorts/<uuid:id>/edit", methods=["GET", "POST"])
@allows(policy.runs, on=queries.cohort, form=EditCohortForm)
def edit_cohort(cohort: Cohort, form: EditCohortForm) -> ResponseReturnValue:
    """Change a cohort's dates, places or manager."""
    if not form.accepted:
        return form.page("programmes/programmes/edit_cohort.html", cohort=cohort)
    version = form.edited_version.data
    service.edit_cohort(cohort, form.terms(), version=version, actor=current_actor(), now=arrived())
    flash(_("Saved."), "good")
    return redirect(url_for(".manage_cohort", id=cohort.id))


@bp.post("/manage/cohorts/<uuid:id>/<any(start, complete, cancel):move>")
@allows(policy.runs, on=queries.cohort_to_move)
def move_cohort(moved: queries.MovedCohort) -> ResponseReturnValue:
    """Start, complete or cancel a cohort."""
    service.move_cohort(moved.cohort, moved.move, actor=current_actor(), now=arrived())
    flash(_("The cohort has moved on."), "good")
    return redirect(url_for(".manage_cohort", id=moved.cohort.id))


@bp.route("/manage/cohorts/<uuid:id>/agreement", methods=["GET", "POST"])
@allows(policy.runs, on=queries.cohort, form=AgreementForm)
def write_agreement(cohort: Cohort, form: AgreementForm) -> ResponseReturnValue:
    """Write the next version of what companies sign."""
    if not form.accepted:
        return form.page("programmes/programmes/agreement.html", cohort=cohort)
    texts = {"text_en": form.text_en.data or "", "text_nb": form.text_nb.data or ""}
    made = service.write_agreement(cohort, **texts, actor=current_actor(), now=arrived())
    flash(_("Version %(number)s is in force for new offers.", number=made.number), "good")
    return redirect(url_for(".manage_cohort", id=cohort.id))
