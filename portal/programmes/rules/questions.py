"""What holds for the questions of a call: what may still change, and what an option is called."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from portal.core.slugs import distinct, slug
from portal.core.wording import N_, Sentence
from portal.models import Call, CallState, FormState, FormVersion, QuestionKind, Section

CHOICES = (QuestionKind.SINGLE, QuestionKind.MULTIPLE)
FEWEST_OPTIONS = 2


def frozen(form: FormVersion) -> Sentence | None:
    """Say that questions are published and stay as they are, if so."""
    if form.state is FormState.DRAFT:
        return None
    return Sentence(N_("These questions are published and stay as they are. Begin a new version."))


def asked_enough(call: Call, *, now: datetime) -> Sentence | None:
    """Say that a call is not answered any more, to whoever would ask something else."""
    if call.state is CallState.DRAFT or (
        call.state is CallState.PUBLISHED and now < call.closes_at
    ):
        return None
    return Sentence(N_("This call has closed. Its questions stay as they were asked."))


def still_filled(section: Section) -> Sentence | None:
    """Say that a page of questions is not empty, to whoever would remove it."""
    if section.questions:
        return Sentence(N_("Move or remove the questions on this page first."))
    return None


def nothing_asked(sections: Sequence[Section]) -> Sentence | None:
    """Say that a call asks nothing, or has a page without questions, if so."""
    if not any(section.questions for section in sections):
        return Sentence(N_("Ask at least one question first."))
    if empty := [section for section in sections if not section.questions]:
        bare = N_("The page “%(title)s” has no questions. Add one or remove the page.")
        return Sentence(bare, {"title": empty[0].title_en})
    return None


def too_few_options(kind: QuestionKind, options: Sequence[Any]) -> Sentence | None:
    """Say that there is nothing to choose between, if so."""
    if kind in CHOICES and len(options) < FEWEST_OPTIONS:
        return Sentence(N_("Write at least two options, each on its own line."))
    return None


def unmatched_options(english: Sequence[str], norwegian: Sequence[str]) -> Sentence | None:
    """Say that the two languages do not have the same options, if so."""
    if len(english) != len(norwegian):
        return Sentence(
            N_("Write the options in both languages, in the same order: there are %(en)s in English"
               " and %(nb)s in Norwegian."),
            {"en": len(english), "nb": len(norwegian)},
        )  # fmt: skip
    if len({text.casefold() for text in english}) != len(english):
        return Sentence(N_("Two options are called the same. Give each its own name."))
    return None


def coded(
    english: Sequence[str], norwegian: Sequence[str], *, known: Sequence[dict[str, str]] = ()
) -> list[dict[str, str]]:
    """Return options with their codes, which stay when an option is reworded or moved.

    An option with the same English text keeps its code wherever it stands; else the one that stood
    at its place is taken to be the same, reworded. Answers are kept by code.
    """
    by_text = {option["en"]: option["code"] for option in known}
    codes = [by_text.get(text) for text in english]
    for place, code in enumerate(codes):
        if code is None and len(known) == len(english) and known[place]["en"] not in english:
            codes[place] = known[place]["code"]
    for place, code in enumerate(codes):
        if code is None:
            taken = {code for code in codes if code} | {option["code"] for option in known}
            codes[place] = distinct(slug(english[place]) or "option", taken)
    pairs = zip(codes, english, norwegian, strict=True)
    return [{"code": code or "", "en": en, "nb": nb} for code, en, nb in pairs]


def key_for(label: str, taken: Sequence[str]) -> str:
    """Return the key under which answers to a new question are kept, for good."""
    return distinct(slug(label, between="_")[:40].strip("_") or "question", taken, between="_")
