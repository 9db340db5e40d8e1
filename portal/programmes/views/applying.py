"""Pages of those who apply: beginning, one's own applications, where one stands, withdrawing."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.models import Application, ApplicationState, Call
from portal.platform import audit
from portal.programmes import policy, rules
from portal.programmes.forms.applying import BeginForm, BeginForOthersForm, WithdrawForm
from portal.programmes.queries import answers as answer_queries
from portal.programmes.queries import applying as queries
from portal.programmes.queries import calls as call_queries
from portal.programmes.queries import dossiers
from portal.programmes.queries.dossiers import Dossier
from portal.programmes.service import applying as service
from portal.programmes.views.answers import go_on
from portal.programmes.views.blueprint import bp
from portal.programmes.workflow import APPLICATION
from portal.web.access import allows, arrived, current_actor, sees, signed_in


@bp.route("/calls/<slug>/apply", methods=["GET", "POST"])
@sees(on=queries.call, form=BeginForm)
def begin(call: Call, form: BeginForm) -> ResponseReturnValue:
    """Begin a draft for one's organisation, or go on with the one that it has."""
    actor = current_actor()
    if form.accepted:
        organisation = queries.organisation(UUID(form.organisation.data))
        found = queries.live_of(call, organisation.id)
        found = found or service.begin(call, organisation, actor=actor, now=arrived())
        return redirect(url_for(".application", id=found.id))
    chosen = actor.acting and queries.live_of(call, actor.acting.organisation_id)
    closed = rules.not_open(call, now=arrived())
    around = {"call": call, "existing": chosen, "closed": closed, "may": policy.applies(actor)}
    return form.page("programmes/applying/begin.html", **around)


@bp.route("/manage/calls/<uuid:id>/begin", methods=["GET", "POST"])
@allows(policy.runs, on=call_queries.call, form=BeginForOthersForm)
def begin_for_others(call: Call, form: BeginForOthersForm) -> ResponseReturnValue:
    """Begin a draft for an organisation that is on the phone."""
    if form.accepted:
        organisation = queries.organisation(form.found_id)
        found = queries.live_of(call, organisation.id)
        found = found or service.begin(call, organisation, actor=current_actor(), now=arrived())
        return redirect(url_for(".application", id=found.id))
    closed = rules.not_open(call, now=arrived())
    return form.page("programmes/applying/begin_for_others.html", call=call, closed=closed)


@bp.get("/applications")
@signed_in
def applications() -> ResponseReturnValue:
    """List the applications of one's own organisations."""
    actor = current_actor()
    found = queries.own(actor, mark=request.args.get("mark"))
    return render_template("programmes/applying/applications.html", page=found)


@bp.get("/applications/<uuid:id>")
@sees(on=dossiers.dossier)
def application(dossier: Dossier) -> ResponseReturnValue:
    """Tell where an application stands, what happens next, and when."""
    found, actor = dossier.application, current_actor()
    around = draft(found) if found.state is ApplicationState.DRAFT else sent(dossier)
    assesses, mark = policy.assesses(actor, found), request.args.get("mark")
    return render_template(
        "programmes/applying/application.html",
        dossier=dossier,
        application=found,
        next=rules.what_next(found, dossier.offer, now=arrived()),
        timeline=audit.timeline_of(Application, found.id, mark, internal=assesses),
        may_withdraw=APPLICATION.offers("withdraw", found, actor=actor),
        may_bind=policy.binds(actor, found),
        may_assess=assesses,
        **around,
    )


def draft(application: Any) -> dict[str, Any]:
    """Return what the page of a draft tells: how far it is, and who works on it."""
    sheet = answer_queries.written(application)
    return {
        "sheet": sheet,
        "go_on": go_on(sheet),
        "closed": rules.not_answerable(application, now=arrived()),
        "people": queries.people(application.organisation_id, now=arrived()),
    }


def sent(dossier: Dossier) -> dict[str, Any]:
    """Return what the page tells of an application that is not edited any more: what was sent.

    Of a draft that never was, it shows what was written.
    """
    found, revision = dossier.application, dossier.revision
    files = answer_queries.files(found)
    if revision is None:
        sheet = answer_queries.written(found)
        return {"sections": sheet.sections, "values": sheet.values, "files": files}
    sections = answer_queries.asked_in(revision.form_version_id)
    return {"sections": sections, "values": revision.answers, "files": files}


@bp.route("/applications/<uuid:id>/withdraw", methods=["GET", "POST"])
@allows(policy.binds, on=answer_queries.application_with_call, form=WithdrawForm)
def withdraw(application: Application, form: WithdrawForm) -> ResponseReturnValue:
    """Withdraw an application, whatever has become of it."""
    actor = current_actor()
    if form.accepted:
        reason = form.reason.data or ""
        service.withdraw(application, reason=reason, actor=actor, now=arrived())
        flash(_("The application is withdrawn."))
        return redirect(url_for(".application", id=application.id))
    may = APPLICATION.offers("withdraw", application, actor=actor)
    return form.page("programmes/applying/withdraw.html", application=application, may=may)
