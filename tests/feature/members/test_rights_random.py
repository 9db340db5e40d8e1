"""Whatever happens in whatever order: no right without a live source, and none that is raised.

Only a role that is given, let in to or handed over makes anybody more than they were.
"""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from portal.core.errors import Mistake, Refused
from portal.extensions import db
from portal.members import service
from portal.members.merging import service as merging
from portal.members.succession import service as succession
from portal.models import (
    Affiliation,
    AffiliationRole,
    Delegate,
    Invitation,
    InvitationState,
    JoinRequest,
    LoginSession,
    Milestone,
    Organisation,
    Participation,
    Person,
    RequestState,
    StaffGrant,
    Succession,
    SuccessionState,
)
from portal.platform import auth
from portal.platform.database import unit

START, LATER = datetime(2026, 3, 1, 12, tzinfo=UTC), datetime(2036, 3, 1, tzinfo=UTC)
RANK = {None: 0, "member": 1, "representative": 2, "administrator": 3}
PEOPLE, FIRMS = 4, 3

who = st.integers(0, PEOPLE - 1)
where = st.integers(0, FIRMS - 1)
roles = st.sampled_from(list(AffiliationRole))
steps = st.lists(
    st.one_of(
        st.tuples(st.just("grant"), who, where, roles),
        st.tuples(st.just("end"), who, where),
        st.tuples(st.just("invite"), who, where),
        st.tuples(st.just("ask"), who, where),
        st.tuples(st.just("let in"), who, where),
        st.tuples(st.just("place"), who, where),
        st.tuples(st.just("hand over"), who, where, who),
        st.tuples(st.just("merge people"), who, who).filter(lambda told: told[1] != told[2]),
        st.tuples(st.just("merge firms"), where, where).filter(lambda told: told[1] != told[2]),
    ),
    min_size=6,
    max_size=16,
)
#: A role that is left, handed over, and left again, with all that came of it.
HANDED_ON = [
    ("grant", 0, 0, AffiliationRole.ADMINISTRATOR), ("grant", 1, 0, AffiliationRole.MEMBER),
    ("place", 0, 0), ("invite", 0, 0), ("end", 0, 0), ("hand over", 1, 0, 1), ("place", 1, 0),
    ("invite", 1, 0), ("merge people", 2, 1), ("end", 1, 0), ("end", 2, 0),
]  # fmt: skip


@pytest.fixture
def worlds(session, make):
    """Make people, companies with a part in a cohort and a place at an event, and staff."""

    def made():
        people = [make.Person() for _ in range(PEOPLE)]
        firms = [make.Organisation() for _ in range(FIRMS)]
        parts = [make.Participation(organisation=firm) for firm in firms]
        stones = [make.Milestone(participation=part) for part in parts]
        later = {"starts_at": LATER, "ends_at": LATER + timedelta(days=1)}
        ticket = make.ticket(make.Event(**later), 50)
        places = [make.delegate(ticket, organisation=firm) for firm in firms]
        for person in people:
            make.LoginSession(person=person)
        staff = [make.staff("membership"), make.staff("membership")]
        kinds = {"people": people, "firms": firms, "staff": staff, "parts": parts}
        kinds |= {"stones": stones, "places": places}
        found = {name: [row.id for row in rows] for name, rows in kinds.items()}
        session.commit()
        return found

    return made


