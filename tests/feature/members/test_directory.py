"""The members that everybody may see."""

from datetime import timedelta

import pytest

from portal.core import clock
from portal.members.queries import narrowing
from portal.models import Service
from portal.platform.database import unit
from tests.factories.members import today
from tests.support.statements import heard


def test_the_public_list_shows_confirmed_members_that_want_to(browser, make, shown):
    shown(display_name="Berg")
    shown(display_name="Alm")
    shown(display_name="Hidden", listed=False)
    shown(display_name="Unknown", confirmed_at=None)
    make.Organisation(display_name="No member")
    old = make.Membership(organisation=make.Organisation(display_name="Lapsed"))
    days = {"from_on": today() - timedelta(days=460), "to_on": today() - timedelta(days=60)}
    make.MembershipPeriod(membership=old, **days)
    page = browser.get("members.directory")
    assert [h.text.strip() for h in page.select("main h2")] == ["Alm", "Berg"]
    for slug in ("hidden", "unknown", "no-member", "lapsed"):
        browser.get("members.show", slug=slug, expect=404)
    browser.get("members.show", slug="alm")


def test_the_list_goes_on_by_key_at_the_same_cost(browser, shown):
    for number in range(30):
        shown(display_name=f"Company {number:02}")
    with heard() as statements:
        page = browser.get("members.directory")
    assert len(statements) <= 4, statements
    assert len(page.select("main h2")) == 25
    page = browser.open("GET", page.select_one("a[rel=next]")["href"])
    assert [h.text.strip() for h in page.select("main h2")][0] == "Company 25"
    assert page.select("a[rel=prev]")


def test_public_pages_touch_no_session(browser, shown):
    organisation = shown()
    for endpoint, values in (
        ("members.directory", {}),
        ("members.show", {"slug": organisation.slug}),
        ("members.sign_up_sent", {}),
        ("members.joined", {}),
    ):
        browser.get(endpoint, **values)
        assert "Set-Cookie" not in browser.response.headers
        assert browser.response.headers["Cache-Control"].startswith("public")


def test_search_engines_are_told_of_what_is_public(browser, session, shown):
    shown(display_name="Alm", slug="alm")
    shown(display_name="Hidden", slug="hidden", listed=False)
    session.commit()
    text = browser.client.get("/sitemap.xml").text
    assert "/members/alm<" in text
    assert "hidden" not in text


@pytest.mark.parametrize("common", [(), ("sector",), ("sector", "offers", "seeks")])
def test_the_list_is_the_same_whether_it_is_gathered_or_walked(app, make, shown, session, common):
    tag = make.Tag(key="robots")
    for name, tags, offered, sought in (
        ("Alm", [tag], ["cloud"], ["capital"]),
        ("Berg", [], ["cloud"], ["capital"]),
        ("Dal", [tag], [], ["capital"]),
        ("Eid", [tag], ["cloud"], []),
        ("Foss", [tag], ["cloud"], ["capital"]),
    ):
        row = shown(display_name=name, tags=tags)
        row.offered, row.sought = map(Service.of, offered), map(Service.of, sought)
    session.commit()
    asked = {"sector": "robots", "offers": "cloud", "seeks": "capital"}
    with app.app_context(), unit(writing=False):
        given = {"common": frozenset(common), "now": clock.now()}
        found = narrowing.directory(narrowing.chosen(asked), None, **given)
    assert [row.display_name for row in found.rows] == ["Alm", "Foss"]


def test_what_very_many_have_is_known_to_be_common(app, make, session, monkeypatch):
    tag = make.Tag(key="robots")
    for _number in range(3):
        make.Organisation(tags=[tag])
    session.commit()
    monkeypatch.setattr(narrowing, "COMMON", 2)
    narrowing.every_choice.cache_clear()
    with app.app_context(), unit(writing=False):
        known = narrowing.choices({"sector": "robots", "offers": "cloud"}, now=clock.now())
    narrowing.every_choice.cache_clear()
    assert known.common == {"sector"}
