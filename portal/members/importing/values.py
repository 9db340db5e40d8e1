"""What the cells of a row mean, and what is wrong with those that mean nothing."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, TypeVar

from portal.core.vocabulary import Word
from portal.core.wording import N_, Sentence
from portal.members import rules
from portal.members.importing.fields import BY_KEY
from portal.members.importing.words import KINDS, LANGUAGES, ROLES, SIZES
from portal.models import NumberKind, SizeClass

W = TypeVar("W", bound=Word)

NORWAY = "NO"
#: How many figures a registration number has where it may begin with noughts that Excel drops.
#: Norwegian ones begin with 8 or 9: a shorter one has lost something that nobody can put back.
WIDTHS = {"BE": 10, "DK": 8, "EE": 8, "FI": 8, "FR": 9, "GB": 8, "NL": 8, "PT": 9}
LONGEST = {
    "display_name": 120, "legal_name": 120, "place": 80, "website": 300, "standfirst": 200,
    "person_name": 120, "phone": 30, "title": 120,
}  # fmt: skip
#: Days as Excel counts them, where a cell lost that it is a day.
FIRST_SERIAL, LAST_SERIAL, EPOCH = 20_000, 80_000, date(1899, 12, 30)
#: A year of two figures up to this is of our century.
PIVOT = 69
SHORTENED = re.compile(r"\d(?:[.,]\d+)?E\+\d+\Z", re.IGNORECASE)
FAILED = re.compile(r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|I/T|VERDI!|NAVN\?)\Z")
WEB_ADDRESS = re.compile(r"https?://[^\s/?#]+\.[^\s]+\Z", re.IGNORECASE)

TOO_LONG = N_("This is longer than %(most)s characters.")
EXCEL_FAILED = N_("This cell holds an error of Excel’s, “%(typed)s”. Correct it in the list.")
EXCEL_SHORTENED = Sentence(
    N_("Excel has shortened this number and its last digits are lost. Format the column as text"
       " and write the number again.")
)  # fmt: skip
WRONG_CHECK = Sentence(
    N_("The check digit is wrong: with these first eight digits the last would be %(digit)s. One of"
       " the nine is a slip of the keys.")
)  # fmt: skip
NO_CHECK = Sentence(
    N_("No organisation number begins with these eight digits. One of the nine is a slip of the"
       " keys.")
)  # fmt: skip
NOT_NINE = Sentence(N_("A Norwegian organisation number has nine digits. This one has %(count)s."))
NOT_A_DAY = Sentence(N_("Write the day like 31.12.2026."))
NOT_MEANT = Sentence(N_("Write a year between 1900 and 2199."))
NOT_EMAIL = Sentence(N_("Write a whole e-mail address, such as name@example.org."))
NOT_A_NAME = Sentence(N_("Write a name, without a web address."))
NOT_WEBSITE = Sentence(N_("Write the whole address, beginning with https://."))
NO_SUCH_COUNTRY = Sentence(N_("We know no country of this name. Write it out, or its two letters."))
NO_SUCH_WORD = N_("Write one of these: %(words)s.")


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What is wrong with a row, and in which field if it is one."""

    field: str
    reason: Sentence
    typed: str = ""


@dataclass(kw_only=True)
class Values:
    """What a row says, by field; what it does not say is not there."""

    given: dict[str, Any] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def get(self, key: str, otherwise: Any = None) -> Any:
        """Return what the row says of a field."""
        return self.given.get(key, otherwise)


class Wrong(ValueError):
    """A cell that means nothing, with the reason."""

    def __init__(self, reason: Sentence) -> None:
        super().__init__(reason.text)
        self.reason = reason