class Story:
    """Does one thing after another, an hour apart; what is refused changes nothing."""

    def __init__(self, world):
        self.world, self.now = world, START

    def tell(self, step):
        self.now += timedelta(hours=1)
        before = self.ranks()
        try:
            with unit():
                getattr(self, step[0].replace(" ", "_"))(*step[1:])
        except (Refused, Mistake):
            assert self.ranks() == before
        return before

    def person(self, n):
        return db.session.get_one(Person, self.world["people"][n])

    def firm(self, n):
        return db.session.get_one(Organisation, self.world["firms"][n])

    def staff(self, n=0):
        person = db.session.get_one(Person, self.world["staff"][n])
        return auth.actor_of(person, now=self.now)

    def actor(self, n):
        return auth.actor_of(self.person(n), now=self.now)

    def live(self, n, m):
        return db.session.scalar(
            select(Affiliation).where(
                Affiliation.person_id == self.world["people"][n],
                Affiliation.organisation_id == self.world["firms"][m],
                Affiliation.ends_at.is_(None),
            )
        )

    def gone(self, *rows):
        if any(row.merged_into_id for row in rows):
            raise Refused(service.affiliations.ENDED)

    def grant(self, n, m, role):
        self.gone(self.person(n), self.firm(m))
        given = {"role": role, "actor": self.staff(), "now": self.now}
        service.affiliate(self.person(n), self.firm(m), **given)

    def end(self, n, m):
        if row := self.live(n, m):
            service.end_affiliation(row, actor=self.staff(), now=self.now)

    def invite(self, n, m):
        self.gone(self.firm(m))
        if self.actor(n).administers(self.world["firms"][m]):
            wish = service.Wish(email=f"new{n}{m}@example.org", role=AffiliationRole.MEMBER)
            service.invite(self.firm(m), wish, actor=self.actor(n), now=self.now)

    def ask(self, n, m):
        self.gone(self.person(n), self.firm(m))
        service.ask_to_join(self.firm(m), "", actor=self.actor(n), now=self.now)

    def let_in(self, n, m):
        row = db.session.scalar(
            select(JoinRequest).where(
                JoinRequest.person_id == self.world["people"][n],
                JoinRequest.organisation_id == self.world["firms"][m],
                JoinRequest.state == RequestState.OPEN,
            )
        )
        if row:
            role = AffiliationRole.MEMBER
            service.accept_request(row, role, actor=self.staff(), now=self.now)

    def hand_over(self, n, m, other):
        """Let staff give the role that somebody left, or still has, to a colleague of theirs."""
        row = db.session.scalar(
            select(Succession).where(
                Succession.organisation_id == self.world["firms"][m],
                Succession.state == SuccessionState.OPEN,
            )
        )
        if row:
            given = {"ends": bool(n % 2), "actor": self.staff(), "now": self.now}
            succession.hand_over(row, self.person(other), **given)

    def place(self, n, m):
        """Let somebody who belongs there see to what the company has, and act for it."""
        if self.live(n, m):
            person = self.person(n)
            db.session.get_one(Participation, self.world["parts"][m]).responsible_id = person.id
            db.session.get_one(Milestone, self.world["stones"][m]).owner_id = person.id
            db.session.get_one(Delegate, self.world["places"][m]).person_id = person.id
            mine = select(LoginSession).where(LoginSession.person_id == person.id)
            db.session.scalars(mine).first().acting_id = self.world["firms"][m]

    def merge_people(self, n, m):
        self.merge(self.person(n), self.person(m))

    def merge_firms(self, n, m):
        self.merge(self.firm(n), self.firm(m))

    def merge(self, kept, lost):
        row = merging.propose(kept, lost, "So.", actor=self.staff(0), now=self.now)
        merging.approve(row, actor=self.staff(1), now=self.now)

    def ranks(self):
        """Return what everybody is everywhere, as the door reads it."""
        with unit(writing=False):
            found = {}
            for id in self.world["people"]:
                standings, staff = auth.rights(id, now=self.now)
                assert staff == frozenset()
                for standing in standings:
                    found[id, standing.organisation_id] = RANK[standing.role.value]
            return found


def check(world):
    """What is kept besides roles never outlives the role that it came from."""
    with unit(writing=False):
        rows = db.session.scalars(select(Affiliation).where(Affiliation.ends_at.is_(None)))
        live = {(row.person_id, row.organisation_id): row.role for row in rows}
        assert {pair for pair in kept_besides() if pair[0] and pair[1]} <= set(live)
        for row in db.session.scalars(select(Invitation)):
            if row.state is InvitationState.PENDING:
                held = live[row.invited_by_id, row.organisation_id]
                assert held is AffiliationRole.ADMINISTRATOR
        for model, part in ((Person, 0), (Organisation, 1)):
            gone = set(
                db.session.scalars(select(model.id).where(model.merged_into_id.is_not(None)))
            )
            assert {key for key in live if key[part] in gone} == set()
        granted = set(db.session.scalars(select(StaffGrant.person_id)))
        assert granted.isdisjoint(world["people"])


def pairs(rows):
    """Read pairs of keys."""
    return (tuple(row) for row in db.session.execute(rows))


def kept_besides():
    """Return every person and organisation that something kept ties together."""
    yield from pairs(select(LoginSession.person_id, LoginSession.acting_id))
    part = (Participation.responsible_id, Participation.organisation_id)
    yield from pairs(select(*part))
    stone = select(Milestone.owner_id, Participation.organisation_id).join(Participation)
    yield from pairs(stone)
    yield from pairs(select(Delegate.person_id, Delegate.organisation_id))


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(told=steps)
@example(told=HANDED_ON)
def test_no_right_outlives_its_source_and_no_merge_raises_one(app, worlds, told):
    world = worlds()
    with app.app_context():
        story = Story(world)
        for step in told:
            before = story.tell(step)
            check(world)
            if step[0] in {"end", "place", "invite", "ask", "merge people", "merge firms"}:
                after = story.ranks()
                raised = {key for key, rank in after.items() if rank > before.get(key, 0)}
                assert raised == set(), step
