"""Nothing is said to people in only one language."""

import ast
from pathlib import Path

import pytest

from portal.cli.catalogues import complain, marked
from portal.core.vocabulary import Word

ROOT = Path(__file__).parents[2]
MODULES = sorted((ROOT / "portal").rglob("*.py"))


def all_words(kind=Word):
    for words in kind.__subclasses__():
        yield from words
        yield from all_words(words)


def test_the_norwegian_catalogue_is_complete_and_holds_nothing_else():
    assert sorted(complain()) == []


def test_every_word_that_is_shown_is_marked():
    labels = {word.label for word in all_words()}
    assert len(labels) > 50
    assert labels - {text if isinstance(text, str) else text[0] for text in marked()} == set()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_sentence_is_marked(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Sentence":
            assert not isinstance(node.args[0], ast.Constant), f"line {node.lineno}: say N_(…)"
            assert not isinstance(node.args[0], ast.JoinedStr), f"line {node.lineno}: no f-string"
