"""Programmes are founded, cohorts planned, calls written, looked at, published and put away."""

from datetime import datetime, timedelta
from typing import Any

from portal.demo.content import Entry, read
from portal.demo.story import Story, one
from portal.extensions import db
from portal.models import Call, FormVersion, ProgrammeKind, Question, QuestionKind, Section
from portal.programmes.queries import questions as question_queries
from portal.programmes.service import calls, programmes, questions

#: Who makes programmes and publishes calls.
LEADER = "programmes"


def tell(story: Story) -> None:
    """Add all that staff prepare before anybody can apply."""
    script, at = read("programmes"), story.calendar.at
    for entry in script["programme"]:
        story.tell(at("-1100 11:00"), make_programme, entry)
    for entry in script["cohort"]:
        story.tell(story.calendar.morning(entry["made"]), make_cohort, entry)
        for move, offset in (("start", entry["starts"]), ("complete", entry["ends"])):
            if "cancelled" not in entry:
                story.tell(at(f"{offset} 08:30"), move_cohort, entry["key"], move)
        if "cancelled" in entry:
            story.tell(at(entry["cancelled"]), move_cohort, entry["key"], "cancel")
    for entry in read("calls")["call"]:
        tell_call(story, entry)


def make_programme(story: Story, entry: Entry, *, now: datetime) -> None:
    """Found a programme."""
    words = programmes.ProgrammeWords(
        kind=ProgrammeKind.of(entry["kind"]),
        **texts(entry, "name", "summary", "text"),
    )
    actor = story.actor(LEADER, now=now)
    story.programmes[entry["key"]] = programmes.make_programme(words, actor=actor, now=now)


def texts(entry: Entry, *names: str) -> dict[str, str]:
    """Return texts in both languages, as the deeds name them."""
    keys = [f"{name}_{language}" for name in names for language in ("en", "nb")]
    return {key: entry[key].strip() for key in keys}


def make_cohort(story: Story, entry: Entry, *, now: datetime) -> None:
    """Plan a cohort, and write the agreement that its companies sign."""
    terms = programmes.CohortTerms(
        **texts(entry, "name"),
        starts_on=story.calendar.day(entry["starts"]),
        ends_on=story.calendar.day(entry["ends"]),
        capacity=entry["capacity"],
        manager_id=story.people[entry["manager"]],
    )
    programme, actor = story.programmes[entry["programme"]], story.actor(LEADER, now=now)
    cohort = programmes.make_cohort(programme, terms, actor=actor, now=now)
    story.cohorts[entry["key"]] = cohort
    if "agreement_en" in entry:
        both = texts(entry, "agreement")
        programmes.write_agreement(
            cohort,
            text_en=both["agreement_en"],
            text_nb=both["agreement_nb"],
            actor=actor,
            now=now,
        )


def move_cohort(story: Story, key: str, move: str, *, now: datetime) -> None:
    """Start a cohort on its first day, complete it on its last, or give up the plan."""
    actor = story.actor(LEADER, now=now)
    programmes.move_cohort(story.cohorts[key], move, actor=actor, now=now)


def tell_call(story: Story, entry: Entry) -> None:
    """Add the life of a call."""
    at = story.calendar.at
    story.tell(at(entry["made"]), make_call, entry)
    if not entry.get("draft") and "cancelled" not in entry:
        out = at(entry["published"]) if "published" in entry else at(entry["opens"])
        story.tell(out - timedelta(days=2), act, entry, "preview")
        story.tell(out - timedelta(days=1), act, entry, "publish")
    if "cancelled" in entry:
        story.tell(at(entry["cancelled"]), act, entry, "cancel")
    if "revised" in entry:
        story.tell(at(entry["revised"]["at"]), revise, entry)


