"""Who must have a second factor: staff and administrators of organisations, after some days."""

from datetime import timedelta

import pytest

from portal.models import Cluster
from tests.feature.members.factors.conftest import NOON, set_up_app

OVER = NOON + timedelta(days=14)


@pytest.fixture
def demanded(session, at):
    """Let the demand begin at noon, with fourteen days; `demanded(demo=True)`."""

    def made(**more):
        at(NOON)
        cluster = session.query(Cluster).one()
        cluster.factors_from, cluster.factor_days = NOON, 14
        for name, value in more.items():
            setattr(cluster, name, value)
        session.commit()

    return made


@pytest.fixture
def kinds(make):
    """Make somebody of a kind: those who must have a second factor, and those who need not."""

    def made(kind):
        if kind == "staff":
            return make.staff("editor")
        if kind == "nobody":
            return make.Person()
        return make.colleague(make.Organisation(), kind)

    return made


@pytest.mark.parametrize("kind", ["staff", "administrator"])
def test_there_is_time_to_set_it_up_and_a_calm_notice_until_then(
    browser, demanded, kinds, at, kind
):
    demanded()
    at(OVER - timedelta(seconds=1))
    browser.sign_in(kinds(kind), now=OVER - timedelta(seconds=1))
    assert "Set up a second way" in browser.get("site.desk").text
    assert "Set one up until" in browser.get("members.security").text


@pytest.mark.parametrize("kind", ["staff", "administrator"])
def test_afterwards_only_what_sets_it_up_is_open(browser, demanded, kinds, at, kind):
    demanded()
    person = kinds(kind)
    at(OVER)
    browser.sign_in(person, now=OVER)
    browser.get("site.desk", expect=302)
    assert browser.response.location == "/account/security"
    assert "everything is open to you again" in browser.get("members.security").text
    for page in ("account", "change_password", "new_passkey"):
        browser.get(f"members.{page}")
    for page in ("new_organisation", "own_calendar"):
        room = "events" if page == "own_calendar" else "members"
        browser.get(f"{room}.{page}", expect=302)
        assert browser.response.location == "/account/security"
    browser.send("members.new_organisation", expect=403)
    browser.send("members.sign_out")


def test_public_pages_show_nothing_of_the_role_meanwhile(browser, demanded, make, at):
    demanded()
    at(OVER)
    browser.sign_in(make.staff("administrator"), now=OVER)
    assert "/admin" not in browser.get("site.home").prettify()


@pytest.mark.parametrize("kind", ["staff", "administrator"])
def test_with_a_second_factor_everything_is_open_again(browser, demanded, kinds, at, kind):
    demanded()
    at(OVER)
    browser.sign_in(kinds(kind), now=OVER)
    set_up_app(browser, OVER)
    assert "Set up a second way" not in browser.get("site.desk").text


@pytest.mark.parametrize("kind", ["nobody", "member", "representative"])
def test_nobody_else_has_to(browser, demanded, kinds, at, kind):
    demanded()
    at(OVER)
    browser.sign_in(kinds(kind), now=OVER)
    assert "Set up a second way" not in browser.get("site.desk").text


def test_the_days_count_from_the_role_when_that_began_later(browser, demanded, make, at):
    demanded()
    person = make.Person()
    make.StaffGrant(person=person, starts_at=NOON + timedelta(days=10))
    at(OVER)
    browser.sign_in(person, now=OVER)
    browser.get("site.desk")
    at(OVER + timedelta(days=10))
    browser.sign_in(person, now=OVER + timedelta(days=10))
    browser.get("site.desk", expect=302)


@pytest.mark.parametrize("more", [{"demo": True}, {"factors_from": None}])
def test_in_the_demo_and_where_nobody_demands_it_nobody_is_kept_out(
    browser, demanded, make, at, more
):
    demanded(**more)
    at(OVER)
    browser.sign_in(make.staff("editor"), now=OVER)
    page = browser.get("site.desk")
    assert ("Set up a second way" in page.text) is ("demo" in more)


def test_administrators_say_who_has_to(browser, demanded, make, session, deeds):
    demanded()
    browser.sign_in(make.staff("administrator"), now=NOON)
    cluster = session.query(Cluster).one()
    browser.fill("members.demand_factors", {"demanded": "y", "days": "30"})
    assert (cluster.factors_from, cluster.factor_days) == (NOON, 30)
    browser.fill("members.demand_factors", {"demanded": [], "days": "30"})
    assert cluster.factors_from is None
    browser.fill("members.demand_factors", {"days": "91"}, expect=422)
    assert deeds(cluster) == ["cluster.factors_changed"] * 2
