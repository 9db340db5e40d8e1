"""What staff do with the questions of a call."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import update

from portal.core.errors import Mistake, Refused
from portal.core.wording import N_, Sentence
from portal.extensions import db
from portal.models import (
    Actor,
    Call,
    CallState,
    FormState,
    FormVersion,
    Question,
    QuestionKind,
    Section,
)
from portal.platform import audit
from portal.platform.audit import About
from portal.platform.versions import unchanged
from portal.programmes import rules
from portal.programmes.deeds import ProgrammeDeed
from portal.programmes.queries import questions as queries
from portal.programmes.service import copies, ordering
from portal.programmes.workflow import FORM

BEGUN = Sentence(N_("A new version is begun already. Go on with that one."))
ONLY_DRAFT = Sentence(N_("These questions are published together with the call."))
NOTHING_NEW = Sentence(N_("There is no new version to publish."))


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a question asks. The options are given in both languages, in the same order."""

    label_en: str
    label_nb: str
    help_en: str = ""
    help_nb: str = ""
    required: bool = True
    word_limit: int | None = None
    unit: str = ""
    options_en: tuple[str, ...] = ()
    options_nb: tuple[str, ...] = ()


def add_section(
    form: FormVersion, *, title_en: str, title_nb: str, actor: Actor, now: datetime
) -> Section:
    """Add a page of questions, at the end."""
    may_change(form)
    last = max((each.position for each in queries.sections_of(form)), default=0)
    section = Section(form=form, position=last + 1, title_en=title_en, title_nb=title_nb)
    db.session.add(section)
    changed(form, ProgrammeDeed.SECTION_ADDED, part=title_en, actor=actor, now=now)
    return section


def edit_section(
    section: Section, titles: tuple[str, str], *, version: int, actor: Actor, now: datetime
) -> None:
    """Rename a page of questions: first in English, then in Norwegian."""
    theirs = {"title_en": section.title_en, "title_nb": section.title_nb}
    unchanged(section, version, theirs=theirs)
    may_change(section.form)
    section.title_en, section.title_nb = titles
    changed(section.form, ProgrammeDeed.SECTION_EDITED, part=titles[0], actor=actor, now=now)


def move_section(section: Section, *, up: bool, actor: Actor, now: datetime) -> None:
    """Put a page one place earlier or later."""
    may_change(section.form)
    ordering.shift(list(queries.sections_of(section.form)), section, up=up)
    changed(section.form, ProgrammeDeed.QUESTIONS_ORDERED, actor=actor, now=now)


def remove_section(section: Section, *, actor: Actor, now: datetime) -> None:
    """Remove an empty page."""
    form = section.form
    may_change(form)
    if reason := rules.still_filled(section):
        raise Refused(reason)
    part = section.title_en
    db.session.delete(section)
    changed(form, ProgrammeDeed.SECTION_REMOVED, part=part, actor=actor, now=now)


def add_question(
    section: Section, kind: QuestionKind, asked: Asked, *, actor: Actor, now: datetime
) -> Question:
    """Ask one thing more, at the end of a page. Its key comes from the English and stays."""
    form = section.form
    may_change(form)
    last = max((each.position for each in section.questions), default=0)
    question = Question(
        form_version_id=form.id,
        section=section,
        position=last + 1,
        key=rules.key_for(asked.label_en, queries.used_keys(form.call)),
        kind=kind,
    )
    reword(question, asked)
    db.session.add(question)
    changed(form, ProgrammeDeed.QUESTION_ADDED, part=asked.label_en, actor=actor, now=now)
    return question


def edit_question(
    question: Question, asked: Asked, *, version: int, actor: Actor, now: datetime
) -> None:
    """Reword a question. Its key and the kind of its answer stay as they are."""
    unchanged(question, version, theirs=kept(question))
    may_change(question.section.form)
    reword(question, asked)
    form, deed = question.section.form, ProgrammeDeed.QUESTION_EDITED
    changed(form, deed, part=asked.label_en, actor=actor, now=now)


def move_question(question: Question, *, up: bool, actor: Actor, now: datetime) -> None:
    """Put a question one place earlier or later, at the edge of a page onto the next one."""
    form = question.section.form
    may_change(form)
    if not ordering.shift(list(question.section.questions), question, up=up):
        change_page(question, up=up)
    changed(form, ProgrammeDeed.QUESTIONS_ORDERED, actor=actor, now=now)


