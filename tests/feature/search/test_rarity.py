"""Which word leads through the index: the rarest, where all of them stand."""

import pytest
from uuid_utils.compat import uuid7

from portal.models import SearchDocument, SearchWord
from portal.platform.database import unit
from portal.search.rarity import rarest_first
from portal.search.sources import Shelf

ORGANISATIONS, NEWS = Shelf("organisation", "en"), Shelf("article", "en")


@pytest.fixture
def written(app, session):
    """Write words into the index: how often of 200 organisations each of them has."""

    def made(**every):
        shelf = {"kind": "organisation", "language": "en"}
        texts = {"title": "A title", "text": "A text.", "address": "/"}
        numbers = range(1, 201)
        session.add_all(
            SearchDocument(number=number, subject_id=uuid7(), **shelf, **texts)
            for number in numbers
        )
        session.flush()
        session.add_all(
            SearchWord(word=word, place=0, number=number, position=0, **shelf)
            for word, distance in every.items()
            for number in numbers
            if number % distance == 0
        )
        session.commit()

    return made


def led(app, *words):
    with app.app_context(), unit(writing=False):
        return rarest_first((NEWS, ORGANISATIONS), {"en": words})


def test_the_rarest_word_comes_first_however_common_the_others_are(app, written):
    written(everywhere=1, often=2, seldom=50, once=200)
    words = ("everywhere", "often", "once", "seldom")
    assert led(app, *words) == {ORGANISATIONS: ("once", "seldom", "often", "everywhere")}


def test_where_a_word_is_missing_nothing_is_looked_for(app, written):
    written(everywhere=1)
    assert led(app, "everywhere", "nowhere") == {}
    assert led(app, "everywhere") == {ORGANISATIONS: ("everywhere",)}
