"""Pages on which staff write, order and publish the questions of a call."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.models import Call, FormState, Question, QuestionKind, Section
from portal.programmes import policy, rules
from portal.programmes.forms.questions import (
    EditQuestionForm,
    EditSectionForm,
    NewQuestionForm,
    NewSectionForm,
)
from portal.programmes.queries import calls as call_queries
from portal.programmes.queries import questions as queries
from portal.programmes.queries.questions import NewQuestion
from portal.programmes.service import questions as service
from portal.programmes.views.blueprint import bp
from portal.web.access import allows, arrived, current_actor


@bp.route("/manage/calls/<uuid:id>/questions", methods=["GET", "POST"])
@allows(policy.runs, on=call_queries.call, form=NewSectionForm)
def questions(call: Call, form: NewSectionForm) -> ResponseReturnValue:
    """Show what a call asks, page by page, and add a page."""
    actor, now = current_actor(), arrived()
    asked = queries.form(call, actor=actor)
    if form.accepted and asked is not None:
        titles = {"title_en": form.title_en.data or "", "title_nb": form.title_nb.data or ""}
        service.add_section(asked, **titles, actor=actor, now=now)
        flash(_("The page is added. Ask something on it."), "good")
        return redirect(url_for(".questions", id=call.id))
    return form.page(
        "programmes/questions/questions.html",
        call=call,
        asked=asked,
        draft=asked is not None and asked.state is FormState.DRAFT,
        over=rules.asked_enough(call, now=now),
        kinds=QuestionKind,
    )


@bp.route("/manage/sections/<uuid:id>", methods=["GET", "POST"])
@allows(policy.runs, on=queries.section, form=EditSectionForm)
def edit_section(section: Section, form: EditSectionForm) -> ResponseReturnValue:
    """Rename a page of questions."""
    if not form.accepted:
        return form.page("programmes/questions/edit_section.html", section=section)
    titles = (form.title_en.data or "", form.title_nb.data or "")
    version, actor = form.edited_version.data, current_actor()
    service.edit_section(section, titles, version=version, actor=actor, now=arrived())
    flash(_("Saved."), "good")
    return redirect(url_for(".questions", id=section.form.call_id))


@bp.post("/manage/sections/<uuid:id>/up")
@allows(policy.runs, on=queries.section)
def raise_section(section: Section) -> ResponseReturnValue:
    """Put a page one place earlier."""
    service.move_section(section, up=True, actor=current_actor(), now=arrived())
    return redirect(url_for(".questions", id=section.form.call_id))


@bp.post("/manage/sections/<uuid:id>/down")
@allows(policy.runs, on=queries.section)
def lower_section(section: Section) -> ResponseReturnValue:
    """Put a page one place later."""
    service.move_section(section, up=False, actor=current_actor(), now=arrived())
    return redirect(url_for(".questions", id=section.form.call_id))


@bp.post("/manage/sections/<uuid:id>/remove")
@allows(policy.runs, on=queries.section)
def remove_section(section: Section) -> ResponseReturnValue:
    """Remove an empty page."""
    call_id = section.form.call_id
    service.remove_section(section, actor=current_actor(), now=arrived())
    flash(_("The page is removed."), "good")
    return redirect(url_for(".questions", id=call_id))


@bp.route("/manage/sections/<uuid:id>/questions/<kind>", methods=["GET", "POST"])
@allows(policy.runs, on=queries.new_question, form=NewQuestionForm)
def add_question(new: NewQuestion, form: NewQuestionForm) -> ResponseReturnValue:
    """Ask one thing more."""
    if not form.accepted:
        return form.page("programmes/questions/add.html", new=new)
    service.add_question(new.section, new.kind, form.asked(), actor=current_actor(), now=arrived())
    flash(_("The question is added."), "good")
    return redirect(url_for(".questions", id=new.section.form.call_id))


@bp.route("/manage/questions/<uuid:id>", methods=["GET", "POST"])
@allows(policy.runs, on=queries.question, form=EditQuestionForm)
def edit_question(question: Question, form: EditQuestionForm) -> ResponseReturnValue:
    """Reword a question."""
    if not form.accepted:
        return form.page("programmes/questions/edit.html", question=question)
    version, actor = form.edited_version.data, current_actor()
    service.edit_question(question, form.asked(), version=version, actor=actor, now=arrived())
    flash(_("Saved."), "good")
    return redirect(url_for(".questions", id=question.section.form.call_id))


@bp.post("/manage/questions/<uuid:id>/up")
@allows(policy.runs, on=queries.question)
def raise_question(question: Question) -> ResponseReturnValue:
    """Put a question one place earlier."""
    call_id = question.section.form.call_id
    service.move_question(question, up=True, actor=current_actor(), now=arrived())
    return redirect(url_for(".questions", id=call_id))


@bp.post("/manage/questions/<uuid:id>/down")
@allows(policy.runs, on=queries.question)
def lower_question(question: Question) -> ResponseReturnValue:
    """Put a question one place later."""
    call_id = question.section.form.call_id
    service.move_question(question, up=False, actor=current_actor(), now=arrived())
    return redirect(url_for(".questions", id=call_id))


@bp.post("/manage/questions/<uuid:id>/remove")
@allows(policy.runs, on=queries.question)
def remove_question(question: Question) -> ResponseReturnValue:
    """Ask one thing less."""
    call_id = question.section.form.call_id
    service.remove_question(question, actor=current_actor(), now=arrived())
    flash(_("The question is removed."), "good")
    return redirect(url_for(".questions", id=call_id))


@bp.post("/manage/calls/<uuid:id>/questions/draft")
@allows(policy.runs, on=call_queries.call)
def draft_form(call: Call) -> ResponseReturnValue:
    """Begin a new version of published questions."""
    service.draft_form(call, actor=current_actor(), now=arrived())
    flash(_("A new version is begun. Applicants see the old one until you publish this."), "good")
    return redirect(url_for(".questions", id=call.id))


@bp.post("/manage/calls/<uuid:id>/questions/publish")
@allows(policy.runs, on=call_queries.call)
def publish_form(call: Call) -> ResponseReturnValue:
    """Publish the new version of a call's questions."""
    service.publish_form(call, actor=current_actor(), now=arrived())
    flash(_("The new questions are public. Drafts go on with them."), "good")
    return redirect(url_for(".questions", id=call.id))