def make_call(story: Story, entry: Entry, *, now: datetime) -> None:
    """Draft a call: the first with its questions shows them to those that follow."""
    terms = calls.CallTerms(
        **texts(entry, "title", "summary", "text"),
        contact_id=story.people[entry["contact"]],
        opens_at=story.calendar.at(entry["opens"]),
        closes_at=story.calendar.at(entry["closes"]),
        decision_on=story.calendar.day(entry["decision"]),
        zone=story.calendar.zone,
        offer_days=entry["offer_days"],
    )
    like = story.calls.get(f"form:{entry['form']}")
    actor = story.actor(entry["contact"], now=now)
    cohort = story.cohorts[entry["cohort"]]
    call = calls.make_call(cohort, terms, like=like, actor=actor, now=now)
    story.calls[entry["key"]] = call
    if like is None:
        story.calls[f"form:{entry['form']}"] = call
        write_terms(story, entry, call, now=now)
        write_questions(story, entry, call, now=now)


def write_terms(story: Story, entry: Entry, call: Call, *, now: datetime) -> None:
    """Write down what applicants have to meet."""
    actor = story.actor(entry["contact"], now=now)
    for term in read(f"forms/{entry['form']}")["criterion"]:
        calls.add_criterion(call, text_en=term["en"], text_nb=term["nb"], actor=actor, now=now)


def write_questions(story: Story, entry: Entry, call: Call, *, now: datetime) -> None:
    """Write the questions, and remember under which keys and codes answers to them are kept."""
    actor = story.actor(entry["contact"], now=now)
    form = question_queries.form(call, actor=actor)
    if form is None:
        raise RuntimeError("A new call has a draft of its questions")
    asked: dict[str, Any] = {}
    for page in read(f"forms/{entry['form']}")["section"]:
        section = add_section(form, page, story=story, entry=entry, now=now)
        for script in page["question"]:
            kind, words = QuestionKind.of(script["kind"]), asked_by(script)
            row = questions.add_question(section, kind, words, actor=actor, now=now)
            ours = [code for code, _en, _nb in script.get("options", ())]
            theirs = [option["code"] for option in row.options]
            asked[script["key"]] = (row.key, kind, dict(zip(ours, theirs, strict=True)))
    story.questions[entry["form"]] = asked


def add_section(
    form: FormVersion, page: Entry, *, story: Story, entry: Entry, now: datetime
) -> Section:
    """Add a page of questions."""
    actor = story.actor(entry["contact"], now=now)
    titles = texts(page, "title")
    return questions.add_section(form, **titles, actor=actor, now=now)


def asked_by(script: Entry) -> questions.Asked:
    """Return what one question asks."""
    options = script.get("options", ())
    return questions.Asked(
        label_en=script["label_en"],
        label_nb=script["label_nb"],
        help_en=script.get("help_en", ""),
        help_nb=script.get("help_nb", ""),
        required=script.get("required", True),
        word_limit=script.get("words"),
        unit=script.get("unit", ""),
        options_en=tuple(english for _code, english, _nb in options),
        options_nb=tuple(norwegian for _code, _en, norwegian in options),
    )


def revise(story: Story, entry: Entry, *, now: datetime) -> None:
    """Explain one question better in an open call: a new version of them all."""
    call, actor = story.calls[entry["key"]], story.actor(entry["contact"], now=now)
    form = questions.draft_form(call, actor=actor, now=now)
    key = story.questions[entry["form"]][entry["revised"]["question"]][0]
    row: Question = one(Question, form_version_id=form.id, key=key)
    words = questions.Asked(
        label_en=row.label_en,
        label_nb=row.label_nb,
        help_en=entry["revised"]["help_en"],
        help_nb=entry["revised"]["help_nb"],
        required=row.required,
        word_limit=row.word_limit,
    )
    questions.edit_question(row, words, version=row.version, actor=actor, now=now)
    db.session.expire(call)
    questions.publish_form(call, actor=actor, now=now)


def act(story: Story, entry: Entry, deed: str, *, now: datetime) -> None:
    """Do with a call what staff do with it on a day."""
    call, actor = story.calls[entry["key"]], story.actor(entry["contact"], now=now)
    if deed == "cancel":
        calls.cancel_call(call, reason=entry["reason"], actor=actor, now=now)
    elif deed == "preview":
        calls.preview_call(call, actor=actor, now=now)
    else:
        calls.publish_call(call, actor=actor, now=now)
