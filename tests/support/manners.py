"""What is true of every page, checked on every page that any test visits."""

import re
from collections import defaultdict
from collections.abc import Iterator

import html5lib
from bs4 import BeautifulSoup, Tag

#: Shapes of pages that were read without a mistake in this process.
FLAWLESS: set[tuple[str, ...]] = set()
VALUE = re.compile(r'="[^"&]*"')
TAG = re.compile(r"(<[^>]*>)")
#: What can be a mistake inside a text: references, and characters that no page may hold.
DOUBTFUL = re.compile("&[^;\\s]*;?|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")


def mind_manners(html: str, page: BeautifulSoup, language: str) -> None:
    """Fail unless a page is well-formed, named, labelled, guarded, and free of inline code."""
    parse_strictly(html)
    found = defaultdict(list)
    for tag in page.find_all(True):
        found[tag.name].append(tag)
        assert not tag.has_attr("style"), tag
        assert not [name for name in tag.attrs if name.startswith("on")], tag
    assert page.html["lang"] == language
    [h1] = found["h1"]
    heading = h1.get_text(" ", strip=True)
    assert page.title.get_text(strip=True).startswith(heading), (page.title.text, heading)
    mind_ids(page)
    mind_labels([*found["input"], *found["select"], *found["textarea"]], found["label"])
    mind_forms(found["form"])
    for script in found["script"]:
        assert script.has_attr("src") or script.get("type") == "application/ld+json", script


def parse_strictly(html: str) -> None:
    """Fail on a page that a strict parser finds fault with; of one shape, one page is parsed."""
    shape = tuple(shape_of(html))
    if shape not in FLAWLESS:
        parser = html5lib.HTMLParser(strict=False)
        parser.parse(html)
        assert not parser.errors, parser.errors
        FLAWLESS.add(shape)


def shape_of(html: str) -> Iterator[str]:
    """Yield all of a page that mistakes are made of: its tags, and what is odd in its texts."""
    for place, part in enumerate(TAG.split(VALUE.sub("=", html))):
        if place % 2:
            yield part
        elif part and not part.isspace():
            yield " ".join(["text", *DOUBTFUL.findall(part)])


def mind_ids(page: BeautifulSoup) -> None:
    """Fail when two things of a page have one id."""
    ids = [tag["id"] for tag in page.find_all(id=True)]
    twice = sorted(id for id in ids if ids.count(id) > 1) if len(ids) > len(set(ids)) else []
    assert twice == [], "ids are unique"


def mind_labels(boxes: list[Tag], labels: list[Tag]) -> None:
    """Fail when a box to fill in has no label."""
    labelled = {label["for"] for label in labels if label.get("for")}
    for box in boxes:
        named = box.get("aria-label") or box.get("aria-labelledby") or box.get("id") in labelled
        assert named or box.get("type") == "hidden", f"{box} has a label"


def mind_forms(forms: list[Tag]) -> None:
    """Fail when a form that writes does not carry its token."""
    for form in forms:
        if form.get("method", "").lower() == "post":
            guarded = form.find("input", {"name": "csrf_token"})
            assert guarded or form.get("data-guard") == "origin", (
                "a form that writes carries its token"
            )
