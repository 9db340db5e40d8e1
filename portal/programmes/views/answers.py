"""Pages on which a draft is filled in: its sections, each answer by itself, and the last check."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.platform import language
from portal.platform.language import says
from portal.programmes import policy, rules
from portal.programmes.forms.answers import AnswerForm, SectionForm
from portal.programmes.forms.applying import SendForm
from portal.programmes.queries import answers as queries
from portal.programmes.queries import applying as applying_queries
from portal.programmes.queries.answers import Entry, Leaf, Sheet, Written
from portal.programmes.service import answers as service
from portal.programmes.service import applying as applying_service
from portal.programmes.views.blueprint import bp
from portal.web.access import allows, arrived, current_actor


@bp.app_template_filter()
def written_day(value: str) -> str:
    """Write the day of an answer as people write days."""
    return language.day(date.fromisoformat(value))


@bp.app_template_filter()
def written_number(value: str) -> str:
    """Write the number of an answer with the reader's separators."""
    return language.number(Decimal(value))


@bp.route("/applications/<uuid:id>/sections/<int:position>", methods=["GET", "POST"])
@allows(policy.fills_in_part, on=queries.leaf, form=SectionForm)
def section(leaf: Leaf, form: SectionForm) -> ResponseReturnValue:
    """Fill in one section of a draft."""
    application = leaf.application
    if form.accepted:
        service.answer(application, form.given(), actor=current_actor(), now=arrived())
        flash(_("Saved."))
        return redirect(after(leaf))
    if request.method == "GET" and rules.not_answerable(application, now=arrived()):
        return redirect(url_for(".application", id=application.id))
    return form.page("programmes/applying/section.html", leaf=leaf, **beside(leaf.sheet, leaf))


def after(leaf: Leaf) -> str:
    """Return where to go on after a section: to the next, and from the last to the check."""
    id = leaf.application.id
    if leaf.number < len(leaf.sheet.sections):
        return url_for(".section", id=id, position=leaf.number + 1)
    return url_for(".send", id=id)


@bp.post("/applications/<uuid:id>/answers/<key>")
@allows(policy.fills_in_part, on=queries.entry, form=AnswerForm)
def answer(entry: Entry, form: AnswerForm) -> ResponseReturnValue:
    """Keep one answer for the script, and tell it the version that was kept."""
    if not form.accepted:
        return form.refusal()
    given = [form.given()]
    kept = service.answer(entry.application, given, actor=current_actor(), now=arrived())
    saved = kept.get(entry.question.key)
    return {"version": saved.version if saved else 0}


@bp.route("/applications/<uuid:id>/send", methods=["GET", "POST"])
@allows(policy.fills_in_part, on=queries.sheet, form=SendForm)
def send(sheet: Sheet, form: SendForm) -> ResponseReturnValue:
    """Read a draft once more and send it; who may not send it sees who may."""
    application, actor = sheet.application, current_actor()
    if form.accepted:
        applying_service.submit(application, seen=form.seen.data, actor=actor, now=arrived())
        flash(_("Your application is sent. We wrote you a receipt."))
        return redirect(url_for(".application", id=application.id))
    if request.method == "GET" and rules.not_answerable(application, now=arrived()):
        return redirect(url_for(".application", id=application.id))
    form.seen.data = sheet.fingerprint
    around = beside(sheet, None) | last_words(sheet)
    return form.page("programmes/applying/send.html", sheet=sheet, **around)


def last_words(sheet: Sheet) -> dict[str, Any]:
    """Return what the last check tells besides: where answers are missing, and what may be done."""
    application = sheet.application
    return {
        "may_send": policy.binds(current_actor(), application),
        "files": queries.files(application),
        "places": {
            each.id: url_for(".section", id=application.id, position=number)
            for number, each in enumerate(sheet.sections, 1)
        },
    }


def beside(sheet: Sheet, leaf: Leaf | None) -> dict[str, Any]:
    """Return what stands beside the questions: the steps, how far it is, and who else edits."""
    me = current_actor().id
    everybody = applying_queries.people(sheet.application.organisation_id, now=arrived())
    return {
        "application": sheet.application,
        "progress": sheet.progress,
        "steps_shown": steps(sheet, current=leaf.number if leaf else len(sheet.sections) + 1),
        "colleagues": [person for person in everybody if person.id != me],
        "senders": [person for person in everybody if person.role in applying_queries.BINDING],
    }


def go_on(sheet: Written) -> int:
    """Return the number of the first section that still lacks something."""
    open_ones = {lack.question.section_id for lack in sheet.progress.lacks}
    numbers = (n for n, each in enumerate(sheet.sections, 1) if each.id in open_ones)
    return next(numbers, 1)


def steps(sheet: Sheet, *, current: int) -> Sequence[dict[str, Any]]:
    """Return the sections and the last check, each with how far it is."""
    id = sheet.application.id
    open_ones = {lack.question.section_id for lack in sheet.progress.lacks}
    shown: list[dict[str, Any]] = [
        {
            "label": says(each, "title"),
            "href": url_for(".section", id=id, position=number),
            "state": "done" if each.id not in open_ones else "todo",
        }
        for number, each in enumerate(sheet.sections, 1)
    ]
    last = _("Check and send")
    shown.append({"label": last, "href": url_for(".send", id=id), "state": "todo"})
    if current:
        shown[current - 1].update(state="current", href=None)
    return shown
