"""What a merge would do, in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from portal.core.numbers import in_threes
from portal.core.wording import N_, Bilingual, Sentence
from portal.members.merging.fates import CALLED, OF_ORGANISATIONS, OF_PEOPLE, Fate
from portal.models import AffiliationRole, MergeRecord
from portal.platform import language


@dataclass(frozen=True, kw_only=True)
class Moving:
    """How many rows of one kind there are, and what becomes of them."""

    name: str
    number: int
    fate: Fate


def told_rows(row: MergeRecord) -> list[Moving]:
    """Return what moves and what ends, by what people call it."""
    fates = OF_PEOPLE if row.of_people else OF_ORGANISATIONS
    found: dict[tuple[str, Fate], int] = {}
    for key, number in row.counted.get("rows", {}).items():
        name = CALLED.get(key.partition(".")[0])
        if name and key in fates:
            found[name, fates[key]] = found.get((name, fates[key]), 0) + number
    return [Moving(name=name, number=n, fate=fate) for (name, fate), n in sorted(found.items())]


def told_clashes(row: MergeRecord) -> list[Sentence]:
    """Return where the two clash, and what becomes of it."""
    return list(sentences(row.counted.get("clashes", ())))


def sentences(clashes: Any) -> Iterator[Sentence]:
    """Say each clash in a sentence."""
    for clash in clashes:
        yield Sentence(TOLD[clash["what"]], words(clash))


def words(clash: Mapping[str, Any]) -> dict[str, object]:
    """Return what goes in the gaps."""
    known: dict[str, object] = {name: value for name, value in clash.items() if name != "what"}
    if isinstance(known.get("number"), int):
        known["number"] = language.number(clash["number"])
    elif "number" in known:
        known["number"] = in_threes(str(known["number"]))
    for name in ("kept", "lost"):
        if known.get(name):
            known[name] = AffiliationRole.of(str(known[name]))
    if "event_en" in known:
        known["event"] = Bilingual(str(known["event_en"]), str(known["event_nb"]))
    if "table" in known:
        known["table"] = Sentence(CALLED[str(known["table"])])
    return known


TOLD: Mapping[str, str] = {
    "role_stays": N_("%(name)s: both belong to it. The account that is kept stays “%(kept)s”;"
                     " “%(lost)s” of the other ends."),
    "role_asked": N_("%(name)s: the account that is kept does not belong to it. “%(lost)s” of the"
                     " other ends, and a request to join goes to the organisation."),
    "grants_end": N_("Staff roles that end: %(number)s. They are given again to a person, never"
                     " inherited."),
    "people_stay": N_("People who belong to both, and stay what they are in the one that is kept:"
                      " %(number)s."),
    "people_asked": N_("People who belong to the other alone: %(number)s. Their roles end, and a"
                       " request to join the one that is kept is made for each."),
    "membership_ends": N_("Both are members. The membership of the one that is kept goes on; the"
                          " other ends today."),
    "registrations_join": N_("“%(event)s”: both are registered. It becomes one registration with"
                             " all of their people."),
    "registrations_beside": N_("“%(event)s”: both are registered. The one that is kept has two"
                               " registrations then, since invoices carry different references."),
    "registrations_stay": N_("“%(event)s”: together the two have more people than one organisation"
                             " may have. Their registrations stay as they are, everybody keeps"
                             " their place, and nobody more is registered. The registration of the"
                             " one that goes is then with the team of the event, who find it among"
                             " the delegates, by the name of that organisation."),
    "rows_stay": N_("%(table)s that stay where they are, since the other has the like:"
                    " %(number)s."),
    "number_moves": N_("The number %(number)s goes along: the one that is kept has none."),
    "number_stays": N_("The number %(number)s stays with the row that goes, so that nobody"
                       " registers it again."),
}  # fmt: skip
