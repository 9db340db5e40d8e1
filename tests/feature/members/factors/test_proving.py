"""What would hurt most in wrong hands asks again who is there, if that was not shown lately."""

from datetime import timedelta

import pytest

from portal.models import StaffGrant
from tests.feature.members.conftest import PASSWORD
from tests.feature.members.factors.conftest import NOON, add_passkey, code_at, token_of

LATER = NOON + timedelta(minutes=15)


@pytest.fixture
def boss(browser, holder, make, at):
    """Sign in an administrator with a password at noon."""
    at(NOON)
    person = holder()
    make.StaffGrant(person=person, role="administrator")
    browser.sign_in(person, now=NOON)
    return person


def test_a_quarter_of_an_hour_is_fresh(browser, boss, make, at):
    other = make.Person()
    at(LATER)
    browser.get("members.give_grant", id=other.id)
    at(LATER + timedelta(seconds=1))
    browser.get("members.give_grant", id=other.id, expect=302)
    assert browser.response.location == f"/account/confirm?next=/admin/people/{other.id}/grant"


def test_who_confirms_goes_on_to_where_they_were(browser, boss, make, at, deeds):
    other = make.Person()
    late = LATER + timedelta(seconds=1)
    at(late)
    before = token_of(browser)
    browser.get("members.give_grant", id=other.id, expect=302)
    way = browser.response.location
    page = browser.open("GET", way)
    answers = {box["name"]: box.get("value", "") for box in page.select("main form input")}
    browser.open("POST", way, data=answers | {"password": PASSWORD}, expect=302)
    assert browser.response.location == f"/admin/people/{other.id}/grant"
    assert token_of(browser) != before
    browser.get("members.give_grant", id=other.id)
    assert deeds(boss)[-1] == "person.confirmed_themselves"


def test_what_was_typed_is_kept_and_sent_again(browser, boss, make, session, at):
    other = make.Person()
    at(LATER + timedelta(seconds=1))
    page = browser.send("members.give_grant", {"role": "editor"}, expect=403, id=other.id)
    assert "What you typed is kept" in page.text
    carried = page.select_one("input[name=carried]")["value"]
    answers = {"password": PASSWORD, "carried": carried}
    page = browser.send("members.prove", answers, expect=200)
    form = page.select_one("main form")
    assert form["action"] == f"/admin/people/{other.id}/grant"
    sent = {box["name"]: box["value"] for box in form.select("input")}
    assert {name: sent[name] for name in sent if name != "csrf_token"} == {"role": "editor"}
    assert session.query(StaffGrant).filter_by(person_id=other.id).count() == 0
    browser.open("POST", form["action"], data=sent, expect=302)
    assert session.query(StaffGrant).filter_by(person_id=other.id).count() == 1


def test_the_number_that_staff_call_is_changed_by_who_is_there_and_nothing_else_asks(
    browser, boss, session, at
):
    at(LATER + timedelta(seconds=1))
    browser.fill("members.account", {"name": "Another Name"})
    page = browser.fill("members.account", {"phone": "40 00 00 00"}, expect=403)
    assert "Confirm that it is you" in page.text
    assert (boss.name, boss.phone) == ("Another Name", "")
    at(LATER)
    browser.fill("members.account", {"phone": "40 00 00 00"})
    assert boss.phone != ""


def test_a_password_is_not_carried(browser, boss, at):
    at(LATER + timedelta(seconds=1))
    answers = {"current": PASSWORD, "password": "a new one that nobody knows"}
    page = browser.send("members.change_password", answers, expect=403)
    carried = page.select_one("input[name=carried]")["value"]
    assert "nobody knows" not in page.prettify()
    page = browser.send("members.prove", {"password": PASSWORD, "carried": carried}, expect=200)
    assert [box["name"] for box in page.select("main form input")] == ["csrf_token"]


@pytest.mark.parametrize("forged", ["", "made up", "WyJ4Il0.aaaa.bbbb"])
def test_what_another_page_would_have_sent_is_not_sent(browser, boss, at, forged):
    at(LATER + timedelta(seconds=1))
    browser.send("members.prove", {"password": PASSWORD, "carried": forged})
    assert browser.response.location == "/account/security"


def test_what_somebody_else_typed_is_not_sent(browser, another_browser, boss, make, holder, at):
    other = make.Person()
    at(LATER + timedelta(seconds=1))
    page = browser.send("members.give_grant", {"role": "editor"}, expect=403, id=other.id)
    carried = page.select_one("input[name=carried]")["value"]
    another_browser.sign_in(holder(), now=NOON)
    another_browser.send("members.prove", {"password": PASSWORD, "carried": carried})
    assert another_browser.response.location == "/account/security"


def test_a_wrong_password_is_told_counted_and_noted(browser, boss, at, deeds):
    at(LATER + timedelta(seconds=1))
    for _ in range(5):
        page = browser.fill("members.prove", {"password": "wrong"}, expect=422)
    assert "not your password" in page.select_one("#password-error").text
    browser.fill("members.prove", {"password": PASSWORD}, expect=429)
    assert deeds(boss).count("person.factor_refused") == 5


def test_who_has_an_app_is_not_asked_for_the_password(browser, with_app, at):
    one = with_app()
    browser.sign_in(one.person, now=NOON)
    late = LATER + timedelta(seconds=30)
    at(late)
    page = browser.get("members.prove")
    assert page.select("[name=code]")
    assert not page.select("[name=password]")
    browser.send("members.prove", {"password": PASSWORD}, expect=422)
    browser.fill("members.prove", {"code": code_at(one.secret, late)})
    browser.get("members.change_password")


def test_a_passkey_confirms_too(browser, holder, device, at):
    at(NOON)
    phone = device()
    browser.sign_in(holder(), now=NOON)
    add_passkey(browser, phone)
    at(LATER + timedelta(seconds=1))
    browser.get("members.change_password", expect=302)
    browser.get("members.prove_challenge")
    browser.send("members.prove", {"credential": phone.sign(browser.response.json)})
    browser.get("members.change_password")


def test_one_who_may_not_is_not_asked(browser, holder, make, at):
    at(NOON)
    browser.sign_in(holder(), now=NOON)
    at(LATER + timedelta(seconds=1))
    browser.get("members.give_grant", id=make.Person().id, expect={403, 404})


def test_a_program_is_told_in_its_own_words(browser, boss, make, at):
    at(LATER + timedelta(seconds=1))
    address = browser.address("members.give_grant", id=make.Person().id)
    browser.open("GET", address, headers={"Accept": "application/json"}, expect=403)
    assert browser.response.json == {"error": "Confirm that it is you first."}


def test_one_goes_on_only_to_pages_of_ours(browser, boss, at):
    at(LATER + timedelta(seconds=1))
    browser.fill("members.prove", {"password": PASSWORD}, next="https://evil.example/")
    assert browser.response.location == "/account/security"
