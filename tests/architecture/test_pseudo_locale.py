"""No text for people is left unmarked: in a language in which every marked text stands ⟦so⟧.

The language is Chinese by name, since its days and numbers are written without a Latin letter. What
the world holds stands «so»; all letters besides are words that nobody can translate.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from bs4 import BeautifulSoup, Comment, Doctype

import portal
from portal.cli.catalogues import marked
from portal.config import ROOT
from portal.platform import language
from portal.web import environment
from tests.architecture.theatre import Theatre
from tests.architecture.visits import PAGES, ROWS, named, read, readers
from tests.architecture.world import KINDS
from tests.support.databases import Stage, lend

PSEUDO = "zh"
GAP = re.compile(r"(%\(\w+\)[sd])")
#: Names that are the same in every language: of languages, of zones, of kinds of file.
NAMES = re.compile(
    r"\b(?:English|Norsk|Chinese|Firefox|UTC|CSV|XLSX|PDF|RSS|Atom|JSON Feed|Oslo"
    r"|(?:Africa|America|Asia|Atlantic|Australia|Europe|Indian|Pacific)/[\w/ +-]+)\b"
)
#: What the world holds that is no text: addresses, references, and the words of machines.
DATA = re.compile(
    r"[\w.+-]+@[\w.-]+|https?://\S*|\b[\w.-]+\.example\b|\b(?:APP-)?2026-\d+\b|\d+\.(?:pdf|webp)"
    r"|\b(?:[A-Z2-7]{4} ){3,}[A-Z2-7]{4}\b"
)
#: The hour in a day's pattern, which is not a text but part of how a day is written.
CLOCK = re.compile(r"\bkl\. (?=\d)")
SPOKEN = ("alt", "aria-label", "title", "placeholder")
UNSPOKEN = {"script", "style", "textarea"}
HIDDEN = re.compile(r'<input[^>]* type="hidden"[^>]*>')


def wrapped(text: str) -> str:
    """Put a text between marks, and what stands in its gaps outside of them."""
    parts = GAP.split(text)
    return "".join(part if GAP.fullmatch(part) else f"⟦{part}⟧" for part in parts if part)


def write_catalogue(folder: Path) -> None:
    """Translate every marked text into itself between marks."""
    catalogue = Catalog(locale=PSEUDO)
    for text in marked(ROOT):
        if isinstance(text, str):
            catalogue.add(text, wrapped(text))
        else:
            catalogue.add(text, (wrapped(text[-1]),))
    path = folder / PSEUDO / "LC_MESSAGES" / "messages.mo"
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        write_mo(file, catalogue)


@pytest.fixture(scope="module")
def speaking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let every portal that is made meanwhile speak the language of marks as well."""
    folder = tmp_path_factory.mktemp("catalogue")
    write_catalogue(folder)
    folders = {"BABEL_TRANSLATION_DIRECTORIES": f"{ROOT / 'translations'};{folder}"}
    configuration = portal.configuration
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(portal, "configuration", lambda given: configuration(given) | folders)
        for module in (language, environment):
            patch.setattr(module, "LANGUAGES", (*language.LANGUAGES[:2], PSEUDO))
        for names in (language.NAMES, language.ASKED, language.LOCALES):
            patch.setitem(names, PSEUDO, PSEUDO if names is not language.NAMES else "Chinese")
        yield


@pytest.fixture(scope="module")
def abroad(speaking: None, tmp_path_factory) -> Iterator[Theatre]:
    """A world on one database: what is marked for translation is the same on every other."""
    folder = tmp_path_factory.mktemp("abroad")
    with lend(None, folder) as url:
        stage = Stage(url, folder)
        yield Theatre(stage)
        stage.close()


def spoken(page: BeautifulSoup) -> Iterator[str]:
    """Return every text that people see or hear."""
    for text in page.find_all(string=True):
        if not isinstance(text, Comment | Doctype) and text.parent.name not in UNSPOKEN:
            yield str(text)
    for tag in page.find_all(True):
        yield from (tag[name] for name in SPOKEN if tag.has_attr(name))
        is_button = tag.name == "input" and tag.get("type") in {"submit", "button"}
        if is_button or (tag.name == "button" and not tag.contents):
            yield tag.get("value", "")
        if tag.name == "meta" and tag.get("name") == "description":
            yield tag["content"]


def unmarked(text: str) -> str:
    """Return what is left of a text without what is marked, held by the world, or a name."""
    for pattern in (re.compile("⟦[^⟦⟧]*⟧"), re.compile("«[^«»]*»")):
        while pattern.search(text):
            text = pattern.sub("", text)
    for pattern in (DATA, NAMES, CLOCK):
        text = pattern.sub("", text)
    return " ".join(text.split())


def test_marks_leave_gaps_outside():
    assert wrapped("Hello %(name)s, come") == "⟦Hello ⟧%(name)s⟦, come⟧"
    assert unmarked("⟦Hello ⟧«Kari»⟦, come⟧") == ""
    assert unmarked("⟦Hello⟧ friend") == "friend"


def foreign_to(page: BeautifulSoup) -> set[str]:
    """Return the texts of a page that nobody can translate; a mark in a word changes none."""
    for inside in page.select("mark, wbr"):
        inside.unwrap()
    page.smooth()
    left = map(unmarked, spoken(page))
    return {text for text in left if re.search("[A-Za-zÆØÅæøå]", text)}


def test_whoever_speaks_english_reads_no_marks(abroad):
    home = next(row for row in PAGES if row.endpoint == "site.home")
    assert foreign_to(read(abroad, home, kind="stranger", language="en"))


@pytest.mark.parametrize("row", PAGES, ids=str)
def test_a_page_holds_no_text_that_nobody_can_translate(abroad, row):
    for kind in readers(row):
        page = read(abroad, row, kind=kind, language=PSEUDO)
        assert page is None or foreign_to(page) == set()


@pytest.mark.parametrize("row", named(method="POST"))
def test_what_is_wrong_with_an_empty_form_is_said_in_words_of_ours(abroad, unthrottled, row):
    kind = [*row.those_who(get_in=True), "boss"][0]
    response = abroad.post(abroad.place(row), {}, kind=kind, language=PSEUDO)
    if response.status_code < 400:
        abroad.restore()
    elif response.mimetype == "text/html":
        assert foreign_to(BeautifulSoup(response.data, "html.parser")) == set()


@pytest.mark.parametrize("kind", KINDS)
def test_refusals_are_said_in_words_of_ours(abroad, kind):
    read = set()
    for row in ROWS:
        if row.method == "GET" and row.status(kind) in {403, 404, 409}:
            path = abroad.place(row)
            text = abroad.open("GET", path, kind=kind, language=PSEUDO).text
            said = HIDDEN.sub("", text).replace(path, "")
            if said not in read:  # most of them say the same
                assert foreign_to(BeautifulSoup(text, "html.parser")) == set(), row
                read.add(said)


def test_whoever_must_sign_in_first_is_told_in_words_of_ours(abroad):
    response = abroad.post("/sign-out", {}, kind="stranger", language=PSEUDO)
    assert response.status_code == 401
    assert foreign_to(BeautifulSoup(response.data, "html.parser")) == set()
