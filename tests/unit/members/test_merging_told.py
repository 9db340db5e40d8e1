"""What a merge would do, in words: its numbers as people read them."""

import pytest

from portal.members.merging.telling import sentences
from portal.platform import language

PEOPLE = [{"what": "people_asked", "number": 12345}]
NUMBER = [{"what": "number_moves", "number": "912345678"}]
FOREIGN = [{"what": "number_stays", "number": "SE 556677"}]


@pytest.mark.parametrize(
    ("spoken", "clashes", "told"),
    [
        ("en", PEOPLE, "12,345"),
        ("en", NUMBER, "912\N{NO-BREAK SPACE}345\N{NO-BREAK SPACE}678"),
        ("nb", NUMBER, "912\N{NO-BREAK SPACE}345\N{NO-BREAK SPACE}678"),
        ("en", FOREIGN, "SE 556677"),
    ],
)
def test_a_number_is_written_as_people_read_it(spoken, clashes, told):
    with language.speaking(spoken):
        [sentence] = sentences(clashes)
        assert sentence.values["number"] == told


def test_a_count_has_the_readers_separators():
    with language.speaking("nb"):
        [sentence] = sentences(PEOPLE)
        assert sentence.values["number"] == "12\N{NO-BREAK SPACE}345"
