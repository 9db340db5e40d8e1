"""What somebody had of an organisation ends in one transaction with the role, or not at all."""

import pytest
from sqlalchemy import select

from portal.core import clock
from portal.extensions import db
from portal.members import service
from portal.models import Affiliation, Invitation, Job, LoginSession, Milestone, Participation
from portal.platform import auth
from portal.platform.database import unit


@pytest.fixture
def parting(session, make):
    """Make an administrator with an invitation, a milestone, a place to see to and a session."""
    firm = make.Organisation()
    boss, person = make.colleague(firm, name="Boss"), make.colleague(firm)
    make.Invitation(organisation=firm, invited_by=person)
    place = make.Participation(organisation=firm, responsible=person)
    make.Milestone(participation=place, owner=person)
    make.LoginSession(person=person, acting_id=firm.id)
    role = session.scalar(select(Affiliation).where(Affiliation.person_id == person.id))
    ids = role.id, boss
    session.commit()
    return ids


def had():
    """Return what there is of a role: in the transaction that asks."""
    db.session.flush()
    asked = (
        select(Invitation.state),
        select(Milestone.owner_id),
        select(Participation.responsible_id),
        select(LoginSession.acting_id),
    )
    found = [db.session.scalar(each) for each in asked]
    return [found[0].value, *(each is not None for each in found[1:])]


ALL, NOTHING = ["pending", True, True, True], ["revoked", False, False, False]


def test_all_of_it_ends_with_the_role_or_none_of_it(app, parting):
    role_id, boss = parting
    with app.app_context():
        with unit(writing=False):
            assert had() == ALL
            actor = auth.actor_of(boss, now=clock.now())
        with pytest.raises(ValueError, match="the deed failed"), unit():
            end(role_id, actor)
            assert had() == NOTHING, "nothing waits for a worker"
            raise ValueError("the deed failed")
        with unit(writing=False):
            assert had() == ALL
            assert db.session.scalar(select(Affiliation.ends_at)) is None
        with unit():
            end(role_id, actor)
        with unit(writing=False):
            assert had() == NOTHING
            assert set(db.session.scalars(select(Job.name))) <= {"mail.send"}


def end(role_id, actor):
    row = db.session.get_one(Affiliation, role_id)
    service.end_affiliation(row, actor=actor, now=clock.now())
