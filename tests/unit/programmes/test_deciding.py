"""What the terms of decisions, offers, cohorts and milestones say, written out by hand."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace as Thing

import pytest

from portal.models import (
    ApplicationState,
    CohortState,
    DecisionState,
    MilestoneState,
    Outcome,
    ParticipationState,
)
from portal.programmes import rules

ENDS = datetime(2026, 3, 31, 10, tzinfo=UTC)


def at(*moment):
    return datetime(*moment, tzinfo=UTC)


@pytest.mark.parametrize(
    ("offered", "days", "zone", "ends"),
    [
        (at(2026, 1, 10, 8), 14, "Europe/Oslo", at(2026, 1, 24, 11)),
        (at(2026, 1, 10, 11), 14, "Europe/Oslo", at(2026, 1, 24, 11)),
        (at(2026, 1, 10, 11, 0, 1), 14, "Europe/Oslo", at(2026, 1, 25, 11)),
        (at(2026, 1, 10, 22), 1, "Europe/Oslo", at(2026, 1, 12, 11)),
        (at(2026, 1, 10, 23, 30), 1, "Europe/Oslo", at(2026, 1, 12, 11)),
        (at(2026, 3, 20, 8), 14, "Europe/Oslo", at(2026, 4, 3, 10)),
        (at(2026, 10, 20, 8), 14, "Europe/Oslo", at(2026, 11, 3, 11)),
        (at(2026, 1, 10, 8), 14, "UTC", at(2026, 1, 24, 12)),
    ],
)
def test_an_offer_ends_at_the_first_noon_that_leaves_its_days(offered, days, zone, ends):
    assert rules.answer_until(offered, days, zone) == ends


@pytest.mark.parametrize(
    ("is_next", "reason", "refused"),
    [(True, "", False), (False, "", True), (False, "  ", True), (False, "On leave.", False)],
)
def test_passing_over_the_next_takes_a_reason(is_next, reason, refused):
    assert (rules.out_of_turn(is_next=is_next, reason=reason) is not None) is refused


@pytest.mark.parametrize("state", CohortState)
def test_a_cohort_takes_companies_until_it_is_over(state):
    over = {"completed", "cancelled"}
    assert (rules.cohort_over(Thing(state=state)) is not None) is (state.value in over)


@pytest.mark.parametrize(
    ("left", "days_open", "name"),
    [
        (timedelta(days=4, seconds=1), 14, None),
        (timedelta(days=4), 14, "offer-days"),
        (timedelta(days=1, seconds=1), 14, "offer-days"),
        (timedelta(days=1), 14, "offer-day"),
        (timedelta(seconds=1), 14, "offer-day"),
        (timedelta(0), 14, None),
        (timedelta(days=3), 3, None),
        (timedelta(hours=3), 3, "offer-day"),
        (timedelta(hours=3), 1, None),
    ],
)
def test_which_reminder_of_an_offer_is_due(left, days_open, name):
    offer = Thing(offered_at=ENDS - timedelta(days=days_open), expires_at=ENDS)
    assert rules.offer_reminder_of(offer, now=ENDS - left) == name


@pytest.mark.parametrize("state", ApplicationState)
def test_only_what_is_in_assessment_is_decided_on(state):
    refused = rules.not_assessed(Thing(state=state)) is not None
    assert refused is (state.value != "in_review")


@pytest.mark.parametrize("state", ApplicationState)
def test_a_checklist_is_open_until_it_is_decided(state):
    refused = rules.not_checkable(Thing(state=state)) is not None
    assert refused is (state.value not in {"submitted", "in_review"})


@pytest.mark.parametrize(
    ("outcome", "feedback", "refused"),
    [
        ("offer", "", False),
        ("waitlist", "", False),
        ("unsuccessful", "", True),
        ("unsuccessful", " \n", True),
        ("unsuccessful", "Show a customer.", False),
        ("ineligible", "", True),
        ("ineligible", "You are too large.", False),
    ],
)
def test_who_is_turned_down_is_owed_a_reason(outcome, feedback, refused):
    said = rules.without_feedback(Outcome.of(outcome), feedback)
    assert (said is not None) is refused


@pytest.mark.parametrize("state", DecisionState)
def test_what_is_approved_is_not_reworded(state):
    refused = rules.already_approved(Thing(state=state)) is not None
    assert refused is (state.value == "approved")


@pytest.mark.parametrize(
    ("offers", "free", "refused"), [(0, 0, False), (2, 2, False), (3, 2, True), (1, 0, True)]
)
def test_there_are_no_more_offers_than_places(offers, free, refused):
    assert (rules.too_few_places(offers, free) is not None) is refused


@pytest.mark.parametrize("state", ParticipationState)
def test_who_is_gone_works_on_nothing_more(state):
    refused = rules.gone(Thing(state=state)) is not None
    assert refused is (state.value in {"graduated", "left_early", "terminated"})


@pytest.mark.parametrize("state", ParticipationState)
def test_whose_place_is_free_for_another(state):
    assert (state in rules.IN_A_PLACE) is (state.value not in {"left_early", "terminated"})


@pytest.mark.parametrize("state", MilestoneState)
def test_a_milestone_is_edited_until_it_is_handed_in(state):
    refused = rules.not_editable(Thing(state=state)) is not None
    assert refused is (state.value not in {"planned", "in_progress"})


@pytest.mark.parametrize(
    ("today", "missed"), [(at(2026, 3, 9, 23, 59), False), (at(2026, 3, 10), True)]
)
def test_a_milestone_is_missed_a_week_after_its_day(today, missed):
    assert rules.is_missed(date(2026, 3, 2), now=today) is missed