def read_row(
    cells: Sequence[str], columns: Mapping[str, int], defaults: Mapping[str, Any]
) -> Values:
    """Read the cells of a row that have a meaning."""
    values = Values()
    typed = {key: cells[at] for key, at in columns.items() if at < len(cells) and cells[at]}
    country = read_cell("country", typed, values) or defaults.get("country", NORWAY)
    for key in typed:
        if key not in ("country", "number"):
            read_cell(key, typed, values)
    if "number" in typed:
        try:
            values.given["number"] = read_number(typed["number"], country)
        except Wrong as wrong:
            values.findings.append(
                Finding(field="number", reason=wrong.reason, typed=typed["number"])
            )
    values.given["country"] = country
    names = [values.given.pop(key, "") for key in ("given_name", "family_name")]
    if any(names) and "person_name" not in values.given:
        values.given["person_name"] = " ".join(filter(None, names))
    return values


def read_cell(key: str, typed: Mapping[str, str], values: Values) -> Any:
    """Read one cell into the values, or what is wrong with it into the findings."""
    text = typed.get(key, "")
    if not text:
        return None
    try:
        if FAILED.match(text):
            raise Wrong(Sentence(EXCEL_FAILED, {"typed": text}))
        values.given[key] = READERS.get(key, line)(" ".join(text.split()), key)
    except Wrong as wrong:
        values.findings.append(Finding(field=key, reason=wrong.reason, typed=text))
    return values.given.get(key)


def line(text: str, key: str) -> str:
    """Read a line of text."""
    most = LONGEST.get(key, 120)
    if len(text) > most:
        raise Wrong(Sentence(TOO_LONG, {"most": most}))
    return text


def read_name(text: str, key: str) -> str:
    """Read the name of a person, whom letters will greet by it."""
    if "://" in text or "www." in text.casefold():
        raise Wrong(NOT_A_NAME)
    return line(text, key)


def read_email(text: str, key: str) -> str:
    """Read an address, as it is kept: in lower case."""
    from email_validator import EmailNotValidError, validate_email  # noqa: PLC0415 - only here

    address = text.removeprefix("mailto:").strip("<>;, ").lower()
    try:
        validate_email(address, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError as error:
        raise Wrong(NOT_EMAIL) from error
    if len(address) > 254:
        raise Wrong(NOT_EMAIL)
    return address


def read_website(text: str, key: str) -> str:
    """Read the address of a website; what people leave out is put before it."""
    address = text if "://" in text else f"https://{text}"
    if not WEB_ADDRESS.match(address):
        raise Wrong(NOT_WEBSITE)
    return line(address, key)


def read_day(text: str, key: str) -> date:
    """Read a day as it is written in Norway, or as machines write it."""
    plain = re.sub(r"[T ]\d{1,2}[:.]\d\d(?:[:.]\d\d(?:\.\d+)?)?\Z", "", text)
    if re.fullmatch(r"\d{5}", plain) and FIRST_SERIAL <= int(plain) <= LAST_SERIAL:
        return EPOCH + timedelta(days=int(plain))
    iso = re.fullmatch(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})", plain)
    own = re.fullmatch(r"(\d{1,2})[-./] ?(\d{1,2})[-./] ?(\d{4}|\d\d)", plain)
    if not iso and not own:
        raise Wrong(NOT_A_DAY)
    year, month, day = iso.groups() if iso else reversed(own.groups())  # type: ignore[union-attr]  # one of them
    try:
        read = date(full_year(year), int(month), int(day))
    except ValueError as error:
        raise Wrong(NOT_A_DAY) from error
    if not 1900 <= read.year <= 2198:
        raise Wrong(NOT_MEANT)
    return read


def full_year(text: str) -> int:
    """Return the year that two figures mean, or four."""
    year = int(text)
    return year if len(text) == 4 else year + (2000 if year <= PIVOT else 1900)


def read_country(text: str, key: str) -> str:
    """Read a country by its name in either language, or by its two letters."""
    found = countries().get(text.casefold())
    if found is None:
        raise Wrong(NO_SUCH_COUNTRY)
    return found


@lru_cache(maxsize=1)
def countries() -> Mapping[str, str]:
    """Return the codes of countries by their names and by the codes themselves."""
    from babel import Locale  # noqa: PLC0415 - its list of countries is read only here

    found: dict[str, str] = {}
    for language in ("en", "nb"):
        for code, name in Locale.parse(language).territories.items():
            if len(code) == 2 and code.isalpha():
                found |= {name.casefold(): code, code.casefold(): code}
    return found


