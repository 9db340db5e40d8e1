"""Programmes, cohorts, calls in every state with their questions, and an organisation's draft."""

from typing import Any

from portal.models import CallState, CohortState, FormState
from portal.platform import files
from tests import factories
from tests.factories.base import days
from tests.factories.members import LONG_AGO

ASKED = ("short", "long", "number", "single", "multiple", "yesno", "date", "link", "file")
ANSWERS = {
    "short": "«We make subtitles.»", "long": "«For everybody who reads.»", "number": "12",
    "single": "no", "multiple": ["no", "eu"], "yesno": "yes", "date": "2026-12-01",
    "link": "https://data.example/",
}  # fmt: skip


def make(everybody: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """Make it all; return it by name."""
    manager = everybody["programmes"]
    programme = factories.Programme(slug="growth", text_en="Words.", text_nb="Ord.")
    archived = factories.Programme(slug="old", archived_at=LONG_AGO)
    planned = factories.Cohort(programme=programme, manager=manager)
    running = factories.Cohort(programme=programme, manager=manager, state=CohortState.RUNNING)
    agreement, _other = (
        factories.Agreement(cohort_id=cohort.id, written_by_id=manager.id)
        for cohort in (planned, running)
    )
    made = {
        "agreement": agreement, "programme": programme, "archived": archived,
        "planned": planned, "running": running,
    }  # fmt: skip
    return made | calls(planned, manager) | draft(everybody, own, planned, manager)


def calls(cohort: Any, contact: Any) -> dict[str, Any]:
    """Make a call for everything that staff do with calls and questions."""
    given = {"cohort": cohort, "contact": contact}
    fresh = factories.Call(slug="fresh", **given)
    revised = factories.Call(slug="revised", **given)
    finished = factories.Call(slug="finished", closed=True, **given)
    decided = factories.Call(slug="decided", closed=True, state=CallState.DECIDED, **given)
    for call in (fresh, revised, finished, decided):
        factories.questions(call, "short")
    ask(revised, number=2)
    ready = factories.Call(slug="ready", draft=True, **given)
    ask(ready)
    unready = factories.Call(slug="unready", draft=True, previewed_at=None, **given)
    first, second = ask(unready)
    empty = factories.Section(form_version_id=first.form_version_id, position=3)
    terms = [factories.Criterion(call_id=unready.id, position=n) for n in (1, 2)]
    factories.Criterion(call_id=fresh.id, position=1)
    return {
        "fresh": fresh, "revised": revised, "finished": finished, "decided": decided,
        "ready": ready, "unready": unready, "section": first, "second_section": second,
        "empty_section": empty, "criterion": terms[0], "second_criterion": terms[1],
        "question": first.asked[0], "second_question": first.asked[1],
    }  # fmt: skip


def ask(call: Any, *, number: int = 1) -> list[Any]:
    """Write questions that are not published yet: two pages with two questions each."""
    form = factories.FormVersion(call=call, number=number, state=FormState.DRAFT, published_at=None)
    pages = []
    for position in (1, 2):
        page = factories.Section(form_version_id=form.id, position=position)
        page.asked = [
            factories.Question(
                form_version_id=form.id,
                section_id=page.id,
                position=place,
                key=f"{position}{place}",
            )
            for place in (1, 2)
        ]
        pages.append(page)
    return pages


def draft(everybody: dict[str, Any], own: dict[str, Any], cohort: Any, contact: Any) -> dict:
    """Make a draft of the organisation that has every answer, with a file among them."""
    call = factories.Call(slug="open", cohort=cohort, contact=contact)
    factories.questions(call, *ASKED)
    factories.Criterion(call_id=call.id, position=1)
    found = factories.Application(
        call=call, organisation=own["own_row"], lead_id=everybody["member"].id
    )
    stored = factories.StoredFile(
        key=f"application/{found.id.hex}", name="1234.pdf", owner_type="application",
        owner_id=found.id,
    )  # fmt: skip
    files.store().put(stored.key, b"%PDF-1.4 4321")
    for key, value in (ANSWERS | {"file": str(stored.id)}).items():
        factories.Answer(
            application_id=found.id, key=key, value=value, edited_by_id=everybody["member"].id
        )
    return {"open": call, "draft": found, "file": stored, "soon": days(20).date().isoformat()}
