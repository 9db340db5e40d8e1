"""Files in answers: known by their content, seen by whoever sees the application."""

from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import select

from portal.models import StoredFile
from tests.support.browser import filled_in
from tests.support.drafts import kept


@pytest.fixture
def call(make):
    return make.Call(title_en="Accelerator, spring")


@pytest.fixture
def company(make):
    return make.Organisation(display_name="Nordlys Graphics")


@pytest.fixture
def founder(make, company):
    return make.colleague(company, "administrator", name="Kari Nes")


@pytest.fixture
def colleague(make, company):
    return make.colleague(company, "member", name="Jon Dale")


@pytest.fixture
def draft(make, call, company, founder):
    return make.Application(call=call, organisation=company, lead_id=founder.id)


def test_a_file_is_kept_shown_replaced_and_removed(browser, session, make, call, draft, founder):
    make.questions(call, "file", "short")
    browser.sign_in(founder)
    send_file(browser, draft, pdf(), "budget.exe")
    [stored] = session.scalars(select(StoredFile)).all()
    assert (stored.name, stored.owner_type, stored.owner_id) == (
        "budget.pdf", "application", draft.id,
    )  # fmt: skip
    assert kept(session) == {"file": str(stored.id)}
    page = browser.get("programmes.section", id=draft.id, position=1)
    assert page.select_one(f"main a[href='/files/{stored.id}']").text == "budget.pdf"
    browser.get("files.show", id=stored.id)
    assert "attachment" in browser.response.headers["Content-Disposition"]
    browser.fill("programmes.section", {"answer_short": "A"}, id=draft.id, position=1)
    assert kept(session) == {"file": str(stored.id), "short": "A"}
    browser.fill("programmes.section", {"answer_file_remove": "y"}, id=draft.id, position=1)
    assert kept(session) == {"file": None, "short": "A"}


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"MZ\x90\x00" + b"\x00" * 60, "plan.pdf", "We cannot take this kind of file."),
        (b"", "plan.pdf", "This file is empty."),
    ],
)
def test_a_file_of_another_kind_is_refused_at_the_field(
    browser, session, make, call, draft, founder, content, name, words
):
    make.questions(call, "file", "short")
    browser.sign_in(founder)
    page = send_file(browser, draft, content, name, expect=422, answer_short="Kept on screen")
    assert words in page.select_one("#answer_file-error").text
    assert page.select_one("#answer_short")["value"] == "Kept on screen"
    assert session.scalars(select(StoredFile)).all() == []


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("colleague", 200),
        ("programme staff", 200),
        ("other staff", 404),
        ("another organisation", 404),
        ("stranger", 404),
    ],
)
def test_a_file_is_seen_by_whoever_sees_the_application(
    browser, another_browser, session, make, call, draft, founder, colleague, kind, status
):
    make.questions(call, "file")
    browser.sign_in(founder)
    send_file(browser, draft, picture(), "logo.png")
    people = {
        "colleague": lambda: colleague,
        "programme staff": lambda: make.staff("programmes"),
        "other staff": lambda: make.staff("editor"),
        "another organisation": lambda: make.colleague(make.Organisation()),
    }
    if kind in people:
        another_browser.sign_in(people[kind]())
    stored = session.scalar(select(StoredFile.id))
    another_browser.get("files.show", id=stored, expect=status)


def send_file(browser, draft, content, name, *, expect=302, **answers):
    page = browser.get("programmes.section", id=draft.id, position=1)
    data = filled_in(page.select_one("main form[method=post]")) | answers
    data["answer_file"] = (BytesIO(content), name)
    url = browser.address("programmes.section", id=draft.id, position=1)
    return browser.open("POST", url, data=data, expect=expect, content_type="multipart/form-data")


def pdf() -> bytes:
    return b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def picture() -> bytes:
    content = BytesIO()
    Image.new("RGB", (20, 20), "teal").save(content, "PNG")
    return content.getvalue()
