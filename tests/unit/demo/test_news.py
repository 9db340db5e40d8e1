"""The news of the demo as they are written down: long enough, in both languages, in every state."""

import re
from collections import Counter

import pytest

from portal.demo import content, illustrations
from portal.demo.scenes.events import STEPS

ARTICLES = content.articles()
PICTURED = [entry for entry in ARTICLES if "picture" in entry]
#: The words with which the label was first told elsewhere; we tell its facts in our own.
TOLD_ELSEWHERE = (
    "We are proven for Cluster Excellence",
    "join rank with the European clusters",
    "demonstrate a high level of professionalism",
    "works on the international arena",
    "two-day on-site assessment, conducted by",
    "well matured and well driven cluster",
    "We congratulate all our fantastic",
)


def words(text: str) -> int:
    """How many words a text has; a mark of Markdown is none."""
    return len(re.findall(r"[^\W\d_][\w’'-]*", re.sub(r"\]\([^)]*\)", "]", text)))


@pytest.mark.parametrize("entry", ARTICLES, ids=lambda entry: str(entry["key"]))
def test_a_story_has_at_least_a_hundred_and_fifty_words(entry: content.Entry) -> None:
    assert words(entry["body"]) >= 150
    assert 12 <= words(entry["standfirst"]) <= 40
    assert entry["title"].strip()
    assert entry["tags"]


def test_words_are_counted_without_marks_and_addresses() -> None:
    assert words("## Two *words*\n\n- [three](/events/four-five) 12") == 3


def test_there_are_thirty_and_about_a_third_is_in_english() -> None:
    assert len(ARTICLES) == 30
    assert Counter(entry["language"] for entry in ARTICLES) == {"nb": 20, "en": 10}
    assert len({entry["title"] for entry in ARTICLES}) == 30


def test_at_least_eight_have_a_picture_of_ours_with_words_for_it() -> None:
    assert len(PICTURED) == 11
    drawn = set(content.read("illustrations"))
    assert {entry["picture"] for entry in PICTURED} == drawn
    assert len({entry["alternative"] for entry in PICTURED}) == 11
    assert all(words(entry["alternative"]) >= 8 for entry in PICTURED)


@pytest.mark.parametrize("entry", PICTURED, ids=lambda entry: str(entry["picture"]))
def test_a_picture_passes_the_checks_of_every_upload(entry: content.Entry) -> None:
    upload = illustrations.upload(entry["picture"])
    assert (upload.media_type, upload.width, upload.height) == ("image/webp", 960, 540)
    assert len(upload.content) < 40_000


def test_the_label_is_told_with_its_facts_and_not_with_the_words_of_others() -> None:
    entry = next(each for each in ARTICLES if each["key"] == "gold")
    text = " ".join([entry["title"], entry["standfirst"], entry["body"], entry["edit"][0]["added"]])
    for fact in ("GOLD", "thirty-one", "ESCA", "two full days", "February", "November", "IBC",
                 "incubator", "accelerator", "artificial intelligence", "IBM"):  # fmt: skip
        assert fact in text
    assert [words for words in TOLD_ELSEWHERE if words.casefold() in text.casefold()] == []


def test_stories_speak_of_organisations_and_subjects_that_are_there() -> None:
    known = {entry["key"] for entry in content.organisations()}
    tags = set(content.read("cluster")["tags"])
    for entry in ARTICLES:
        assert {*entry.get("about", ()), entry.get("proposed_for", "kvitbris")} <= known
        assert set(entry["tags"]) <= tags


def test_what_is_done_with_delegates_is_all_shown() -> None:
    done = {step["do"] for file in content.folder("events") for step in file.get("step", ())}
    assert done == set(STEPS)


def test_events_are_told_in_both_languages() -> None:
    for file in content.folder("events"):
        for part in (file["event"], *file["quota"], *file["ticket"]):
            english = {name for name in part if name.endswith("_en")}
            assert english
            for name in english:
                norwegian = part[name.removesuffix("_en") + "_nb"]
                assert norwegian.strip()
                assert len(norwegian.split()) < 5 or norwegian != part[name]
