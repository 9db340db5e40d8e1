"""Each limit where it counts: the last try goes through, the next does not, later it does again."""

from datetime import UTC, datetime, timedelta

import pytest

from portal.platform import throttle, tokens
from tests.feature.members.test_accounts import NEW

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
HERE, EMAIL = "127.0.0.1", "known@example.org"
THERE = tokens.digest(EMAIL)
SIGN_IN = ("members.sign_in", {"email": EMAIL, "password": "guess after guess"})
FORGOTTEN = ("members.forgotten", {"email": EMAIL})
LINK = ("members.ask_for_link", {"email": EMAIL})
SIGN_UP = ("members.sign_up", NEW | {"email": EMAIL})
PASSKEY = ("members.sign_in_with_passkey", {"credential": "x"})
ENQUIRY = (
    "members.enquire",
    {"organisation_name": "Sval", "name": "Frode Lie", "email": EMAIL, "message": "We want in."},
)
#: A page, how many may be tried, in how many seconds, and under what they are counted together.
COUNTED = {
    "signing in, everybody": (SIGN_IN, 1000, 300, ["sign-ins"]),
    "signing in, network": (SIGN_IN, 30, 300, ["sign-in-from", HERE]),
    "signing in, account": (SIGN_IN, 10, 300, ["sign-in", THERE]),
    "passkeys, everybody": (PASSKEY, 1000, 300, ["passkeys"]),
    "passkeys, network": (PASSKEY, 30, 300, ["passkey-from", HERE]),
    "new passwords, everybody": (FORGOTTEN, 1000, 300, ["forgotten"]),
    "new passwords, network": (FORGOTTEN, 20, 3600, ["forgotten-from", HERE]),
    "new passwords, address": (FORGOTTEN, 20, 3600, ["forgotten-to", THERE]),
    "new passwords, both": (FORGOTTEN, 5, 3600, ["forgotten-to-from", THERE, HERE]),
    "links, everybody": (LINK, 1000, 300, ["sign-in-link"]),
    "links, network": (LINK, 20, 3600, ["sign-in-link-from", HERE]),
    "accounts, everybody": (SIGN_UP, 1000, 300, ["sign-up"]),
    "accounts, network": (SIGN_UP, 20, 3600, ["sign-up-from", HERE]),
    "enquiries, everybody": (ENQUIRY, 1000, 300, ["enquiry"]),
    "enquiries, network": (ENQUIRY, 20, 3600, ["enquiry-from", HERE]),
}
WINDOW = {300: "5 minutes", 3600: "1 hour"}


@pytest.mark.parametrize("counted", COUNTED.values(), ids=COUNTED.keys())
def test_the_next_try_waits_until_the_window_is_over(app, browser, at, counted):
    (endpoint, answers), most, seconds, names = counted
    at(NOON)
    browser.get("members.sign_in")
    with app.app_context():
        key = throttle.item(f"{most} per {WINDOW[seconds]}").key_for(*names)
        throttle.Table().incr(key, seconds, amount=most - 1)
    browser.send(endpoint, answers, expect={302, 422})
    browser.send(endpoint, answers, expect=429)
    assert 0 < int(browser.response.headers["Retry-After"]) <= seconds + 1
    at(NOON + timedelta(seconds=seconds))
    browser.send(endpoint, answers, expect={302, 422})
