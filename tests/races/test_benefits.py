"""The last of a benefit, and one number after another: many processes, through the deeds."""

from datetime import date
from multiprocessing.synchronize import Barrier
from time import sleep
from uuid import UUID

import pytest
from sqlalchemy import func, select

from portal.core import clock
from portal.extensions import db
from portal.members import service as members
from portal.members.belonging.queries import benefits as queries
from portal.members.belonging.service import benefits
from portal.models import Benefit, BenefitUse, Membership, MembershipTier, Organisation
from portal.platform.database import begin, unit
from tests.races.rushing import Rush, acting

PEOPLE, LEFT = 6, 2
TODAY = clock.now().date()

used = queries.used


def use_one(membership_id: UUID, benefit_id: UUID, staff_id: UUID) -> None:
    """Note that one of a benefit was used."""
    with unit():
        benefits.use_benefit(
            db.session.get_one(Membership, membership_id),
            db.session.get_one(Benefit, benefit_id),
            benefits.Use(used_on=clock.now().date(), quantity=1),
            actor=acting(staff_id),
            now=clock.now(),
        )


def with_care(_everybody: Barrier) -> None:
    """Let the portal do as it does, but hesitate after it counted."""

    def hesitate(*given, **more):
        found = used(*given, **more)
        sleep(0.05)
        return found

    queries.used = hesitate


def look_then_leap(everybody: Barrier) -> None:
    """Take the lock away: count in one unit of work, and act on it in another."""
    benefits.locked = lambda _membership, *, now: None

    def look(membership, benefit, *, day):
        found = used(membership, benefit, day=day)
        db.session.rollback()
        everybody.wait(60)
        begin(writing=True)
        return found

    queries.used = look


def join(organisation_id: UUID, tier_id: UUID, staff_id: UUID) -> None:
    """Make an organisation a member."""
    with unit():
        members.start_membership(
            db.session.get_one(Organisation, organisation_id),
            db.session.get_one(MembershipTier, tier_id),
            from_on=date(TODAY.year, 1, 1),
            to_on=date(TODAY.year + 1, 1, 1),
            actor=acting(staff_id),
            now=clock.now(),
        )


@pytest.fixture
def rush(app, session, tmp_path):
    return Rush(app, session, tmp_path)


@pytest.fixture
def last_two(make):
    """Make a member with two of a benefit left, and staff who note its use."""
    tier = make.MembershipTier()
    row = make.Membership()
    make.MembershipPeriod(membership=row, tier=tier)
    return row, make.Benefit(tier=tier, quantity=LEFT), make.staff("membership")


def deeds(last_two):
    row, benefit, staff = last_two
    return [(use_one, row.id, benefit.id, staff.id)] * PEOPLE


def counted(session, benefit):
    mine = select(func.sum(BenefitUse.quantity)).where(BenefitUse.benefit_id == benefit.id)
    return session.scalar(mine)


def test_the_last_of_a_benefit_is_used_once(rush, session, last_two):
    fared = rush(deeds(last_two), with_care)
    assert fared.count("done") == LEFT, fared
    assert counted(session, last_two[1]) == LEFT


def test_without_the_lock_more_would_be_used_than_there_is(rush, session, last_two):
    rush(deeds(last_two), look_then_leap)
    assert counted(session, last_two[1]) > LEFT


def test_numbers_are_given_without_gaps_and_each_once(rush, session, make):
    tier, staff = make.MembershipTier(), make.staff("membership")
    companies = [make.Organisation() for _ in range(PEOPLE)]
    twice = [*companies, companies[0]]  # and one of them by two at once
    fared = rush([(join, each.id, tier.id, staff.id) for each in twice])
    assert fared.count("done") == PEOPLE, fared
    numbers = session.scalars(select(Membership.number).order_by(Membership.number)).all()
    assert numbers == list(range(1, PEOPLE + 1))
