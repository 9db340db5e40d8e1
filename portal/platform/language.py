"""The edge where marked text becomes somebody's language."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, format_timedelta
from babel.numbers import format_decimal
from flask import Flask, g, has_request_context, request
from flask_babel import force_locale, gettext
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from portal.core.vocabulary import Word
from portal.core.wording import NAMELESS, Bilingual, InZone, Sentence
from portal.extensions import babel
from portal.models.base import Called

#: The languages we speak, in the order in which we prefer them.
LANGUAGES = ("en", "nb")
#: What people call them, each in itself.
NAMES = {"en": "English", "nb": "Norsk"}
#: How a browser may ask for Norwegian.
ASKED = {"nb": "nb", "no": "nb", "nn": "nb", "en": "en", "da": "nb"}
COOKIE = "language"
ZONE = "Europe/Oslo"

#: British order of day and month; the same for everybody who reads English.
LOCALES = {"en": "en_GB", "nb": "nb_NO"}


def init_app(app: Flask, catalogues: Path) -> None:
    """Choose the language of each page; stop if a catalogue was left uncompiled."""
    babel.init_app(app, default_translation_directories=str(catalogues), locale_selector=preferred)
    app.before_request(forget)
    app.teardown_request(forget)
    with app.app_context():
        compiled = {locale.language for locale in babel.list_translations()}
    if missing := set(LANGUAGES) - compiled - {"en"}:
        raise RuntimeError(f"Compile the catalogues (pybabel compile -d translations): {missing}")


def nameless() -> str:
    """Return what somebody is called whose name was erased."""
    return tell(NAMELESS)


Called.nameless = staticmethod(nameless)


def preferred() -> str:
    """Return the language of this page: chosen, else the reader's own, else what the browser asks.

    The person signed in is not asked here: their language is put in the cookie when they sign in.
    """
    return chosen_or_asked() if has_request_context() else LANGUAGES[0]


def chosen_or_asked() -> str:
    """Read the cookie, or the wishes of the browser; who has neither reads the cluster's first.

    The cluster is known when a page of ours was reached; what fails before speaks English.
    """
    chosen = request.cookies.get(COOKIE)
    if chosen in LANGUAGES:
        return str(chosen)
    asked = asked_for(request.environ.get("HTTP_ACCEPT_LANGUAGE", ""))
    if asked:
        return asked
    cluster = g.get("cluster")
    return cluster.language if cluster else LANGUAGES[0]


@lru_cache(maxsize=1024)
def asked_for(wishes: str) -> str | None:
    """Return which of our languages an Accept-Language header asks for, if it asks for any."""
    asked = parse_accept_header(wishes, LanguageAccept).best_match(list(ASKED))
    return ASKED.get(asked or "")


#: The language of this request, or of the letter that is being written, once it is known.
SPOKEN: ContextVar[str | None] = ContextVar("spoken", default=None)


def current() -> str:
    """Return the two letters of the language in force, in a request or in a letter."""
    found = SPOKEN.get()
    if found is None:
        found = preferred()
        if has_request_context():
            SPOKEN.set(found)
    return found


def forget(_error: BaseException | None = None) -> None:
    """Let the next request choose its own language."""
    SPOKEN.set(None)


def tell(text: str, **values: object) -> str:
    """Put a marked text into the language in force, and values into its gaps."""
    told = _told(text, current())
    return told % values if values else told


@lru_cache(maxsize=8192)
def _told(text: str, language: str) -> str:
    with in_language(language):
        return str(gettext(text))


def say(sentence: Sentence) -> str:
    """Put a sentence into the language of whoever is reading, and the words in its gaps too."""
    told = _told(sentence.text, current())
    return told % Gaps(sentence.values) if sentence.values else told


class Gaps(dict[str, object]):
    """What stands in the gaps of a sentence, put into words only where there is such a gap."""

    def __getitem__(self, gap: str) -> object:
        """Return what to say in a gap."""
        return spoken(super().__getitem__(gap))


def spoken(value: object) -> object:
    """Put what stands in a gap into the reader's language and zone."""
    if type(value) is str:
        return value
    if isinstance(value, Word):
        return tell(value.label)
    if isinstance(value, Sentence):
        return say(value)
    if isinstance(value, Bilingual):
        return says(value)
    if isinstance(value, InZone):
        return moment(value.at, value.zone)
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day(value)
    return value