def remove_question(question: Question, *, actor: Actor, now: datetime) -> None:
    """Ask one thing less."""
    form = question.section.form
    may_change(form)
    part = question.label_en
    db.session.delete(question)
    changed(form, ProgrammeDeed.QUESTION_REMOVED, part=part, actor=actor, now=now)


def draft_form(call: Call, *, actor: Actor, now: datetime) -> FormVersion:
    """Begin a new version of a call's published questions, as a copy to work on."""
    if reason := rules.asked_enough(call, now=now):
        raise Refused(reason)
    newest = queries.form(call, actor=actor)
    if newest is not None and newest.state is FormState.DRAFT:
        raise Refused(BEGUN)
    form = FormVersion(call=call, number=queries.last_number(call) + 1)
    db.session.add(form)
    db.session.flush()
    copies.copy_questions(newest, form)
    audit.record(ProgrammeDeed.FORM_DRAFTED, call, actor=actor, now=now, about=numbered(form))
    return form


def publish_form(call: Call, *, actor: Actor, now: datetime) -> None:
    """Put a new version in the place of the published one. What was sent stays on its own."""
    form = queries.form(call, actor=actor)
    if form is None or form.state is not FormState.DRAFT:
        raise Refused(NOTHING_NEW)
    if call.state is CallState.DRAFT:
        raise Refused(ONLY_DRAFT)
    if reason := rules.asked_enough(call, now=now) or rules.nothing_asked(form.sections):
        raise Refused(reason)
    former = queries.form(call, actor=actor, published=True)
    if former is not None:
        FORM.make("retire", former, actor=actor, now=now)
    FORM.make("publish", form, actor=actor, now=now)
    form.published_at = now
    audit.record(ProgrammeDeed.FORM_PUBLISHED, call, actor=actor, now=now, about=numbered(form))


def may_change(form: FormVersion) -> None:
    """Insist that questions are still a draft."""
    if reason := rules.frozen(form):
        raise Refused(reason)


def changed(
    form: FormVersion, deed: ProgrammeDeed, *, part: str = "", actor: Actor, now: datetime
) -> None:
    """Record a change of the questions; a call not yet public must be looked at again."""
    if form.call.state is CallState.DRAFT and form.call.previewed_at is not None:
        unseen = update(Call).where(Call.id == form.call_id).values(previewed_at=None)
        db.session.execute(unseen)  # not a new version of the call: its text is as it was
    audit.record(deed, form.call, actor=actor, now=now, about=numbered(form, part))


def numbered(form: FormVersion, part: str = "") -> About:
    """Say in the audit which version of the questions is meant, and which part of it."""
    named = {"part": part} if part else {}
    return About(details={"number": form.number, **named}, internal=True)


def reword(question: Question, asked: Asked) -> None:
    """Write what is asked into a question, and nothing that its kind has no use for."""
    question.label_en, question.label_nb = asked.label_en, asked.label_nb
    question.help_en, question.help_nb = asked.help_en, asked.help_nb
    question.required = asked.required
    question.word_limit = asked.word_limit if question.kind is QuestionKind.LONG else None
    question.unit = asked.unit if question.kind is QuestionKind.NUMBER else ""
    question.options = options_of(question, asked)
    question.options_count = len(question.options)


def options_of(question: Question, asked: Asked) -> list[dict[str, str]]:
    """Return the options of a question with their codes; only a choice has any."""
    if question.kind not in rules.CHOICES:
        return []
    if reason := rules.too_few_options(question.kind, asked.options_en):
        raise Mistake("options_en", reason)
    if reason := rules.unmatched_options(asked.options_en, asked.options_nb):
        raise Mistake("options_nb", reason)
    return rules.coded(asked.options_en, asked.options_nb, known=question.options or ())


def kept(question: Question) -> dict[str, Any]:
    """Return a question as its form holds it, for whoever is second to save."""
    names = ("label_en", "label_nb", "help_en", "help_nb", "required", "word_limit", "unit")
    values = {name: getattr(question, name) for name in names}
    for language in ("en", "nb"):
        lines = [option[language] for option in question.options]
        values[f"options_{language}"] = "\n".join(lines)
    return values


def change_page(question: Question, *, up: bool) -> None:
    """Move a question from the edge of its page onto the neighbouring one, if there is one."""
    pages = list(queries.sections_of(question.section.form))
    goal = pages.index(question.section) + (-1 if up else 1)
    if not 0 <= goal < len(pages):
        return
    there = pages[goal]
    there.questions.insert(len(there.questions) if up else 0, question)
    ordering.number(there.questions)
