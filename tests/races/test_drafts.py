"""Colleagues who press at the same moment: one draft, no answer lost, one receipt."""

from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest
from sqlalchemy import func, select

from portal import create_app
from portal.core import clock
from portal.core.errors import Refused
from portal.extensions import db
from portal.models import Answer, Application, ApplicationRevision, Call, Organisation, Person
from portal.platform.auth import actor_of
from portal.platform.database import unit
from portal.programmes.service import answers, applying
from portal.programmes.service.answers import AnswersClash, Given
from tests.support.databases import settings
from tests.support.processes import PROCESSES

MANY = 4


def begin(who: Person, _application: Application | None) -> None:
    call, organisation = db.session.scalar(select(Call)), db.session.scalar(select(Organisation))
    applying.begin(call, organisation, actor=actor(who), now=clock.now())


def save(who: Person, application: Application | None) -> None:
    given = [Given(key="short", value=f"By {who.name}", version=0)]
    answers.answer(application, given, actor=actor(who), now=clock.now())


def send(who: Person, application: Application | None) -> None:
    applying.submit(application, actor=actor(who), now=clock.now())


def actor(who: Person):
    return actor_of(who, now=clock.now())


def press(url: str, folder: str, deed, name: str, together: Barrier, results) -> None:
    """Be a process that looks at the same moment as the others, and then acts."""
    app = create_app(settings(url, Path(folder)))
    with app.app_context():
        db.session.execute(select(1))
        db.session.rollback()
        together.wait(30)
        try:
            with unit():
                who = db.session.scalar(select(Person).where(Person.name == name))
                deed(who, db.session.scalar(select(Application)))
            results.put("done")
        except (AnswersClash, Refused) as refusal:
            results.put(type(refusal).__name__)


@pytest.fixture
def together(app, session, tmp_path):
    """Let several colleagues do one thing at once, and return how each of them fared."""

    def run(deed, people) -> list[str]:
        session.commit()
        url = app.config["SQLALCHEMY_DATABASE_URI"]
        start, results = PROCESSES.Barrier(len(people)), PROCESSES.Queue()
        workers = [
            PROCESSES.Process(
                target=press,
                args=(url, str(tmp_path), deed, person.name, start, results),
            )
            for person in people
        ]
        for worker in workers:
            worker.start()
        fared = sorted(results.get(timeout=60) for _worker in workers)
        for worker in workers:
            worker.join(30)
        session.commit()  # and what they did is read afresh
        return fared

    return run


@pytest.fixture
def call(make):
    found = make.Call()
    make.questions(found, "short")
    return found


@pytest.fixture
def people(make, call):
    company = make.Organisation()
    return [make.colleague(company) for _number in range(MANY)]


@pytest.fixture
def draft(make, call, people, session):
    return make.Application(call=call, organisation=session.scalar(select(Organisation)))


def test_of_colleagues_who_begin_at_once_one_makes_the_draft(session, people, together):
    fared = together(begin, people)
    assert fared == ["Refused"] * (MANY - 1) + ["done"]
    assert session.scalar(select(func.count(Application.id))) == 1


def test_of_colleagues_who_answer_at_once_the_others_are_shown_the_first(
    session, people, draft, together
):
    fared = together(save, people)
    assert fared == ["AnswersClash"] * (MANY - 1) + ["done"]
    assert session.scalar(select(func.count(Answer.id))) == 1


def test_of_colleagues_who_send_at_once_one_gets_the_reference(
    session, make, people, draft, together
):
    make.Answer(application_id=draft.id, key="short")
    fared = together(send, people)
    assert fared == ["Refused"] * (MANY - 1) + ["done"]
    assert session.scalar(select(func.count(ApplicationRevision.id))) == 1
    assert draft.reference.endswith("-0001")
