"""The way in and the way out: sessions, throttles, addresses to go back to."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from portal.models import AuditEvent, Job, LoginSession, Organisation, PersonState
from portal.platform import passwords, throttle
from tests.feature.members.conftest import PASSWORD, path_in
from tests.support.browser import Browser

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


def enter(browser, person, password=PASSWORD, expect=302, **values):
    answers = {"email": person.email, "password": password}
    return browser.fill("members.sign_in", answers, expect=expect, **values)


def token_of(browser):
    with browser.client.session_transaction() as kept:
        return kept.get("_user_id")


def test_somebody_signs_in_and_reaches_the_desk_in_their_language(browser, holder):
    person = holder(language="nb")
    enter(browser, person)
    assert browser.response.location == "/desk"
    assert "language=nb" in " ".join(browser.response.headers.getlist("Set-Cookie"))


def test_the_address_may_be_written_in_capitals(browser, holder):
    person = holder(email="ingrid@example.org")
    browser.fill("members.sign_in", {"email": " Ingrid@Example.ORG ", "password": PASSWORD})
    assert person.last_signed_in_at is not None


@pytest.mark.parametrize(
    ("wanted", "reached"),
    [
        ("/programmes?mark=x", "/programmes?mark=x"),
        ("https://evil.example/", "/desk"),
        ("//evil.example/", "/desk"),
        ("/\\evil.example", "/desk"),
        ("\\\\evil.example", "/desk"),
        ("/\tevil.example", "/desk"),
        ("javascript:alert(1)", "/desk"),
        ("", "/desk"),
    ],
)
def test_one_goes_back_only_to_pages_of_ours(browser, holder, wanted, reached):
    enter(browser, holder(), next=wanted)
    assert browser.response.location == reached


def test_a_session_begins_anew_at_every_sign_in(browser, session, holder):
    person = holder()
    with browser.client.session_transaction() as kept:
        kept["_user_id"] = "planted by somebody else"
        kept["leftover"] = "of before"
    enter(browser, person)
    first = token_of(browser)
    assert first != "planted by somebody else"
    with browser.client.session_transaction() as kept:
        assert "leftover" not in kept
    enter(browser, person)
    assert token_of(browser) != first
    states = select(LoginSession.end_reason).order_by(LoginSession.id)
    assert session.scalars(states).all() == ["replaced", None]


def test_an_old_token_is_worth_nothing_after_signing_out(browser, another_browser, holder):
    person = holder()
    enter(browser, person)
    token = token_of(browser)
    browser.send("members.sign_out")
    assert browser.response.headers["Clear-Site-Data"] == '"cache", "storage"'
    with another_browser.client.session_transaction() as kept:
        kept["_user_id"] = token
    another_browser.get("members.account", expect=401)


def test_a_session_ends_when_nobody_is_there(browser, make, at):
    at(NOON)
    browser.sign_in(make.Person(), now=NOON)
    at(NOON + timedelta(hours=12) - timedelta(seconds=1))
    browser.get("members.account")
    at(NOON + timedelta(hours=24) - timedelta(seconds=1))
    browser.get("members.account", expect=401)


@pytest.mark.parametrize(("roles", "hours"), [((), 14 * 24), (("programmes",), 10)])
def test_a_session_ends_in_any_case(browser, make, at, roles, hours):
    at(NOON)
    person = make.staff(*roles)
    browser.sign_in(person, now=NOON)
    end = NOON + timedelta(hours=hours)
    moment = NOON
    while moment < end - timedelta(hours=11):
        moment += timedelta(hours=11)
        at(moment)
        browser.get("members.account")
    at(end - timedelta(seconds=1))
    browser.get("members.account")
    at(end)
    browser.get("members.account", expect=401)


def test_who_is_blocked_gets_the_same_answer_as_for_a_wrong_password(browser, holder):
    page = enter(browser, holder(state=PersonState.BLOCKED), expect=422)
    assert "is wrong" in page.select_one("#password-error").text


def test_a_refused_try_stands_in_the_persons_own_timeline(browser, session, holder):
    person = holder()
    enter(browser, person, password="not the right one", expect=422)
    [told] = session.scalars(select(AuditEvent)).all()
    assert (told.action, told.subject_id, told.actor_id) == (
        "person.sign_in_refused",
        person.id,
        None,
    )


def test_an_outdated_hash_is_made_anew(app, browser, session, make, monkeypatch):
    with app.app_context():
        old = passwords.hashed(PASSWORD)
    person = make.Person(password_hash=old)
    monkeypatch.setattr(passwords, "is_outdated", lambda kept: kept == old)
    enter(browser, person)
    assert person.password_hash != old
    with app.app_context():
        assert passwords.fits(person.password_hash, PASSWORD)


def test_many_tries_lock_others_out_but_not_the_owner(app, session, browser, holder):
    person = holder()
    enter(browser, person)
    browser.send("members.sign_out")
    attacker = Browser(app, session)
    for _ in range(10):
        enter(attacker, person, password="guess after guess", expect=422)
    page = enter(attacker, person, expect=429)
    assert "too many times" in page.text
    assert int(attacker.response.headers["Retry-After"]) <= 301
    enter(browser, person)
    assert browser.response.location == "/desk"


def test_a_browser_that_is_known_to_one_account_is_a_stranger_to_another(
    app, session, browser, holder
):
    mine, other = holder(), holder()
    enter(browser, mine)
    browser.send("members.sign_out")
    for _ in range(10):
        enter(browser, other, password="guess after guess", expect=422)
    enter(browser, other, expect=429)


def test_an_unknown_address_is_counted_like_a_known_one(browser):
    for _ in range(10):
        answers = {"email": "nobody@example.org", "password": "guess after guess"}
        browser.fill("members.sign_in", answers, expect=422)
    browser.fill("members.sign_in", answers, expect=429)


def test_one_network_does_not_try_many_accounts(browser):
    for number in range(30):
        answers = {"email": f"p{number}@example.org", "password": "the same for all"}
        browser.fill("members.sign_in", answers, expect=422)
    browser.fill("members.sign_in", answers | {"email": "q@example.org"}, expect=429)


@pytest.mark.parametrize("known", [False, True])
def test_a_portal_that_cannot_count_lets_nobody_in(browser, session, holder, monkeypatch, known):
    person = holder()
    if known:
        enter(browser, person)
        browser.send("members.sign_out")
    gone = OperationalError("INSERT INTO throttle", {}, Exception("no such table"))

    def cannot(*_given, **_more):
        raise gone

    monkeypatch.setattr(throttle.Table, "incr", cannot)
    enter(browser, person, expect=503)
    browser.fill("members.forgotten", {"email": person.email}, expect=503)
    browser.fill("members.ask_for_link", {"email": person.email}, expect=503)
    browser.get("members.account", expect=401)
    live = select(func.count(LoginSession.id)).where(LoginSession.ended_at.is_(None))
    assert session.scalar(live) == 0
    assert session.scalar(select(func.count(Job.id)).where(Job.done_at.is_(None))) == 0


def test_letters_to_one_address_are_counted(browser):
    for _ in range(5):
        browser.fill("members.forgotten", {"email": "known@example.org"})
    browser.fill("members.forgotten", {"email": "known@example.org"}, expect=429)


@pytest.mark.parametrize("page", ["members.forgotten", "members.ask_for_link"])
def test_whoever_uses_up_the_letters_to_an_address_holds_its_owner_back_nowhere_known(
    app, session, browser, holder, page
):
    person = holder()
    enter(browser, person)
    browser.send("members.sign_out")
    attacker = Browser(app, session)
    for network in range(4):
        address = {"REMOTE_ADDR": f"192.0.2.{network}"}
        for _ in range(5):
            ask(attacker, page, person.email, address)
        ask(attacker, page, person.email, address, expect=429)  # from here, and no more from others
    ask(attacker, page, person.email, {"REMOTE_ADDR": "198.51.100.9"}, expect=429)
    for _ in range(5):
        browser.fill(page, {"email": person.email})
    browser.fill(page, {"email": person.email}, expect=429)


def ask(browser, page, email, network, expect=302):
    """Ask for a letter from somewhere on the network."""
    data = {"csrf_token": browser.token(), "email": email}
    browser.open("POST", browser.address(page), data=data, expect=expect, environ_base=network)


@pytest.mark.parametrize("way", ["reset", "change", "end"])
def test_a_new_password_and_ending_sessions_forget_the_browsers(
    app, session, browser, another_browser, holder, letters, work, at, way
):
    person, told = holder(last_signed_in_at=NOON), "Your account was used in a new browser"
    at(NOON)
    enter(another_browser, person)
    enter(browser, person)
    at(NOON + timedelta(minutes=1))
    password = PASSWORD if way == "end" else "another spruce over still water"
    if way == "reset":
        browser.send("members.sign_out")
        browser.fill("members.forgotten", {"email": person.email})
        work()
        link = path_in(letters(person.email)[-1], "/reset/")
        browser.open("GET", link)
        data = {"csrf_token": browser.token(), "password": password}
        browser.open("POST", link, data=data, expect=302)
    elif way == "change":
        answers = {"current": PASSWORD, "password": password}
        browser.fill("members.change_password", answers)
    else:
        browser.send("members.end_other_sessions")
    before = [letter.subject for letter in letters(person.email)].count(told)
    at(NOON + timedelta(minutes=2))
    for one, more in ((another_browser, 1), (another_browser, 0), (browser, way == "reset")):
        enter(one, person, password=password)
        after = [letter.subject for letter in letters(person.email)].count(told)
        assert after - before == more
        before = after


def test_people_choose_for_whom_they_act(browser, session, make):
    first, second = make.Organisation(display_name="Alfa"), make.Organisation(display_name="Beta")
    person = make.colleague(first)
    make.Affiliation(person=person, organisation=second)
    browser.sign_in(person)
    assert "Alfa" in browser.get("members.account").select_one(".account small").text
    browser.send("members.act_for", {"organisation": str(second.id)})
    assert "Beta" in browser.get("members.account").select_one(".account small").text
    stranger = make.Organisation(display_name="Gamma")
    browser.send("members.act_for", {"organisation": str(stranger.id)}, expect={302, 422})
    assert session.scalar(select(LoginSession.acting_id)) == second.id
    [told] = session.scalars(select(AuditEvent).where(AuditEvent.action == "person.acted_for"))
    assert (told.actor_id, told.subject_id) == (person.id, person.id)
    assert told.details == {"organisation": str(second.id)}


def test_looking_at_pages_changes_nothing(browser, session, holder):
    browser.sign_in(holder())
    before = session.scalar(select(func.max(AuditEvent.seq)))
    for page in ("sign_in", "sign_up", "forgotten", "account", "change_password", "join"):
        browser.get(f"members.{page}")
    assert session.scalar(select(func.max(AuditEvent.seq))) == before
    assert session.scalar(select(func.count()).select_from(Organisation)) == 0
