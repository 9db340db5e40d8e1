"""What becomes of a call once it is public."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from portal.models import (
    Application,
    Criterion,
    OutgoingMail,
    Question,
)
from tests.feature.programmes.calls.told import NOW, deeds, words
from tests.support.statements import heard


def test_publishing_twice_is_refused(browser, session, draft):
    browser.fill("programmes.publish_call", id=draft.id)
    browser.send("programmes.publish_call", id=draft.id, expect=409)
    assert deeds(session) == ["call.published"]


def test_an_announced_deadline_moves_later_and_never_earlier(browser, draft):
    browser.fill("programmes.publish_call", id=draft.id)
    page = browser.fill(
        "programmes.edit_call", {"closes_at": "2026-04-10T11:59"}, id=draft.id, expect=422
    )
    said = page.select_one("#closes_at-error").text
    assert said == (
        "People plan by the announced time, Friday 10 April 2026 at 12:00. It can only be moved"
        " later."
    )
    browser.fill("programmes.edit_call", {"closes_at": "2026-04-12T12:00"}, id=draft.id)
    assert draft.closes_at == datetime(2026, 4, 12, 10, tzinfo=UTC)


def test_a_closed_call_is_not_opened_again(browser, at, draft):
    browser.fill("programmes.publish_call", id=draft.id)
    at(datetime(2026, 4, 10, 10, tzinfo=UTC))
    browser.sign_in(draft.contact, now=datetime(2026, 4, 10, 9, tzinfo=UTC))
    page = browser.fill(
        "programmes.edit_call", {"closes_at": "2026-04-20T12:00"}, id=draft.id, expect=422
    )
    assert "This call has closed." in page.select_one("#closes_at-error").text


def test_the_opening_of_an_open_call_stays(browser, at, draft):
    browser.fill("programmes.publish_call", id=draft.id)
    at(datetime(2026, 3, 10, 7, tzinfo=UTC))
    browser.sign_in(draft.contact, now=datetime(2026, 3, 10, 7, tzinfo=UTC))
    page = browser.fill(
        "programmes.edit_call", {"opens_at": "2026-03-11T08:00"}, id=draft.id, expect=422
    )
    assert "This call has opened." in page.select_one("#opens_at-error").text


def test_of_two_people_who_edit_a_call_the_second_sees_both_texts(
    browser, another_browser, make, draft
):
    another_browser.sign_in(make.staff("programmes"), now=NOW)
    page = browser.get("programmes.edit_call", id=draft.id)
    version = page.select_one("[name=edited_version]")["value"]
    another_browser.fill("programmes.edit_call", {"title_en": "Theirs"}, id=draft.id)
    mine = words(draft.contact_id, title_en="Mine", edited_version=version)
    page = browser.send("programmes.edit_call", mine, id=draft.id, expect=409)
    assert page.select_one("#title_en")["value"] == "Mine"
    assert "Theirs" in page.select_one(".theirs").text
    assert draft.title_en == "Theirs"
    again = page.select_one("[name=edited_version]")["value"]
    browser.send("programmes.edit_call", mine | {"edited_version": again}, id=draft.id)
    assert draft.title_en == "Mine"


def test_terms_are_added_reworded_ordered_and_removed(browser, session, draft):
    for text in ("First", "Second", "Third"):
        answers = {"text_en": text, "text_nb": text}
        browser.fill("programmes.criteria", answers, form="form:has(#text_en)", id=draft.id)
    [first, second, third] = session.scalars(select(Criterion).order_by(Criterion.position)).all()
    browser.send("programmes.raise_criterion", id=third.id)
    browser.send("programmes.lower_criterion", id=first.id)
    browser.fill("programmes.edit_criterion", {"text_en": "Reworded"}, id=second.id)
    shown = browser.get("programmes.criteria", id=draft.id).select("ol.rows strong")
    assert [each.text for each in shown] == ["Third", "First", "Reworded"]
    browser.send("programmes.remove_criterion", id=first.id)
    assert session.scalar(select(func.count(Criterion.id))) == 2


def test_published_terms_stay_as_they_are(browser, session, make, draft):
    term = make.Criterion(call_id=draft.id)
    browser.fill("programmes.publish_call", id=draft.id)
    texts = {"text_en": "Else", "text_nb": "Annet"}
    browser.send("programmes.criteria", texts, id=draft.id, expect=409)
    browser.send("programmes.remove_criterion", id=term.id, expect=409)
    browser.send("programmes.raise_criterion", id=term.id, expect=409)
    assert browser.get("programmes.criteria", id=draft.id).select("main form") == []
    assert session.scalar(select(Criterion.text_en)) == "Registered in the EEA"


def test_cancelling_ends_every_application_and_tells_those_who_apply(browser, session, make, draft):
    browser.fill("programmes.publish_call", id=draft.id)
    company = make.Organisation(display_name="Nordlys")
    make.colleague(company, "representative", email="ola@nordlys.example", language="nb")
    make.colleague(company, "member", email="kari@nordlys.example")
    begun = make.Application(call=draft, organisation=company)
    sent = make.Application(call=draft, sent=True)
    gone = make.Application(call=draft, state="lapsed")
    browser.fill("programmes.cancel_call", {"reason": "The funding fell away."}, id=draft.id)
    assert draft.state == "cancelled"
    assert [each.state for each in (begun, sent, gone)] == ["withdrawn", "withdrawn", "lapsed"]
    assert begun.closed_reason == "The funding fell away."
    [letter] = session.scalars(select(OutgoingMail)).all()
    assert (letter.recipient, letter.language) == ("ola@nordlys.example", "nb")
    assert "The funding fell away." in letter.text
    assert f"/programmes/applications/{begun.id}" in letter.text
    assert sorted(deeds(session)) == [
        "application.called_off", "application.called_off", "call.cancelled", "call.published",
    ]  # fmt: skip


def test_cancelling_needs_a_reason(browser, draft):
    page = browser.fill("programmes.cancel_call", {"reason": " "}, id=draft.id, expect=422)
    assert "Write a sentence" in page.select_one("#reason-error").text
    assert draft.state == "draft"


@pytest.mark.parametrize("state", ["offered", "accepted", "waitlisted"])
def test_a_call_whose_decisions_are_known_is_not_cancelled(browser, make, draft, state):
    browser.fill("programmes.publish_call", id=draft.id)
    rank = 1 if state == "waitlisted" else None
    make.Application(call=draft, sent=True, state=state, waiting_rank=rank)
    page = browser.fill("programmes.cancel_call", {"reason": "No."}, id=draft.id, expect=409)
    assert "Settle that first" in page.text
    assert draft.state == "published"


def test_a_call_with_a_prepared_decision_is_not_cancelled(browser, make, draft):
    browser.fill("programmes.publish_call", id=draft.id)
    make.ApplicationDecision(application=make.Application(call=draft, reviewed=True))
    page = browser.fill("programmes.cancel_call", {"reason": "No."}, id=draft.id, expect=409)
    assert "Decisions are prepared for this call." in page.text


@pytest.mark.parametrize(
    ("state", "decided"),
    [
        ("submitted", False),
        ("in_review", False),
        ("offered", False),
        ("waitlisted", True),
        ("accepted", True),
        ("unsuccessful", True),
        ("withdrawn", True),
        ("lapsed", True),
    ],
)
def test_a_call_is_closed_as_decided_once_everybody_has_an_answer(
    browser, make, at, draft, state, decided
):
    browser.fill("programmes.publish_call", id=draft.id)
    rank = 1 if state == "waitlisted" else None
    make.Application(call=draft, sent=True, state=state, waiting_rank=rank)
    at(datetime(2026, 5, 1, tzinfo=UTC))
    browser.sign_in(draft.contact, now=datetime(2026, 5, 1, tzinfo=UTC))
    browser.send("programmes.decide_call", id=draft.id, expect=302 if decided else 409)
    assert draft.state == ("decided" if decided else "published")


def test_an_open_call_is_not_closed_as_decided(browser, draft):
    browser.fill("programmes.publish_call", id=draft.id)
    page = browser.send("programmes.decide_call", id=draft.id, expect=409)
    assert "This call is open until Friday 10 April 2026 at 12:00." in page.text


def test_a_decided_call_is_archived_and_edited_no_more(browser, draft):
    draft.state, draft.published_at = "decided", NOW
    browser.fill("programmes.edit_call", {"title_en": "Else"}, id=draft.id, expect=409)
    browser.press("programmes.manage_call", "Archive call", id=draft.id)
    assert draft.state == "archived"


def test_staff_find_calls_by_state_page_by_page(browser, make, cohort):
    for number in range(30):
        closes = datetime(2026, 6, 1 + number % 28, 10, tzinfo=UTC)
        make.Call(cohort=cohort, title_en=f"Call {number}", closes_at=closes)
    make.Call(cohort=cohort, title_en="The draft", draft=True)
    page = browser.get("programmes.manage")
    assert len(page.select("tbody tr")) == 25
    page = browser.open("GET", page.select_one(".pager [rel=next]")["href"])
    assert len(page.select("tbody tr")) == 6
    assert page.select_one(".pager [rel=prev]")
    page = browser.get("programmes.manage", state="draft")
    assert [row.th.text for row in page.select("tbody tr")] == ["The draft"]
    assert browser.get("programmes.manage", state="nonsense", mark="nonsense")
    assert browser.get("programmes.manage", state="archived").select(".empty")


def test_staff_pages_ask_the_database_little(browser, make, draft):
    make.questions(make.Call(cohort=draft.cohort), "short", "long")
    for _each in range(10):
        make.Criterion(call_id=draft.id)
        make.Call(cohort=draft.cohort)
    counts = {}
    pages = {
        "manage": {},
        "manage_programme": {"id": draft.programme_id},
        "manage_cohort": {"id": draft.cohort_id},
        "manage_call": {"id": draft.id},
        "questions": {"id": draft.id},
        "preview": {"id": draft.id},
        "publish_call": {"id": draft.id},
    }
    for name, address in pages.items():
        browser.get(f"programmes.{name}", **address)
        with heard() as statements:
            browser.get(f"programmes.{name}", **address)
        counts[name] = len(statements)
    assert max(counts.values()) <= 8, counts


def test_archived_programmes_come_back(browser, cohort):
    programme = cohort.programme
    browser.press("programmes.manage_programme", "Archive", id=programme.id)
    assert programme.archived_at == NOW
    browser.press("programmes.manage_programme", "Bring back", id=programme.id)
    assert programme.archived_at is None


def test_a_programme_is_edited(browser, cohort):
    answers = {"text_en": "One\r\n\r\nTwo\x00"}
    browser.fill("programmes.edit_programme", answers, id=cohort.programme_id)
    assert cohort.programme.text_en == "One\n\nTwo"
    assert cohort.programme.slug == "accelerator"


STAFF_PAGES = [
    ("manage", None), ("make_programme", None), ("manage_programme", "programme"),
    ("edit_programme", "programme"), ("make_cohort", "programme"), ("manage_cohort", "cohort"),
    ("edit_cohort", "cohort"), ("write_agreement", "cohort"), ("make_call", "cohort"),
    ("manage_call", "call"), ("edit_call", "call"), ("criteria", "call"), ("preview", "call"),
    ("publish_call", "call"), ("cancel_call", "call"), ("questions", "call"),
]  # fmt: skip


@pytest.mark.parametrize(("page", "about"), STAFF_PAGES)
def test_only_the_team_comes_to_its_pages(browser, make, draft, page, about):
    ids = {"programme": draft.programme_id, "cohort": draft.cohort_id, "call": draft.id}
    address = {"id": ids[about]} if about else {}
    browser.get(f"programmes.{page}", **address)
    browser.language = "nb"
    browser.get(f"programmes.{page}", **address)
    refused = 404 if about == "call" else 403
    browser.sign_in(make.colleague(make.Organisation()), now=NOW)
    browser.get(f"programmes.{page}", **address, expect=refused)
    browser.sign_in(make.staff("events", "membership"), now=NOW)
    browser.get(f"programmes.{page}", **address, expect=refused)
    browser.sign_in(make.staff("administrator"), now=NOW)
    browser.get(f"programmes.{page}", **address)
    browser.sign_out()
    browser.get(f"programmes.{page}", **address, expect=401)


def test_applications_are_untouched_by_what_staff_look_at(browser, session, make, draft):
    make.Application(call=draft)
    browser.get("programmes.manage_call", id=draft.id)
    assert session.scalar(select(func.count(Application.id))) == 1
    assert session.scalar(select(func.count(Question.id))) == 1
    assert deeds(session) == []
