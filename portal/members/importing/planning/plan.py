"""A plan: what one row would do, part by part."""

import re
from dataclasses import dataclass, field
from typing import Any

from portal.core.wording import N_, Sentence
from portal.members.importing.values import Finding, label_of
from portal.members.importing.world import Company, Human, Place, Stretch
from portal.models import ImportVerdict

#: What a row may tell of an organisation and of a person, beside what they are found by.
TOLD = ("display_name", "legal_name", "kind", "size", "place", "website", "standfirst")
PERSONAL = ("person_name", "phone", "language")
#: What outweighs what, where a row does several things.
WEIGHT = (ImportVerdict.SAME, ImportVerdict.CHANGED, ImportVerdict.NEW, ImportVerdict.WRONG)

CHANGED = N_("%(whose)s, %(field)s: “%(before)s” becomes “%(after)s”")
FILLED = N_("%(whose)s, %(field)s: “%(after)s”")


@dataclass(kw_only=True)
class Plan:
    """What a row would do, and how the preview tells it. A part that is None or empty does nothing.

    `company` and `human` are whom the row is about, here already or new. `begins` is the code of
    the kind of membership that somebody gets who had none.
    """

    verdict: ImportVerdict = ImportVerdict.SAME
    company: Company | None = None
    human: Human | None = None
    makes_company: bool = False
    makes_human: bool = False
    facts: dict[str, Any] = field(default_factory=dict)
    number: str | None = None
    person: dict[str, Any] = field(default_factory=dict)
    place: Place | None = None
    stretch: Stretch | None = None
    begins: str = ""
    steps: list[Sentence] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def miss(self, key: str, reason: Sentence) -> None:
        """Note what is wrong with a field."""
        self.findings.append(Finding(field=key, reason=reason))

    def does(self, verdict: ImportVerdict, step: Sentence) -> None:
        """Note something that the row would do."""
        self.verdict = max(self.verdict, verdict, key=WEIGHT.index)
        self.steps.append(step)

    def changes(self, whose: str, key: str, values: tuple[Any, Any]) -> None:
        """Note that one thing would become another."""
        before, after = (as_part(value) for value in values)
        said = {"whose": whose, "field": Sentence(label_of(key)), "before": before, "after": after}
        text = CHANGED if before else FILLED
        self.does(ImportVerdict.CHANGED, Sentence(text, said))


def as_part(value: Any) -> Any:
    """Return a value as it stands in a sentence: a word of ours by its label."""
    label = getattr(value, "label", None)
    return Sentence(label) if label else value


def differs(key: str, kept: Any, given: Any) -> bool:
    """Tell whether a row says something else than is kept, and not the same in another spelling."""
    spelling = SPELLINGS.get(key, str)
    return bool(spelling(str(kept)) != spelling(str(given)))


def bare_phone(text: str) -> str:
    """Return the figures of a phone number without the noughts and the plus that lists lose."""
    return re.sub(r"\D", "", text).lstrip("0")


def bare_address(text: str) -> str:
    """Return the address of a website without what does not matter."""
    return re.sub(r"\Ahttps?://", "", text.casefold()).rstrip("/")


SPELLINGS = {
    "display_name": str.casefold,
    "legal_name": str.casefold,
    "phone": bare_phone,
    "website": bare_address,
}
