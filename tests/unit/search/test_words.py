"""Words: folded and stemmed alike wherever they come from."""

import pytest

from portal.search.marking import marked
from portal.search.words import stem, tidy, words


@pytest.mark.parametrize(
    ("written", "sought", "language"),
    [
        ("Bedriftene", "bedrift", "nb"),
        ("søknader", "SØKNADEN", "nb"),
        ("medlemmene", "medlemmer", "nb"),
        ("companies", "Company", "en"),
        ("streaming", "streams", "en"),
        ("Café", "cafe", "en"),
        ("Jörgen", "Jørgen", ""),
        ("Malmström", "malmstrøm", ""),
        ("Åse", "ÅSE", "nb"),
    ],
)
def test_forms_of_one_word_are_one(written, sought, language):
    assert stem(written, language) == stem(sought, language) != ""


@pytest.mark.parametrize(
    ("one", "other"), [("ål", "al"), ("får", "far"), ("bør", "bor"), ("læs", "las")]
)
def test_letters_of_their_own_are_not_others_with_marks(one, other):
    assert stem(one, "nb") != stem(other, "nb")


def test_common_words_are_kept_in_no_language_that_has_them():
    assert stem("og", "nb") == stem("The", "en") == ""
    assert stem("og", "en") == "og"
    assert stem("IT", "en") == "it"


def test_a_letter_written_as_two_is_one_letter():
    apart = "A\u030asgard"
    assert [word for _, word in words(tidy(apart))] == ["Åsgard"]


def test_words_end_where_people_see_them_end():
    text = "Post-production, AI/ML & 5G (Tromsø)_2027"
    assert [word for _, word in words(text)] == [
        "Post", "production", "AI", "ML", "5G", "Tromsø", "2027",
    ]  # fmt: skip


def test_found_words_are_marked_and_everything_else_is_harmless():
    text = "Søknaden <b>sendes</b> & søkes"
    assert marked(text, {"søknad"}, language="nb") == (
        "<mark>Søknaden</mark> &lt;b&gt;sendes&lt;/b&gt; &amp; søkes"
    )


def test_a_very_long_word_is_no_matter():
    assert len(stem("x" * 5000, "nb")) <= 40
