"""What somebody writes in a name to make our letters say, or go, what and where they want."""

from email import message_from_bytes, policy

import pytest

from portal.core import clock
from portal.models import OutgoingMail
from portal.platform import mail

#: Decoded, each of these is a line end and a header more.
ENCODED = (
    "=?utf-8?q?x=0D=0ABcc:_evil@example.org?=",
    "Åse =?utf-8?q?=0aBcc:_evil@example.org?=",
    "=?utf-8?b?eA0KQmNjOiBldmlsQGV4YW1wbGUub3Jn?= Åse",
)


def travelling(*, name="Kari", subject="Hello", recipient="kari@example.org"):
    row = OutgoingMail(
        recipient=recipient, recipient_name=name, subject=subject, text="Text", html="<p>Text</p>",
        language="en", message_id="<a@example.org>", created_at=clock.now(),
    )  # fmt: skip
    return bytes(mail.enveloped(row, None))


@pytest.mark.parametrize("name", [*ENCODED, "a\r\nBcc: evil@example.org", "a\u2028b\x1b\x85c"])
@pytest.mark.parametrize("where", ["name", "subject"])
def test_a_name_that_looks_encoded_adds_no_header(name, where):
    sent = travelling(**{where: name})
    head = sent.partition(b"\n\n")[0]
    assert not [line for line in head.splitlines() if line.lower().startswith(b"bcc")]
    read = message_from_bytes(sent, policy=policy.default)
    assert read["Bcc"] is None
    assert [address.addr_spec for address in read["To"].addresses] == ["kari@example.org"]


@pytest.mark.parametrize(
    "name", ['Lie, Kari" <evil@example.org>, "x', "Åse <evil@example.org>", "Åse, evil@example.org"]
)
def test_a_name_with_commas_and_brackets_is_one_recipient(name):
    sent = travelling(name=name)
    read = message_from_bytes(sent, policy=policy.default)
    assert [address.addr_spec for address in read["To"].addresses] == ["kari@example.org"]


def test_a_domain_with_letters_of_its_own_is_reached():
    assert b"kari@xn--blbr-roah.no" in travelling(recipient="kari@blåbær.no")


def test_an_address_that_no_letter_reaches_is_refused(browser, unthrottled):
    answers = {"name": "Kari", "email": "bjørn@example.org", "password": "x", "accepts": "y"}
    page = browser.fill("members.sign_up", answers, expect=422)
    assert "Write a whole e-mail address" in page.select_one("#email-error").text


@pytest.mark.parametrize("name", ["See https://evil.example", "Win at www.evil.example"])
def test_no_stranger_has_us_send_an_address_of_theirs_to_somebody(browser, name):
    answers = {"name": name, "email": "kari@example.org", "password": "x", "accepts": "y"}
    page = browser.fill("members.sign_up", answers, expect=422)
    assert "without a web address" in page.select_one("#name-error").text
