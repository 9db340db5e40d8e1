"""The lives of events and delegates, written out a second time on purpose."""

from datetime import UTC, datetime, timedelta
from itertools import product
from types import SimpleNamespace as Thing

import pytest

from portal.core.errors import NotAllowed, Refused
from portal.events.accounts import past
from portal.events.workflow import DELEGATE, EVENT
from portal.models import DelegateState, EventState
from tests.unit.events.people import DELEGATE as PERSON
from tests.unit.events.people import OURS, PEOPLE

NOW = datetime(2026, 9, 11, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)

EVENT_MOVES = {("draft", "publish"): "published", ("published", "cancel"): "cancelled"}
#: Every move: (from, move): (who makes it, to).
DELEGATE_MOVES = {
    ("requested", "approve"): ("team", "confirmed"),
    ("requested", "wait"): ("team", "waitlisted"),
    ("requested", "reject"): ("team", "rejected"),
    ("waitlisted", "promote"): ("portal", "offered"),
    ("offered", "accept"): ("delegate", "confirmed"),
    ("offered", "decline"): ("delegate", "withdrawn"),
    ("offered", "expire"): ("portal", "expired"),
    ("requested", "withdraw"): ("delegate", "withdrawn"),
    ("waitlisted", "withdraw"): ("representative", "withdrawn"),
    ("offered", "withdraw"): ("manager", "withdrawn"),
    ("confirmed", "withdraw"): ("team", "withdrawn"),
    ("requested", "cancel"): ("team", "cancelled"),
    ("waitlisted", "cancel"): ("team", "cancelled"),
    ("offered", "cancel"): ("portal admin", "cancelled"),
    ("confirmed", "cancel"): ("team", "cancelled"),
}


def an_event(state="published", **more):
    quota = Thing()
    usual = {
        "zone": "Europe/Amsterdam",
        "ends_at": NOW + 5 * HOUR,
        "registration_closes_at": NOW + HOUR,
        "title_en": "IBC", "title_nb": "IBC", "standfirst_en": "We meet.",
        "standfirst_nb": "Vi møtes.",
        "tickets": [Thing(quotas=[quota])],
    }  # fmt: skip
    return Thing(**(usual | more), state=EventState.of(state))


def a_delegate(state, move=""):
    until = NOW if move == "expire" else NOW + HOUR
    return Thing(
        state=DelegateState.of(state), organisation_id=OURS, person_id=PERSON, event=an_event(),
        offer_expires_at=until,
    )  # fmt: skip


MOVES = sorted({move for _state, move in DELEGATE_MOVES})


def test_there_are_no_other_moves():
    assert sorted(move.name for move in DELEGATE) == MOVES
    assert sorted(move.name for move in EVENT) == ["cancel", "publish"]


@pytest.mark.parametrize(("state", "move"), DELEGATE_MOVES)
def test_a_delegate_makes_this_move(state, move):
    who, target = DELEGATE_MOVES[state, move]
    delegate = a_delegate(state, move)
    DELEGATE.make(move, delegate, actor=PEOPLE[who], now=NOW)
    assert delegate.state.value == target


@pytest.mark.parametrize(
    ("state", "move"),
    [pair for pair in product([s.value for s in DelegateState], MOVES)
     if pair not in DELEGATE_MOVES],
)  # fmt: skip
def test_a_delegate_makes_no_other(state, move):
    delegate = a_delegate(state, move)
    who = next(who for (_from, name), (who, _to) in DELEGATE_MOVES.items() if name == move)
    with pytest.raises(Refused):
        DELEGATE.make(move, delegate, actor=PEOPLE[who], now=NOW)
    assert delegate.state.value == state


@pytest.mark.parametrize("move", MOVES)
def test_strangers_and_other_companies_make_none(move):
    state = next(state for state, name in DELEGATE_MOVES if name == move)
    for who in ("nobody's", "other company", "member", "other staff"):
        with pytest.raises(NotAllowed):
            DELEGATE.make(move, a_delegate(state, move), actor=PEOPLE[who], now=NOW)


def test_an_offer_is_accepted_before_its_end_and_ends_not_before():
    for move, who, at in (("accept", "delegate", NOW + HOUR), ("expire", "portal", NOW)):
        delegate = a_delegate("offered")
        with pytest.raises(Refused):
            DELEGATE.make(move, delegate, actor=PEOPLE[who], now=at)


@pytest.mark.parametrize("move", ["approve", "wait", "promote", "accept", "withdraw"])
def test_after_the_event_nothing_is_given_and_nobody_leaves(move):
    state = next(state for state, name in DELEGATE_MOVES if name == move)
    who = DELEGATE_MOVES[state, move][0]
    delegate = a_delegate(state)
    delegate.offer_expires_at = NOW + 9 * HOUR
    with pytest.raises(Refused):
        DELEGATE.make(move, delegate, actor=PEOPLE[who], now=NOW + 5 * HOUR)


EVERY = list(product([state.value for state in EventState], ["publish", "cancel"]))


@pytest.mark.parametrize(("state", "move"), EVERY)
def test_an_event_moves_so_and_not_otherwise(state, move):
    event = an_event(state)
    target = EVENT_MOVES.get((state, move))
    if target is None:
        with pytest.raises(Refused):
            EVENT.make(move, event, actor=PEOPLE["team"], now=NOW)
        return
    EVENT.make(move, event, actor=PEOPLE["team"], now=NOW)
    assert event.state.value == target


def test_the_accounts_know_the_same_steps():
    steps = {(move, state, target) for (state, move), (_who, target) in DELEGATE_MOVES.items()}
    others = {
        ("substitute", "confirmed", "confirmed"),
        ("shorten", "offered", "offered"),
        ("change_ticket", "confirmed", "confirmed"),
        ("change_ticket", "requested", "requested"),
    }
    assert set(past.LAWFUL) == steps | others
