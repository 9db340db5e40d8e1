"""The members that everybody may see."""

from datetime import timedelta

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
