"""The authenticator app: set up by a code, asked for at the second step, each code once."""

from datetime import timedelta

import pytest

from tests.feature.members.factors.conftest import NOON, code_at, enter, set_up_app, token_of

HALF_A_MINUTE = timedelta(seconds=30)


def test_an_app_is_set_up_by_its_first_code_and_its_owner_is_told(with_app, letters, deeds):
    one = with_app()
    assert one.person.factor_since == NOON
    assert letters(one.person.email)[-1].subject == (
        "An authenticator app was set up for your account"
    )
    assert deeds(one.person)[-2:] == ["authenticator_app.begun", "authenticator_app.added"]


def test_a_wrong_code_sets_up_nothing(browser, holder, at):
    at(NOON)
    person = holder()
    browser.sign_in(person, now=NOON)
    browser.send("members.begin_app")
    page = browser.send("members.set_up_app", {"code": "000000"}, expect=422)
    assert "not right" in page.select_one("#code-error").text
    assert person.factor_since is None


def test_the_secret_stands_in_a_picture_and_as_text(browser, holder, at):
    at(NOON)
    browser.sign_in(holder(), now=NOON)
    browser.send("members.begin_app")
    page = browser.get("members.set_up_app")
    assert page.select_one("main img")["src"].startswith("data:image/svg+xml")
    assert len(page.select_one("main code").text.replace(" ", "")) == 32
    assert browser.response.headers["Cache-Control"] == "no-store"


def test_the_password_alone_opens_nothing(browser, with_app, live):
    one = with_app()
    enter(browser, one.person)
    assert browser.response.location == "/sign-in/second"
    assert token_of(browser) is None
    [half] = [s for s in live(one.person) if s.proved_at is None]
    assert half.expires_at == NOON + timedelta(minutes=10)
    browser.get("members.account", expect=401)


def test_the_code_after_the_password_opens_everything(browser, with_app, at, live):
    one = with_app()
    at(NOON + HALF_A_MINUTE)
    enter(browser, one.person, next="/account")
    assert browser.response.location == "/sign-in/second?next=/account"
    code = code_at(one.secret, NOON + HALF_A_MINUTE)
    browser.fill("members.second_step", {"code": f" {code[:3]} {code[3:]} "}, next="/account")
    assert browser.response.location == "/account"
    whole = live(one.person)[-1]
    assert (whole.way.value, whole.factor.value) == ("password", "app")
    assert whole.proved_at == whole.factor_at == NOON + HALF_A_MINUTE
    browser.get("members.account")


def test_a_session_gets_another_token_with_the_factor(browser, with_app, at):
    one = with_app()
    at(NOON + HALF_A_MINUTE)
    enter(browser, one.person)
    with browser.client.session_transaction() as kept:
        half = kept["half"]
    browser.fill("members.second_step", {"code": code_at(one.secret, NOON + HALF_A_MINUTE)})
    with browser.client.session_transaction() as kept:
        assert "half" not in kept
        assert kept["_user_id"] != half
    browser.sign_out()
    with browser.client.session_transaction() as kept:
        kept["_user_id"] = half
    browser.get("members.account", expect=401)


@pytest.mark.parametrize("typed", ["{}", " {}", "{} ", "{0}"])
def test_a_code_is_taken_once_however_it_is_written(browser, with_app, at, typed):
    one = with_app()
    at(NOON + HALF_A_MINUTE)
    code = code_at(one.secret, NOON + HALF_A_MINUTE)
    enter(browser, one.person)
    browser.fill("members.second_step", {"code": code})
    browser.sign_out()
    enter(browser, one.person)
    page = browser.fill("members.second_step", {"code": typed.format(code)}, expect=422)
    assert "used already" in page.select_one("#code-error").text


def test_the_code_of_the_set_up_and_those_before_it_are_used(browser, with_app, at):
    one = with_app()
    enter(browser, one.person)
    for moment in (NOON, NOON - HALF_A_MINUTE):
        answer = {"code": code_at(one.secret, moment)}
        browser.fill("members.second_step", answer, expect=422)


@pytest.mark.parametrize(
    ("steps", "taken"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)]
)
def test_the_code_before_and_the_one_after_are_taken_too(browser, with_app, at, steps, taken):
    one = with_app()
    later = NOON + timedelta(minutes=5)
    at(later)
    enter(browser, one.person)
    code = code_at(one.secret, later + steps * HALF_A_MINUTE)
    browser.fill("members.second_step", {"code": code}, expect=302 if taken else 422)


