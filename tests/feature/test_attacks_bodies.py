"""Bodies of requests that are larger, or of another shape, than any form of ours sends."""

import json
from io import BytesIO

import pytest
from sqlalchemy import select

from portal.models import AuditEvent, Organisation, Person

MEGABYTE = 1024 * 1024


@pytest.mark.parametrize(
    "kind", ["application/x-www-form-urlencoded", "application/json", "text/plain", ""]
)
def test_a_text_of_many_megabytes_is_not_read(browser, kind):
    text = b"a=1&" * (MEGABYTE // 2)
    page = browser.open("POST", "/sign-in", data=text, expect=413, content_type=kind)
    assert "too large" in page.text


def test_texts_as_long_as_a_page_may_have_are_read(browser, make):
    browser.sign_in(make.staff("editor"))
    texts = {f"body_{language}": "日" * 50_000 for language in ("en", "nb")}
    browser.fill("site.edit_page", texts, key="about")


def test_a_form_of_many_parts_is_not_read(browser):
    answers = {f"a{number}": "1" for number in range(1500)}
    browser.open("POST", "/sign-in", data=answers, expect=413, content_type="multipart/form-data")


@pytest.mark.parametrize(
    "body",
    ["{", "[]", '"x"', "5", "null", '{"name": 5}', '{"name": {"a": 1}}', '{"name": "\\ud800"}'],
)  # fmt: skip
def test_a_form_is_never_read_from_json(browser, session, make, body):
    person = make.Person(name="As it was")
    browser.sign_in(person)
    token = {"X-CSRFToken": browser.token()}
    kind = {"content_type": "application/json"}
    browser.open("POST", "/account", data=body, headers=token, expect={302, 400, 422}, **kind)
    assert person.name == "As it was"


def test_json_with_every_answer_changes_nothing(browser, make):
    person = make.Person(name="As it was")
    browser.sign_in(person)
    body = json.dumps({"name": "Another", "phone": "1", "language": "nb", "edited_version": 1})
    token = {"X-CSRFToken": browser.token()}
    kind = {"content_type": "application/json"}
    browser.open("POST", "/account", data=body, headers=token, expect={302, 422}, **kind)
    assert person.name == "As it was"


def test_a_file_in_the_place_of_a_text_is_no_answer(browser):
    answers = {"email": (BytesIO(b"x"), "a.png"), "password": (BytesIO(b"x"), "b.png")}
    data = answers | {"csrf_token": browser.token()}
    browser.open("POST", "/sign-in", data=data, expect=422, content_type="multipart/form-data")


def test_what_a_form_does_not_ask_for_is_not_taken(browser, session, make):
    organisation = make.Organisation(confirmed_at=None, number=None)
    person = make.colleague(organisation)
    browser.sign_in(person)
    more = {
        "confirmed_at": "2020-01-01", "confirmed_by_id": str(person.id), "slug": "mine", "id": "1",
        "number": "923609016", "number_kind": "norwegian", "version": "99", "tier": "gold",
        "state": "active", "verified_at": "2020-01-01", "staff": "administrator", "role": "x",
    }  # fmt: skip
    slug, id = organisation.slug, organisation.id
    browser.fill("members.edit_organisation", more, slug=slug)
    kept = session.scalar(select(Organisation).where(Organisation.id == id))
    assert (kept.confirmed_at, kept.confirmed_by_id, kept.slug, kept.number) == (
        None,
        None,
        slug,
        None,
    )
    browser.fill("members.account", more | {"email": "other@example.org", "password_hash": "x"})
    kept = session.scalar(select(Person).where(Person.id == person.id))
    assert (kept.email, kept.password_hash, str(kept.state)) == (person.email, None, "active")
    assert session.scalar(select(AuditEvent).where(AuditEvent.action == "staff.granted")) is None
