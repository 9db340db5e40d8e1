"""Lists of members that staff import: one just uploaded, one being checked, one ready, one done."""

from typing import Any

from portal.models import ImportOutcome, ImportRow, ImportState, ImportVerdict, MemberImport
from tests.architecture.world.placing import put
from tests.factories.members import LONG_AGO

DEFAULTS = {
    "kind": "company", "size": "micro", "country": "NO", "role": "member", "language": "nb",
    "listed": True,
}  # fmt: skip
NAMED = {"name": "«Newly listed»", "number": "923609016"}
STEP = {"text": "New organisation: %(name)s, number %(number)s", "values": NAMED}
FINDING = {
    "field": "place",
    "typed": "«Bergn»",
    "reason": {"text": "Write one of these: %(words)s.", "values": {"words": "«Bergen»"}},
}


def make(everybody: dict[str, Any]) -> dict[str, Any]:
    """Make the lists; return them by name."""
    who = everybody["membership"].id
    fresh = listed(who, ImportState.MATCHING)
    checking = listed(who, ImportState.CHECKING, round=1)
    ready = listed(who, ImportState.READY, tallies={"new": 1, "wrong": 1}, round=1)
    yes = {"confirmed_by_id": who, "confirmed_at": LONG_AGO, "finished_at": LONG_AGO}
    done = listed(who, ImportState.DONE, tallies={"new": 2, "written": 1, "refused": 1}, **yes)
    for each in (fresh, checking):
        lines(each, None, None)
    lines(ready, ImportVerdict.NEW, ImportVerdict.WRONG)
    lines(done, ImportVerdict.NEW, ImportVerdict.NEW)
    return {
        "import_fresh": fresh, "import_checking": checking, "import_ready": ready,
        "import_written": done, "import_version": str(ready.version),
    }  # fmt: skip


def listed(who: Any, state: ImportState, **more: Any) -> MemberImport:
    """Make a list of two rows below its headings."""
    given: dict[str, Any] = {
        "name": "list.csv", "header": 1, "headings": ["«Name»", "«Town»"], "total": 2,
        "columns": {"display_name": 0, "place": 1}, "defaults": DEFAULTS, "tallies": {},
        "moved_at": LONG_AGO, "uploaded_by_id": who, "state": state,
    }  # fmt: skip
    return put(MemberImport(**(given | more)))


def lines(of: MemberImport, *verdicts: ImportVerdict | None) -> None:
    """Make the headings and a row of each verdict; the second of a list that is done is refused."""
    kept: dict[str, Any] = {"import_id": of.id, "steps": [], "findings": []}
    put(ImportRow(**kept, number=1, cells=["«Name»", "«Town»"]))
    for number, verdict in enumerate(verdicts, start=2):
        done, good = of.state is ImportState.DONE, number == 2
        outcome = ImportOutcome.WRITTEN if good else ImportOutcome.REFUSED
        put(
            ImportRow(
                import_id=of.id,
                number=number,
                cells=["«Newly listed»", "«Bergn»"],
                verdict=verdict,
                steps=[STEP] if verdict is ImportVerdict.NEW else [],
                findings=[] if good or verdict is None else [FINDING],
                outcome=outcome if done else None,
            )
        )
