"""Addresses, marks, headers and methods that no page of ours ever wrote."""

import base64
import csv
import io
import json

import openpyxl
import pytest

from portal.platform import demo
from portal.web import exports

NOBODY = "0" * 32


def mark(*parts):
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


MARKS = {
    "an object": mark("is", {"a": 1}, NOBODY, False),
    "a list": mark("is", ["a"], NOBODY, False),
    "nothing": mark("is", None, NOBODY, False),
    "a number": mark("is", 5, NOBODY, True),
    "a huge number": mark("is", 10**30, NOBODY, False),
    "a fraction": mark("is", 1.5, NOBODY, False),
    "a zero byte": mark("is", "\x00", NOBODY, False),
    "half a character": mark("is", "\ud800", NOBODY, False),
    "a text": mark("is", "m", NOBODY, False),
    "a key": mark("id", NOBODY, NOBODY, True),
    "a time of no zone": mark("at", "2020-01-01T00:00:00", NOBODY, False),
    "a time before all time": mark("at", "0001-01-01T00:00:00+14:00", NOBODY, False),
    "a time after all time": mark("at", "9999-12-31T23:59:59-14:00", NOBODY, True),
    "a moment": mark("at", "2020-01-01T00:00:00+00:00", NOBODY, False),
    "a wrong key": mark("is", "m", "x", False),
    "too few parts": mark("is"),
    "no list": mark(),
    "deep": base64.urlsafe_b64encode(b"[" * 2900).decode(),
    "too long": "A" * 100_000,
    "no base64": "ø=%",
}
LISTS = {
    "by name": "members.directory",
    "by address": "members.staff_people",
    "by name for staff": "members.staff_organisations",
    "by moment": "members.enquiries",
    "failures": "site.failed_jobs",
    "by key": "programmes.applications",
}


@pytest.mark.parametrize("endpoint", LISTS.values(), ids=LISTS)
def test_a_mark_that_we_never_wrote_is_no_failure(browser, make, endpoint):
    browser.sign_in(make.staff("administrator"))
    for written in MARKS.values():
        browser.get(endpoint, mark=written)


def test_a_mark_of_another_list_leads_to_the_beginning(browser, make):
    make.MembershipEnquiry(organisation_name="The only one AS")
    browser.sign_in(make.staff("membership"))
    for name in ("a text", "a key", "a number", "a time of no zone"):
        assert "The only one AS" in browser.get("members.enquiries", mark=MARKS[name]).text


@pytest.mark.parametrize(
    "path",
    [
        "/members/%00", "/organisations/a%00b", "/programmes/calls/%00", "/verify/%00",
        "/organisations/join/NO/%00", "/admin/people?begins=%00", "/members?mark=a%00",
        "/invitations/%00", "/%00", "/files/%00",
    ],
)  # fmt: skip
def test_a_zero_byte_in_an_address_finds_nothing(browser, make, path):
    browser.sign_in(make.staff("administrator"))
    browser.open("GET", path, expect=404)


@pytest.mark.parametrize(
    "path",
    [
        "/files/not-a-key", "/files/..%2f..%2fsecret_key", "/requests/1", "/admin/people/-1",
        "/admin/pages/home/revisions/99999999999999999999", "/admin/pages/home/revisions/999999",
        "/programmes/applications/%7b%7d/sections/1",
    ],
)  # fmt: skip
def test_what_is_no_key_finds_nothing(browser, make, path):
    browser.sign_in(make.staff("administrator"))
    browser.open("GET", path, expect=404)


@pytest.mark.parametrize("told", ["http://[::1", "http://[", "//", "\\\\evil.example", "x" * 5000])
def test_a_page_that_nobody_can_come_from_leads_home(browser, told):
    ours = {"Sec-Fetch-Site": "same-origin", "Referer": told}
    browser.open("POST", "/theme", data={"theme": "dark"}, headers=ours, expect=302)
    assert browser.response.location.startswith("/")
    assert not browser.response.location.startswith("//")


