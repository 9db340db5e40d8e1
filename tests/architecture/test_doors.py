"""Promises about doors, addresses and templates, whichever room they lead to."""

import re
from pathlib import Path

import pytest
from flask import Flask

from portal import create_app, web
from portal.web.access import check_every_door_is_guarded
from tests.support.databases import settings

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SCRIPTS = sorted((ROOT / "portal" / "static").rglob("*.js"))


def test_a_page_nobody_guards_keeps_the_portal_from_starting():
    app = Flask("leaky")
    app.add_url_rule("/secrets", "secrets", lambda: "everything")
    with pytest.raises(RuntimeError, match="secrets"):
        check_every_door_is_guarded(app)


def test_the_portal_looks_at_its_own_doors(monkeypatch, tmp_path):
    monkeypatch.setattr(web.access, "guard_of", lambda view: None)
    with pytest.raises(RuntimeError, match="files.show"):
        create_app(settings(f"sqlite:///{tmp_path / 'x.db'}", tmp_path))


def test_addresses_are_lower_case_with_hyphens(stage):
    for rule in stage.app.url_map.iter_rules():
        words = [part for part in rule.rule.split("/") if part and not part.startswith("<")]
        assert all(word == word.lower().replace("_", "-") for word in words), rule.rule


def test_addresses_that_stay_are_there(stage):
    addresses = {rule.rule for rule in stage.app.url_map.iter_rules()}
    stay = {
        "/", "/desk", "/sign-in", "/sign-up", "/programmes", "/members", "/search", "/healthz",
        "/readyz", "/news", "/news/feed.<any(rss,atom,json):kind>",
    }  # fmt: skip
    assert stay - addresses == set()


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_has_nothing_inline_and_trusts_nothing(path):
    text = path.read_text()
    in_mail = "mail" in path.parts or path.name == "mail.html"
    if not in_mail:
        assert not re.search(r"\sstyle\s*=", text)
        assert "<style" not in text
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text)
    assert not re.search(r"<script(?![^>]*\b(src|type=\"application/ld\+json\"))", text)
    assert not re.search(r"\|\s*safe\b|autoescape\s+false", text)
    assert not re.search(r"https?://(?!schema\.org|www\.w3\.org|example\.org)", text), (
        "nothing from elsewhere"
    )


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_script_makes_no_markup_of_text(path):
    assert not re.search(r"\binnerHTML\b|\bouterHTML\b|document\.write|\beval\(", path.read_text())
