"""The catalogue check finds what the translators have not done."""

from pathlib import Path

import pytest

from portal.cli.catalogues import compile_all, complain

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
GOOD = """
msgid "Hello %(name)s"
msgstr "Hei %(name)s"

msgid "%(num)s place"
msgid_plural "%(num)s places"
msgstr[0] "Én plass"
msgstr[1] "%(num)s plasser"

msgid "Your name"
msgstr "Navnet ditt"
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "babel.cfg").write_text("[python: portal/**.py]\n[jinja2: templates/**.html]\n")
    (tmp_path / "portal").mkdir()
    (tmp_path / "portal" / "room.py").write_text(
        'N_("Hello %(name)s")\nngettext("%(num)s place", "%(num)s places", n)\n'
    )
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text('{{ _("Your name") }}')
    write(tmp_path, GOOD)
    return tmp_path


def write(root: Path, entries: str) -> None:
    folder = root / "translations" / "nb" / "LC_MESSAGES"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "messages.po").write_text(HEADER + entries, encoding="utf-8")


def test_a_whole_catalogue_is_praised_by_silence(root):
    assert list(complain(root)) == []


@pytest.mark.parametrize(
    ("before", "after", "complaint"),
    [
        ('msgid "Your name"\nmsgstr "Navnet ditt"', "", "nb: “Your name” is missing"),
        ('"Navnet ditt"', '""', "nb: “Your name” has no translation"),
        ('msgid "Your name"', '#, fuzzy\nmsgid "Your name"', "nb: “Your name” is marked as unsure"),
        ('msgid "Your name"', 'msgid "Old"\nmsgstr "Gammel"\n\nmsgid "Your name"',
         "nb: “Old” is left over"),
        ("Hei %(name)s", "Hei %(navn)s", "nb: “Hello %(name)s” has other gaps in “Hei %(navn)s”"),
        ("%(num)s plasser", "", "nb: “%(num)s places” has no translation"),
        ("%(num)s plasser", "%(n)s plasser",
         "nb: “%(num)s places” has other gaps in “%(n)s plasser”"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(root, before, after, complaint):
    assert before in GOOD
    write(root, GOOD.replace(before, after))
    assert list(complain(root)) == [complaint]


def test_a_catalogue_is_compiled_again_only_when_it_changed(root):
    compile_all(root)
    compiled = root / "translations" / "nb" / "LC_MESSAGES" / "messages.mo"
    first = compiled.stat().st_mtime_ns
    compile_all(root)
    assert compiled.stat().st_mtime_ns == first
    write(root, GOOD.replace("Navnet ditt", "Ditt navn"))
    compile_all(root)
    assert b"Ditt navn" in compiled.read_bytes()
