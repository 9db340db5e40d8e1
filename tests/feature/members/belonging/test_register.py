"""The register as it was on a day; and that SQL and Python say the same of every day."""

import csv
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from sqlalchemy import select

from portal.members.belonging.queries.register import REGISTER, day_given
from portal.members.rules import COUNTS, status
from portal.models import (
    GRACE,
    EndReason,
    FormerSuspension,
    Membership,
    StaffRole,
)
from portal.models.members.membership import counts_now

YEAR = ("2026-01-01", "2027-01-01")
FIRST = date(2024, 1, 1)


def told(page):
    return [
        [cell.get_text(" ", strip=True) for cell in row.select("td, th")][:4]
        for row in page.select("tbody tr")
    ]


def test_a_day_of_the_past_is_told_as_it_was(browser, session, make, member, gold, silver):
    row = member(("2024-01-01", "2024-07-01"), tier=silver, number=1)
    later = {"from_on": date(2024, 7, 1), "to_on": date(2025, 1, 1)}
    make.MembershipPeriod(membership=row, tier=gold, year_from_on=FIRST, **later)
    gone = member(("2024-01-01", "2025-01-01"), number=2)
    gone.ends_on, gone.end_reason = date(2024, 9, 1), EndReason.RESIGNED
    name, other = row.organisation.display_name, gone.organisation.display_name
    browser.sign_in(make.staff("membership"))
    page = browser.get("members.member_register", day="2024-06-30")
    assert told(page) == [["1", name, "Silver", "Active"], ["2", other, "Silver", "Active"]]
    page = browser.get("members.member_register", day="2024-09-01")
    assert told(page) == [["1", name, "Gold", "Active"]]
    page = browser.get("members.member_register", day="2024-09-01", show="all")
    assert told(page)[1] == ["2", other, "Silver", "Resigned"]
    page = browser.get("members.member_register", day="2024-09-01", tier="silver")
    assert "Nobody fits" in page.main.text
    page = browser.get("members.member_register", day="2025-02-01", show="grace")
    assert told(page) == [["1", name, "Gold", "Renewal due"]]
    assert told(browser.get("members.member_register", day="2023-12-31")) == []


@pytest.mark.parametrize(
    ("asked", "said"), [("2026-02-30", True), ("1066-10-14", True), ("2026-02-28", False)]
)
def test_a_day_that_is_none_is_said_to_be_none(browser, make, asked, said):
    browser.sign_in(make.staff("membership"))
    for page in ("member_register", "register_roles", "register_staff"):
        told = browser.get(f"members.{page}", day=asked).main.text
        assert ("no such day" in told) is said


def test_the_register_is_counted_by_tier_and_downloaded(browser, make, member, gold, silver):
    for tier in (gold, silver, silver):
        member(YEAR, tier=tier)
    browser.sign_in(make.staff("membership"))
    page = browser.get("members.member_register", day="2026-05-01")
    assert [each.get_text(" ", strip=True) for each in page.select(".stat")] == [
        "1 Gold", "2 Silver",
    ]  # fmt: skip
    browser.get("members.export_register", day="2026-05-01", kind="csv")
    rows = list(csv.reader(browser.response.text.lstrip("\ufeff").splitlines(), delimiter=";"))
    assert rows[0] == ["Number", "Member organisation", "Kind", "Status", "First day", "Last day"]
    assert [row[2:] for row in rows[1:]] == [
        ["Gold", "Active", "2026-01-01", "2026-12-31"],
        ["Silver", "Active", "2026-01-01", "2026-12-31"],
        ["Silver", "Active", "2026-01-01", "2026-12-31"],
    ]
    browser.get("members.export_register", day="2026-05-01", kind="xlsx")


def test_roles_and_staff_are_told_as_they_were(browser, make):
    at = datetime(2024, 5, 1, 12, tzinfo=UTC)
    organisation = make.Organisation()
    make.Affiliation(
        organisation=organisation, person=make.Person(name="Was here"), starts_at=at,
        ends_at=at + timedelta(days=10), role="representative",
    )  # fmt: skip
    make.StaffGrant(person=make.Person(name="Worked here"), role=StaffRole.EVENTS, starts_at=at,
                    ends_at=at + timedelta(days=10))  # fmt: skip
    browser.sign_in(make.staff("membership"))
    for day, there in (("2024-04-30", 0), ("2024-05-01", 1), ("2024-05-10", 1), ("2024-05-11", 0)):
        page = browser.get("members.register_roles", day=day)
        assert page.text.count("Was here") == there, day
        page = browser.get("members.register_staff", day=day)
        assert page.text.count("Worked here") == there, day
    page = browser.get("members.register_roles", day="2024-05-05", role="administrator")
    assert "Was here" not in page.text
    browser.get("members.export_register_roles", day="2024-05-05")
    assert "Was here" in browser.response.text


def test_the_register_is_for_staff_who_look_after_membership(browser, make):
    for person in (make.colleague(make.Organisation()), make.staff("programmes")):
        browser.sign_in(person)
        browser.get("members.member_register", expect=403)
        browser.get("members.export_register", expect=403)


@pytest.mark.parametrize("seed", [1, 2])
def test_the_database_and_the_rule_say_the_same_of_every_day(app, session, make, silver, seed):
    chance = Random(seed)  # noqa: S311 - no secret
    rows = [random_membership(make, silver, chance, number) for number in range(60)]
    session.commit()
    former = {each.membership_id: each for each in session.scalars(select(FormerSuspension))}
    for _ in range(25):
        day = FIRST + timedelta(days=chance.randrange(1300))
        expected = {
            row.id: status(
                row, row.periods, today=day, former=[former[row.id]] if row.id in former else []
            )
            for row in rows
        }
        with app.app_context():
            given = day_given(day)
        found = {row.id: row.status for row in session.execute(REGISTER, given)}
        assert found == {id: told.value for id, told in expected.items()}, day
        now = session.scalars(
            select(Membership.id).where(*counts_now()).distinct(),
            {"today": day, "grace_since": day - GRACE},
        )
        without = set(former)  # what another suspension followed is past
        counting = {id for id, told in expected.items() if told in COUNTS}
        assert set(now) - without == counting - without, day


def random_membership(make, tier, chance, number):
    """Make a membership with up to three periods, perhaps gaps, rests and an end."""
    row = make.Membership(number=number + 1)
    day = FIRST + timedelta(days=chance.randrange(-50, 400))
    for _ in range(chance.randrange(1, 4)):
        after = day + timedelta(days=chance.randrange(1, 400))
        make.MembershipPeriod(membership=row, tier=tier, from_on=day, to_on=after)
        day = after + timedelta(days=chance.choice([0, 0, 1, 59, 60, 61, 200]))
    if chance.random() < 0.4:
        row.suspended_from = FIRST + timedelta(days=chance.randrange(900))
        if chance.random() < 0.7:
            row.suspended_to = row.suspended_from + timedelta(days=chance.randrange(1, 200))
    if chance.random() < 0.4:
        row.ends_on = FIRST + timedelta(days=chance.randrange(1200))
        row.end_reason = chance.choice(list(EndReason))
    if chance.random() < 0.2:
        first = FIRST + timedelta(days=chance.randrange(600))
        make.FormerSuspension(membership_id=row.id, from_on=first, to_on=first + timedelta(30))
    return row
