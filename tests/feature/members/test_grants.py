"""Grants that are ended and replaced, however they are mixed; and the last that must stay."""

from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from portal.core.errors import Refused
from portal.extensions import db
from portal.members import service
from portal.models import (
    Actor,
    Affiliation,
    AffiliationRole,
    Organisation,
    Person,
    StaffGrant,
    StaffRole,
)
from portal.platform import auth
from portal.platform.database import unit

START = datetime(2026, 1, 1, tzinfo=UTC)
STAFF = Actor(id=None, name="Staff", staff=frozenset({StaffRole.MEMBERSHIP}))
STEPS = st.lists(
    st.tuples(st.integers(0, 2), st.sampled_from([*AffiliationRole, None])), max_size=12
)


@given(steps=STEPS)
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_whatever_is_granted_and_ended_the_past_can_be_read_back(app, make, session, steps):
    organisation_id = make.Organisation().id
    people = [make.Person().id for _ in range(3)]
    session.commit()
    expected: dict[int, AffiliationRole | None] = dict.fromkeys(range(3))
    past = []
    with app.app_context():
        for number, (who, role) in enumerate(steps):
            now = START + timedelta(hours=number)
            expected[who] = step(people[who], organisation_id, role=role, now=now)
            past.append((now, dict(expected)))
        for now, then in past:
            for who, role in then.items():
                standings, _staff = auth.rights(people[who], now=now)
                assert [s.role for s in standings] == ([role] if role else [])


def step(person_id, organisation_id, *, role, now):
    with unit():
        actor = Actor(id=person_id, name="x", staff=STAFF.staff)
        live = select(Affiliation).where(
            Affiliation.person_id == person_id,
            Affiliation.organisation_id == organisation_id,
            Affiliation.ends_at.is_(None),
        )
        row = db.session.scalar(live)
        if role is None:
            if row:
                service.end_affiliation(row, actor=actor, now=now)
        elif row is None or row.role is not role:
            person = db.session.get(Person, person_id)
            organisation = db.session.get(Organisation, organisation_id)
            service.affiliate(person, organisation, role=role, actor=actor, now=now)
        assert len(db.session.scalars(live).all()) == (1 if role else 0)
        return role


def at_once(app, *deeds):
    """Do several things in as many threads at once; return what was refused."""
    ready, refused = Barrier(len(deeds)), []

    def run(deed):
        with app.app_context():
            ready.wait()
            try:
                with unit():
                    deed()
            except Refused as refusal:
                refused.append(refusal)
            finally:
                db.session.remove()

    threads = [Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refused


@pytest.mark.parametrize("guarded", [True, False])
def test_two_administrators_who_end_each_other_do_not_leave_the_portal_alone(
    app, session, make, monkeypatch, guarded
):
    people = [make.staff("administrator").id for _ in range(2)]
    session.commit()
    if not guarded:  # the control: without the guard, both are let go
        monkeypatch.setattr(service.staff, "guard_last", lambda *_: None)

    def ending(mine, theirs):
        def deed():
            row = db.session.scalar(select(StaffGrant).where(StaffGrant.person_id == theirs))
            actor = Actor(id=mine, name="x", staff=frozenset({StaffRole.ADMINISTRATOR}))
            service.end_grant(row, actor=actor, now=START)

        return deed

    refused = at_once(app, ending(*people), ending(*reversed(people)))
    left = session.scalars(select(StaffGrant).where(StaffGrant.ends_at.is_(None))).all()
    assert (len(left), len(refused)) == ((1, 1) if guarded else (0, 0))


@pytest.mark.parametrize("guarded", [True, False])
def test_two_who_leave_at_once_do_not_leave_an_organisation_alone(
    app, session, make, monkeypatch, guarded
):
    organisation = make.Organisation()
    people = [make.colleague(organisation).id for _ in range(2)]
    session.commit()
    if not guarded:
        monkeypatch.setattr(service.affiliations, "guard_last", lambda *_, **__: None)

    def leaving(who):
        def deed():
            row = db.session.scalar(select(Affiliation).where(Affiliation.person_id == who))
            service.end_affiliation(row, actor=Actor(id=who, name="x"), now=START)

        return deed

    refused = at_once(app, *(leaving(who) for who in people))
    left = session.scalars(select(Affiliation).where(Affiliation.ends_at.is_(None))).all()
    assert (len(left), len(refused)) == ((1, 1) if guarded else (0, 0))
