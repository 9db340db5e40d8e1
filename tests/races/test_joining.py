"""Many who approve, apply and set prices at once: processes of their own, and numbers in a row."""

from datetime import date
from multiprocessing.synchronize import Barrier
from time import sleep
from uuid import UUID

import pytest
from sqlalchemy import func, select

from portal.core import clock
from portal.core.errors import Refused
from portal.core.wording import Sentence
from portal.extensions import db
from portal.members.joining.service import applying, handling, prices
from portal.members.service import memberships
from portal.models import (
    JoiningState,
    Membership,
    MembershipApplication,
    MembershipTier,
    Organisation,
    OutgoingMail,
    PriceBand,
    TierPrice,
    VatCode,
)
from portal.platform.database import begin, unit
from tests.factories.members import today
from tests.races.rushing import Rush, acting, as_it_is

MANY, TRIES, PAUSE = 4, 3, 0.05


def approve(id: UUID, who: UUID) -> str:
    """Approve an application as one of the staff."""
    with unit():
        row = db.session.get(MembershipApplication, id)
        done = handling.approve(row, today(), actor=acting(who), now=clock.now())
    return "member" if done else "first"


def apply(organisation: UUID, tier: UUID, who: UUID) -> str:
    """Begin an application for an organisation."""
    with unit():
        firm, kind = (
            db.session.get(Organisation, organisation),
            db.session.get(MembershipTier, tier),
        )
        row = applying.begin(firm, kind, actor=acting(who), now=clock.now())
        return str(row.id)


def price(tier: UUID, who: UUID) -> str:
    """Set a price for everybody from a day on."""
    terms = prices.PriceTerms(
        band=PriceBand.ANY, price_ore=100, vat_code=VatCode.STANDARD, from_on=date(2026, 1, 1)
    )
    with unit():
        kind = db.session.get(MembershipTier, tier)
        prices.add_price(kind, terms, actor=acting(who), now=clock.now())
    return "done"


def start(organisations: tuple[UUID, ...], tier: UUID, who: UUID) -> str:
    """Make organisations members one by one; each time, change one's mind once before."""
    for id in organisations:
        for sure in (False, True):
            try:
                with unit():
                    begun(id, tier, who)
                    if not sure:
                        raise Refused(Sentence("Not now."))
            except Refused as refusal:
                if refusal.reason.text != "Not now.":
                    raise
    return "done"


def begun(id: UUID, tier: UUID, who: UUID) -> None:
    firm, kind = db.session.get(Organisation, id), db.session.get(MembershipTier, tier)
    given = {"from_on": date(2026, 1, 1), "to_on": date(2027, 1, 1)}
    memberships.start_membership(firm, kind, **given, actor=acting(who), now=clock.now())


def with_a_pause(_everybody: Barrier) -> None:
    """Let the portal do as it does, but hesitate once an application was read."""
    locked = handling.locked

    def hesitate(row: MembershipApplication) -> None:
        sleep(PAUSE)
        locked(row)

    handling.locked = hesitate


def look_then_leap(everybody: Barrier) -> None:
    """Take away the lock: look in one unit of work, and act on it in another."""

    def careless(row: MembershipApplication) -> None:
        seen = row.state, row.tier, row.organisation
        id = row.id
        db.session.rollback()
        everybody.wait(60)
        begin(writing=True)
        again = db.session.get(MembershipApplication, id)
        again.state = seen[0]
        row.__dict__.update(again.__dict__)

    handling.locked = careless


def counting_by_looking(everybody: Barrier) -> None:
    """Number members by looking for the highest number first, as one would without a counter."""

    def careless() -> int:
        highest = db.session.scalar(select(func.max(Membership.number))) or 0
        db.session.rollback()
        everybody.wait(60)
        begin(writing=True)
        return highest + 1

    memberships.next_number = careless


@pytest.fixture
def rush(app, session, tmp_path):
    return Rush(app, session, tmp_path)


@pytest.fixture
def staff(make):
    return [make.staff("membership").id for _number in range(3)]


@pytest.fixture
def sent(make):
    firm = make.Organisation()
    founder = make.colleague(firm, "administrator")
    return make.MembershipApplication(organisation=firm, applicant=founder, sent=True)


def members(session):
    return session.scalars(select(Membership.number).order_by(Membership.number)).all()


def test_of_staff_who_approve_at_once_one_makes_the_member_and_the_others_find_it_done(
    session, sent, staff, rush
):
    assert rush([(approve, sent.id, who) for who in staff], with_a_pause) == ["member"] * 3
    assert members(session) == [1]
    assert session.scalars(select(MembershipApplication.state)).all() == [JoiningState.APPROVED]
    assert session.scalar(select(func.count(OutgoingMail.id))) == 1


def test_without_the_lock_they_run_into_one_another(session, sent, staff, rush):
    """Shows that the test above can fail: these people do get in one another's way."""
    fared = rush([(approve, sent.id, who) for who in staff[:2]], look_then_leap)
    assert fared[0].startswith("failed")
    assert members(session) == [1]  # which the database itself sees to


def test_where_two_have_to_approve_two_who_do_at_once_are_two(session, sent, staff, rush):
    sent.tier.two_approve = True
    fared = rush([(approve, sent.id, who) for who in staff[:2]], with_a_pause)
    assert fared == ["first", "member"]
    assert members(session) == [1]


def test_one_person_who_presses_twice_at_once_is_still_one(session, sent, staff, rush):
    sent.tier.two_approve = True
    fared = rush([(approve, sent.id, staff[0])] * 2, with_a_pause)
    assert fared[0] == "first"
    assert fared[1].startswith("refused: You have approved this already.")
    assert members(session) == []


def test_colleagues_who_apply_at_once_write_one_application(session, make, rush):
    firm, tier = make.Organisation(), make.MembershipTier()
    people = [make.colleague(firm, "representative").id for _number in range(3)]
    fared = rush([(apply, firm.id, tier.id, who) for who in people], as_it_is)
    [row] = session.scalars(select(MembershipApplication))
    assert fared == [str(row.id)] * 3


def test_of_prices_for_the_same_days_one_is_kept(session, make, staff, rush):
    tier = make.MembershipTier()
    fared = rush([(price, tier.id, who) for who in staff], as_it_is)
    assert fared[0] == "done"
    assert [each.startswith("refused: There is a price") for each in fared[1:]] == [True] * 2
    assert session.scalar(select(func.count(TierPrice.id))) == 1


@pytest.fixture
def newcomers(make, staff):
    """What many of the staff do at once: each makes some organisations members."""
    tier = make.MembershipTier()
    return [
        (start, tuple(make.Organisation().id for _try in range(TRIES)), tier.id, staff[n % 3])
        for n in range(MANY)
    ]


def test_members_are_numbered_without_a_gap_whoever_thinks_better_of_it(session, newcomers, rush):
    assert rush(newcomers, as_it_is) == ["done"] * MANY
    assert members(session) == list(range(1, MANY * TRIES + 1))


def test_numbers_found_by_looking_are_given_twice(session, newcomers, rush):
    """Shows that the test above can fail: they do ask for numbers at the same time."""
    alone = [(deed, firms[:1], tier, who) for deed, firms, tier, who in newcomers]
    fared = rush(alone, counting_by_looking)
    assert any(each.startswith("failed") for each in fared)
