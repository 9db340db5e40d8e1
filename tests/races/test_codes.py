"""One code, or one link, that many use at once: one gets in, and the others learn that it is used.

Each of the many is a browser of its own, in a process of its own, half the way in already.
"""

from datetime import timedelta
from multiprocessing.synchronize import Barrier
from time import sleep
from uuid import UUID

import pytest
from sqlalchemy import func, select, update

from portal.core import clock
from portal.extensions import db
from portal.members.entering import queries as ways
from portal.members.entering import service as entering
from portal.members.factors import service as factors
from portal.members.factors.service import Shown, proving
from portal.members.service import Visitor
from portal.models import (
    AuthenticatorApp,
    FactorKind,
    LoginSession,
    Person,
    RecoveryCode,
    SignInLink,
)
from portal.platform import tokens
from portal.platform.database import begin, unit
from tests.races.rushing import Rush

MANY, PAUSE = 4, 0.05
LAST, NEXT = 100, 101
VISITOR = Visitor(browser="Firefox", address="192.0.2.7")
USED = "refused: This code was used already."
LINK_USED = "refused: This link has been used already"


def show(half_id: UUID, kind: str, code_id: UUID) -> str:
    """Take the second step with a code that was found right a moment ago."""
    with unit():
        half = db.session.get_one(LoginSession, half_id)
        given = {"kind": FactorKind(kind), "person_id": half.person_id, "id": code_id}
        factors.finish(half, Shown(**given, number=NEXT), VISITOR, now=clock.now())
    return "in"


def follow(secret: str, browser: str) -> str:
    """Press the button behind a link."""
    with unit():
        row = entering.usable(ways.sign_in_link(secret), browser=browser, now=clock.now())
        entering.enter_by_link(row, visitor=VISITOR, now=clock.now())
    return "in"


def with_a_pause(_everybody: Barrier) -> None:
    """Let the portal do as it does, but hesitate before it uses up what was shown."""

    def hesitating(deed):
        def hesitate(*given, **more):
            sleep(PAUSE)
            return deed(*given, **more)

        return hesitate

    for kind in (FactorKind.APP, FactorKind.RECOVERY):
        proving.TAKES[kind] = hesitating(proving.TAKES[kind])
    entering.use_up = hesitating(entering.use_up)


def look_then_leap(everybody: Barrier) -> None:
    """Take away the guard: see that it is unused, and use it up when all have seen so.

    They come in one after another, so that nothing but the guard could keep them apart.
    """

    def leap(person_id: UUID, statement) -> None:
        db.session.rollback()
        everybody.wait(60)
        begin(writing=True)
        db.session.execute(select(Person.id).where(Person.id == person_id).with_for_update())
        db.session.execute(statement, execution_options={"synchronize_session": False})

    def app(shown: Shown, *, now) -> None:
        mine = AuthenticatorApp.id == shown.id
        assert db.session.scalar(select(AuthenticatorApp.last_step).where(mine)) == LAST
        leap(shown.person_id, update(AuthenticatorApp).where(mine).values(last_step=shown.number))

    def paper(shown: Shown, *, now) -> None:
        mine = RecoveryCode.id == shown.id
        assert db.session.scalar(select(RecoveryCode.used_at).where(mine)) is None
        leap(shown.person_id, update(RecoveryCode).where(mine).values(used_at=now))

    def link(row: SignInLink, *, now) -> None:
        mine = SignInLink.id == row.id
        leap(row.person_id, update(SignInLink).where(mine).values(used_at=now))

    proving.TAKES.update({FactorKind.APP: app, FactorKind.RECOVERY: paper})
    entering.use_up = link


@pytest.fixture
def rush(app, session, tmp_path):
    return Rush(app, session, tmp_path)


@pytest.fixture
def halves(make):
    """Somebody with a second factor, and many browsers that showed the password."""
    person = make.Person(factor_since=clock.now(), last_signed_in_at=clock.now())
    return person, [make.LoginSession(person=person, proved_at=None).id for _ in range(MANY)]


@pytest.fixture
def code_of_app(session, halves):
    person, browsers = halves
    now = clock.now()
    row = AuthenticatorApp(person_id=person.id, salt="salt", confirmed_at=now, last_step=LAST)
    session.add(row)
    session.flush()
    return [(show, half, "app", row.id) for half in browsers]


@pytest.fixture
def code_on_paper(session, halves):
    person, browsers = halves
    row = RecoveryCode(person_id=person.id, code_hash="$argon2id$no", active_at=clock.now())
    session.add(row)
    session.flush()
    return [(show, half, "recovery", row.id) for half in browsers]


@pytest.fixture
def link(session, make):
    """A link that signs somebody in, and its browser, which presses the button many times."""
    person = make.Person(last_signed_in_at=clock.now())
    row = SignInLink(
        person_id=person.id,
        token_hash=tokens.digest("secret"),
        browser_hash=tokens.digest("browser"),
        expires_at=clock.now() + timedelta(minutes=10),
    )
    session.add(row)
    session.flush()
    return [(follow, "secret", "browser")] * MANY


def whole(session):
    proved = LoginSession.proved_at.is_not(None)
    return session.scalar(select(func.count(LoginSession.id)).where(proved))


@pytest.mark.parametrize(
    ("what", "told"), [("code_of_app", USED), ("code_on_paper", USED), ("link", LINK_USED)]
)
def test_of_many_at_once_one_gets_in(session, rush, request, what, told):
    fared = rush(request.getfixturevalue(what), with_a_pause)
    assert fared[0] == "in"
    assert [each.startswith(told) for each in fared[1:]] == [True] * (MANY - 1), fared
    assert whole(session) == 1


@pytest.mark.parametrize("what", ["code_of_app", "code_on_paper", "link"])
def test_without_the_guard_all_of_them_would(session, rush, request, what):
    """Shows that the test above can fail: these browsers do come at the same moment."""
    assert rush(request.getfixturevalue(what), look_then_leap) == ["in"] * MANY
    assert whole(session) == MANY
