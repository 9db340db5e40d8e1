"""How an answer is read: what people type, put into the one form in which it is kept.

A value is None when there is no answer. What cannot be read is kept as it was typed, and
`malformed` says what is wrong with it: nothing that somebody wrote is thrown away here.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from portal.core.legible import legible
from portal.models import Question, QuestionKind

NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,6})?")
#: One separator with exactly three figures after it: 1,200 means one thing here, another there.
AMBIGUOUS = re.compile(r"-?[1-9]\d{0,2}[.,]\d{3}")
GROUPED = re.compile(r"-?\d{1,3}(?:(?:,\d{3}){2,}(?:\.\d{1,6})?|(?:\.\d{3}){2,}(?:,\d{1,6})?)")
BOTH_SIGNS = re.compile(r"-?\d{1,3}(?:,\d{3}\.\d{1,6}|\.\d{3},\d{1,6})")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
NORWEGIAN_DAY = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")
HOST = re.compile(r"([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]", re.IGNORECASE)
#: The spaces that people and spreadsheets put between figures.
GAPS = str.maketrans("", "", " \u00a0\u202f\u2009'’")

Typed = str | Sequence[str] | None


def read(question: Question, typed: Typed) -> Any:
    """Return the value that is kept for what was typed, or None when nothing was."""
    if question.kind is QuestionKind.MULTIPLE:
        chosen = [typed] if isinstance(typed, str) else list(typed or ())
        return in_order(question, [code for code in chosen if code]) or None
    text = typed if isinstance(typed, str) else next(iter(typed or ()), "")
    text = legible(text).replace("\r\n", "\n").replace("\r", "\n").strip()
    return READERS.get(question.kind, one_line)(text) if text else None


def in_order(question: Question, chosen: Sequence[str]) -> list[str]:
    """Return chosen options once each, in the order of the question; unknown ones at the end."""
    known = [option["code"] for option in question.options if option["code"] in chosen]
    return known + [code for code in dict.fromkeys(chosen) if code not in known]


def one_line(text: str) -> str:
    """Return text without line breaks and double spaces."""
    return " ".join(text.split())


def as_written(text: str) -> str:
    """Return text with its paragraphs."""
    return text


def number(text: str) -> str:
    """Return a number in plain figures with a point: 1200000.5. Else what was typed."""
    plain = text.translate(GAPS).replace("\u2212", "-")
    if AMBIGUOUS.fullmatch(plain):
        return text
    if GROUPED.fullmatch(plain) or BOTH_SIGNS.fullmatch(plain):
        last = max(plain.rfind(","), plain.rfind("."))
        thousands = plain[re.search(r"[.,]", plain).start()]  # type: ignore[union-attr]  # matched
        whole = plain[last] == thousands
        plain = plain.replace(thousands, "")
        plain = plain if whole else plain.replace(",", ".")
    else:
        plain = plain.replace(",", ".", 1) if plain.count(",") == 1 else plain
    return plain if NUMBER.fullmatch(plain) and plain.isascii() else text


def day(text: str) -> str:
    """Return a day as 2026-12-01; days written the Norwegian way are understood."""
    found = NORWEGIAN_DAY.fullmatch(text)
    plain = f"{found[3]}-{found[2]:0>2}-{found[1]:0>2}" if found else text
    return plain if is_day(plain) else text


def link(text: str) -> str:
    """Return an address with its scheme, which people leave out."""
    whole = text if "://" in text else f"https://{text}"
    return whole if is_link(whole) else text


READERS: dict[QuestionKind, Callable[[str], str]] = {
    QuestionKind.LONG: as_written,
    QuestionKind.NUMBER: number,
    QuestionKind.DATE: day,
    QuestionKind.LINK: link,
}


def is_number(value: str) -> bool:
    """Tell whether a value is a number as it is kept."""
    plain = value.isascii() and NUMBER.fullmatch(value) is not None
    return plain and not AMBIGUOUS.fullmatch(value)


def is_day(value: str) -> bool:
    """Tell whether a value is a day that the calendar has, in a century that is meant."""
    try:
        found = date.fromisoformat(value)
    except ValueError:
        return False
    return DAY.fullmatch(value) is not None and 1900 <= found.year <= 2199


def is_link(value: str) -> bool:
    """Tell whether a value is the address of a page on the web."""
    try:
        parts = urlsplit(value)
        host = parts.hostname or ""
    except ValueError:
        return False
    plain = "@" not in parts.netloc and " " not in value and value.isprintable()
    return parts.scheme in {"http", "https"} and plain and HOST.fullmatch(host) is not None
