"""An application from its draft to the receipt, as its people go through it."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from sqlalchemy import select

from portal.models import (
    Answer,
    Application,
    ApplicationRevision,
    ApplicationState,
    AuditEvent,
    OutgoingMail,
)
from tests.factories.base import days
from tests.support.statements import heard


@pytest.fixture
def call(make):
    found = make.Call(title_en="Accelerator, spring")
    make.questions(found, "short", "number")
    return found


@pytest.fixture
def company(make):
    return make.Organisation(display_name="Nordlys Graphics")


@pytest.fixture
def founder(make, company):
    return make.colleague(company, "administrator", name="Kari Nes")


@pytest.fixture
def draft(make, call, company, founder):
    return make.Application(call=call, organisation=company, lead_id=founder.id)


@pytest.fixture
def complete(make, draft, founder):
    for key, value in {"short": "We make subtitles.", "number": "1200000"}.items():
        make.Answer(application_id=draft.id, key=key, value=value, edited_by_id=founder.id)
    return draft


def mails(session):
    rows = session.scalars(select(OutgoingMail).order_by(OutgoingMail.created_at, OutgoingMail.id))
    return [(mail.recipient, mail.subject) for mail in rows]


def actions(session):
    return session.scalars(select(AuditEvent.action).order_by(AuditEvent.seq)).all()


def test_somebody_of_two_organisations_chooses_for_which(browser, session, make, call, founder):
    second = make.Organisation(display_name="Havbris Audio")
    make.Affiliation(person=founder, organisation=second)
    browser.sign_in(founder)
    browser.fill("programmes.begin", {"organisation": str(second.id)}, slug=call.slug)
    assert session.scalar(select(Application.organisation_id)) == second.id


def test_the_page_of_a_draft_says_how_far_it_is_and_what_happens_next(browser, draft, founder):
    browser.sign_in(founder)
    page = browser.get("programmes.application", id=draft.id)
    assert page.select_one(".lead .status").text == "Not sent yet"
    assert "Nothing is sent yet. Send the application before" in page.select_one(".lead").text
    assert "0 of 2 questions answered." in page.text
    assert "Kari Nes" in page.text


def test_a_complete_draft_is_sent_frozen_and_confirmed_by_mail(
    browser, session, make, complete, founder, company
):
    representative = make.colleague(company, "representative")
    make.colleague(company, "member")
    browser.sign_in(founder)

    browser.fill("programmes.send", {"confirm": "y"}, id=complete.id)

    year = datetime.now(UTC).year
    assert complete.state is ApplicationState.SUBMITTED
    assert complete.reference == f"APP-{year}-0001"
    revision = session.scalar(select(ApplicationRevision))
    assert revision.answers == {"short": "We make subtitles.", "number": "1200000"}
    plain = b'{"number":"1200000","short":"We make subtitles."}'
    assert revision.checksum == sha256(plain).hexdigest()
    assert (revision.number, revision.submitted_by_id) == (1, founder.id)
    subject = f"We received your application APP-{year}-0001 to “Accelerator, spring”"
    assert sorted(mails(session)) == sorted(
        [(founder.email, subject), (representative.email, subject)]
    )
    assert actions(session) == ["application.submitted"]


def test_the_page_of_a_sent_application_shows_what_was_sent_and_when_an_answer_comes(
    browser, complete, founder
):
    browser.sign_in(founder)
    browser.fill("programmes.send", {"confirm": "y"}, id=complete.id)
    page = browser.get("programmes.application", id=complete.id)
    assert page.select_one(".lead .status").text == "Received"
    assert "You hear from us by" in page.select_one(".lead").text
    assert complete.reference in page.text
    assert "1,200,000 NOK" in page.text
    browser.get("programmes.section", id=complete.id, position=1, expect=302)
    browser.get("programmes.send", id=complete.id, expect=302)


def test_a_draft_with_holes_says_which_and_is_not_sent(browser, session, draft, founder):
    browser.sign_in(founder)
    page = browser.get("programmes.send", id=draft.id)
    assert "2 answers still need you" in page.text
    assert [a["href"] for a in page.select("[aria-labelledby=missing] a")] == [
        f"/programmes/applications/{draft.id}/sections/1#answer_short",
        f"/programmes/applications/{draft.id}/sections/1#answer_number",
    ]
    page = browser.send("programmes.send", {"confirm": "y"}, id=draft.id, expect=409)
    assert "Some answers are still missing" in page.text
    assert draft.state is ApplicationState.DRAFT
    assert mails(session) == []


def test_sending_needs_the_confirmation(browser, complete, founder):
    browser.sign_in(founder)
    page = browser.fill("programmes.send", id=complete.id, expect=422)
    assert page.select_one("#confirm-error").text == "Confirm this, then send."
    assert complete.state is ApplicationState.DRAFT


def test_what_changed_since_it_was_read_is_not_sent_unread(
    browser, session, make, complete, founder
):
    browser.sign_in(founder)
    page = browser.get("programmes.send", id=complete.id)
    seen = page.select_one("input[name=seen]")["value"]
    answer = session.scalar(select(Answer).where(Answer.key == "short"))
    answer.value = "We make dubbing."
    session.commit()
    answers = {"confirm": "y", "seen": seen}
    page = browser.send("programmes.send", answers, id=complete.id, expect=422)
    assert "An answer was changed since you opened this page" in page.text
    assert "We make dubbing." in page.text
    fresh = page.select_one("input[name=seen]")["value"]
    browser.send("programmes.send", {"confirm": "y", "seen": fresh}, id=complete.id)
    assert complete.state is ApplicationState.SUBMITTED


def test_a_member_fills_in_and_a_representative_sends(browser, make, complete, company):
    browser.sign_in(make.colleague(company, "member"))
    page = browser.get("programmes.send", id=complete.id)
    assert "Ask one of them: Kari Nes." in page.text
    assert not page.select("main form")
    browser.send("programmes.send", {"confirm": "y"}, id=complete.id, expect=403)
    assert complete.state is ApplicationState.DRAFT


def test_sending_twice_sends_one_receipt(browser, session, complete, founder):
    browser.sign_in(founder)
    page = browser.get("programmes.send", id=complete.id)
    answers = {"confirm": "y", "seen": page.select_one("input[name=seen]")["value"]}
    browser.send("programmes.send", answers, id=complete.id)
    page = browser.send("programmes.send", answers, id=complete.id, expect=409)
    assert "It is “Received”." in page.text
    assert len(mails(session)) == 1


@pytest.mark.parametrize(("seconds", "sent"), [(-1, True), (0, False), (1, False)])
def test_the_deadline_is_exclusive_to_the_second(
    browser, at, make, complete, founder, seconds, sent
):
    deadline = days(3).replace(microsecond=0)
    complete.call.closes_at = deadline
    browser.sign_in(founder)
    page = browser.get("programmes.send", id=complete.id)
    answers = {"confirm": "y", "seen": page.select_one("input[name=seen]")["value"]}
    browser.sign_in(founder, now=deadline)
    at(deadline + timedelta(seconds=seconds))
    page = browser.send("programmes.send", answers, id=complete.id, expect=302 if sent else 409)
    assert (complete.state is ApplicationState.SUBMITTED) is sent
    if not sent:
        assert "What is sent after that is not taken." in page.text


@pytest.mark.parametrize(
    ("kind", "sees", "edits", "withdraws"),
    [
        ("administrator", 200, 200, 200),
        ("representative", 200, 200, 200),
        ("member", 200, 200, 403),
        ("programme staff", 200, 200, 403),
        ("other staff", 404, 404, 404),
        ("another organisation", 404, 404, 404),
        ("nobody's member", 404, 404, 404),
    ],
)
def test_who_sees_edits_and_withdraws_a_draft(
    browser, make, draft, company, kind, sees, edits, withdraws
):
    people = {
        "programme staff": lambda: make.staff("programmes"),
        "other staff": lambda: make.staff("events"),
        "another organisation": lambda: make.colleague(make.Organisation()),
        "nobody's member": make.Person,
    }
    browser.sign_in(people.get(kind, lambda: make.colleague(company, kind))())
    browser.get("programmes.application", id=draft.id, expect=sees)
    browser.get("programmes.section", id=draft.id, position=1, expect=edits)
    browser.get("programmes.send", id=draft.id, expect=edits)
    browser.get("programmes.withdraw", id=draft.id, expect=withdraws)


def test_strangers_are_asked_to_sign_in(browser, draft, call):
    browser.get("programmes.applications", expect=401)
    browser.get("programmes.application", id=draft.id, expect=401)
    browser.get("programmes.begin", slug=call.slug, expect=401)


def test_the_list_shows_the_applications_of_ones_own_organisations(
    browser, make, complete, founder
):
    make.Application(applicant_name="Somebody else")
    browser.sign_in(founder)
    page = browser.get("programmes.applications")
    [row] = page.select("tbody tr")
    assert "Accelerator, spring" in row.text
    assert "Not sent yet" in row.text
    assert "Somebody else" not in page.text


def test_an_empty_list_leads_to_the_open_calls(browser, make):
    browser.sign_in(make.Person())
    page = browser.get("programmes.applications")
    assert page.select("main a[href='/programmes']")


def test_pages_keep_their_budget_however_much_there_is(browser, make, complete, founder, company):
    version = make.questions(make.Call(), "short")
    assert version
    for _number in range(10):
        make.colleague(company, "member")
        make.Application(organisation=company, call=make.Call())
    browser.sign_in(founder)
    pages = [
        ("programmes.application", {"id": complete.id}),
        ("programmes.section", {"id": complete.id, "position": 1}),
        ("programmes.send", {"id": complete.id}),
        ("programmes.applications", {}),
        ("programmes.begin", {"slug": complete.call.slug}),
        ("programmes.withdraw", {"id": complete.id}),
    ]
    for endpoint, values in pages:
        with heard() as statements:
            browser.get(endpoint, **values)
        assert len(statements) <= 8, (endpoint, len(statements), statements)
    browser.fill("programmes.send", {"confirm": "y"}, id=complete.id)
    with heard() as statements:
        browser.get("programmes.application", id=complete.id)
    assert len(statements) <= 8, statements


def test_the_pages_read_in_norwegian(browser, complete, founder):
    browser.language = "nb"
    browser.sign_in(founder)
    page = browser.get("programmes.section", id=complete.id, position=1)
    assert page.select_one("h1").text == "Selskapet"
    browser.get("programmes.application", id=complete.id)
    browser.get("programmes.send", id=complete.id)
    browser.get("programmes.applications")
