"""Where somebody was heading who has to sign up, sign in or register an organisation first."""

import pytest

from portal.models import Organisation
from tests.feature.members.conftest import FACTS, NUMBER, PASSWORD, path_in

NEW = {
    "name": "Ingrid Lie",
    "email": "ingrid@example.org",
    "password": PASSWORD,
    "accepts": "y",
}
ENTER = {"email": NEW["email"], "password": PASSWORD}
#: Addresses that lead, or that some browser takes as leading, away from us.
ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "/\\evil.example",
    "\\\\evil.example",
    "/\tevil.example",
    "/\n/evil.example",
    " https://evil.example",
    "javascript:alert(1)",
    "evil.example",
]


@pytest.fixture
def begin(make):
    """Where one applies to a call that is open."""
    return f"/programmes/calls/{make.Call(slug='spring').slug}/apply"


def press(browser, address, answers=None):
    """Send the form of a page as it stands, with some answers."""
    page = browser.open("GET", address)
    hidden = page.select("main form input[type=hidden]")
    data = {each["name"]: each["value"] for each in hidden} | (answers or {})
    return browser.open("POST", address, data=data, expect=302)


def link(page, text):
    """Return where a link of a page leads."""
    return next(a["href"] for a in page.select("main a") if a.get_text(strip=True) == text)


def test_whoever_signs_up_to_apply_ends_where_one_applies(browser, session, letters, begin):
    page = browser.open("GET", begin.removesuffix("/apply"))
    press(browser, link(page, "Sign up to apply"), NEW)
    press(browser, path_in(letters(NEW["email"])[0], "/verify/"))
    press(browser, browser.response.location, ENTER)
    assert browser.response.location == begin
    page = browser.open("GET", begin)
    press(browser, link(page, "Add your organisation"), {"number_kind": "none", "country": "NO"})
    press(browser, browser.response.location, FACTS)
    assert browser.response.location == begin
    browser.open("GET", begin)
    assert session.query(Organisation).one().display_name == FACTS["display_name"]


def test_whoever_has_an_account_signs_in_instead_and_goes_on(browser, holder, begin):
    holder(email=NEW["email"])
    page = browser.open("GET", begin.removesuffix("/apply"))
    page = browser.open("GET", link(page, "Sign up to apply"))
    press(browser, link(page, "Sign in"), ENTER)
    assert browser.response.location == begin


def test_signing_up_again_goes_on_too(browser, holder, letters, begin):
    holder(email=NEW["email"])
    browser.fill("members.sign_up", NEW, next=begin)
    press(browser, path_in(letters(NEW["email"])[0], "/sign-in"), ENTER)
    assert browser.response.location == begin


def test_whoever_has_forgotten_the_password_chooses_another_and_goes_on(
    browser, holder, letters, work, begin
):
    holder(email=NEW["email"])
    page = browser.open("GET", f"/sign-in?next={begin}")
    press(browser, link(page, "I have forgotten my password"), {"email": NEW["email"]})
    page = browser.open("GET", browser.response.location)
    assert link(page, "Try another address") == f"/forgotten?next={begin}"
    work()
    answers = {"password": "another ferry in winter"}
    press(browser, path_in(letters(NEW["email"])[-1], "/reset/"), answers)
    press(browser, browser.response.location, ENTER | answers)
    assert browser.response.location == begin


def test_whoever_asks_for_another_link_still_goes_on(browser, holder, letters, begin):
    holder(email=NEW["email"], verified_at=None)
    press(browser, f"/sign-in?next={begin}", ENTER)
    assert browser.response.location == f"/confirm-address?next={begin}"
    press(browser, browser.response.location)
    press(browser, path_in(letters(NEW["email"])[-1], "/verify/"))
    assert browser.response.location == begin


def test_a_call_tells_whoever_has_not_proved_an_address_to_do_so(browser, make, begin):
    browser.sign_in(make.Person(verified_at=None))
    page = browser.open("GET", begin.removesuffix("/apply"))
    assert link(page, "Confirm your e-mail address") == f"/confirm-address?next={begin}"


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_nothing_on_the_way_leads_away_from_us(browser, holder, letters, wanted):
    holder(email="known@example.org")
    for email in ("known@example.org", "new@example.org"):
        browser.fill("members.sign_up", NEW | {"email": email}, next=wanted)
        assert browser.response.location == "/sign-up/sent"
        assert "evil" not in letters(email)[0].text
    address = path_in(letters("new@example.org")[0], "/verify/")
    browser.get("members.sign_up_sent", next=wanted)
    page = browser.open("GET", address, query_string={"next": wanted})
    data = {"csrf_token": page.select_one("main [name=csrf_token]")["value"]}
    browser.open("POST", address, data=data, query_string={"next": wanted}, expect=302)
    assert browser.response.location == "/sign-in?next=/desk"
    page = browser.get("members.sign_in", next=wanted)
    assert link(page, "Open an account") == "/sign-up"
    browser.fill("members.sign_in", ENTER | {"email": "new@example.org"}, next=wanted)
    assert browser.response.location == "/desk"
    browser.get("members.confirm_address", next=wanted, expect=302)
    assert browser.response.location == "/desk"
    answers = {"number_kind": "norwegian", "number": NUMBER, "country": "NO"}
    browser.fill("members.new_organisation", answers, next=wanted)
    assert "evil" not in browser.response.location
    browser.fill("members.register", FACTS, next=wanted)
    assert browser.response.location == "/organisations/nordlys-robotics"


def test_an_address_too_long_for_a_link_is_left_out_of_the_mail(browser, letters):
    browser.fill("members.sign_up", NEW, next="/programmes?mark=" + "x" * 300)
    assert "next=" not in letters(NEW["email"])[0].text


@pytest.mark.parametrize(
    "wanted",
    ["/desk", "/members/%C3%A5", "/organisations/join/NO/923%20609%20016", "/account?a=b&c=%2Fd"],
)
def test_a_page_that_needs_signing_in_leads_there_and_back(browser, holder, wanted):
    holder(email=NEW["email"])
    browser.open("GET", wanted, expect={401, 404})
    if browser.response.status_code == 404:
        return
    assert browser.response.headers["Cache-Control"] == "no-store"
    page = browser.open("GET", browser.response.location)
    assert "you come straight to the page" in page.main.text
    press(browser, browser.response.request.full_path, ENTER)
    assert browser.response.location == wanted


def test_a_deed_of_a_stranger_is_refused_on_a_page_of_its_own(browser):
    page = browser.send("members.sign_out", expect=401)
    assert browser.response.status_code == 401
    assert "What you typed is still there" in page.main.text


def test_a_script_is_told_that_it_must_sign_in(browser):
    browser.open("GET", "/desk", headers={"Accept": "application/json"}, expect=401)
    assert browser.response.status_code == 401
