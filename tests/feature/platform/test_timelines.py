"""Timelines a page at a time: down to the first line, with what is for staff among staff."""

import base64
import json
import re

import pytest

from portal.models import AffiliationRole, AuditEvent
from tests.factories.members import LONG_AGO


def tell(session, organisation, first, last, *, internal=False):
    """Let things happen, each with its number."""
    rows = [
        AuditEvent(
            at=LONG_AGO,
            action="organisation.edited",
            actor_name="",
            subject_type="organisation",
            subject_id=organisation.id,
            organisation_id=organisation.id,
            note=f"{'secret' if internal else 'line'} {number}",
            internal=internal,
            details={},
        )
        for number in range(first, last + 1)
    ]
    session.add_all(rows)
    session.flush()


@pytest.fixture
def own(make, browser):
    """Somebody's own organisation, with them signed in."""
    organisation = make.Organisation(slug="own")
    person = make.Person()
    make.Affiliation(person=person, organisation=organisation, role=AffiliationRole.ADMINISTRATOR)
    browser.sign_in(person)
    return organisation


def shown(page):
    """Return what a timeline tells, line by line."""
    notes = (line.get_text() for line in page.select(".timeline li .said"))
    return [note for note in notes if re.fullmatch(r"(line|secret) \d+", note)]


def lines(first, last):
    return [f"line {number}" for number in range(first, last - 1, -1)]


def follow(browser, page, label):
    """Open the page behind a link of the timeline."""
    link = next(a for a in page.select("nav.pager a") if a.get_text() == label)
    assert link["href"].endswith("#timeline")
    return browser.open("GET", "/organisations/own" + link["href"].partition("#")[0])


def test_a_long_timeline_is_read_down_to_its_first_line_and_up_again(browser, session, own):
    tell(session, own, 1, 120)
    page = browser.get("members.organisation", slug="own")
    assert shown(page) == lines(120, 71)
    assert [a.get_text() for a in page.select("nav.pager a")] == ["Earlier"]
    page = follow(browser, page, "Earlier")
    assert shown(page) == lines(70, 21)
    last = follow(browser, page, "Earlier")
    assert shown(last) == lines(20, 1)
    assert [a.get_text() for a in last.select("nav.pager a")] == ["Later"]
    assert shown(follow(browser, last, "Later")) == lines(70, 21)


def test_a_timeline_of_one_page_leads_nowhere(browser, session, own):
    tell(session, own, 1, 50)
    page = browser.get("members.organisation", slug="own")
    assert shown(page) == lines(50, 1)
    assert not page.select("nav.pager")


def test_what_is_for_staff_is_on_no_page_of_anybody_else(
    browser, another_browser, make, session, own
):
    tell(session, own, 1, 60)
    tell(session, own, 61, 120, internal=True)
    tell(session, own, 121, 180)
    page = browser.get("members.organisation", slug="own")
    assert shown(page) == lines(180, 131)
    page = follow(browser, page, "Earlier")
    assert shown(page) == [*lines(130, 121), *lines(60, 21)]
    another_browser.sign_in(make.staff("membership"))
    page = another_browser.get("members.organisation", slug="own")
    page = follow(another_browser, page, "Earlier")
    assert shown(page) == [*lines(130, 121), *(f"secret {n}" for n in range(120, 80, -1))]
    with_their_mark = another_browser.response.request.query_string.decode()
    page = browser.open("GET", f"/organisations/own?{with_their_mark}")
    assert shown(page) == [*lines(130, 121), *lines(60, 21)]


def test_a_place_in_one_timeline_shows_nothing_of_another(browser, make, session, own):
    tell(session, make.Organisation(slug="foreign"), 1, 60)
    tell(session, own, 61, 70)
    mark = marked("is", 10**6, 10**6, False)
    assert shown(browser.get("members.organisation", slug="own", mark=mark)) == lines(70, 61)
    browser.get("members.organisation", slug="foreign", mark=mark, expect=404)


def marked(*parts):
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "parts",
    [
        ("is", 5, "00000000000070008000000000000000", False),
        ("is", 5, True, False),
        ("is", True, 5, False),
        ("is", 5, 2**63, False),
        ("is", "5", "5", False),
        ("is", 5, None, False),
        ("is", 5, [5], False),
        ("at", "2026-11-01T12:00:00+00:00", 5, False),
        ("id", "00000000000070008000000000000000", 5, False),
    ],
)
def test_a_mark_that_no_timeline_wrote_leads_to_its_beginning(browser, session, own, parts):
    tell(session, own, 1, 60)
    page = browser.get("members.organisation", slug="own", mark=marked(*parts))
    assert shown(page) == lines(60, 11)