def test_a_broken_origin_is_not_ours(browser):
    elsewhere = {"Origin": "http://[", "Referer": "http://["}
    browser.open("POST", "/theme", data={"theme": "dark"}, headers=elsewhere, expect=403)


def test_who_acts_for_another_organisation_comes_back_to_a_page_of_ours(browser, make):
    person = make.colleague(make.Organisation())
    other = make.Affiliation(person=person).organisation
    browser.sign_in(person)
    for told in ("http://[", "https://evil.example//evil.example/x", "javascript:alert(1)"):
        data = {"csrf_token": browser.token(), "organisation": str(other.id)}
        headers = {"Referer": told}
        browser.open("POST", "/act-for", data=data, headers=headers, expect=302)
        assert browser.response.location.startswith("/")
        assert not browser.response.location.startswith("//")


def test_letters_and_pages_name_our_own_address_whatever_host_was_asked_for(browser):
    page = browser.open("GET", "/", headers={"Host": "evil.example"})
    assert "evil.example" not in str(page)
    sitemap = browser.client.get("/sitemap.xml", headers={"Host": "evil.example"})
    assert "evil.example" not in sitemap.text
    browser.open("GET", "/desk", headers={"Host": "evil.example"}, expect=401)
    assert "evil.example" not in browser.response.text


def test_a_method_in_a_header_or_a_field_is_not_the_method(browser, make):
    browser.sign_in(make.Person())
    browser.open("GET", "/sign-out", expect=405, headers={"X-HTTP-Method-Override": "POST"})
    assert set(browser.response.allow) == {"POST", "OPTIONS"}
    browser.open("GET", "/sign-out?_method=POST", expect=405)
    browser.get("members.account")


@pytest.mark.parametrize("kind", ["csv", "xlsx", "../../x", "a\r\nX-Evil: 1", "html"])
def test_a_file_has_one_of_two_endings(browser, make, kind):
    browser.sign_in(make.staff("membership"))
    browser.get("members.export_organisations", kind=kind)
    told = browser.response.headers["Content-Disposition"]
    assert told in {
        "attachment; filename=organisations.csv",
        "attachment; filename=organisations.xlsx",
    }
    assert "X-Evil" not in browser.response.headers


FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "{=1+1}", "=cmd|' /C calc'!A0")


@pytest.mark.parametrize("text", [*FORMULAS, "\uff1d1+1"])
def test_no_cell_is_a_formula(app, session, text):
    rows = [["Name"], [text]]
    with app.test_request_context():
        told, book = exports.as_csv(rows).decode("utf-8-sig"), exports.as_xlsx(rows)
    [_heading, [cell]] = csv.reader(io.StringIO(told, newline=""), delimiter=";")
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d"))
    shown = openpyxl.load_workbook(io.BytesIO(book)).active["A2"]
    assert shown.data_type == "s"


@pytest.mark.parametrize("address", ["http://127.0.0.1:8000", "http://localhost", "http://[::1]:9"])
def test_the_demo_is_open_to_this_machine(app, address):
    with app.test_request_context(base_url=address, environ_base={"REMOTE_ADDR": "127.0.0.1"}):
        assert demo.is_near()


@pytest.mark.parametrize(
    ("address", "remote", "headers"),
    [
        ("http://demo.cluster.example", "127.0.0.1", {}),
        ("http://127.0.0.1.evil.example", "127.0.0.1", {}),
        ("http://127.0.0.1:8000", "198.51.100.7", {}),
        ("http://127.0.0.1:8000", "127.0.0.1", {"X-Forwarded-For": "198.51.100.7"}),
        ("http://localhost", "127.0.0.1", {"Forwarded": "for=198.51.100.7"}),
        ("http://localhost", "127.0.0.1", {"X-Real-IP": "198.51.100.7"}),
    ],
)
def test_the_demo_is_shut_to_whoever_comes_by_a_proxy_or_another_name(
    app, address, remote, headers
):
    with app.test_request_context(
        base_url=address, environ_base={"REMOTE_ADDR": remote}, headers=headers
    ):
        assert not demo.is_near()
