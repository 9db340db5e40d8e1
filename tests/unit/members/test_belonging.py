"""Exclusions and runs of renewals by their table, and the years over which benefits are counted."""

from datetime import UTC, date, datetime
from types import SimpleNamespace as Thing
from uuid import UUID

import pytest

from portal.core.errors import NotAllowed, Refused
from portal.members.belonging.rules import (
    changes_on,
    left,
    needs_another,
    window,
    wrong_wish,
    year_around,
)
from portal.members.belonging.workflow import EXCLUSION, RENEWAL, TIER_REQUEST
from portal.models import (
    PORTAL,
    Actor,
    AffiliationRole,
    BenefitYear,
    StaffRole,
    Standing,
    TierRequestTakes,
)

NOW = datetime(2026, 6, 1, tzinfo=UTC)
OURS = UUID(int=7)
STAFF = Actor(id=UUID(int=1), name="Staff", staff=frozenset({StaffRole.MEMBERSHIP}))
EDITOR = Actor(id=UUID(int=2), name="Editor", staff=frozenset({StaffRole.EDITOR}))
INSIDER = Actor(
    id=UUID(int=3), name="Insider", staff=frozenset({StaffRole.MEMBERSHIP}),
    standings=(Standing(organisation_id=OURS, organisation_name="", slug="",
                        role=AffiliationRole.MEMBER),),
)  # fmt: skip

OWNER = Actor(
    id=UUID(int=4), name="Owner",
    standings=(Standing(organisation_id=OURS, organisation_name="", slug="",
                        role=AffiliationRole.REPRESENTATIVE),),
)  # fmt: skip

#: Written by hand: the move, from where, to where; everything that is not here is refused.
RENEWALS = """
show     gathering  ready
start    ready      running
start    stopped    running
stop     running    stopped
finish   running    done
discard  gathering  discarded
discard  ready      discarded
"""
EXCLUSIONS = """
decide  proposed  decided
drop    proposed  dropped
propose_anew proposed proposed
"""


WISHES = """
approve_first  asked  asked
grant          asked  granted
decline        asked  declined
withdraw       asked  withdrawn
"""


def table(text):
    return {tuple(line.split()[:2]): line.split()[2] for line in text.strip().splitlines()}


@pytest.mark.parametrize("name", ["show", "start", "stop", "finish", "discard"])
@pytest.mark.parametrize("state", ["gathering", "ready", "running", "stopped", "done", "discarded"])
def test_runs_of_renewals_go_on_as_the_table_says(name, state):
    run = Thing(state=state, tallies={"renew": 3})
    wanted = table(RENEWALS).get((name, state))
    if wanted is None:
        with pytest.raises(Refused):
            RENEWAL.make(name, run, actor=STAFF, now=NOW)
    else:
        RENEWAL.make(name, run, actor=STAFF, now=NOW)
        assert run.state == wanted


def test_a_run_without_anybody_is_not_started_and_one_that_renewed_is_not_thrown_away():
    with pytest.raises(Refused):
        RENEWAL.make("start", Thing(state="ready", tallies={"resigned": 2}), actor=STAFF, now=NOW)
    begun = Thing(state="ready", tallies={"renew": 2, "renewed": 1})
    with pytest.raises(Refused):
        RENEWAL.make("discard", begun, actor=STAFF, now=NOW)
    RENEWAL.make("finish", Thing(state="running", tallies={}), actor=PORTAL, now=NOW)
    with pytest.raises(NotAllowed):
        RENEWAL.make("start", Thing(state="ready", tallies={"renew": 1}), actor=PORTAL, now=NOW)


@pytest.mark.parametrize("name", ["decide", "drop", "propose_anew"])
@pytest.mark.parametrize("state", ["proposed", "decided", "dropped"])
def test_exclusions_go_on_as_the_table_says(name, state):
    row = Thing(state=state, membership=Thing(organisation_id=OURS))
    for nobody in (EDITOR, INSIDER):
        with pytest.raises(NotAllowed):
            EXCLUSION.make(name, row, actor=nobody, now=NOW)
    wanted = table(EXCLUSIONS).get((name, state))
    if wanted is None:
        with pytest.raises(Refused):
            EXCLUSION.make(name, row, actor=STAFF, now=NOW)
    else:
        EXCLUSION.make(name, row, actor=STAFF, now=NOW)
        assert row.state == wanted


