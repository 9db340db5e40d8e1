"""Passwords, numbers and names."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace as Thing

import pytest

from portal.members import rules
from portal.models import NumberKind


@pytest.mark.parametrize(
    "password",
    ["tall spruce over slow water", "Ærfugl på skjæret 9", "a8$kP0-zz!qW", "x9" + "kd 3jf8sl" * 22],
)
def test_a_password_that_is_hard_to_guess_passes(password):
    assert rules.weakness(password, context=("Ingrid Lie", "ingrid@firm.example")) is None


@pytest.mark.parametrize(
    ("password", "text"),
    [
        ("elevenchars", "Choose a password of at least %(least)s characters. "
         "This one has %(length)s."),
        ("q" * 201, "Choose a password of at most %(most)s characters."),
        ("FIRM of the big blue sea", "Choose a password without “%(word)s”: "
         "whoever knows you would try that first."),
        ("123456789012", "This password is among the first that would be guessed. "
         "Three or four unrelated words make a good one."),
    ],
)  # fmt: skip
def test_a_weak_password_is_told_why(password, text):
    assert rules.weakness(password, context=("Ingrid", "ingrid@firm.example")).text == text


@pytest.mark.parametrize(
    ("number", "right"),
    [
        ("923609016", True),
        ("974760673", True),
        ("923 609 016", True),
        ("NO923609016MVA", True),
        ("923609017", False),
        ("123456789", False),
        ("92360901", False),
        ("٩٢٣٦٠٩٠١٦", False),
        ("", False),
    ],
)
def test_norwegian_numbers_check(number, right):
    wrong = rules.wrong_number(NumberKind.NORWEGIAN, number, "NO")
    assert (wrong is None) is right


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Nordlys Robotics", "nordlys-robotics"),
        ("Sjø & Åker Bærekraft", "sjo-aker-baerekraft"),
        ("  Élan  –  Zürich ", "elan-zurich"),
        ("株式会社", "organisation"),
        ("../../etc", "etc"),
        ("x" * 90, "x" * 60),
    ],
)
def test_names_become_addresses(name, slug):
    assert rules.slug_of(name) == slug


def test_an_invitation_ends_at_its_moment():
    end = datetime(2026, 12, 1, 12, tzinfo=UTC)
    invitation = Thing(expires_at=end)
    assert rules.invitation_is_over(invitation, now=end - timedelta(seconds=1)) is None
    assert rules.invitation_is_over(invitation, now=end) is not None


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/156.0 Safari/537.36 Edg/156.0", "Edge, Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko Firefox/140.0", "Firefox, Linux"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19) Mobile Safari/604.1", "Safari, iPhone"),
        ("curl/8", "curl/8"),
        ("", "?"),
    ],
)
def test_browsers_are_called_as_their_owners_call_them(told, name):
    assert rules.browser_name(told) == name
