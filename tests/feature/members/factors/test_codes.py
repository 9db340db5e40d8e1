"""Recovery codes: shown once, tried when made, each good for one sign-in."""

import re

import pytest
from sqlalchemy import select

from portal.models import RecoveryCode
from tests.feature.members.factors.conftest import NOON, enter


@pytest.fixture
def sheet(browser, with_app):
    """Make somebody with an app and a sheet of codes, of which the first was tried."""

    def made():
        one = with_app()
        browser.sign_in(one.person, now=NOON)
        codes = codes_on(browser.send("members.make_codes", expect=200))
        browser.send("members.try_code", {"code": codes[0]})
        browser.sign_out()
        return one.person, codes

    return made


def codes_on(page):
    return [code.text for code in page.select("main li code")]


def test_eight_codes_of_sixty_four_bits_are_shown_once_and_kept_as_hashes(
    browser, with_app, session
):
    one = with_app()
    browser.sign_in(one.person, now=NOON)
    codes = codes_on(browser.send("members.make_codes", expect=200))
    assert len(set(codes)) == 8
    assert all(re.fullmatch(r"([0-9a-f]{4}-){3}[0-9a-f]{4}", code) for code in codes)
    kept = session.scalars(select(RecoveryCode.code_hash)).all()
    assert len(kept) == 8
    assert all(each.startswith("$argon2id$") for each in kept)
    assert browser.response.headers["Cache-Control"] == "no-store"
    assert codes[0] not in browser.get("members.security").text


def test_codes_open_nothing_before_one_of_them_was_tried(browser, with_app):
    one = with_app()
    browser.sign_in(one.person, now=NOON)
    codes = codes_on(browser.send("members.make_codes", expect=200))
    assert "Try one of your new codes" in browser.get("members.security").text
    browser.sign_out()
    enter(browser, one.person)
    browser.fill("members.second_step", {"code": codes[1]}, expect=422)


def test_a_code_of_another_sheet_takes_none_into_use(browser, with_app, session):
    one = with_app()
    browser.sign_in(one.person, now=NOON)
    browser.send("members.make_codes", expect=200)
    browser.fill("members.try_code", {"code": "0000-0000-0000-0000"}, expect=422)
    assert session.scalars(select(RecoveryCode.active_at).distinct()).all() == [None]


def test_a_code_lets_its_owner_in_once_and_they_are_told(browser, sheet, letters, live):
    person, codes = sheet()
    enter(browser, person)
    browser.fill("members.second_step", {"code": codes[1].upper().replace("-", " ")})
    assert browser.response.location == "/desk"
    assert live(person)[-1].factor.value == "recovery"
    assert "A recovery code of yours was used" in [each.subject for each in letters(person.email)]
    assert "6 codes are left" in browser.get("members.security").text
    browser.sign_out()
    enter(browser, person)
    for used in (codes[0], codes[1]):
        browser.fill("members.second_step", {"code": used}, expect=422)


def test_new_codes_take_the_place_of_the_old_once_one_was_tried(browser, sheet):
    person, old = sheet()
    browser.sign_in(person, now=NOON)
    new = codes_on(browser.send("members.make_codes", expect=200))
    browser.sign_out()
    enter(browser, person)
    browser.fill("members.second_step", {"code": old[1]})
    browser.send("members.try_code", {"code": new[0]})
    browser.sign_out()
    enter(browser, person)
    browser.fill("members.second_step", {"code": old[2]}, expect=422)
    browser.fill("members.second_step", {"code": new[1]})


def test_codes_stand_in_for_a_factor_and_are_none_by_themselves(browser, holder, sheet, session):
    browser.sign_in(holder())
    browser.send("members.make_codes", expect=409)
    browser.sign_out()
    person, _codes = sheet()
    browser.sign_in(person, now=NOON)
    browser.send("members.remove_app")
    assert person.factor_since is None
    assert session.scalars(select(RecoveryCode)).all() == []
