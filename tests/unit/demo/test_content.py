"""The invented cluster as it is written down: believable, varied, and nobody real."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from stdnum.no import orgnr

from portal.demo import content, pictures

FILES = [
    "cluster", "people", "programmes", "calls", "pages", "joining", "belonging", "own_data",
    "forms/incubator", "forms/accelerator", "forms/pilot",
    "cohorts/naust-4", "cohorts/naust-5", "cohorts/medvind-5",
    "applications/medvind-6", "applications/naust-4",
    "applications/naust-5-a", "applications/naust-5-b",
    "articles/cluster", "articles/coming", "articles/inside",
    "articles/members-a", "articles/members-b",
    "events/cold-hall", "events/final-night", "events/ibc", "events/nab",
    "events/salford", "events/studio-day", "events/voices",
    "organisations/abroad", "organisations/companies-a", "organisations/companies-b",
    "organisations/incubated", "organisations/institutions",
    "organisations/newcomers-a", "organisations/newcomers-b",
]  # fmt: skip
QUESTION_KINDS = {
    "short", "long", "number", "single", "multiple", "yesno", "date", "link", "file",
}  # fmt: skip
ORGANISATIONS = content.organisations()


def prose(value: object) -> Iterator[str]:
    """Every text in a file, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from prose(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from prose(inner)


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text in plain words; what has fewer than four words is a label."""
    for line in text.split("\n"):
        for sentence in re.split(r"(?<=[.!?:;])\s+", line):
            words = re.findall(r"[^\W_]+", sentence.casefold())
            if len(words) >= 4:
                yield " ".join(words)


def test_no_two_texts_share_a_sentence() -> None:
    found = Counter(
        sentence for name in FILES for text in prose(content.read(name))
        for sentence in set(sentences(text))
    )  # fmt: skip
    assert len(found) > 800
    assert [sentence for sentence, times in found.items() if times > 1] == []


def test_every_file_is_looked_at_here() -> None:
    there = {str(p.relative_to(content.FOLDER).with_suffix("")) for p in
             content.FOLDER.rglob("*.toml")}  # fmt: skip
    assert there == {*FILES, "marks", "illustrations"}


def test_there_are_about_forty_five_organisations_of_every_kind() -> None:
    assert 42 <= len(ORGANISATIONS) <= 52
    assert {entry["kind"] for entry in ORGANISATIONS} == {
        "company", "startup", "research", "public", "finance", "association",
    }  # fmt: skip
    assert {entry["language"] for entry in ORGANISATIONS} == {"en", "nb"}
    assert {entry["size"] for entry in ORGANISATIONS} == {"micro", "small", "medium", "large"}


def test_norwegian_numbers_are_valid_and_of_the_synthetic_range() -> None:
    numbers = [
        entry["number"] for entry in ORGANISATIONS
        if "number" in entry and entry.get("country", "NO") == "NO"
    ]  # fmt: skip
    assert len(numbers) == len(set(numbers)) > 40
    assert all(orgnr.is_valid(number) and number.startswith("3") for number in numbers)


def test_some_come_from_abroad_and_one_is_not_registered_yet() -> None:
    assert {entry["country"] for entry in ORGANISATIONS if "country" in entry} == {"EE", "GB", "DK"}
    assert [entry["key"] for entry in ORGANISATIONS if "number" not in entry] == ["sporlys"]


def test_no_two_people_have_the_same_name() -> None:
    script = content.read("cluster")
    names = [name for entry in ORGANISATIONS for name, *_rest in entry["people"]]
    names += [person["name"] for person in (*script["staff"], *script["guest"])]
    assert len(names) >= 90
    assert [name for name, times in Counter(names).items() if times > 1] == []


@pytest.mark.parametrize("entry", ORGANISATIONS, ids=lambda entry: str(entry["key"]))
def test_an_organisation_tells_of_itself_in_two_to_four_sentences(entry: content.Entry) -> None:
    paragraph = entry["description"].replace("\n", " ").strip()
    assert 2 <= len(re.split(r"(?<=[.!?])\s+", paragraph)) <= 4
    assert entry["standfirst"].endswith((".", "!", "?"))
    assert entry["people"]


def test_no_two_organisations_have_the_same_picture() -> None:
    marks = content.read("marks")
    used = [entry["logo"].split() for entry in ORGANISATIONS]
    assert {mark for mark, _palette in used} <= set(marks["marks"])
    assert {palette for _mark, palette in used} <= set(marks["palettes"])
    assert len({mark for mark, _palette in used}) == len(ORGANISATIONS)


def test_a_logo_passes_the_checks_of_every_upload() -> None:
    upload = pictures.upload("wind", "fjord", "tekstavind")
    assert (upload.media_type, upload.width, upload.height) == ("image/webp", 256, 256)


@pytest.mark.parametrize("name", ["incubator", "accelerator", "pilot"])
def test_a_call_asks_twelve_to_nineteen_questions_of_every_kind(name: str) -> None:
    pages = content.read(f"forms/{name}")["section"]
    asked = [question for page in pages for question in page["question"]]
    assert 4 <= len(pages) <= 5
    assert 12 <= len(asked) <= 19
    assert {question["kind"] for question in asked} == QUESTION_KINDS


def test_every_address_is_invented() -> None:
    text = "\n".join(text for name in FILES for text in prose(content.read(name)))
    hosts = re.findall(r"https?://([\w.-]+)", text) + re.findall(r"@([\w-]+\.[\w.-]+)", text)
    assert hosts
    assert [host for host in hosts if not host.rstrip(".").endswith(".example")] == []