def test_a_clock_that_is_off_is_told_and_lets_nobody_in(browser, with_app, at):
    one = with_app()
    later = NOON + timedelta(hours=1)
    at(later)
    enter(browser, one.person)
    code = code_at(one.secret, later + timedelta(minutes=4))
    page = browser.fill("members.second_step", {"code": code}, expect=422)
    assert "about 4 minutes off" in page.select_one("#code-error").text


def test_tries_are_counted_in_five_minutes_an_hour_and_a_day(browser, with_app, at, deeds):
    one = with_app()
    moment, refused = NOON + timedelta(hours=1), 0
    at(moment)
    enter(browser, one.person)
    for _ in range(5):
        browser.fill("members.second_step", {"code": "123456"}, expect=422)
        refused += 1
    browser.fill("members.second_step", {"code": "123456"}, expect=429)
    for _ in range(3):
        moment += timedelta(minutes=5, seconds=1)
        at(moment)
        browser.sign_out()
        enter(browser, one.person)
        for _ in range(5):
            browser.fill("members.second_step", {"code": "123456"}, expect=422)
            refused += 1
    moment += timedelta(minutes=5, seconds=1)
    at(moment)
    browser.sign_out()
    enter(browser, one.person)
    browser.fill("members.second_step", {"code": "123456"}, expect=429)
    assert deeds(one.person).count("person.factor_refused") == refused == 20


def test_who_takes_too_long_signs_in_again(browser, with_app, at):
    one = with_app()
    enter(browser, one.person)
    at(NOON + timedelta(minutes=10))
    browser.get("members.second_step", expect=302)
    assert browser.response.location == "/sign-in"


def test_one_goes_back_to_the_beginning(browser, with_app, live):
    one = with_app()
    enter(browser, one.person)
    browser.press("members.second_step", "Sign in as somebody else")
    assert browser.response.location == "/sign-in"
    assert [s for s in live(one.person) if s.proved_at is None] == []


def test_a_new_password_does_not_replace_the_second_factor(browser, with_app, work, letters):
    one = with_app()
    browser.fill("members.forgotten", {"email": one.person.email})
    work()
    link = letters(one.person.email)[-1].text.split("/reset/")[1].split()[0]
    browser.fill("members.reset", {"password": "another tall spruce here"}, token=link)
    answers = {"email": one.person.email, "password": "another tall spruce here"}
    browser.fill("members.sign_in", answers)
    assert browser.response.location == "/sign-in/second"


def test_another_app_takes_the_place_of_the_first_only_when_it_showed_a_code(browser, with_app, at):
    one = with_app()
    later = NOON + timedelta(minutes=1)
    at(later)
    browser.sign_in(one.person, now=later)
    browser.send("members.begin_app")
    browser.sign_out()
    enter(browser, one.person)
    browser.fill("members.second_step", {"code": code_at(one.secret, later)})
    second = set_up_app(browser, later)
    assert second != one.secret
    browser.sign_out()
    later += timedelta(minutes=1)
    at(later)
    enter(browser, one.person)
    browser.fill("members.second_step", {"code": code_at(one.secret, later)}, expect=422)
    browser.fill("members.second_step", {"code": code_at(second, later)})


def test_without_its_app_an_account_has_no_second_factor(browser, with_app, letters, deeds):
    one = with_app()
    browser.sign_in(one.person, now=NOON)
    browser.press("members.security", "Remove the app")
    assert one.person.factor_since is None
    assert letters(one.person.email)[-1].subject.startswith("The authenticator app was removed")
    assert deeds(one.person)[-1] == "authenticator_app.removed"


def test_whoever_did_not_prove_their_address_sets_up_nothing(browser, holder):
    browser.sign_in(holder(verified_at=None))
    browser.send("members.begin_app", expect=403)
    browser.get("members.new_passkey", expect=403)


def test_staff_see_which_kinds_somebody_has_and_nothing_more(
    browser, another_browser, with_app, make
):
    one = with_app()
    another_browser.sign_in(make.staff("membership"), now=NOON)
    page = another_browser.get("members.staff_person", id=one.person.id)
    [panel] = [each for each in page.select("main .panel") if "Second factors" in each.text]
    assert [item.text for item in panel.select("li")] == ["Authenticator app"]
    assert one.secret not in page.prettify().replace(" ", "")
