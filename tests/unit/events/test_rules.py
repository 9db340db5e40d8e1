"""What dates, states and prices say: written out by hand, at the very edges."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace as Thing

import pytest

from portal.events import rules
from portal.models import EventState, VatCode

NOW = datetime(2026, 9, 11, 9, tzinfo=UTC)
DAY, TICK = timedelta(days=1), timedelta(microseconds=1)


def an_event(**more):
    usual = {
        "state": EventState.PUBLISHED,
        "zone": "Europe/Amsterdam",
        "registration_opens_at": NOW,
        "registration_closes_at": NOW + 10 * DAY,
        "starts_at": NOW + 20 * DAY,
        "ends_at": NOW + 24 * DAY,
        "promotion_paused": False,
        "offer_hours": 48,
    }
    return Thing(**(usual | more))


@pytest.mark.parametrize(
    ("at", "phase"),
    [
        (NOW - TICK, "announced"),
        (NOW, "open"),
        (NOW + 10 * DAY - TICK, "open"),
        (NOW + 10 * DAY, "closed"),
        (NOW + 20 * DAY, "running"),
        (NOW + 24 * DAY - TICK, "running"),
        (NOW + 24 * DAY, "past"),
    ],
)
def test_the_phase_of_an_event_changes_at_the_moment(at, phase):
    assert rules.phase(an_event(), now=at).value == phase


@pytest.mark.parametrize("state", [EventState.DRAFT, EventState.CANCELLED])
def test_a_draft_and_a_cancelled_event_have_no_other_phase(state):
    assert rules.phase(an_event(state=state), now=NOW).value == state.value
    assert rules.not_open(an_event(state=state), now=NOW) is not None


def test_registration_is_open_in_its_window_alone():
    opens, closes = NOW, NOW + 10 * DAY
    assert rules.not_open(an_event(), now=opens) is None
    assert rules.not_open(an_event(), now=closes - TICK) is None
    assert rules.not_open(an_event(), now=opens - TICK).text == "Registration opens on %(when)s."
    assert rules.not_open(an_event(), now=closes).text == "Registration closed on %(when)s."


def test_places_go_on_by_themselves_while_it_is_open_and_not_paused():
    assert rules.promotes(an_event(), now=NOW)
    assert not rules.promotes(an_event(promotion_paused=True), now=NOW)
    assert not rules.promotes(an_event(), now=NOW + 10 * DAY)


def test_an_offer_lasts_its_hours_and_never_past_the_event():
    assert rules.offer_until(an_event(), now=NOW) == NOW + 2 * DAY
    assert rules.offer_until(an_event(), now=NOW + 23 * DAY) == NOW + 24 * DAY


def test_of_an_offer_is_reminded_in_its_last_day_and_not_on_its_heels():
    until = NOW + 2 * DAY
    assert not rules.reminds(NOW, until, now=until - DAY - TICK)
    assert rules.reminds(NOW, until, now=until - DAY)
    assert not rules.reminds(NOW, until, now=until)
    assert not rules.reminds(until - DAY, until, now=until - TICK)


@pytest.mark.parametrize(
    ("price", "code", "vat"),
    [
        (100_000, VatCode.STANDARD, 25_000),
        (100_000, VatCode.FOOD, 15_000),
        (100_000, VatCode.LOW, 12_000),
        (100_000, VatCode.ZERO, 0),
        (100_000, VatCode.EXEMPT, 0),
        (2, VatCode.STANDARD, 1),
        (1, VatCode.STANDARD, 0),
    ],
)
def test_value_added_tax_is_rounded_half_up_to_a_hundredth(price, code, vat):
    assert rules.vat_of(price, code) == vat
    assert rules.gross(price, code) == price + vat


def test_dates_are_in_order():
    assert rules.wrong_dates(NOW, NOW) is not None
    assert rules.wrong_dates(NOW, NOW + TICK) is None
    assert rules.wrong_dates(NOW, NOW + 60 * DAY) is None
    assert rules.wrong_dates(NOW, NOW + 60 * DAY + TICK) is not None
    assert rules.wrong_window(NOW, NOW, NOW + DAY) is not None
    assert rules.wrong_window(NOW, NOW + DAY, NOW + DAY) is None
    assert rules.wrong_window(NOW, NOW + DAY + TICK, NOW + DAY) is not None


@pytest.mark.parametrize(
    ("decorative", "texts", "fits"),
    [
        (True, ("", ""), True),
        (True, ("A quay", ""), False),
        (False, ("A quay", "En brygge"), True),
        (False, ("A quay", " "), False),
        (False, ("", ""), False),
    ],
)
def test_a_picture_has_words_in_both_languages_or_needs_none(decorative, texts, fits):
    assert (rules.undescribed(decorative, texts) is None) is fits


def test_days_left_are_whole_and_never_fewer_than_none():
    assert rules.days_left(NOW + 2 * DAY, now=NOW) == 2
    assert rules.days_left(NOW + 2 * DAY - TICK, now=NOW) == 1
    assert rules.days_left(NOW - DAY, now=NOW) == 0
