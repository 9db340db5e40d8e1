"""The lives of everything in the programmes, written out a second time on purpose."""

from datetime import UTC, date, datetime, timedelta
from itertools import product
from types import SimpleNamespace as Thing

import pytest

from portal.core.errors import NotAllowed, Refused
from portal.models import (
    ApplicationState,
    CallState,
    CohortState,
    DecisionState,
    FormState,
    MilestoneState,
    OfferState,
    ParticipationState,
)
from portal.programmes import workflow
from tests.unit.programmes.people import OURS, PEOPLE

NOW = datetime(2026, 3, 10, 11, tzinfo=UTC)
OPEN_CALL = {
    "opens_at": NOW - timedelta(days=9),
    "closes_at": NOW + timedelta(days=1),
    "zone": "Europe/Oslo",
    "decision_on": date(2026, 4, 1),
    "title_en": "Spring",
    "title_nb": "Vår",
    "text_en": "Come.",
    "text_nb": "Kom.",
    "previewed_at": NOW,
}
SHUT = OPEN_CALL | {"closes_at": NOW - timedelta(seconds=1)}

#: For each life: its states, then every move as (from, move): (who makes it, to), and what the
#: thing must look like for the move to pass.
LIVES = {
    "CALL": (
        CallState,
        {
            ("draft", "publish"): ("team", "published"),
            ("published", "decide"): ("team", "decided"),
            ("draft", "cancel"): ("team", "cancelled"),
            ("published", "cancel"): ("team", "cancelled"),
            ("decided", "archive"): ("team", "archived"),
            ("cancelled", "archive"): ("team", "archived"),
        },
        {"decide": SHUT},
    ),
    "FORM": (
        FormState,
        {
            ("draft", "publish"): ("team", "published"),
            ("published", "retire"): ("team", "retired"),
        },
        {},
    ),
    "APPLICATION": (
        ApplicationState,
        {
            ("draft", "submit"): ("representative", "submitted"),
            ("draft", "lapse"): ("portal", "lapsed"),
            ("submitted", "take_in"): ("team", "in_review"),
            ("in_review", "offer"): ("team", "offered"),
            ("in_review", "waitlist"): ("team", "waitlisted"),
            ("in_review", "turn_down"): ("team", "unsuccessful"),
            ("submitted", "exclude"): ("team", "ineligible"),
            ("in_review", "exclude"): ("team", "ineligible"),
            ("waitlisted", "promote"): ("team", "offered"),
            ("waitlisted", "release"): ("team", "unsuccessful"),
            ("offered", "accept"): ("representative", "accepted"),
            ("offered", "decline"): ("representative", "declined"),
            ("offered", "lapse_offer"): ("portal", "offer_lapsed"),
            ("offered", "take_back"): ("team", "in_review"),
            ("draft", "call_off"): ("team", "withdrawn"),
            ("submitted", "call_off"): ("team", "withdrawn"),
            ("in_review", "call_off"): ("team", "withdrawn"),
            ("draft", "withdraw"): ("representative", "withdrawn"),
            ("submitted", "withdraw"): ("representative", "withdrawn"),
            ("in_review", "withdraw"): ("representative", "withdrawn"),
            ("offered", "withdraw"): ("representative", "withdrawn"),
            ("waitlisted", "withdraw"): ("representative", "withdrawn"),
            ("accepted", "withdraw"): ("representative", "withdrawn"),
        },
        {"lapse": {"call": Thing(**SHUT, state=CallState.PUBLISHED)}},
    ),
    "DECISION": (
        DecisionState,
        {
            ("draft", "approve"): ("team", "approved"),
            ("approved", "publish"): ("team", "published"),
            ("draft", "revoke"): ("team", "revoked"),
            ("approved", "revoke"): ("team", "revoked"),
            ("draft", "fall_away"): ("representative", "revoked"),
            ("approved", "fall_away"): ("representative", "revoked"),
        },
        {},
    ),
    "OFFER": (
        OfferState,
        {
            ("open", "accept"): ("representative", "accepted"),
            ("open", "decline"): ("representative", "declined"),
            ("open", "lapse"): ("portal", "lapsed"),
            ("open", "revoke"): ("team", "revoked"),
        },
        {"lapse": {"expires_at": NOW}},
    ),
    "COHORT": (
        CohortState,
        {
            ("planned", "start"): ("team", "running"),
            ("running", "complete"): ("team", "completed"),
            ("planned", "cancel"): ("team", "cancelled"),
            ("running", "cancel"): ("team", "cancelled"),
        },
        {},
    ),
    "PARTICIPATION": (
        ParticipationState,
        {
            ("onboarding", "begin"): ("team", "active"),
            ("active", "pause"): ("team", "paused"),
            ("paused", "resume"): ("team", "active"),
            ("active", "graduate"): ("team", "graduated"),
            ("onboarding", "leave"): ("representative", "left_early"),
            ("active", "leave"): ("representative", "left_early"),
            ("paused", "leave"): ("representative", "left_early"),
            ("onboarding", "terminate"): ("team", "terminated"),
            ("active", "terminate"): ("team", "terminated"),
            ("paused", "terminate"): ("team", "terminated"),
        },
        {},
    ),
    "MILESTONE": (
        MilestoneState,
        {
            ("planned", "start"): ("member", "in_progress"),
            ("planned", "submit"): ("member", "submitted"),
            ("in_progress", "submit"): ("member", "submitted"),
            ("submitted", "achieve"): ("team", "achieved"),
            ("submitted", "return"): ("team", "in_progress"),
            ("planned", "miss"): ("portal", "missed"),
            ("in_progress", "miss"): ("portal", "missed"),
            ("missed", "reopen"): ("team", "in_progress"),
            ("planned", "drop"): ("team", "dropped"),
            ("in_progress", "drop"): ("team", "dropped"),
            ("missed", "drop"): ("team", "dropped"),
        },
        {"miss": {"due_on": date(2026, 3, 2)}},
    ),
}


