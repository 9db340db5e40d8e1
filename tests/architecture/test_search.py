"""Whatever changes a row that can be found goes through the session, which keeps the index."""

import re
from pathlib import Path

from portal.search.sources import SOURCES

ROOT = Path(__file__).parents[2]
#: Statements past the session that change nothing that is found.
HARMLESS = {
    "portal/programmes/service/questions.py: update(Call)",  # whether a preview was looked at
    "portal/news/service/tagging.py: update(Article)",  # a job lets them be found anew after it
    "portal/demo/refresh.py: update(Event)",  # its dates, of which the search tells nothing
}


def test_no_statement_changes_what_is_found_behind_the_back_of_the_session(stage):
    assert set(SOURCES) == {
        "article", "call", "colleague", "event", "organisation", "person", "programme",
    }  # fmt: skip
    models = {model.__name__ for s in SOURCES.values() for model in (s.model, *s.follows)}
    names = "|".join(sorted(models))
    past = re.compile(rf"\b(?:update|insert|delete)\((?:{names})\)")
    found = {
        f"{path.relative_to(ROOT)}: {statement}"
        for path in (ROOT / "portal").rglob("*.py")
        for statement in past.findall(path.read_text())
    }
    assert found == HARMLESS
