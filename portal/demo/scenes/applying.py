"""Companies begin applications, answer, send, are reminded, withdraw or let the day pass."""

from datetime import datetime, timedelta
from typing import Any

from portal.demo import pictures
from portal.demo.content import Entry, applications, organisations, read
from portal.demo.story import Story
from portal.models import PORTAL, QuestionKind
from portal.platform.files import Upload
from portal.programmes.service import answers, applying

#: When drafts are reminded of, before their call closes.
REMINDERS = (timedelta(days=7), timedelta(days=1))


def tell(story: Story) -> None:
    """Add what applicants do, in every round."""
    for round, entry in applications():
        tell_application(story, round["call"], entry)


def tell_application(story: Story, call: str, entry: Entry) -> None:
    """Add one application, from its first word to where its applicant leaves it."""
    at = story.calendar.at
    begun = at(entry["begun"])
    story.tell(begun, begin, call, entry)
    sent = at(entry["sent"]) if "sent" in entry else None
    tell_answers(story, call, entry, begun=begun, sent=sent)
    if sent:
        story.tell(sent, send, call, entry)
    closes = at(next(c for c in read("calls")["call"] if c["key"] == call)["closes"])
    for before in REMINDERS:
        reminded = closes - before + timedelta(minutes=1)
        if begun < reminded and (sent is None or reminded < sent):
            story.tell(reminded, remind, call, entry)
    if entry["fate"] == "lapsed":
        story.tell(closes + timedelta(minutes=1), lapse, call, entry)
    if entry["fate"] == "withdrawn":
        story.tell(at(entry["over"]), withdraw, call, entry)


def tell_answers(
    story: Story, call: str, entry: Entry, *, begun: datetime, sent: datetime | None
) -> None:
    """Add the evenings on which the answers were written, a few at a time."""
    form = next(c for c in read("calls")["call"] if c["key"] == call)["form"]
    written = entry["answers"]
    pages = [
        [script["key"] for script in page["question"] if script["key"] in written]
        for page in read(f"forms/{form}")["section"]
    ]
    end = sent or min(begun + timedelta(days=2), story.now)
    pages = [keys for keys in pages if keys]
    for place, keys in enumerate(pages, start=1):
        at = begun + (end - begun) * place / (len(pages) + 1)
        story.tell(at, answer, call, (form, entry, keys))


def begin(story: Story, call: str, entry: Entry, *, now: datetime) -> None:
    """Begin a draft; staff may, on the telephone."""
    actor = story.actor(entry.get("helped_by", entry["by"]), now=now)
    organisation = story.organisations[entry["organisation"]]
    row = applying.begin(story.calls[call], organisation, actor=actor, now=now)
    story.applications[call, entry["organisation"]] = row


def answer(story: Story, call: str, page: tuple[str, Entry, list[str]], *, now: datetime) -> None:
    """Keep the answers of one page."""
    form, entry, keys = page
    given = [read_answer(story, form, entry, key=key) for key in keys]
    actor = story.actor(entry.get("helped_by", entry["by"]), now=now)
    row = story.applications[call, entry["organisation"]]
    answers.answer(row, given, actor=actor, now=now)


def read_answer(story: Story, form: str, entry: Entry, *, key: str) -> answers.Given:
    """Return an answer of the story as the deed takes it."""
    theirs, kind, codes = story.questions[form][key]
    value: Any = entry["answers"][key]
    if kind is QuestionKind.FILE:
        return answers.Given(key=theirs, upload=story.uploads[f"deck:{entry['organisation']}"])
    if kind is QuestionKind.DATE:
        value = story.calendar.day(int(value.removeprefix("@"))).isoformat()
    elif kind is QuestionKind.MULTIPLE:
        value = [codes[code] for code in value]
    elif kind is QuestionKind.SINGLE:
        value = codes[value]
    return answers.Given(key=theirs, value=value)


def send(story: Story, call: str, entry: Entry, *, now: datetime) -> None:
    """Send an application."""
    actor = story.actor(entry["by"], now=now)
    row = story.applications[call, entry["organisation"]]
    applying.submit(row, actor=actor, now=now)


def remind(story: Story, call: str, entry: Entry, *, now: datetime) -> None:
    """Let the portal remind of a draft."""
    row = story.applications[call, entry["organisation"]]
    applying.remind(row, actor=PORTAL, now=now)


def lapse(story: Story, call: str, entry: Entry, *, now: datetime) -> None:
    """Let the portal end a draft that was not sent."""
    row = story.applications[call, entry["organisation"]]
    applying.lapse(row, actor=PORTAL, now=now)


def withdraw(story: Story, call: str, entry: Entry, *, now: datetime) -> None:
    """Withdraw an application, with a reason."""
    actor = story.actor(entry["by"], now=now)
    row = story.applications[call, entry["organisation"]]
    applying.withdraw(row, reason=entry["reason"], actor=actor, now=now)


def enclosures() -> dict[str, Upload]:
    """Draw what applicants enclose: heavy work, done before anything is written."""
    by_key = {entry["key"]: entry for entry in organisations()}
    found: dict[str, Upload] = {}
    for _round, entry in applications():
        if "file" in entry["answers"].values():
            owner = by_key[entry["organisation"]]
            mark, palette = owner["logo"].split()
            words = entry["answers"].get("pitch") or entry["answers"]["product"]
            found[f"deck:{owner['key']}"] = pictures.presentation(
                owner["name"], [words, owner["place"]], mark=mark, palette=palette
            )
    return found
