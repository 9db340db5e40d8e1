"""How answers are read, what is wrong with them, and what is missing. Tables written by hand."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from portal.models import ApplicationState, Question, QuestionKind
from portal.programmes import rules

CHOICES = [{"code": "no", "en": "Norway", "nb": "Norge"}, {"code": "eu", "en": "EU", "nb": "EU"}]


def asked(kind: str, **more) -> Question:
    values = {"key": kind, "required": True, "options": [], "word_limit": None} | more
    return Question(kind=QuestionKind.of(kind), **values)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0", "0"),
        ("1200000", "1200000"),
        ("1 200 000", "1200000"),
        ("1\u00a0200\u00a0000", "1200000"),
        ("1\u202f200", "1200"),
        ("1'200'000", "1200000"),
        ("12,5", "12.5"),
        ("12.5", "12.5"),
        ("1,200,000", "1200000"),
        ("1.200.000", "1200000"),
        ("1,200,000.50", "1200000.50"),
        ("1.200.000,50", "1200000.50"),
        ("1,200.50", "1200.50"),
        ("1.200,50", "1200.50"),
        ("-5", "-5"),
        ("0,125", "0.125"),
        ("\u22125", "-5"),
        ("  7 ", "7"),
    ],
)
def test_numbers_are_understood_as_people_write_them(typed, kept):
    value = rules.read(asked("number"), typed)
    assert value == kept
    assert rules.malformed(asked("number"), value) is None


@pytest.mark.parametrize(
    "typed",
    ["ca 1,2 mill", "1,200", "1.200", "1e6", "NaN", "inf", "--5", "1,2,3", "٣", "9" * 16, "0x10"],
)
def test_what_may_be_meant_otherwise_is_asked_again_and_quoted(typed):
    value = rules.read(asked("number"), typed)
    reason = rules.malformed(asked("number"), value)
    assert reason.text == "Write a number, such as 1 200 000. You wrote “%(typed)s”."
    assert reason.values == {"typed": typed}


@pytest.mark.parametrize(
    ("typed", "kept", "fine"),
    [
        ("2026-12-01", "2026-12-01", True),
        ("1.12.2026", "2026-12-01", True),
        ("01. 12. 2026", "2026-12-01", True),
        ("31.02.2026", "31.02.2026", False),
        ("2026-W49-1", "2026-W49-1", False),
        ("20261201", "20261201", False),
        ("tomorrow", "tomorrow", False),
        ("0026-12-01", "0026-12-01", False),
    ],
)
def test_days_are_days_of_the_calendar(typed, kept, fine):
    value = rules.read(asked("date"), typed)
    assert value == kept
    assert (rules.malformed(asked("date"), value) is None) is fine


@pytest.mark.parametrize(
    ("typed", "kept", "fine"),
    [
        ("https://example.com/a?b=c", "https://example.com/a?b=c", True),
        ("example.com", "https://example.com", True),
        ("http://xn--blbr-roah.no", "http://xn--blbr-roah.no", True),
        ("javascript:alert(1)", "javascript:alert(1)", False),
        ("javascript://example.com/%0aalert(1)", "javascript://example.com/%0aalert(1)", False),
        ("ftp://example.com", "ftp://example.com", False),
        ("https://user:pass@example.com", "https://user:pass@example.com", False),
        ("https://localhost", "https://localhost", False),
        ("two words.com", "two words.com", False),
        ("https://[::1", "https://[::1", False),
        ("not a link", "not a link", False),
    ],
)
def test_links_lead_to_pages_on_the_web(typed, kept, fine):
    value = rules.read(asked("link"), typed)
    assert value == kept
    assert (rules.malformed(asked("link"), value) is None) is fine


@pytest.mark.parametrize("kind", ["short", "long", "number", "date", "link", "single", "yesno"])
@pytest.mark.parametrize("typed", ["", "   ", None, [], "\x00"])
def test_nothing_is_no_answer(kind, typed):
    assert rules.read(asked(kind, options=CHOICES), typed) is None


def test_texts_keep_their_paragraphs_and_lines_do_not():
    assert rules.read(asked("long"), " One.\r\n\r\nTwo.  ") == "One.\n\nTwo."
    assert rules.read(asked("short"), " One.\r\n Two.  ") == "One. Two."


def test_choices_are_kept_once_in_the_order_of_the_question():
    question = asked("multiple", options=CHOICES)
    assert rules.read(question, ["eu", "no", "eu"]) == ["no", "eu"]
    assert rules.read(question, []) is None
    assert rules.malformed(question, ["no", "eu"]) is None
    assert rules.malformed(question, rules.read(question, ["mars"])).text == (
        "Choose one of the answers."
    )


@pytest.mark.parametrize(
    ("kind", "value", "fine"),
    [
        ("single", "no", True),
        ("single", "mars", False),
        ("yesno", "yes", True),
        ("yesno", "no", True),
        ("yesno", "maybe", False),
    ],
)
def test_only_what_is_offered_can_be_chosen(kind, value, fine):
    found = rules.malformed(asked(kind, options=CHOICES), value)
    assert (found is None) is fine


@pytest.mark.parametrize(
    ("kind", "length", "fine"),
    [
        ("short", 300, True),
        ("short", 301, False),
        ("long", 20_000, True),
        ("long", 20_001, False),
    ],
)
def test_no_answer_is_longer_than_any_answer_may_be(kind, length, fine):
    assert (rules.malformed(asked(kind), "x" * length) is None) is fine


def test_words_are_what_stands_between_spaces():
    question = asked("long", word_limit=3)
    assert rules.too_wordy(question, "one two\nthree") is None
    reason = rules.too_wordy(question, "one two  three - four")
    assert (reason.text, reason.values) == (
        "Write at most %(most)s words. You wrote %(count)s.",
        {"most": 3, "count": 5},
    )


def test_progress_counts_answers_and_names_what_keeps_a_draft_from_being_sent():
    questions = [
        asked("short"),
        asked("long", word_limit=1),
        asked("number", required=False),
        asked("yesno"),
    ]
    found = rules.progress(questions, {"short": "Yes.", "long": "Too long"})
    assert (found.answered, found.total, found.ready) == (2, 4, False)
    assert [(lack.question.key, lack.reason.text) for lack in found.lacks] == [
        ("long", "Write at most %(most)s words. You wrote %(count)s."),
        ("yesno", "Answer this question before you send."),
    ]
    assert rules.progress(questions, {"short": "a", "long": "b", "yesno": "no"}).ready


def test_what_is_sent_names_every_question_and_has_a_checksum_of_its_own():
    questions = [asked("short"), asked("number", required=False)]
    frozen = rules.frozen_answers(questions, {"short": "Ærlig", "gone": "old"})
    assert frozen == {"short": "Ærlig", "number": None}
    assert rules.checksum(frozen) == rules.checksum({"number": None, "short": "Ærlig"})
    assert rules.checksum(frozen) != rules.checksum({"number": "0", "short": "Ærlig"})


def test_references_are_of_a_year_and_a_number():
    assert rules.reference(2026, 42) == "APP-2026-0042"
    assert rules.reference(2026, 12345) == "APP-2026-12345"


CLOSES = datetime(2026, 12, 1, 11, tzinfo=UTC)


@pytest.mark.parametrize(
    ("before", "name"),
    [
        (timedelta(days=8), None),
        (timedelta(days=7), "deadline-week"),
        (timedelta(days=1, seconds=1), "deadline-week"),
        (timedelta(days=1), "deadline-day"),
        (timedelta(seconds=1), "deadline-day"),
        (timedelta(0), None),
        (timedelta(seconds=-1), None),
    ],
)
def test_the_nearest_reminder_alone_is_due(before, name):
    assert rules.reminder_of(CLOSES, now=CLOSES - before) == name


@pytest.mark.parametrize(
    ("name", "begun", "worth"),
    [
        ("deadline-week", timedelta(days=8), True),
        ("deadline-week", timedelta(days=6), False),
        ("deadline-day", timedelta(days=6), True),
        ("deadline-day", timedelta(hours=5), False),
    ],
)
def test_who_began_late_is_not_reminded_of_what_they_just_read(name, begun, worth):
    assert rules.is_worth_reminding(name, CLOSES, CLOSES - begun) is worth


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("draft", "Nothing is sent yet. Send the application before %(closes)s."),
        ("submitted", "We have your application. You hear from us by %(promised)s."),
        (
            "in_review",
            "The programme team reads your application. You hear from us by %(promised)s.",
        ),
        ("accepted", "You have a place. The cohort starts on %(starts)s."),
        ("withdrawn", "This application is withdrawn. There is nothing more to do."),
    ],
)
def test_every_state_says_what_happens_next(state, words):
    assert rules.what_next(applied(state), None, now=CLOSES - timedelta(days=2)).text == words


def test_a_broken_promise_is_owned_up_to():
    said = rules.what_next(applied("in_review"), None, now=CLOSES + timedelta(days=30))
    assert said.text.startswith("You were promised an answer by %(promised)s, and it is late.")
    assert said.values["contact"] == "Ingrid Vik"


def test_every_state_has_words():
    for state in rules_states():
        assert rules.what_next(applied(state), None, now=CLOSES - timedelta(days=2)).text


def rules_states() -> list[str]:
    return [
        "draft", "submitted", "in_review", "offered", "waitlisted", "accepted", "unsuccessful",
        "ineligible", "declined", "offer_lapsed", "withdrawn", "lapsed",
    ]  # fmt: skip


def applied(state: str) -> SimpleNamespace:
    call = SimpleNamespace(
        closes_at=CLOSES,
        zone="Europe/Oslo",
        decision_on=(CLOSES + timedelta(days=20)).date(),
        contact=SimpleNamespace(name="Ingrid Vik"),
        cohort=SimpleNamespace(starts_on=(CLOSES + timedelta(days=60)).date()),
    )
    return SimpleNamespace(state=ApplicationState.of(state), call=call)
