"""Whoever was erased, or became a part of another account, keeps no way in."""

import pytest
from sqlalchemy import select

from portal.core import clock
from portal.extensions import db
from portal.members.mails import new_browser
from portal.models import (
    AddressClaim,
    AuthenticatorApp,
    CalendarFeed,
    EmailAddress,
    IssuerIdentity,
    LoginSession,
    MergeRecord,
    NewsFeed,
    Passkey,
    Person,
    PrivacyRequest,
    RecoveryCode,
    SignInLink,
)
from portal.platform import mail
from portal.platform.database import unit
from tests.feature.members.conftest import PASSWORD, path_in
from tests.support.browser import Browser

FIRST, SECOND = "lost@example.org", "lost@firma.example"
WAYS = (
    AddressClaim, AuthenticatorApp, CalendarFeed, IssuerIdentity, NewsFeed, Passkey,
    RecoveryCode, SignInLink,
)  # fmt: skip


@pytest.fixture
def lost(holder, session):
    """Make somebody who has one of every way in."""
    now = clock.now()
    person = holder(email=FIRST, name="Lost Nes", factor_since=now)
    of = {"person_id": person.id}
    session.add_all(
        (
            EmailAddress(**of, address=SECOND, domain="firma.example", verified_at=now),
            AddressClaim(**of, address="c@x.no", token_hash="c", expires_at=now),
            AuthenticatorApp(**of, salt="s", confirmed_at=now, last_step=1),
            AuthenticatorApp(**of, salt="t"),
            RecoveryCode(**of, code_hash="h", active_at=now),
            IssuerIdentity(**of, issuer="https://login.example.org", subject="1"),
            Passkey(
                **of, credential_id="id", public_key="key", name="Phone", sign_count=0,
                transports=[], synced=False, backed_up=False,
            ),
            CalendarFeed(**of, token_hash="f", made_at=now),
            NewsFeed(**of, token_hash="n", renewed_at=now),
        )
    )  # fmt: skip
    session.commit()
    return person


@pytest.fixture
def two_of_us(app, session, make):
    """Sign in two of the staff, each in their browser."""

    def signed_in():
        browser = Browser(app, session)
        browser.sign_in(make.staff("membership"))
        return browser

    return signed_in(), signed_in()


def erase(session, lost, _kept, two_of_us, own):
    own.sign_in(lost)
    own.fill("members.ask_privacy", {"kind": "erase", "wish": "Please"})
    id = session.scalar(select(PrivacyRequest.id))
    first, second = two_of_us
    words = {"words": "They called us back."}
    first.fill("members.step_privacy_request", words, id=id, move="check")
    second.fill("members.erase_person", {"sure": "y"}, id=id)


def merge(session, lost, kept, two_of_us, own):
    own.sign_in(lost)
    first, second = two_of_us
    answers = {"called": kept.email, "reason": "They told us by phone."}
    first.fill("members.merge_person", answers, id=lost.id)
    second.send("members.approve_merge", id=session.scalar(select(MergeRecord.id)))


@pytest.mark.parametrize("deed", [erase, merge])
def test_no_way_in_is_left(app, session, holder, lost, two_of_us, letters, work, deed):
    id, kept = lost.id, holder(email="kept@example.org")
    asked, half, own = (Browser(app, session) for _ in range(3))
    asked.fill("members.ask_for_link", {"email": SECOND})
    asked.fill("members.forgotten", {"email": FIRST})
    work()
    link = path_in(letters(SECOND)[-1], "/sign-in/link/")
    token = letters(FIRST)[-1].text.split("/reset/")[1].split()[0]
    answers = {"email": SECOND, "password": PASSWORD}
    half.fill("members.sign_in", answers)
    half.get("members.second_step")

    deed(session, lost, kept, two_of_us, own)

    own.get("members.account", expect=401)
    half.get("members.second_step", expect=302)
    asked.open("GET", link, expect=409)
    asked.get("members.reset", token=token, expect=409)
    for email in (FIRST, SECOND):
        half.fill("members.sign_in", answers | {"email": email}, expect=422)
    session.rollback()
    for way in WAYS:
        rows = select(way.id).where(way.person_id == id)
        assert session.scalars(rows).all() == [], way.__tablename__
    live = select(LoginSession.id).where(
        LoginSession.person_id == id, LoginSession.ended_at.is_(None)
    )
    assert session.scalars(live).all() == []
    left = session.scalars(select(EmailAddress).where(EmailAddress.person_id == id)).all()
    assert [(row.domain.rpartition(".")[2], row.verified_at) for row in left] == [("invalid", None)]


@pytest.mark.parametrize("deed", [erase, merge])
def test_nothing_is_sent_to_whoever_is_gone(
    app, session, holder, lost, two_of_us, letters, work, deed
):
    kept = holder(email="kept@example.org")
    deed(session, lost, kept, two_of_us, Browser(app, session))
    before = len(letters(FIRST)) + len(letters(SECOND))
    stranger = Browser(app, session)
    for email in (FIRST, SECOND):
        stranger.fill("members.ask_for_link", {"email": email})
        stranger.fill("members.forgotten", {"email": email})
    work()
    assert len(letters(FIRST)) + len(letters(SECOND)) == before
    session.refresh(lost)
    with app.app_context(), unit():
        person = db.session.get_one(Person, lost.id)
        mail.queue(new_browser(person, "Firefox", at=clock.now()))
    assert letters(lost.email) == [], "no server knows such an address"