def read_size(text: str, key: str) -> SizeClass:
    """Read a class of size, or the number of people."""
    count = text.replace(" ", "")
    if count.isascii() and count.isdigit() and len(count) < 9:
        number = int(count)
        edges = ((10, SizeClass.MICRO), (50, SizeClass.SMALL), (250, SizeClass.MEDIUM))
        return next((size for edge, size in edges if number < edge), SizeClass.LARGE)
    return a_word(SizeClass, SIZES, text)


def a_word(words: type[W], called: Mapping[str, str], text: str) -> W:
    """Read one of our words: as it is kept, or as people call it in either language."""
    wanted = text.casefold()
    if wanted in called:
        return words.of(called[wanted])
    labels = [Sentence(word.label) for word in words]
    listed = {f"word{number}": label for number, label in enumerate(labels)}
    names = ", ".join(f"%({gap})s" for gap in listed)
    raise Wrong(Sentence(NO_SUCH_WORD, {"words": Sentence(names, listed)}))


def word_reader(words: type[W], called: Mapping[str, str]) -> Callable[[str, str], W]:
    """Return what reads a cell as one of our words."""
    return lambda text, _key: a_word(words, called, text)


def read_language(text: str, key: str) -> str:
    """Read the language in which somebody wants to be written to."""
    found = LANGUAGES.get(text.casefold())
    if found is None:
        raise Wrong(Sentence(NO_SUCH_WORD, {"words": "English, Norsk"}))
    return found


def read_number(text: str, country: str) -> str:
    """Read a registration number, with the noughts at its beginning that Excel dropped."""
    if SHORTENED.match(text.strip()):
        raise Wrong(EXCEL_SHORTENED)
    if FAILED.match(text.strip()):
        raise Wrong(Sentence(EXCEL_FAILED, {"typed": text}))
    kind = number_kind(country)
    number = rules.tidy_number(kind, re.sub(r"(?<=\d)[.,]0\Z", "", text.strip())) or ""
    if kind is NumberKind.NORWEGIAN:
        number = number.replace("-", "")
    if number.isascii() and number.isdigit():
        number = number.zfill(WIDTHS.get(country, 0))
    if kind is NumberKind.NORWEGIAN:
        check_norwegian(number)
    elif reason := rules.wrong_number(kind, number, country):
        raise Wrong(reason)
    return number


def number_kind(country: str) -> NumberKind:
    """Return which kind of number a country's register gives."""
    return NumberKind.NORWEGIAN if country == NORWAY else NumberKind.FOREIGN


def check_norwegian(number: str) -> None:
    """Check the nine digits, and say which the last would have to be."""
    if not number.isascii() or not number.isdigit() or len(number) != 9:
        count = sum(1 for sign in number if sign.isdigit())
        raise Wrong(Sentence(NOT_NINE.text, {"count": count}))
    if rules.wrong_number(NumberKind.NORWEGIAN, number, NORWAY) is None:
        return
    right = [
        digit
        for digit in range(10)
        if not rules.wrong_number(NumberKind.NORWEGIAN, f"{number[:8]}{digit}", NORWAY)
    ]
    raise Wrong(Sentence(WRONG_CHECK.text, {"digit": right[0]}) if right else NO_CHECK)


READERS: dict[str, Callable[[str, str], Any]] = {
    "person_name": read_name,
    "given_name": read_name,
    "family_name": read_name,
    "email": read_email,
    "website": read_website,
    "from_on": read_day,
    "last_on": read_day,
    "country": read_country,
    "kind": word_reader(*KINDS),
    "role": word_reader(*ROLES),
    "size": read_size,
    "language": read_language,
}


def label_of(key: str) -> str:
    """Return what a field is called."""
    return BY_KEY[key].label if key in BY_KEY else ""
