"""What `make bench` measures: every page opens, on rows that look as the portal's own do."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.extensions import db
from portal.models import SearchDocument, SearchWord
from portal.search.rebuilding import rebuild
from tests.bench.pages import pages
from tests.bench.seeding import seed


@pytest.fixture
def known(app):
    return seed(app, 70)


def test_every_page_opens_and_is_full(app, known):
    client = app.test_client(use_cookies=False)
    for page in pages(known):
        headers = {"Cookie": f"portal={page.cookie}"} if page.cookie else {}
        answer = client.get(page.path, headers=headers)
        assert answer.status_code == 200, page.name
        wanted = {"events": "Meeting 1", "news list": "Story 000000", "search, two words": "Story",
                  "members, two filters": "Company 000008", "delegates": "Delegate 000000",
                  "news article": "Aa mine", "event": "The great fair",
                  "delegates, a filter": "Delegate 000036"}  # fmt: skip
        assert wanted.get(page.name, "") in answer.text, page.name


def index(app):
    with app.app_context(), Session(db.engine) as session:
        documents = select(
            SearchDocument.kind, SearchDocument.subject_id, SearchDocument.language,
            SearchDocument.title, SearchDocument.text, SearchDocument.address,
        )  # fmt: skip
        words = select(SearchWord.__table__)
        return {
            "documents": sorted(map(str, session.execute(documents))),
            "words": sorted(map(str, session.execute(words))),
        }


def test_the_index_that_was_poured_in_is_the_one_that_the_portal_makes(app, known):
    poured = index(app)
    with app.app_context():
        rebuild()
    assert index(app) == poured