def test_who_proposed_an_exclusion_decides_it_only_where_one_may():
    row = Thing(proposed_by_id=STAFF.id)
    assert needs_another(row, STAFF.id, two=True)
    assert not needs_another(row, STAFF.id, two=False)
    assert not needs_another(row, EDITOR.id, two=True)


def period(first, after, year=None):
    days = [date.fromisoformat(each) for each in (first, after, year or first)]
    return Thing(from_on=days[0], to_on=days[1], year_from_on=days[2])


SPLIT = [
    period("2025-03-01", "2025-09-01"),
    period("2025-09-01", "2026-03-01", "2025-03-01"),
    period("2026-03-01", "2027-03-01"),
]


@pytest.mark.parametrize(
    ("day", "first", "after"),
    [
        ("2025-05-01", "2025-03-01", "2026-03-01"),
        ("2025-10-01", "2025-03-01", "2026-03-01"),  # both parts of a split year are one
        ("2026-03-01", "2026-03-01", None),
        ("2027-04-01", "2026-03-01", None),  # while a renewal is due
    ],
)
def test_the_parts_of_a_year_count_as_one(day, first, after):
    found = year_around(SPLIT, date.fromisoformat(day))
    assert found == (date.fromisoformat(first), after and date.fromisoformat(after))
    calendar = window(BenefitYear.CALENDAR, SPLIT, date.fromisoformat(day))
    assert calendar == (date(int(day[:4]), 1, 1), date(int(day[:4]) + 1, 1, 1))
    assert window(BenefitYear.MEMBERSHIP, SPLIT, date.fromisoformat(day)) == found


def test_less_than_nothing_is_never_left():
    assert [left(4, used) for used in (0, 3, 4, 6)] == [4, 1, 0, 0]


@pytest.mark.parametrize("name", ["approve_first", "grant", "decline", "withdraw"])
@pytest.mark.parametrize("state", ["asked", "granted", "declined", "withdrawn"])
def test_wishes_go_on_as_the_table_says(name, state):
    row = Thing(state=state, membership=Thing(organisation_id=OURS))
    allowed, refused = (OWNER, STAFF) if name == "withdraw" else (STAFF, OWNER)
    for nobody in (EDITOR, INSIDER, refused):
        with pytest.raises(NotAllowed):
            TIER_REQUEST.make(name, row, actor=nobody, now=NOW)
    wanted = table(WISHES).get((name, state))
    if wanted is None:
        with pytest.raises(Refused):
            TIER_REQUEST.make(name, row, actor=allowed, now=NOW)
    else:
        TIER_REQUEST.make(name, row, actor=allowed, now=NOW)
        assert row.state == wanted


def span(tier, first, after):
    return Thing(tier_id=tier, from_on=date.fromisoformat(first), to_on=date.fromisoformat(after))


SILVER, GOLD = UUID(int=11), UUID(int=12)
THIS, NEXT = span(SILVER, "2026-01-01", "2027-01-01"), span(GOLD, "2027-01-01", "2028-01-01")
TODAY = date(2026, 6, 10)


@pytest.mark.parametrize(
    ("periods", "day"),
    [
        ([], date(2026, 6, 10)),
        ([THIS], date(2027, 1, 1)),
        ([THIS, NEXT], date(2027, 1, 1)),
        ([span(SILVER, "2025-01-01", "2026-01-01")], date(2026, 6, 10)),
    ],
)
def test_another_kind_begins_with_the_next_period(periods, day):
    assert changes_on(periods, today=TODAY) == day


@pytest.mark.parametrize(
    ("takes", "tier", "periods", "sensible"),
    [
        ("at_once", GOLD, [THIS], True),
        ("at_once", SILVER, [THIS], False),
        ("at_once", GOLD, [], False),
        ("next_period", SILVER, [THIS], True),
        ("next_period", SILVER, [THIS, NEXT], True),
        ("next_period", GOLD, [THIS, NEXT], False),
    ],
)
def test_a_wish_changes_something(takes, tier, periods, sensible):
    wrong = wrong_wish(TierRequestTakes.of(takes), tier, periods, today=TODAY)
    assert (wrong is None) is sensible
