"""What people see first."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from portal.core.wording import Sentence
from portal.models import PageRevision
from portal.web import panels
from portal.web.panels import Line
from tests.support.statements import heard

NINE_IN_THE_MORNING = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)  # 9 o'clock in Oslo


def test_the_home_page_says_who_we_are_and_where_to_go(browser):
    page = browser.get("site.home")
    assert page.h1.text == "Where companies grow together"
    hero = page.select_one(".hero")
    assert [a.text for a in hero.select("a.btn")] == ["See what is open", "Become a member"]


def test_the_home_page_keeps_places_for_what_is_to_come(browser):
    page = browser.get("site.home")
    assert {"News", "Next events"} <= {h.get_text(strip=True) for h in page.select("h2")}


def test_the_home_page_speaks_norwegian(browser):
    browser.language = "nb"
    assert browser.get("site.home").h1.text == "Der selskaper vokser sammen"


def test_the_home_page_costs_few_statements(browser):
    with heard() as statements:
        browser.get("site.home")
    assert len(statements) <= 8, statements


def test_a_stranger_has_no_desk(browser):
    browser.get("site.desk", expect={302, 303, 401})


def test_the_desk_greets_and_says_that_nothing_waits(browser, make, at):
    at(NINE_IN_THE_MORNING)
    browser.sign_in(make.Person(name="Ingrid Lie"))
    page = browser.get("site.desk")
    assert page.h1.text == "Good morning, Ingrid"
    assert [h.get_text(strip=True) for h in page.select("main h2")][:2] == [
        "What needs you",
        "What comes next",
    ]


@pytest.fixture
def lines(monkeypatch):
    """Lay lines of our own on every desk, and no others."""

    def lay(*laid):
        monkeypatch.setattr(panels, "DESK", [lambda **_: laid])

    return lay


def line(title, **more):
    return Line(
        title=Sentence(title), why=Sentence("Because %(why)s.", {"why": "it is so"}),
        endpoint="site.page", values={"key": "about"}, **more,
    )  # fmt: skip


def test_the_desk_puts_first_what_is_due_first(browser, make, at, lines):
    at(NINE_IN_THE_MORNING)
    days = lambda n: NINE_IN_THE_MORNING + timedelta(days=n)  # noqa: E731
    lines(
        line("Waits since Sunday", since=days(-2)),
        line("Due in a week", due=days(7)),
        line("Due tomorrow", due=days(1)),
        line("Overdue", due=days(-3)),
        line("A date ahead", due=days(4), waits=False),
    )
    browser.sign_in(make.Person(name="Ingrid Lie"))
    page = browser.get("site.desk")
    waiting, coming = page.select("main ul.rows")[:2]
    assert [a.text for a in waiting.select("a")] == [
        "Overdue",
        "Due tomorrow",
        "Due in a week",
        "Waits since Sunday",
    ]
    assert [a.text for a in coming.select("a")] == ["A date ahead"]
    lead = page.select_one("p.lead").get_text(" ", strip=True)
    assert " ".join(lead.split()) == "4 things need you. One of them is overdue."
    assert "Overdue since 28 November 2026" in waiting.text
    assert "Since 29 November 2026" in waiting.text
    assert "Because it is so." in waiting.text


def test_the_desk_costs_at_most_twelve_statements(browser, make):
    browser.sign_in(make.staff("administrator"))
    browser.get("site.desk")
    with heard() as statements:
        browser.get("site.desk")
    assert len(statements) <= 12, statements


@pytest.mark.parametrize(
    ("role", "reminded"), [("editor", True), ("administrator", True), ("programmes", False)]
)
def test_editors_are_reminded_to_make_the_first_pages_their_own(browser, make, role, reminded):
    browser.sign_in(make.staff(role))
    assert ("Make the first pages your own" in browser.get("site.desk").text) is reminded


def test_the_reminder_ends_when_the_pages_are_edited(browser, make):
    browser.sign_in(make.staff("editor"))
    for key in ("home", "about", "contact", "privacy", "terms", "accessibility"):
        assert "Make the first pages your own" in browser.get("site.desk").text
        browser.fill("site.edit_page", {"title_en": f"Our {key}"}, key=key)
    assert "Make the first pages your own" not in browser.get("site.desk").text


def test_the_reminder_ends_after_a_month(browser, make, session, at):
    made = session.scalars(select(PageRevision.at).order_by(PageRevision.at)).first()
    editor = make.staff("editor")
    at(made + timedelta(days=30) - timedelta(seconds=1))
    browser.sign_in(editor)
    assert "Make the first pages your own" in browser.get("site.desk").text
    at(made + timedelta(days=30))
    assert "Make the first pages your own" not in browser.get("site.desk").text
