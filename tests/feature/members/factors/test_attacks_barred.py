"""Whoever must set up a second factor reaches what that takes, and nothing more."""

from datetime import timedelta

import pytest
from werkzeug.routing.converters import NumberConverter

from portal.extensions import db
from portal.models import Cluster, Person
from portal.platform import auth
from tests.architecture.test_fresh import EVEN_BARRED
from tests.feature.members.conftest import path_in
from tests.feature.members.factors.conftest import NOON
from tests.feature.members.factors.test_half_sessions import pages
from tests.support.browser import Browser

NEW = "second@example.org"
ID = "00000000-0000-7000-8000-000000000000"


@pytest.fixture
def barred(browser, session, make, at):
    """Sign in an administrator of the portal and of a company, whose days are over."""
    at(NOON)
    cluster = session.query(Cluster).one()
    cluster.factors_from, cluster.factor_days = NOON - timedelta(days=20), 14
    person = make.staff("administrator", "membership", "events", "editor")
    make.Affiliation(person=person, organisation=make.Organisation(slug="firm"))
    session.commit()
    browser.sign_in(person, now=NOON)
    return person


def test_their_addresses_can_be_mended(browser, barred, session, letters):
    browser.get("members.addresses")
    browser.fill("members.add_address", {"email": NEW})
    address = path_in(letters(NEW)[-1], "/account/addresses/confirm/")
    page = browser.open("GET", address)
    data = {"csrf_token": page.select_one("main [name=csrf_token]")["value"]}
    browser.open("POST", address, data=data, expect=302)
    browser.press("members.addresses", "Reach me here")
    session.refresh(barred)
    assert barred.email == NEW
    browser.send("members.sign_out")


def test_every_other_page_leads_to_security_or_is_that_of_a_stranger(app, browser, barred):
    stranger, own = Browser(app), set(EVEN_BARRED.split())
    led = 0
    for endpoint, url in pages(app):
        if endpoint in own:
            continue
        for method in ("GET", "HEAD"):
            mine = browser.client.open(url, method=method)
            theirs = stranger.client.open(url, method=method)
            if mine.status_code == 302 and mine.location == "/account/security":
                led += 1
                continue
            assert mine.status_code == theirs.status_code, (method, endpoint, mine.status)
            assert 'href="/admin' not in mine.text, endpoint
    assert led > 150


def deeds(app):
    """Return every address that takes something, with parts that stand for nothing."""
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if "POST" in rule.methods:
            parts = {}
            for name, kind in rule._converters.items():
                counts = isinstance(kind, NumberConverter)
                parts[name] = min(getattr(kind, "items", None) or [1 if counts else ID])
            yield rule.endpoint, adapter.build(rule.endpoint, parts, method="POST")


def test_nothing_else_can_be_done(app, browser, barred):
    own, stranger = set(EVEN_BARRED.split()), Browser(app)
    for endpoint, url in deeds(app):
        if endpoint in own:
            continue
        mine = browser.client.post(url, data={"csrf_token": browser.token()})
        if mine.status_code == 403:
            continue
        theirs = stranger.client.post(url, data={"csrf_token": stranger.token()})
        told = (endpoint, mine.status, theirs.status)
        assert (mine.status_code, mine.location) == (theirs.status_code, theirs.location), told


def test_what_has_no_session_gives_the_role_no_more_than_a_session(app, session, barred):
    id = barred.id
    with app.test_request_context():
        somebody = db.session.get(Person, id)
        actor = auth.actor_of(somebody, now=NOON)
        assert (actor.staff, actor.standings, actor.barred) == (frozenset(), (), True)
        somebody.factor_since = NOON
        actor = auth.actor_of(somebody, now=NOON)
        assert len(actor.staff) == 4
        assert len(actor.standings) == 1
        db.session.rollback()