def a_thing(state, **more):
    """Return something that fits every life, and that no term forbids anything."""
    application = Thing(organisation_id=OURS)
    usual = OPEN_CALL | {
        "organisation_id": OURS,
        "application": application,
        "call": Thing(**OPEN_CALL, state=CallState.PUBLISHED),
        "prepared_by_id": PEOPLE["preparer"].id,
        "participation": Thing(organisation_id=OURS),
        "milestones": [],
        "expires_at": NOW + timedelta(days=1),
        "evidence": "A signed contract.",
        "due_on": date(2026, 3, 20),
    }
    return Thing(**(usual | more), state=state)


def moves_of(life):
    return sorted({move for _state, move in LIVES[life][1]})


EVERY = [
    pytest.param(life, state, move, id=f"{life.lower()}: {state} {move}")
    for life, (states, _moves, _terms) in LIVES.items()
    for state, move in product(states, moves_of(life))
]
MADE = [
    pytest.param(life, state, move, id=f"{life.lower()}: {state} {move}")
    for life, (_states, moves, _terms) in LIVES.items()
    for state, move in moves
]


def test_there_are_no_other_lives():
    found = {
        name for name in vars(workflow) if isinstance(getattr(workflow, name), workflow.Workflow)
    }
    assert found == LIVES.keys()


@pytest.mark.parametrize("life", LIVES)
def test_there_are_no_other_moves(life):
    assert sorted(move.name for move in getattr(workflow, life)) == moves_of(life)


