"""Passkeys: both factors at once, bound to browser and challenge, and refused when odd."""

import json
from datetime import timedelta

import pytest

from portal.models import Passkey
from tests.feature.members.factors.conftest import (
    NOON,
    add_passkey,
    enter,
    sign_in_with,
    token_of,
)


@pytest.fixture
def keyholder(browser, holder, device, at):
    """Make somebody with a passkey, signed out: the person and the device."""

    def made(**odd):
        at(NOON)
        person, phone = holder(), device(**odd)
        browser.sign_in(person, now=NOON)
        add_passkey(browser, phone)
        browser.sign_out()
        return person, phone

    return made


def test_a_passkey_is_asked_to_be_discoverable_and_to_know_its_owner(browser, holder, device):
    person = holder()
    browser.sign_in(person)
    browser.get("members.new_passkey_challenge")
    asked = browser.response.json
    assert asked["rp"]["id"] == "localhost"
    assert asked["authenticatorSelection"]["residentKey"] == "required"
    assert asked["authenticatorSelection"]["userVerification"] == "required"
    assert asked["attestation"] == "none"


def test_a_passkey_is_added_and_its_owner_is_told(browser, keyholder, session, letters, deeds):
    person, _phone = keyholder()
    [row] = session.query(Passkey)
    assert (row.person_id, row.name, row.transports) == (person.id, "My phone", ["internal"])
    assert person.factor_since == NOON
    assert letters(person.email)[-1].subject == "A passkey was added to your account"
    assert deeds(person)[-1] == "passkey.added"


def test_a_passkey_alone_signs_its_owner_in(browser, keyholder, live, session):
    person, phone = keyholder()
    sign_in_with(browser, phone)
    assert browser.response.location == "/desk"
    whole = live(person)[-1]
    assert (whole.way.value, whole.factor.value) == ("passkey", "passkey")
    assert session.query(Passkey).one().sign_count == 1
    assert "Passkey." in browser.get("members.security").text


def test_the_password_alone_is_half_the_way_for_who_has_a_passkey(browser, keyholder):
    person, phone = keyholder()
    enter(browser, person)
    assert browser.response.location == "/sign-in/second"
    browser.get("members.passkey_challenge")
    asked = browser.response.json
    assert [key["transports"] for key in asked["allowCredentials"]] == [["internal"]]
    browser.send("members.second_step", {"credential": phone.sign(asked)})
    assert browser.response.location == "/desk"


def test_somebody_elses_passkey_is_no_second_factor(browser, keyholder, session):
    person, _phone = keyholder()
    other, others_phone = keyholder()
    assert session.query(Passkey).count() == 2
    assert other.id != person.id
    enter(browser, person)
    browser.get("members.passkey_challenge")
    answer = others_phone.sign(browser.response.json)
    browser.send("members.second_step", {"credential": answer}, expect=422)
    assert token_of(browser) is None


@pytest.mark.parametrize(
    "odd", [{"verifies": False}, {"origin": "https://evil.example"}, {"host": "evil.example"}]
)
def test_a_device_that_is_odd_adds_nothing(browser, holder, device, session, odd):
    browser.sign_in(holder())
    add_passkey(browser, device(**odd), expect=422)
    assert session.query(Passkey).count() == 0


@pytest.mark.parametrize(
    ("name", "value"),
    [("verifies", False), ("origin", "https://evil.example"), ("host", "evil.example")],
)
def test_a_device_that_is_odd_opens_nothing(browser, keyholder, name, value):
    _person, phone = keyholder()
    setattr(phone, name, value)
    sign_in_with(browser, phone, expect=422)
    assert token_of(browser) is None


def test_a_device_that_names_another_owner_opens_nothing(browser, keyholder):
    _person, phone = keyholder()
    other, _phone = keyholder()
    phone.owner = other.id.bytes
    sign_in_with(browser, phone, expect=422)


def test_a_challenge_is_for_five_minutes_and_for_the_browser_that_got_it(
    browser, another_browser, keyholder, at
):
    _person, phone = keyholder()
    browser.get("members.passkey_challenge")
    asked = browser.response.json
    answer = {"credential": phone.sign(asked)}
    another_browser.send("members.sign_in_with_passkey", answer, expect=422)
    at(NOON + timedelta(minutes=5))
    browser.send("members.sign_in_with_passkey", answer, expect=422)
    browser.get("members.passkey_challenge")
    at(NOON + timedelta(minutes=10) - timedelta(seconds=1))
    browser.send("members.sign_in_with_passkey", {"credential": phone.sign(browser.response.json)})


