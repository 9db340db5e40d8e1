"""Who was away for a year, and browsers that nobody knew."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.feature.members.factors.conftest import NOON, enter
from tests.support.browser import Browser


def subjects(letters, person):
    return [letter.subject for letter in letters(person.email)]


def test_a_browser_that_is_new_to_us_is_told(app, session, browser, holder, letters, at):
    at(NOON)
    person = holder()
    enter(browser, person)
    assert subjects(letters, person) == []  # the first browser of all
    browser.sign_out()
    enter(browser, person)
    assert subjects(letters, person) == []
    other = Browser(app, session)
    enter(other, person)
    assert subjects(letters, person) == ["Your account was used in a new browser"]


def test_a_refused_try_is_no_new_browser(app, session, browser, holder, letters):
    person = holder(last_signed_in_at=NOON)
    answers = {"email": person.email, "password": "guess after guess"}
    browser.fill("members.sign_in", answers, expect=422)
    assert subjects(letters, person) == []


@pytest.mark.parametrize(
    ("now", "dormant"),
    [
        (datetime(2026, 11, 30, 12, tzinfo=UTC), False),
        (datetime(2026, 12, 1, 11, 59, tzinfo=UTC), False),
        (datetime(2026, 12, 1, 12, tzinfo=UTC), True),
    ],
)
def test_after_twelve_months_the_address_is_proven_again(
    browser, holder, letters, at, now, dormant
):
    person = holder(last_signed_in_at=datetime(2025, 12, 1, 12, tzinfo=UTC))
    at(now)
    enter(browser, person)
    told = "Confirm that this address is still yours" in subjects(letters, person)
    assert told is dormant
    assert (person.verified_at is None) is dormant
    assert browser.response.location == ("/confirm-address" if dormant else "/desk")


def test_until_then_no_factor_is_set_up_and_no_role_counts(browser, holder, make, letters, at):
    person = holder(last_signed_in_at=NOON - timedelta(days=400))
    make.StaffGrant(person=person, role="administrator")
    at(NOON)
    enter(browser, person)
    browser.get("members.new_passkey", expect=403)
    browser.send("members.begin_app", expect=403)
    browser.get("members.staff_people", expect=403)
    [letter] = [each for each in letters(person.email) if "/verify/" in each.text]
    token = letter.text.split("/verify/")[1].split()[0]
    browser.fill("members.verify", token=token)
    browser.get("members.staff_people")