@pytest.mark.parametrize(("life", "state", "move"), EVERY)
def test_a_thing_moves_as_written_and_no_other_way(life, state, move):
    _states, moves, terms = LIVES[life]
    who = next(actor for (_from, name), (actor, _to) in moves.items() if name == move)
    thing = a_thing(state, **terms.get(move, {}))
    made = moves.get((state.value, move))
    if made is None:
        with pytest.raises(Refused):
            getattr(workflow, life).make(move, thing, actor=PEOPLE[who], now=NOW)
        assert thing.state is state
    else:
        step = getattr(workflow, life).make(move, thing, actor=PEOPLE[who], now=NOW)
        assert (step.before, step.after.value, thing.state.value) == (state, made[1], made[1])


@pytest.mark.parametrize("stranger", ["other member", "nobody's", "other staff"])
@pytest.mark.parametrize(("life", "state", "move"), MADE)
def test_a_stranger_makes_no_move(life, state, move, stranger):
    states, _moves, terms = LIVES[life]
    thing = a_thing(states.of(state), **terms.get(move, {}))
    with pytest.raises(NotAllowed):
        getattr(workflow, life).make(move, thing, actor=PEOPLE[stranger], now=NOW)
    assert thing.state == state


@pytest.mark.parametrize(
    ("life", "state", "move", "who"),
    [
        ("APPLICATION", "draft", "submit", "member"),
        ("APPLICATION", "draft", "submit", "team"),
        ("APPLICATION", "draft", "lapse", "team"),
        ("APPLICATION", "in_review", "offer", "team, own company"),
        ("APPLICATION", "offered", "accept", "team"),
        ("APPLICATION", "submitted", "withdraw", "member"),
        ("DECISION", "draft", "approve", "preparer"),
        ("DECISION", "approved", "publish", "team, own company"),
        ("OFFER", "open", "accept", "member"),
        ("OFFER", "open", "lapse", "team"),
        ("PARTICIPATION", "active", "graduate", "team, own company"),
        ("PARTICIPATION", "active", "leave", "member"),
        ("MILESTONE", "submitted", "achieve", "manager"),
        ("MILESTONE", "submitted", "achieve", "team, own company"),
    ],
)
def test_being_near_is_not_enough(life, state, move, who):
    states, _moves, terms = LIVES[life]
    thing = a_thing(states.of(state), **terms.get(move, {}))
    with pytest.raises(NotAllowed):
        getattr(workflow, life).make(move, thing, actor=PEOPLE[who], now=NOW)


@pytest.mark.parametrize(
    ("life", "state", "move", "more", "who"),
    [
        ("CALL", "draft", "publish", SHUT, "team"),
        ("CALL", "draft", "publish", {"text_nb": ""}, "team"),
        ("CALL", "draft", "publish", {"previewed_at": None}, "team"),
        ("CALL", "published", "decide", {}, "team"),
        ("APPLICATION", "draft", "submit",
         {"call": Thing(**(OPEN_CALL | {"closes_at": NOW}), state=CallState.PUBLISHED)}, "manager"),
        ("APPLICATION", "draft", "submit",
         {"call": Thing(**OPEN_CALL, state=CallState.CANCELLED)}, "manager"),
        ("APPLICATION", "draft", "lapse", {}, "portal"),
        ("OFFER", "open", "accept", {"expires_at": NOW}, "manager"),
        ("OFFER", "open", "lapse", {}, "portal"),
        ("PARTICIPATION", "active", "graduate",
         {"milestones": [Thing(state=MilestoneState.SUBMITTED)]}, "team"),
        ("MILESTONE", "planned", "submit", {"evidence": " "}, "member"),
        ("MILESTONE", "planned", "miss", {"due_on": date(2026, 3, 3)}, "portal"),
    ],
)  # fmt: skip
def test_what_the_terms_forbid_does_not_happen(life, state, move, more, who):
    thing = a_thing(LIVES[life][0].of(state), **more)
    with pytest.raises(Refused) as refusal:
        getattr(workflow, life).make(move, thing, actor=PEOPLE[who], now=NOW)
    assert not isinstance(refusal.value, NotAllowed)
    assert thing.state == state
