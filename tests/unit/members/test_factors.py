"""Codes, counts and absences, without a database."""

from datetime import UTC, datetime, timedelta

import pytest

from portal.members import rules
from portal.members.factors import codes
from portal.members.factors.rules import counts_backwards
from portal.members.factors.workflow import REMOVAL

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
#: The secret of RFC 6238, appendix B, and two of its codes, cut to six figures.
RFC = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


@pytest.mark.parametrize(
    ("second", "code"), [(59, "287082"), (1111111109, "081804"), (20000000000, "353130")]
)
def test_codes_are_those_of_the_standard(second, code):
    moment = datetime.fromtimestamp(second, UTC)
    assert codes.step_of(code, RFC, now=moment) == second // 30


@pytest.mark.parametrize(
    ("typed", "tidied"),
    [("123 456", "123456"), (" 123456 ", "123456"), ("12-34-56", "123456"),
     ("ABCD-0123 4567-89ef", "abcd0123456789ef"), (None, "")],
)  # fmt: skip
def test_a_code_is_compared_without_what_people_put_between(typed, tidied):
    assert codes.tidy(typed) == tidied


def test_secrets_differ_by_salt_and_by_key_and_stay_the_same():
    made = codes.secret_of("one", key="k")
    assert made == codes.secret_of("one", key="k")
    assert len({made, codes.secret_of("two", key="k"), codes.secret_of("one", key="l")}) == 3
    assert len(made) == 32


@pytest.mark.parametrize(
    ("kept", "told", "backwards"),
    [(0, 0, False), (0, 1, False), (4, 5, False), (5, 5, True), (5, 4, True), (5, 0, True)],
)
def test_a_count_that_does_not_grow_is_that_of_a_copy(kept, told, backwards):
    assert counts_backwards(kept, told) is backwards


@pytest.mark.parametrize(
    ("last", "now", "dormant"),
    [
        (NOON, NOON.replace(year=2027) - timedelta(seconds=1), False),
        (NOON, NOON.replace(year=2027), True),
        (datetime(2028, 2, 29, tzinfo=UTC), datetime(2029, 2, 28, tzinfo=UTC), False),
        (datetime(2028, 2, 29, tzinfo=UTC), datetime(2029, 3, 1, tzinfo=UTC), True),
    ],
)
def test_a_year_is_one_by_the_calendar(last, now, dormant):
    assert rules.is_dormant(last, now=now) is dormant


def test_a_request_moves_as_written_and_no_other_way():
    moves = {(m.name, tuple(s.value for s in m.sources), m.target.value) for m in REMOVAL}
    assert moves == {
        ("check", ("asked",), "checked"),
        ("check_anew", ("checked",), "asked"),
        ("approve", ("checked",), "done"),
        ("decline", ("asked", "checked"), "declined"),
        ("withdraw", ("asked", "checked"), "withdrawn"),
    }
