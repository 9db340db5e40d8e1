"""What the terms say, each to its edge."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace as Thing

import pytest

from portal.models import (
    ApplicationState,
    CallPhase,
    CallState,
    FormState,
    MilestoneState,
    QuestionKind,
)
from portal.programmes import rules

SECOND = timedelta(seconds=1)
OPENS = datetime(2026, 2, 1, 7, tzinfo=UTC)
CLOSES = datetime(2026, 3, 10, 11, tzinfo=UTC)


def a_call(state=CallState.PUBLISHED, **more):
    usual = {
        "opens_at": OPENS,
        "closes_at": CLOSES,
        "zone": "Europe/Oslo",
        "decision_on": date(2026, 4, 1),
        "title_en": "Spring",
        "title_nb": "Vår",
        "text_en": "Come.",
        "text_nb": "Kom.",
        "previewed_at": OPENS,
    }
    return Thing(**(usual | more), state=state)


def text(reason):
    return reason and reason.text


@pytest.mark.parametrize(
    ("state", "now", "phase"),
    [
        (CallState.DRAFT, OPENS, CallPhase.DRAFT),
        (CallState.PUBLISHED, OPENS - SECOND, CallPhase.UPCOMING),
        (CallState.PUBLISHED, OPENS, CallPhase.OPEN),
        (CallState.PUBLISHED, CLOSES - SECOND, CallPhase.OPEN),
        (CallState.PUBLISHED, CLOSES, CallPhase.ASSESSING),
        (CallState.DECIDED, OPENS, CallPhase.DECIDED),
        (CallState.ARCHIVED, OPENS, CallPhase.ARCHIVED),
        (CallState.CANCELLED, OPENS, CallPhase.CANCELLED),
    ],
)
def test_where_a_call_stands(state, now, phase):
    assert rules.phase(a_call(state), now=now) is phase


@pytest.mark.parametrize(
    ("state", "now", "said"),
    [
        (CallState.PUBLISHED, OPENS, None),
        (CallState.PUBLISHED, CLOSES - SECOND, None),
        (CallState.PUBLISHED, OPENS - SECOND, "This call opens on"),
        (CallState.PUBLISHED, CLOSES, "This call closed on"),
        (CallState.DRAFT, OPENS, "This call cannot be answered."),
        (CallState.CANCELLED, OPENS, "This call cannot be answered."),
    ],
)
def test_when_a_call_can_be_answered(state, now, said):
    call = a_call(state)
    for reason in (rules.not_open(call, now=now), rules.too_late(Thing(call=call), now=now)):
        assert (reason and reason.text.startswith(said)) if said else reason is None


@pytest.mark.parametrize(
    ("state", "now", "may_lapse"),
    [
        (CallState.PUBLISHED, CLOSES - SECOND, False),
        (CallState.PUBLISHED, CLOSES, True),
        (CallState.CANCELLED, OPENS, True),
        (CallState.DECIDED, OPENS, True),
    ],
)
def test_when_a_draft_may_lapse(state, now, may_lapse):
    assert (rules.not_over(Thing(call=a_call(state)), now=now) is None) is may_lapse


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, None),
        ({"closes_at": OPENS}, "The closing time has passed."),
        ({"title_en": ""}, "Write the title and the text in both languages first."),
        ({"text_nb": ""}, "Write the title and the text in both languages first."),
        ({"decision_on": date(2026, 3, 10)}, "The promised day of decision must come after"),
        ({"previewed_at": None}, "Look at the preview first"),
    ],
)
def test_what_a_call_lacks_before_it_is_published(more, said):
    reason = rules.not_ready(a_call(**more), now=OPENS)
    assert reason.text.startswith(said) if said else reason is None


def test_the_promised_day_is_counted_in_the_zone_of_the_call():
    midnight = datetime(2026, 3, 9, 23, 30, tzinfo=UTC)  # half past midnight on the 10th in Oslo
    assert rules.promised_too_early(date(2026, 3, 10), midnight, "Europe/Oslo")
    assert rules.promised_too_early(date(2026, 3, 11), midnight, "Europe/Oslo") is None
    assert rules.promised_too_early(date(2026, 3, 10), midnight, "UTC") is None


def test_a_call_closes_after_it_opens():
    assert rules.closes_first(OPENS, OPENS + SECOND) is None
    assert rules.closes_first(OPENS, OPENS)
    assert rules.closes_first(CLOSES, OPENS)


@pytest.mark.parametrize(
    ("state", "now", "wanted", "said"),
    [
        (CallState.DRAFT, OPENS, CLOSES - SECOND, None),
        (CallState.PUBLISHED, OPENS, CLOSES, None),
        (CallState.PUBLISHED, OPENS, CLOSES + SECOND, None),
        (CallState.PUBLISHED, OPENS, CLOSES - SECOND, "People plan by the announced time"),
        (CallState.PUBLISHED, CLOSES, CLOSES, None),
        (CallState.PUBLISHED, CLOSES, CLOSES + SECOND, "This call has closed."),
    ],
)
def test_how_a_deadline_moves(state, now, wanted, said):
    reason = rules.deadline_moved(a_call(state), wanted, now=now)
    assert reason.text.startswith(said) if said else reason is None


@pytest.mark.parametrize(
    ("state", "now", "moved", "refused"),
    [
        (CallState.DRAFT, CLOSES, True, False),
        (CallState.PUBLISHED, OPENS - SECOND, True, False),
        (CallState.PUBLISHED, OPENS, True, True),
        (CallState.PUBLISHED, OPENS, False, False),
    ],
)
def test_when_the_opening_stays(state, now, moved, refused):
    wanted = OPENS + SECOND if moved else OPENS
    assert bool(rules.opening_moved(a_call(state), wanted, now=now)) is refused


@pytest.mark.parametrize("state", CallState)
def test_what_is_over_is_not_edited(state):
    lives = {"draft", "published"}
    assert (rules.settled(a_call(state)) is None) is (state in lives)


def test_an_open_call_is_not_decided():
    assert rules.not_closed(a_call(), now=CLOSES - SECOND)
    assert rules.not_closed(a_call(), now=CLOSES) is None


@pytest.mark.parametrize("state", ApplicationState)
def test_which_applications_keep_a_call_from_its_end(state):
    undecided = {"submitted", "in_review", "offered"}
    promised = {"offered", "waitlisted", "accepted"}
    assert bool(rules.still_undecided([state])) is (state in undecided)
    assert bool(rules.already_promised([state])) is (state in promised)


def test_a_checklist_is_filled_in_to_the_last_point():
    assert rules.checklist_open([1, 2], [1])
    assert rules.checklist_open([1, 2], [1, 2]) is None
    assert rules.checklist_open([], []) is None


def test_an_offer_ends_to_the_second():
    offer = Thing(expires_at=CLOSES)
    assert rules.expired(offer, now=CLOSES - SECOND) is None
    assert rules.expired(offer, now=CLOSES)
    assert rules.not_expired(offer, now=CLOSES - SECOND)
    assert rules.not_expired(offer, now=CLOSES) is None


@pytest.mark.parametrize("state", MilestoneState)
def test_which_milestones_keep_a_company_from_graduating(state):
    company = Thing(milestones=[Thing(state=MilestoneState.ACHIEVED), Thing(state=state)])
    opened = {"planned", "in_progress", "submitted"}
    assert bool(rules.unsettled(company, now=OPENS)) is (state in opened)


def test_a_milestone_is_handed_in_with_something_to_show():
    assert rules.without_evidence(Thing(evidence=" \n"), now=OPENS)
    assert rules.without_evidence(Thing(evidence="A contract"), now=OPENS) is None


@pytest.mark.parametrize(("day", "missed"), [(date(2026, 3, 8), False), (date(2026, 3, 9), True)])
def test_a_milestone_is_missed_a_week_after_its_day(day, missed):
    now = datetime(day.year, day.month, day.day, tzinfo=UTC)
    assert rules.is_missed(date(2026, 3, 1), now=now) is missed
    assert (rules.not_overdue(Thing(due_on=date(2026, 3, 1)), now=now) is None) is missed


@pytest.mark.parametrize("state", FormState)
def test_only_draft_questions_change(state):
    assert (rules.frozen(Thing(state=state)) is None) is (state == "draft")


@pytest.mark.parametrize(
    ("state", "now", "over"),
    [
        (CallState.DRAFT, CLOSES, False),
        (CallState.PUBLISHED, CLOSES - SECOND, False),
        (CallState.PUBLISHED, CLOSES, True),
        (CallState.DECIDED, OPENS, True),
        (CallState.CANCELLED, OPENS, True),
    ],
)
def test_until_when_something_else_may_be_asked(state, now, over):
    assert bool(rules.asked_enough(a_call(state), now=now)) is over


def test_a_call_asks_something_on_every_page():
    full, bare = Thing(questions=[1], title_en="A"), Thing(questions=[], title_en="B")
    assert text(rules.nothing_asked([])) == "Ask at least one question first."
    assert text(rules.nothing_asked([bare])) == "Ask at least one question first."
    assert rules.nothing_asked([full, bare]).values == {"title": "B"}
    assert rules.nothing_asked([full]) is None
    assert rules.still_filled(full)
    assert rules.still_filled(bare) is None


def test_a_choice_has_at_least_two_options():
    assert rules.too_few_options(QuestionKind.SINGLE, ["a"])
    assert rules.too_few_options(QuestionKind.MULTIPLE, ["a", "b"]) is None
    assert rules.too_few_options(QuestionKind.SHORT, []) is None


def test_options_match_in_both_languages_and_differ_from_each_other():
    assert rules.unmatched_options(["a", "b"], ["c", "d"]) is None
    assert rules.unmatched_options(["a", "b"], ["c"])
    assert rules.unmatched_options(["Yes", "yes"], ["c", "d"])


KNOWN = [
    {"code": "no", "en": "Norway", "nb": "Norge"},
    {"code": "eu", "en": "Europe", "nb": "Europa"},
]


@pytest.mark.parametrize(
    ("english", "codes"),
    [
        (["Norway", "Europe"], ["no", "eu"]),
        (["Europe", "Norway"], ["eu", "no"]),
        (["Norway", "The rest of Europe"], ["no", "eu"]),
        (["Norway", "Europe", "Asia"], ["no", "eu", "asia"]),
        (["Europe"], ["eu"]),
        (["Asia", "Norway"], ["asia", "no"]),
        (["Eu", "Norway", "Europe"], ["eu-2", "no", "eu"]),
    ],
)
def test_an_option_keeps_its_code(english, codes):
    made = rules.coded(english, english, known=KNOWN)
    assert [option["code"] for option in made] == codes


def test_new_options_get_codes_of_their_own():
    made = rules.coded(["Ja, ofte", "!", "?"], ["a", "b", "c"])
    assert [option["code"] for option in made] == ["ja-ofte", "option", "option-2"]


@pytest.mark.parametrize(
    ("label", "taken", "key"),
    [
        ("What do you make?", [], "what_do_you_make"),
        ("Størrelse på laget", [], "storrelse_pa_laget"),
        ("Team", ["team", "team_2"], "team_3"),
        ("???", [], "question"),
        ("a" * 50, [], "a" * 40),
    ],
)
def test_the_key_of_a_question(label, taken, key):
    assert rules.key_for(label, taken) == key