def says(row: Any, field: str = "") -> str:
    """Return a text that is kept in both languages, in the reader's, else in the other."""
    first, second = ("nb", "en") if current() == "nb" else ("en", "nb")
    between = "_" if field else ""
    own, other = f"{field}{between}{first}", f"{field}{between}{second}"
    return getattr(row, own) or getattr(row, other) or ""


@lru_cache(maxsize=4096)
def _day(value: date, language: str) -> str:
    pattern = "d\N{NO-BREAK SPACE}MMMM y" if language == "en" else "d.\N{NO-BREAK SPACE}MMMM y"
    return format_date(value, format=pattern, locale=LOCALES[language])


@lru_cache(maxsize=4096)
def _day_of(value: datetime, language: str, zone: str) -> str:
    return _day(value.astimezone(ZoneInfo(zone)).date(), language)


@lru_cache(maxsize=4096)
def _moment(value: datetime, language: str, zone: str) -> str:
    pattern = (
        "EEEE d\N{NO-BREAK SPACE}MMMM y 'at' HH:mm"
        if language == "en"
        else "EEEE d.\N{NO-BREAK SPACE}MMMM y 'kl.' HH:mm"
    )
    return format_datetime(value, pattern, tzinfo=ZoneInfo(zone), locale=LOCALES[language])


@lru_cache(maxsize=4096)
def _short(value: datetime, language: str, zone: str) -> str:
    pattern = (
        "d\N{NO-BREAK SPACE}MMM y, HH:mm"
        if language == "en"
        else "d.\N{NO-BREAK SPACE}MMM y, HH:mm"
    )
    return format_datetime(value, pattern, tzinfo=ZoneInfo(zone), locale=LOCALES[language])


def day(value: date) -> str:
    """Write a day: 2 December 2026."""
    if isinstance(value, datetime):
        return _day_of(value, current(), zone())
    return _day(value, current())


def moment(value: datetime, zone_name: str | None = None) -> str:
    """Write a moment in a zone: Tuesday 1 December 2026 at 12:00."""
    return _moment(value, current(), zone_name or zone())


def short(value: datetime, zone_name: str | None = None) -> str:
    """Write a moment briefly, for tables and timelines: 1 Dec 2026, 12:00."""
    return _short(value, current(), zone_name or zone())


def zone() -> str:
    """Return the zone that times are shown in where nothing else is said: the cluster's."""
    return str(g.get("zone", ZONE)) if has_request_context() else ZONE


def span(length: timedelta) -> str:
    """Write a length of time in its largest unit: 9 days."""
    if length >= timedelta(hours=1):
        length = timedelta(minutes=length // timedelta(minutes=1))
    return _span(length, current())


@lru_cache(maxsize=4096)
def _span(length: timedelta, language: str) -> str:
    threshold = 1.5 if length >= timedelta(hours=1) else 1
    said = format_timedelta(length, threshold=threshold, locale=LOCALES[language])
    # CLDR counts Norwegian days as “døgn”, which people say of nights and not of deadlines.
    return said.replace("1 døgn", "1 dag") if said == "1 døgn" else said.replace("døgn", "dager")


def number(value: float | Decimal) -> str:
    """Write a number with the reader's separators."""
    return _number(value, current())


@lru_cache(maxsize=4096, typed=True)
def _number(value: float | Decimal, language: str) -> str:
    return format_decimal(value, locale=LOCALES[language])


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Say sentences in another language for a while: in letters."""
    before = SPOKEN.set(language)
    try:
        yield
    finally:
        SPOKEN.reset(before)


@contextmanager
def in_language(language: str) -> Iterator[None]:
    """Speak another language for a while, also to Flask-Babel: for compiling templates."""
    with speaking(language), force_locale(language):
        yield
