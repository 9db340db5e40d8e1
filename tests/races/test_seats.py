"""The last places of a kind of membership: many accept invitations at once, through the deed."""

from multiprocessing.synchronize import Barrier
from time import sleep
from uuid import UUID

import pytest
from sqlalchemy import func, select

from portal.core import clock
from portal.extensions import db
from portal.members import service as members
from portal.members.queries import seating
from portal.members.service import affiliations
from portal.models import Affiliation, Invitation, Organisation
from portal.platform.database import begin, unit
from tests.races.rushing import Rush, acting

PEOPLE, SEATS = 4, 2

seats = seating.seats


def accept(invitation_id: UUID, guest_id: UUID) -> None:
    """Accept an invitation."""
    with unit():
        row = db.session.get_one(Invitation, invitation_id)
        members.accept_invitation(row, actor=acting(guest_id), now=clock.now())


def with_care(_everybody: Barrier) -> None:
    """Let the portal do as it does, but hesitate after it counted."""

    def hesitate(*given, **more):
        found = seats(*given, **more)
        sleep(0.05)
        return found

    seating.seats = hesitate


def look_then_leap(everybody: Barrier) -> None:
    """Take the lock away: count in one unit of work, and act on it in another."""
    affiliations.lock = lambda _organisation_id: None

    def look(*given, **more):
        found = seats(*given, **more)
        db.session.rollback()
        everybody.wait(60)
        begin(writing=True)
        return found

    seating.seats = look


@pytest.fixture
def rush(app, session, tmp_path):
    return Rush(app, session, tmp_path)


@pytest.fixture
def invited(make):
    """Make a member with one of two places taken, and several who are invited to it."""
    firm, tier = make.Organisation(), make.MembershipTier(seats=SEATS)
    make.MembershipPeriod(membership=make.Membership(organisation=firm), tier=tier)
    boss = make.colleague(firm)
    deeds = []
    for _ in range(PEOPLE):
        guest = make.Person()
        row = make.Invitation(organisation=firm, email=guest.email, invited_by=boss)
        deeds.append((accept, row.id, guest.id))
    return firm, deeds


def belong(session, firm: Organisation) -> int:
    rows = select(func.count()).where(
        Affiliation.organisation_id == firm.id, Affiliation.ends_at.is_(None)
    )
    return session.scalar(rows)


def test_the_last_place_is_taken_once(rush, session, invited):
    firm, deeds = invited
    fared = rush(deeds, with_care)
    assert fared.count("done") == SEATS - 1, fared
    assert belong(session, firm) == SEATS


def test_without_the_lock_more_would_join_than_there_are_places(rush, session, invited):
    firm, deeds = invited
    rush(deeds, look_then_leap)
    assert belong(session, firm) > SEATS
