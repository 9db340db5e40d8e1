"""Limits: the last try that is allowed, the first that is not, and the first after the window."""

from datetime import UTC, datetime, timedelta

import pytest

from portal.core.errors import TooOften
from portal.platform import throttle
from portal.platform.limits import LIMITS

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
#: Every limit that the portal has, and its length, by hand: docs/security.md, “How often …”.
WINDOWS = {
    "10 per 5 minutes": (10, 300),
    "30 per 5 minutes": (30, 300),
    "1000 per 5 minutes": (1000, 300),
    "5 per 5 minutes": (5, 300),
    "20 per 1 hour": (20, 3600),
    "40 per 1 hour": (40, 3600),
    "10 per 1 hour": (10, 3600),
    "5 per 1 hour": (5, 3600),
    "50 per 1 day": (50, 86_400),
    "1 per 10 minutes": (1, 600),
}


@pytest.fixture
def try_it(app, session, at):
    """Try something so many seconds after noon; tell whether one may, or how long one waits."""
    session.commit()

    def tried(limit, after, *whose):
        at(NOON + timedelta(seconds=after))
        with app.app_context():
            try:
                throttle.hit(limit, "proof", *whose)
            except TooOften as refusal:
                return refusal.seconds
        return "may"

    return tried


@pytest.mark.parametrize("limit", WINDOWS)
def test_so_many_are_let_through_and_then_none_until_the_window_is_over(try_it, limit):
    most, length = WINDOWS[limit]
    tried = [try_it(limit, 0 if number == 0 else length - 2, "one") for number in range(most)]
    assert tried == ["may"] * most
    assert try_it(limit, length - 1, "one") in {1, 2}
    assert try_it(limit, length - 1, "another") == "may"
    assert try_it(limit, length, "one") == "may"


def test_every_limit_is_tried():
    assert {allowed for limit in LIMITS for allowed in limit.allowed} == set(WINDOWS)
