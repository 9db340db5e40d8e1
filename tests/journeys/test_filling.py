"""A call from its draft to a filled cohort, with a team of two and two companies."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.core import clock
from portal.extensions import db
from portal.models import (
    ApplicationState,
    Call,
    Cohort,
    Milestone,
    MilestoneState,
    Organisation,
    Person,
    Question,
)
from portal.platform.auth import actor_of
from portal.platform.database import unit
from portal.programmes.service import answers, applying
from portal.programmes.service.answers import Given
from tests.journeys import team
from tests.journeys.team import COHORT, TITLE

PETRA, NILS = "petra@cluster.example", "nils@cluster.example"
FIRST, SECOND = "aud@fjordlys.example", "even@havgap.example"
WRITTEN = {"short": "Lamps for nets", "long": "Farms lose fish in the dark.", "number": "7"}
GOAL = {"en": "First lamp at sea", "nb": "Første lampe til havs"}


@pytest.fixture
def people(settled, make, known):
    """A team of two, and two companies with somebody each."""
    make.staff("programmes", name="Petra Holm", email=PETRA, **known)
    make.staff("programmes", name="Nils Berg", email=NILS, **known)
    for company, name, email in (("Fjordlys", "Aud Lie", FIRST), ("Havgap", "Even Moe", SECOND)):
        make.colleague(make.Organisation(display_name=company), name=name, email=email, **known)
    settled.commit()


@pytest.mark.usefixtures("people")
def test_from_a_drafted_call_to_a_filled_cohort(settled, app, visitors, pass_time):
    petra, now = visitors(), clock.now()
    petra.sign_in(PETRA)
    team.make_programme(petra)
    team.draft_call(petra, opens=now + timedelta(days=1), closes=now + timedelta(days=15))
    team.publish_call(petra)

    pass_time(timedelta(days=2))
    for email in (FIRST, SECOND):
        apply(app, email)
    pass_time(timedelta(days=14))
    petra.sign_in(PETRA)
    decide(petra, visitors)
    accept(visitors)
    reach(petra, visitors)

    settled.rollback()
    [cohort] = settled.query(Cohort)
    assert (cohort.held, cohort.capacity) == (1, 1)
    assert [each.state for each in settled.query(Milestone)] == [MilestoneState.ACHIEVED]


def apply(app, email):
    """Send somebody's application, as their pages would."""
    with app.app_context(), unit():
        person = db.session.scalar(select(Person).where(Person.email == email))
        actor, now = actor_of(person, now=clock.now()), clock.now()
        call = db.session.scalar(select(Call))
        company = db.session.get(Organisation, actor.acting.organisation_id)
        draft = applying.begin(call, company, actor=actor, now=now)
        given = [
            Given(key=question.key, value=WRITTEN[question.kind.value], version=0)
            for question in db.session.scalars(select(Question))
        ]
        answers.answer(draft, given, actor=actor, now=now)
        applying.submit(draft, actor=actor, now=now)


def decide(petra, visitors):
    """One of the team prepares, the other approves, and the first publishes."""
    petra.follow("Check %(number)s new applications", number=2)
    team.prepare(petra, "Fjordlys", "Offer a place")
    team.prepare(petra, "Havgap", "Waiting list")
    nils = visitors()
    nils.sign_in(NILS)
    nils.follow("Approve %(number)s decisions", number=2)
    team.approve(nils, "Fjordlys")
    team.approve(nils, "Havgap")

    waiting = visitors()
    waiting.sign_in(SECOND)
    waiting.follow("Your application to “%(call)s”", call=TITLE[waiting.walk.language])
    waiting.sees("Being assessed")
    waiting.does_not_see("On the waiting list")

    petra.go("/desk")
    petra.follow("Publish %(number)s decisions", number=2)
    petra.press("Publish %(num)s decisions", num=2)
    waiting.page.reload()
    waiting.sees("On the waiting list")
    waiting.sees("We liked what Havgap showed us.")


def accept(visitors):
    """The first company reads the agreement and signs it."""
    aud = visitors()
    aud.sign_in(FIRST)
    aud.follow("Answer the offer of a place: “%(call)s”", call=TITLE[aud.walk.language])
    aud.follow("Accept")
    aud.press("Accept the place")
    aud.sees("Read the agreement and accept it, or decline the offer.")
    aud.tick("I have read the agreement and accept it for the company")
    aud.press("Accept the place")
    aud.sees("Welcome! The place is yours.")


def reach(petra, visitors):
    """The team plans a milestone, the company hands it in, and the team finds it achieved."""
    petra.follow("Cohort and waiting list")
    petra.sees("Havgap")
    petra.follow("Dates, places, agreement")
    petra.confirm("Start cohort")
    petra.follow("Companies")
    petra.follow("Fjordlys")
    petra.follow("Plan a milestone")
    goal = GOAL[petra.walk.language]
    petra.fill("What will you have reached?", goal)
    petra.fill("By which day?", f"{clock.now() + timedelta(days=20):%Y-%m-%d}")
    petra.press("Plan the milestone")

    aud = visitors()
    aud.sign_in(FIRST)
    aud.follow("Milestone: %(title)s", title=goal)
    aud.follow("Hand in")
    aud.fill("What shows that you reached it?", "It shines off Frøya since Monday.")
    aud.press("Hand in")

    petra.go("/desk")
    petra.follow("Read %(company)s’s milestone", company="Fjordlys")
    petra.follow("Read and answer")
    petra.tick("Yes, it counts as achieved")
    petra.press("Send the answer")
    aud.page.reload()
    aud.sees("Achieved")
    assert COHORT[aud.walk.language] in aud.page.content()


def test_a_declined_place_goes_to_the_next(settled, make, known, visitors):
    cohort = make.Cohort(capacity=1, held=1, manager=make.staff("programmes", email=PETRA, **known))
    call = make.Call(cohort=cohort, closed=True, title_en=TITLE["en"], title_nb=TITLE["nb"])
    sent = {"call": call, "sent": True}
    first, second = (make.Organisation(display_name=name) for name in ("Fjordlys", "Havgap"))
    make.colleague(first, email=FIRST, **known)
    make.colleague(second, email=SECOND, **known)
    offered = make.Application(organisation=first, state=ApplicationState.OFFERED, **sent)
    make.Offer(application=offered, cohort=cohort)
    waiting = {"state": ApplicationState.WAITLISTED, "waiting_rank": 1}
    make.Application(organisation=second, **waiting, **sent)
    settled.commit()

    aud, petra, even = visitors(), visitors(), visitors()
    aud.sign_in(FIRST)
    aud.follow("Answer the offer of a place: “%(call)s”", call=TITLE[aud.walk.language])
    aud.follow("Decline")
    aud.press("Decline the place")
    aud.sees("The offer is declined. Thank you for telling us.")

    petra.sign_in(PETRA)
    petra.follow("Offer the free place to the next")
    petra.take("main a[href$='/promote']")
    petra.sees("%(applicant)s is the next on the waiting list.", applicant="Havgap")
    petra.press("Offer the place")

    even.go(even.letter(SECOND))
    even.sign_in(SECOND)
    even.follow("Accept")
    even.tick("I have read the agreement and accept it for the company")
    even.press("Accept the place")
    petra.page.reload()
    petra.sees("Nobody waits for a place.")
    petra.follow("Havgap")
    settled.refresh(cohort)
    assert (cohort.held, cohort.capacity) == (1, 1)
