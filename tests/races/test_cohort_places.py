"""Many for the last places of a cohort: processes of their own, through the portal's own pages."""

from multiprocessing.synchronize import Barrier
from pathlib import Path
from time import sleep
from types import SimpleNamespace as Thing
from uuid import UUID

import pytest
from sqlalchemy import func, select, update

from portal import create_app
from portal.core.errors import Refused
from portal.extensions import db
from portal.models import (
    ApplicationState,
    Cohort,
    Offer,
    OfferState,
    OutgoingMail,
    Participation,
)
from portal.platform.database import begin
from portal.programmes import places
from portal.programmes.queries import offers as queries
from portal.programmes.queries.cohorts import miscounted
from portal.programmes.service import offers
from tests.support.browser import Browser
from tests.support.databases import settings
from tests.support.processes import PROCESSES

APPLICANTS, FREE = 6, 2

take, promote = places.take, offers.promote


def with_care(_everybody: Barrier) -> None:
    """Let the portal do as it does, but hesitate, so that the others come as close as they can."""

    def hesitate(cohort_id: UUID) -> None:
        sleep(0.05)
        take(cohort_id)

    places.take = hesitate


def look_then_leap(everybody: Barrier) -> None:
    """Let the portal look in one unit of work and act on it in another, when all have looked."""

    def careless(turn, *, reason, actor, now):
        cohort_id, id = turn.cohort.id, turn.application.id
        held, capacity = turn.cohort.held, turn.cohort.capacity
        if held >= capacity:
            raise Refused(places.FULL)
        db.session.rollback()
        everybody.wait(60)
        begin(writing=True)
        mine = update(Cohort).where(Cohort.id == cohort_id).values(held=held + 1)
        places.take = lambda _cohort_id: db.session.execute(mine)
        return promote(queries.turn(id, actor=actor), reason=reason, actor=actor, now=now)

    offers.promote = careless


def as_they_come(_everybody: Barrier) -> None:
    """Change nothing."""


def press(url: str, folder: str, visit: tuple, manner, everybody: Barrier, told) -> None:
    """Be one person in a process of one's own: open the page's address when all the others do."""
    person, endpoint, answers, id = visit
    manner(everybody)
    app = create_app(settings(url, Path(folder)))
    browser = Browser(app)
    browser.sign_in(Thing(id=person))
    everybody.wait(60)
    page = browser.send(endpoint, answers, id=id, expect={302, 409})
    told.put("refused" if page.select("main .refusal") else "done")


@pytest.fixture
def rush(app, session, tmp_path):
    """Let several people open a page at once, each as they are told; return how they fared."""

    def run(visits: list[tuple], manner) -> list[str]:
        session.commit()
        url = app.config["SQLALCHEMY_DATABASE_URI"]
        everybody, told = PROCESSES.Barrier(len(visits)), PROCESSES.Queue()
        rushing = [
            PROCESSES.Process(
                target=press, args=(url, str(tmp_path), visit, manner, everybody, told)
            )
            for visit in visits
        ]
        for process in rushing:
            process.start()
        fared = sorted(told.get(timeout=40) for _process in rushing)
        for process in rushing:
            process.join(30)
        session.commit()  # and what they did is read afresh
        return fared

    return run


@pytest.fixture
def call(make):
    return make.Call(closed=True, cohort=make.Cohort(capacity=FREE))


@pytest.fixture
def agreement(make, call):
    return make.Agreement(cohort_id=call.cohort.id)


@pytest.fixture
def promotions(make, call, agreement):
    """As many of the staff as applicants wait, each about to offer a place to another of them."""
    waiting = [
        make.Application(
            call=call, sent=True, state=ApplicationState.WAITLISTED, waiting_rank=rank,
            organisation=make.Organisation(),
        )
        for rank in range(1, APPLICANTS + 1)
    ]  # fmt: skip
    for application in waiting:
        make.colleague(application.organisation, "administrator")
    reason = {"reason": "We rush."}
    return [
        (make.staff("programmes").id, "programmes.promote", reason, application.id)
        for application in waiting
    ]


def counted(session, app):
    open_ones = select(func.count(Offer.id)).where(Offer.state == OfferState.OPEN)
    with app.app_context():
        wrong = miscounted()
    return session.scalar(select(Cohort.held)), session.scalar(open_ones), bool(wrong)


def test_the_last_places_are_offered_once_and_the_others_hear_why(app, session, promotions, rush):
    fared = rush(promotions, with_care)
    assert fared == ["done"] * FREE + ["refused"] * (APPLICANTS - FREE)
    assert counted(session, app) == (FREE, FREE, False)
    assert session.scalar(select(func.count(OutgoingMail.id))) == FREE


def test_the_same_rush_oversells_without_care(app, session, promotions, rush):
    """Shows that the test above can fail: these people do get in one another's way."""
    fared = rush(promotions, look_then_leap)
    held, offered, wrong = counted(session, app)
    assert fared == ["done"] * APPLICANTS
    assert offered == APPLICANTS > FREE >= held
    assert wrong


def test_of_colleagues_who_accept_at_once_one_signs(session, make, call, agreement, rush):
    company = make.Organisation()
    application = make.Application(
        call=call, organisation=company, sent=True, state=ApplicationState.OFFERED
    )
    call.cohort.held = 1
    make.Offer(application=application, agreement=agreement)
    signing = {"name": "Kari Nes", "agrees": "y"}
    visits = [
        (make.colleague(company, "representative").id, "programmes.accept_offer", signing,
         application.id)
        for _number in range(4)
    ]  # fmt: skip
    assert rush(visits, as_they_come) == ["done"] + ["refused"] * 3
    assert session.scalar(select(func.count(Participation.id))) == 1
    assert session.scalar(select(Cohort.held)) == 1