def test_an_answer_is_taken_once_also_from_a_browser_that_kept_its_cookie(browser, keyholder):
    _person, phone = keyholder()
    phone.counts = False
    browser.get("members.passkey_challenge")
    asked = browser.response.json
    answer = {"credential": phone.sign(asked)}
    with browser.client.session_transaction() as kept:
        before = dict(kept)
    browser.send("members.sign_in_with_passkey", answer)
    browser.sign_out()
    with browser.client.session_transaction() as kept:
        kept.update(before)
    browser.send("members.sign_in_with_passkey", answer, expect=422)
    assert token_of(browser) is None


def test_a_passkey_that_counts_backwards_is_refused_and_told(
    browser, keyholder, session, letters, deeds
):
    person, phone = keyholder()
    phone.count = 7
    sign_in_with(browser, phone)
    browser.sign_out()
    phone.count = 3
    sign_in_with(browser, phone)
    assert browser.response.location == "/sign-in"
    assert token_of(browser) is None
    assert session.query(Passkey).one().sign_count == 8
    assert letters(person.email)[-1].subject == "We refused a passkey of yours"
    assert deeds(person)[-1] == "passkey.twin"


def test_a_passkey_that_does_not_count_is_fine(browser, keyholder):
    _person, phone = keyholder(counts=False)
    sign_in_with(browser, phone)
    sign_in_with(browser, phone)
    assert browser.response.location == "/desk"


def test_several_passkeys_have_names_and_one_alone_is_nudged(browser, keyholder, device, at):
    person, _phone = keyholder()
    browser.sign_in(person, now=NOON)
    assert "You have one passkey and nothing else" in browser.get("members.security").text
    add_passkey(browser, device(), name="Key on the key ring")
    page = browser.get("members.security")
    assert "and nothing else" not in page.text
    assert "Key on the key ring" in page.text


def test_the_same_passkey_is_added_once(browser, keyholder, holder, device):
    _person, phone = keyholder()
    browser.sign_in(holder(), now=NOON)
    page = add_passkey(browser, phone, expect=422)
    assert "part of an account already" in page.text


def test_a_passkey_is_renamed_and_removed_by_its_owner_alone(
    browser, keyholder, holder, session, letters
):
    person, _phone = keyholder()
    row = session.query(Passkey).one()
    browser.sign_in(holder(), now=NOON)
    browser.get("members.rename_passkey", id=row.id, expect=404)
    browser.send("members.remove_passkey", id=row.id, expect=404)
    browser.sign_in(person, now=NOON)
    browser.fill("members.rename_passkey", {"name": "Old phone"}, id=row.id)
    assert "Old phone" in browser.get("members.security").text
    browser.press("members.security", "Remove Old phone")
    assert session.query(Passkey).count() == 0
    assert person.factor_since is None
    assert letters(person.email)[-1].subject == "A passkey was removed from your account"


@pytest.mark.parametrize(
    "sent",
    ["", "{", "[]", "null", '{"id": 3}', '{"response": {}}', "{" * 10_000, "x" * 30_000,
     json.dumps({"id": "x", "response": {"userHandle": "é"}})],
)  # fmt: skip
def test_what_is_no_answer_is_refused_with_a_sentence(browser, device, sent):
    browser.get("members.passkey_challenge")
    page = browser.send("members.sign_in_with_passkey", {"credential": sent}, expect=422)
    assert "needs another look" in page.text


def test_a_blocked_person_does_not_get_in_with_a_passkey(browser, keyholder, session):
    person, phone = keyholder()
    person.state = "blocked"
    session.commit()
    sign_in_with(browser, phone, expect=422)


def test_tries_from_one_network_are_counted(browser):
    for _ in range(30):
        browser.send("members.sign_in_with_passkey", {"credential": "x"}, expect=422)
    browser.send("members.sign_in_with_passkey", {"credential": "x"}, expect=429)
