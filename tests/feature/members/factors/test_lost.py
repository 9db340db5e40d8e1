"""Everything lost: asked for, checked by one administrator, taken away by another, and told."""

import pytest
from sqlalchemy import func, select

from portal.models import AuthenticatorApp, FactorRemoval, Passkey, RecoveryCode
from tests.feature.members.factors.conftest import NOON, code_at, enter, token_of
from tests.support.browser import Browser

WHY = {"reason": "My phone fell into the sea."}
HOW = {"note": "I called the number on file and saw her on video."}


@pytest.fixture
def asked(app, session, browser, with_app):
    """Make somebody with an app who asks for help: the person and the request."""

    def made():
        one = with_app()
        enter(browser, one.person)
        browser.fill("members.lost_factors", WHY)
        browser.sign_out()
        row = session.scalar(select(FactorRemoval))
        return one.person, row

    return made


@pytest.fixture
def administrators(app, session, make):
    """Make administrators, each with a browser."""

    def made(number):
        browsers = []
        for _ in range(number):
            browsers.append(Browser(app, session))
            browsers[-1].person = make.staff("administrator")
            browsers[-1].sign_in(browsers[-1].person, now=NOON)
        return browsers

    return made


def subjects(letters, person):
    return [letter.subject for letter in letters(person.email)]


def test_somebody_asks_once_and_everybody_concerned_is_told(
    browser, administrators, asked, letters
):
    [boss] = administrators(1)
    person, row = asked()
    assert row.state.value == "asked"
    assert "Somebody asks us to take away your second factors" in subjects(letters, person)
    assert f"{person.name} lost what they sign in with" in subjects(letters, boss.person)
    assert f"{person.name} lost what they sign in with" in boss.get("site.desk").text
    enter(browser, person)
    page = browser.get("members.lost_factors").text
    assert "Your request is with us" in page
    assert "My phone fell into the sea." in page
    browser.send("members.lost_factors", WHY, expect=409)


def test_two_administrators_take_everything_away_and_it_is_told_at_each_step(
    browser, administrators, asked, letters, live, session, deeds
):
    first, second = administrators(2)
    person, row = asked()
    first.fill("members.check_removal", HOW, id=row.id)
    assert "One of us has checked" in subjects(letters, person)[-1]
    assert person.factor_since is not None
    second.press("members.removal", "Take away all factors", id=row.id)
    assert (row.state.value, row.approved_by_id) == ("done", second.person.id)
    assert person.factor_since is None
    for kind in (Passkey, AuthenticatorApp, RecoveryCode):
        assert session.scalar(select(func.count()).select_from(kind)) == 0
    assert live(person) == []
    assert subjects(letters, person)[-1] == "Your second factors are taken away"
    assert deeds(row) == [
        "factor_removal.asked", "factor_removal.checked", "factor_removal.done",
    ]  # fmt: skip
    enter(browser, person)
    assert browser.response.location == "/desk"


def test_the_one_who_checked_does_not_agree_with_themselves(administrators, asked):
    [boss] = administrators(1)
    _person, row = asked()
    boss.fill("members.check_removal", HOW, id=row.id)
    boss.send("members.approve_removal", id=row.id, expect=403)
    assert "Another administrator has to agree" in boss.get("members.removal", id=row.id).text


def test_nothing_is_taken_away_before_somebody_checked(administrators, asked):
    [boss] = administrators(1)
    _person, row = asked()
    boss.send("members.approve_removal", id=row.id, expect=409)
    boss.send("members.check_removal", {"note": ""}, id=row.id, expect=422)


def test_nobody_handles_their_own(administrators, asked, make, session):
    person, row = asked()
    make.StaffGrant(person=person, role="administrator")
    own = Browser(person and administrators(1)[0].app, session)
    own.sign_in(person, now=NOON)
    own.get("members.removal", id=row.id)
    own.get("members.check_removal", id=row.id, expect=403)
    own.send("members.check_removal", HOW, id=row.id, expect=403)
    own.send("members.approve_removal", id=row.id, expect=403)


def test_a_declined_request_leaves_everything_as_it_is(administrators, asked, letters):
    [boss] = administrators(1)
    person, row = asked()
    boss.fill("members.decline_removal", {"note": "She says she did not ask."}, id=row.id)
    assert (row.state.value, person.factor_since) == ("declined", NOON)
    assert subjects(letters, person)[-1] == "Your second factors stay as they are"


def test_whoever_finds_the_app_again_takes_the_request_back(browser, asked, with_app, session, at):
    one = with_app()
    enter(browser, one.person)
    browser.fill("members.lost_factors", WHY)
    later = NOON.replace(minute=1)
    at(later)
    browser.fill("members.second_step", {"code": code_at(one.secret, later)})
    assert session.scalar(select(FactorRemoval.state)).value == "withdrawn"


def test_other_staff_do_not_see_requests(asked, make, app, session):
    _person, row = asked()
    browser = Browser(app, session)
    browser.sign_in(make.staff("membership"), now=NOON)
    browser.get("members.removals", expect=403)
    browser.get("members.removal", id=row.id, expect=404)


def test_a_stranger_asks_for_nothing(browser):
    browser.get("members.lost_factors", expect=302)
    browser.send("members.lost_factors", WHY)
    assert browser.response.location == "/sign-in"
    assert token_of(browser) is None


def test_whoever_runs_the_server_helps_the_only_administrator(app, asked, letters, live, deeds):
    person, _row = asked()
    run = app.test_cli_runner()
    said = run.invoke(args=["members", "take-factors", person.email.upper()])
    assert said.exit_code == 0, said.output
    assert live(person) == []
    assert subjects(letters, person)[-1] == "Your second factors are taken away"
    assert deeds(person)[-1] == "person.factors_taken"
    assert person.factor_since is None
    assert run.invoke(args=["members", "take-factors", "nobody@example.org"]).exit_code == 1
