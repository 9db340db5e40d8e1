"""What holds for the answers of an application: what is wrong with one, what is still missing."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from portal.core.wording import N_, Sentence
from portal.models import Application, ApplicationState, Question, QuestionKind
from portal.programmes.rules.calls import too_late
from portal.programmes.rules.reading import is_day, is_link, is_number

LONGEST_LINE = 300
LONGEST_LINK = 500
LONGEST_TEXT = 20_000

CHOOSE = Sentence(N_("Choose one of the answers."))
NOT_A_DAY = N_("Write a day, such as 2026-12-01. You wrote “%(typed)s”.")
NOT_A_NUMBER = N_("Write a number, such as 1 200 000. You wrote “%(typed)s”.")
NOT_A_LINK = N_("Write the address of a page, such as https://example.com. You wrote “%(typed)s”.")
TOO_LONG = N_("Write at most %(most)s characters. You wrote %(count)s.")
TOO_MANY_WORDS = N_("Write at most %(most)s words. You wrote %(count)s.")
MISSING = Sentence(N_("Answer this question before you send."))


def malformed(question: Question, value: Any) -> Sentence | None:
    """Say what is wrong with the shape of an answer, if anything: no draft keeps it so."""
    if value is None:
        return None
    if question.kind in {QuestionKind.SINGLE, QuestionKind.MULTIPLE, QuestionKind.YESNO}:
        return unknown_choice(question, value)
    if too_much := overlong(question.kind, str(value)):
        return too_much
    checks = {
        QuestionKind.NUMBER: (is_number, NOT_A_NUMBER),
        QuestionKind.DATE: (is_day, NOT_A_DAY),
        QuestionKind.LINK: (is_link, NOT_A_LINK),
    }
    if question.kind in checks:
        passes, complaint = checks[question.kind]
        return None if passes(str(value)) else Sentence(complaint, {"typed": shortened(str(value))})
    return None


def unknown_choice(question: Question, value: Any) -> Sentence | None:
    """Say that something was chosen that is not among the answers, if so."""
    if question.kind is QuestionKind.YESNO:
        return None if value in {"yes", "no"} else CHOOSE
    codes = {option["code"] for option in question.options}
    chosen = set(value if isinstance(value, list) else [value])
    return None if chosen <= codes else CHOOSE


def overlong(kind: QuestionKind, text: str) -> Sentence | None:
    """Say that a text is longer than any answer may be, if it is."""
    most = {QuestionKind.LONG: LONGEST_TEXT, QuestionKind.LINK: LONGEST_LINK}.get(
        kind, LONGEST_LINE
    )
    if len(text) > most:
        return Sentence(TOO_LONG, {"most": most, "count": len(text)})
    return None


def too_wordy(question: Question, value: Any) -> Sentence | None:
    """Say that a long text has more words than asked for, if so. A draft may; what is sent not."""
    if question.kind is not QuestionKind.LONG or not question.word_limit or value is None:
        return None
    if (count := words(value)) > question.word_limit:
        return Sentence(TOO_MANY_WORDS, {"most": question.word_limit, "count": count})
    return None


def words(text: str) -> int:
    """Count words as the counter under the box does: what stands between spaces."""
    return len(text.split())


def shortened(text: str) -> str:
    """Return the beginning of what was typed, short enough to be quoted."""
    return text if len(text) <= 60 else f"{text[:59]}…"


def lacking(question: Question, value: Any) -> Sentence | None:
    """Say what keeps an answer from being sent, if anything."""
    if value is None:
        return MISSING if question.required else None
    return malformed(question, value) or too_wordy(question, value)


@dataclass(frozen=True, kw_only=True)
class Lack:
    """A question that keeps an application from being sent, and why."""

    question: Question
    reason: Sentence


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far a draft has come."""

    answered: int
    total: int
    lacks: Sequence[Lack]

    @property
    def ready(self) -> bool:
        """Whether nothing is missing."""
        return not self.lacks


def progress(questions: Iterable[Question], values: Mapping[str, Any]) -> Progress:
    """Count what is answered, and find what keeps a draft from being sent."""
    asked = list(questions)
    found = [(question, lacking(question, values.get(question.key))) for question in asked]
    return Progress(
        answered=sum(values.get(question.key) is not None for question in asked),
        total=len(asked),
        lacks=[Lack(question=question, reason=reason) for question, reason in found if reason],
    )


def not_answerable(application: Application, *, now: datetime) -> Sentence | None:
    """Say why the answers of an application are not edited any more, if so."""
    if application.state is not ApplicationState.DRAFT:
        told = {"state": application.state}
        return Sentence(N_("This application is “%(state)s” and is not edited any more."), told)
    return too_late(application, now=now)


def incomplete(found: Progress) -> Sentence | None:
    """Say that an application cannot be sent as it is, if so."""
    if found.ready:
        return None
    return Sentence(N_("Some answers are still missing. They are listed on this page."))


def frozen_answers(questions: Iterable[Question], values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is sent: an entry for each question that was asked, None where not answered."""
    return {question.key: values.get(question.key) for question in questions}


def checksum(answers: Mapping[str, Any]) -> str:
    """Return the SHA-256 of answers in canonical JSON."""
    text = json.dumps(answers, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(text.encode()).hexdigest()


def reference(year: int, number: int) -> str:
    """Return what people call an application: APP-2026-0042."""
    return f"APP-{year}-{number:04}"


def not_found_by(text: str) -> Sentence:
    """Say that no organisation, or more than one, is called that."""
    nobody = N_("We know no organisation “%(typed)s”. Check the number or the name.")
    return Sentence(nobody, {"typed": shortened(text)})
