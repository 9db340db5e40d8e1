"""Becoming a member: who may do what in which state, prices by day and size, first periods."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace as Thing
from uuid import UUID

import pytest

from portal.core.errors import NotAllowed, Refused
from portal.members.joining import rules
from portal.members.joining.workflow import JOINING
from portal.models import (
    PORTAL,
    Actor,
    AffiliationRole,
    JoiningState,
    MembershipYear,
    PriceBand,
    SizeClass,
    StaffRole,
    Standing,
)

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
FIRM, OTHER = UUID(int=1), UUID(int=2)


def of(role: str, organisation: UUID = FIRM, **more: object) -> Actor:
    standing = Standing(
        organisation_id=organisation,
        organisation_name="Firm",
        slug="firm",
        role=AffiliationRole.of(role),
    )
    return Actor(id=UUID(int=9), name="Somebody", standings=(standing,), **more)


def working(role: str) -> Actor:
    return Actor(id=UUID(int=8), name="Staff", staff=frozenset({StaffRole.of(role)}))


PEOPLE = {
    "member": of("member"),
    "representative": of("representative"),
    "administrator": of("administrator"),
    "foreign": of("administrator", OTHER),
    "membership": working("membership"),
    "boss": working("administrator"),
    "programmes": working("programmes"),
    "partial": of("member", staff=frozenset({StaffRole.MEMBERSHIP})),
    "portal": PORTAL,
}
APPLICANTS, STAFF = "representative administrator", "membership boss"

#: Move, from where, to where, by whom. What is not in here cannot be done.
TABLE = [
    ("submit", "draft", "submitted", APPLICANTS),
    ("approve_first", "submitted", "submitted", STAFF),
    ("approve_first", "deferred", "submitted", STAFF),
    ("approve", "submitted", "approved", STAFF),
    ("approve", "deferred", "approved", STAFF),
    ("ask", "submitted", "asked", STAFF),
    ("ask", "deferred", "asked", STAFF),
    ("answer", "asked", "submitted", APPLICANTS),
    ("defer", "submitted", "deferred", STAFF),
    ("resume", "deferred", "submitted", f"{STAFF} portal"),
    ("decline", "submitted", "declined", STAFF),
    ("decline", "asked", "declined", STAFF),
    ("decline", "deferred", "declined", STAFF),
    ("withdraw", "draft", "withdrawn", APPLICANTS),
    ("withdraw", "submitted", "withdrawn", APPLICANTS),
    ("withdraw", "asked", "withdrawn", APPLICANTS),
    ("withdraw", "deferred", "withdrawn", APPLICANTS),
    ("lapse", "asked", "withdrawn", "portal"),
]
MOVES = (
    "submit", "approve_first", "approve", "ask", "answer", "defer", "resume", "decline", "withdraw",
    "lapse",
)  # fmt: skip
STATES = ("draft", "submitted", "asked", "deferred", "approved", "declined", "withdrawn")


def application(state: str, **more: object) -> Thing:
    given = {
        "state": JoiningState.of(state),
        "organisation_id": FIRM,
        "answers": {"why": "Robots"},
        "billing_email": "a@example.org",
        "tier": Thing(open_to_apply=True, two_approve=False),
        "answer_by": NOW,
    }
    return Thing(**(given | more))


def test_the_table_names_every_move_and_no_other():
    assert sorted(move.name for move in JOINING) == sorted(MOVES)
    assert sorted(STATES) == sorted(state.value for state in JoiningState)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize("kind", PEOPLE)
def test_a_move_is_made_by_whom_and_from_where_the_table_says_and_nowhere_else(kind, move, state):
    row, allowed = application(state), {(m, s): (to, who.split()) for m, s, to, who in TABLE}
    to, who = allowed.get((move, state), (None, []))
    if kind in who:
        JOINING.make(move, row, actor=PEOPLE[kind], now=NOW)
        assert row.state == to
        return
    with pytest.raises((NotAllowed, Refused)):
        JOINING.make(move, row, actor=PEOPLE[kind], now=NOW)
    assert row.state == state


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"answers": {}}, "Tell us why you would like to join."),
        ({"billing_email": ""}, "Say where invoices go."),
        ({"tier": Thing(open_to_apply=False)}, "not offered any more"),
    ],
)
def test_what_is_missing_cannot_be_sent(more, said):
    row = application("draft", **more)
    with pytest.raises(Refused) as refusal:
        JOINING.make("submit", row, actor=PEOPLE["administrator"], now=NOW)
    assert said in refusal.value.reason.text
    assert row.state is JoiningState.DRAFT


def test_the_portal_gives_up_no_moment_too_soon():
    row = application("asked", answer_by=NOW + timedelta(microseconds=1))
    with pytest.raises(Refused):
        JOINING.make("lapse", row, actor=PORTAL, now=NOW)
    JOINING.make("lapse", row, actor=PORTAL, now=row.answer_by)


def span(first: str, after: str | None) -> Thing:
    return Thing(
        from_on=date.fromisoformat(first), to_on=date.fromisoformat(after) if after else None
    )


@pytest.mark.parametrize(
    ("first", "after", "fits"),
    [
        ("2025-01-01", "2026-01-01", True),
        ("2025-01-01", "2026-01-02", False),
        ("2025-01-01", None, False),
        ("2026-03-01", "2026-04-01", False),
        ("2026-12-31", None, False),
        ("2027-01-01", None, True),
        ("2027-01-01", "2027-01-01", False),
    ],
)
def test_two_prices_of_one_size_never_hold_on_one_day(first, after, fits):
    new = span(first, after)
    wrong = rules.wrong_price([span("2026-01-01", "2027-01-01")], new.from_on, new.to_on)
    assert (wrong is None) is fits


def test_nothing_comes_after_a_price_without_an_end():
    assert rules.wrong_price([span("2026-01-01", None)], date(2030, 1, 1), None)
    assert rules.wrong_price([span("2026-01-01", None)], date(2025, 1, 1), date(2026, 1, 1)) is None


def price(band: PriceBand, first: str = "2026-01-01", after: str | None = None) -> Thing:
    row = span(first, after)
    row.band = band
    return row


def test_a_size_pays_its_own_price_and_else_that_of_any_size():
    small, everyone = price(PriceBand.SMALL), price(PriceBand.ANY)
    day = date(2026, 6, 1)
    assert rules.price_for([everyone, small], SizeClass.SMALL, today=day) is small
    assert rules.price_for([everyone, small], SizeClass.LARGE, today=day) is everyone
    assert rules.price_for([small], SizeClass.LARGE, today=day) is None
    assert rules.price_for([everyone, small], SizeClass.SMALL, today=date(2025, 12, 31)) is None


def test_a_price_holds_until_the_day_before_its_end():
    old = price(PriceBand.ANY, "2026-01-01", "2027-01-01")
    new = price(PriceBand.ANY, "2027-01-01")
    assert rules.price_for([old, new], None, today=date(2026, 12, 31)) is old
    assert rules.price_for([old, new], None, today=date(2027, 1, 1)) is new


@pytest.mark.parametrize(
    ("year", "first", "after"),
    [
        ("calendar", "2026-11-23", "2027-01-01"),
        ("calendar", "2027-01-01", "2028-01-01"),
        ("twelve_months", "2026-11-23", "2027-11-23"),
        ("twelve_months", "2028-02-29", "2029-03-01"),
    ],
)
def test_the_first_period_is_the_rest_of_the_year_or_twelve_months(year, first, after):
    begins = date.fromisoformat(first)
    assert rules.first_period(MembershipYear.of(year), begins) == (
        begins, date.fromisoformat(after)
    )  # fmt: skip


def test_two_approve_where_the_tier_or_the_terms_say_so():
    one, two = Thing(two_approve=False), Thing(two_approve=True)
    assert not rules.needs_two(one, always=False)
    assert rules.needs_two(one, always=True)
    assert rules.needs_two(two, always=False)


@pytest.mark.parametrize(
    ("state", "promised", "late"),
    [("submitted", NOW, True), ("submitted", NOW + timedelta(seconds=1), False),
     ("asked", NOW - timedelta(days=9), False), ("approved", NOW, False)],
)  # fmt: skip
def test_we_are_late_from_the_promised_moment_and_only_when_it_is_our_turn(state, promised, late):
    assert rules.is_late(promised, JoiningState.of(state), now=NOW) is late
