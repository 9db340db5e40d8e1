"""Anything in any order: a machine walks the deeds about places, and the accounts stay in order."""

from datetime import timedelta
from uuid import uuid4

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from portal.core import clock
from portal.core.errors import Refused
from portal.events import places
from portal.events.places import NewName
from portal.events.service import events as service
from portal.models import ACTIVE_STATES, Delegate, EventState, Quota
from tests.support.places import Deeds

#: After so many deeds an event may be cancelled: then nothing happens any more.
LONG = 25
EXAMPLES, STEPS = 20, 35
PICK = st.integers(min_value=0, max_value=10_000)
#: What is done to whom, mostly: the other states are tried too, and must refuse.
SOURCES = {
    "approve": {"requested"},
    "reject": {"requested"},
    "withdraw": {"requested", "waitlisted", "offered", "confirmed"},
    "cancel": {"requested", "waitlisted", "offered", "confirmed"},
    "offer": {"waitlisted"},
    "accept": {"offered"},
    "decline": {"offered"},
    "expire": {"offered"},
    "substitute": {"confirmed"},
    "change_ticket": {"confirmed", "requested"},
    "reinstate": {"rejected", "withdrawn", "expired", "cancelled"},
}


class Walk(RuleBasedStateMachine):
    """One event with three tickets over three quotas, two of them shared; two companies; staff."""

    world = None  # set by the test: the app, its session, its factories

    @initialize(approval=st.sampled_from([False, False, True]), most=st.sampled_from([None, 6]))
    def begin(self, *, approval, most):
        app, self.session, make = self.world
        self.deeds = Deeds(app, self.session)
        self.now = clock.now()
        self.event = make.Event(needs_approval=approval, max_per_organisation=most)
        sizes = (2, 3, None)
        first, second, third = (make.Quota(event=self.event, size=size) for size in sizes)
        self.tickets = [
            make.TicketType(event=self.event, quotas=quotas)
            for quotas in ([first], [first, second], [second, third])
        ]
        self.staff = make.staff("events")
        self.companies = [make.Organisation() for _number in range(2)]
        self.bosses = [make.colleague(company) for company in self.companies]
        self.session.commit()
        self.number, self.replays, self.steps = 0, [], 0
        for whose in range(2):
            self.register(whose, [0, 1, 2], by_staff=False)

    @rule(whose=PICK, kinds=st.lists(PICK, min_size=1, max_size=3), by_staff=st.booleans())
    def register(self, whose, kinds, by_staff):
        boss = self.bosses[whose % 2]
        names = []
        for _kind in kinds:
            self.number += 1
            names.append(f"Person {self.number}")
        chosen = [self.tickets[kind % 3] for kind in kinds]
        organisation = self.companies[whose % 2]
        token = uuid4().hex
        by = self.staff if by_staff else boss
        given = (chosen, names, by, organisation, token)
        if self.attempt(self.send, *given):
            self.replays.append(given)

    def send(self, chosen, names, by, organisation, token):
        return self.deeds.register(
            chosen, *names, by=by, organisation=organisation, client_token=token, now=self.now
        )

    @rule(which=PICK)
    def register_again_with_the_same_token(self, which):
        if self.replays:
            before = self.everybody()
            again = self.attempt(self.send, *self.replays[which % len(self.replays)])
            assert again
            assert self.everybody() == before

    @rule(which=PICK, deed=st.sampled_from(["approve", "reject"]))
    def decide(self, which, deed):
        self.something_to_somebody(deed, which, by_staff=True)

    @rule(which=PICK, deed=st.sampled_from(["withdraw", "cancel"]), by_staff=st.booleans())
    def leave(self, which, deed, by_staff):
        self.something_to_somebody(deed, which, by_staff=by_staff)

    @rule(which=PICK, deed=st.sampled_from(["accept", "decline", "expire"]), late=PICK)
    def answer(self, which, deed, late):
        if late % 3 == 0:
            self.now += timedelta(hours=49)
        self.something_to_somebody(deed, which)

    @rule(which=PICK, deed=st.sampled_from(["substitute", "change_ticket"]), ticket=PICK)
    def change(self, which, deed, ticket):
        self.something_to_somebody(deed, which, ticket=ticket)

    @rule(which=PICK, deed=st.sampled_from(["offer", "reinstate"]))
    def staff_step_in(self, which, deed):
        self.something_to_somebody(deed, which, by_staff=True)

    @rule(which=PICK, deed=st.sampled_from(sorted(SOURCES)))
    def what_mostly_cannot_be_done(self, which, deed):
        self.do(deed, self.people()[which % len(self.people())], which)

    def something_to_somebody(self, deed, which, *, ticket=0, by_staff=False):
        fit = [each for each in self.people() if each.state.value in SOURCES[deed]]
        if fit:
            self.do(deed, fit[which % len(fit)], ticket, by_staff=by_staff)

    def people(self):
        mine = select(Delegate).where(Delegate.event_id == self.event.id)
        return self.session.scalars(mine.order_by(Delegate.id)).all()

    def do(self, deed, delegate, ticket, *, by_staff=False):
        if deed == "expire":
            self.attempt(self.deeds.by_itself, places.expire, delegate, now=self.now)
            return
        more = {"reason": "So it is"} if deed in {"reject", "cancel"} else {}
        given = ()
        if deed == "change_ticket":
            given = (self.tickets[ticket % 3].id,)
        if deed == "substitute":
            self.number += 1
            given = (NewName(name="New", email=f"new{self.number}@example.org"),)
        boss = self.bosses[self.companies.index(delegate.organisation)]
        by = self.staff if by_staff else boss
        action = getattr(places, deed)
        self.attempt(self.deeds, action, delegate, *given, by=by, now=self.now, **more)

    @rule(which=PICK, size=st.one_of(st.none(), st.integers(min_value=0, max_value=6)))
    def resize(self, which, size):
        quotas = self.event.quotas
        quota = quotas[which % len(quotas)]
        self.attempt(self.deeds, places.resize, quota, size, by=self.staff, now=self.now)

    @rule(hours=st.integers(min_value=1, max_value=12), paused=st.sampled_from([False, True]))
    def time_goes_by_and_the_sweep_comes(self, hours, paused):
        self.now += timedelta(hours=hours)
        self.event.promotion_paused = paused
        self.session.commit()
        self.deeds.by_itself(places.promote, self.event, now=self.now)

    @precondition(lambda self: self.steps > LONG)
    @rule()
    def cancel_the_event(self):
        self.attempt(
            self.deeds, service.cancel_event, self.event, reason="Storm", by=self.staff,
            now=self.now,
        )  # fmt: skip

    def attempt(self, deed, *given, **more):
        """Try a deed. A refusal is an answer like any other, and changes nothing."""
        before = self.everybody()
        self.steps += 1
        try:
            return deed(*given, **more)
        except Refused:
            self.session.rollback()
            assert self.everybody() == before
            return None

    def everybody(self):
        self.session.commit()
        columns = (Delegate.id, Delegate.state, Delegate.ticket_id, Delegate.email)
        mine = select(*columns).where(Delegate.event_id == self.event.id)
        people = self.session.execute(mine.order_by(Delegate.id)).all()
        counters = select(Quota.id, Quota.held, Quota.size).where(Quota.event_id == self.event.id)
        return people, self.session.execute(counters.order_by(Quota.id)).all()

    @invariant()
    def the_accounts_are_in_order(self):
        if not hasattr(self, "deeds"):
            return
        assert self.deeds.findings(now=self.now, event=self.event) == []
        self.session.refresh(self.event)
        if self.event.state is EventState.CANCELLED:
            people, counters = self.everybody()
            assert {person.state for person in people}.isdisjoint(ACTIVE_STATES)
            assert {quota.held for quota in counters} == {0}


def test_whatever_is_done_in_whatever_order_the_accounts_are_in_order(app, session, make):
    Walk.world = (app, session, make)
    steps = settings(
        max_examples=EXAMPLES,
        stateful_step_count=STEPS,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Walk, settings=steps)
