"""Becoming a member, as applicants live it."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from portal.core import clock
from portal.models import (
    Affiliation,
    AuditEvent,
    ConsentEvent,
    JoiningMessage,
    JoiningState,
    MembershipApplication,
    SizeClass,
    VatCode,
)
from tests.feature.members.conftest import FACTS
from tests.support.browser import filled_in


def only(session):
    session.rollback()
    return session.scalars(select(MembershipApplication)).one()


def test_a_founder_applies_from_the_page_with_prices(
    browser, session, firm, founder, tier, staff, letters
):
    browser.sign_in(founder)
    page = browser.get("members.join")
    assert "NOK 12,000" in page.main.text
    [apply] = [a for a in page.select("main a.btn") if a.text.startswith("Apply")]
    page = browser.open("GET", apply["href"])
    assert page.select_one("input[name=tier][checked]")["value"] == "gold"
    browser.fill("members.begin_joining", {"tier": "gold", "organisation": str(firm.id)})
    row = only(session)
    assert (row.state, row.reference) == (JoiningState.DRAFT, None)
    answers = {"why": "We make robots.", "billing_email": "Accounts@Nordlys.example"}
    browser.fill("members.edit_joining", answers, id=row.id)
    page = browser.get("members.send_joining", id=row.id)
    assert "NOK 12,000 a year, excluding VAT (25 % VAT)" in page.main.text
    browser.fill("members.send_joining", {"accepts": ""}, id=row.id, expect=422)
    browser.fill("members.send_joining", {"accepts": "y"}, id=row.id)
    row, year = only(session), clock.now().year
    assert (row.state, row.reference) == (JoiningState.SUBMITTED, f"JOIN-{year}-0001")
    assert (row.size, row.price_ore, row.vat_code) == (
        SizeClass.MICRO, 1_200_000, VatCode.STANDARD
    )  # fmt: skip
    assert (row.answers, row.form_version) == ({"why": "We make robots."}, 1)
    assert row.billing_email == "accounts@nordlys.example"
    assert row.promised_at - row.submitted_at == timedelta(days=14)
    kept = session.scalars(select(ConsentEvent.revision_id)).all()
    assert kept == [row.terms_revision_id]
    subjects = [letter.subject for letter in letters("kari@nordlys.example")]
    assert subjects == [f"We have your application for membership (JOIN-{year}-0001)"]
    assert [letter.subject for letter in letters(staff.email)] == ["Nordlys applies for membership"]


def test_who_has_no_organisation_is_led_to_register_one_and_back(browser, make, tier):
    browser.sign_in(make.Person())
    page = browser.get("members.begin_joining", tier="gold")
    [way] = page.select("main a.btn-primary")
    assert way["href"] == "/organisations/new?next=/join/apply?tier%3Dgold"
    browser.send("members.begin_joining", {"tier": "gold", "organisation": "x"}, expect=422)


def test_a_founder_registers_the_organisation_and_goes_on_where_they_were(browser, make, tier):
    browser.sign_in(make.Person())
    [way] = browser.get("members.begin_joining", tier="gold").select("main a.btn-primary")
    page = browser.open("GET", way["href"])
    data = filled_in(page.select_one("main form[method=post]")) | {"number_kind": "none"}
    browser.open("POST", way["href"], data=data, expect=302)
    details = browser.response.location
    page = browser.open("GET", details)
    data = filled_in(page.select_one("main form[method=post]")) | FACTS
    browser.open("POST", details, data=data, expect=302)
    assert browser.response.location == "/join/apply?tier=gold"
    page = browser.open("GET", "/join/apply?tier=gold")
    assert "Nordlys Robotics" in page.select_one("select[name=organisation]").text


def test_strangers_sign_in_first_and_come_back(browser, tier):
    browser.get("members.begin_joining", tier="gold", expect=401)


def test_whoever_is_not_proven_or_may_not_bind_cannot_begin(browser, make, firm, tier, session):
    for person in (
        make.Person(verified_at=None),
        make.colleague(firm, "member"),
    ):
        browser.sign_in(person)
        browser.get("members.begin_joining")
        answers = {"tier": "gold", "organisation": str(firm.id)}
        browser.send("members.begin_joining", answers, expect=422)
    assert not session.scalar(select(func.count(MembershipApplication.id)))


def test_an_organisation_has_one_application_going(browser, session, firm, founder, tier, make):
    browser.sign_in(founder)
    answers = {"tier": "gold", "organisation": str(firm.id)}
    browser.send("members.begin_joining", answers)
    browser.send("members.begin_joining", answers, expect=422)
    assert "has an application going" in browser.get("members.begin_joining").main.text
    make.colleague(firm, "representative", email="second@nordlys.example")
    assert only(session).organisation_id == firm.id


def test_a_member_does_not_apply_again_and_who_lapsed_does(browser, make, firm, founder, tier):
    membership = make.Membership(organisation=firm)
    period = make.MembershipPeriod(membership=membership, tier=tier)
    browser.sign_in(founder)
    answers = {"tier": "gold", "organisation": str(firm.id)}
    assert "is a member already" in browser.get("members.begin_joining").main.text
    browser.send("members.begin_joining", answers, expect=422)
    period.year_from_on = period.from_on = date(2020, 1, 1)
    period.to_on = date(2021, 1, 1)
    browser.send("members.begin_joining", answers)


def test_what_is_missing_is_said_before_it_can_be_sent(browser, make, firm, founder, tier, session):
    row = make.MembershipApplication(organisation=firm, applicant=founder, tier=tier, answers={})
    browser.sign_in(founder)
    page = browser.get("members.send_joining", id=row.id)
    assert "Tell us why you would like to join." in page.main.text
    page = browser.send("members.send_joining", {"accepts": "y"}, id=row.id, expect=409)
    assert "Tell us why you would like to join." in page.main.text
    assert only(session).state is JoiningState.DRAFT


def test_state_price_and_size_never_come_from_the_form(browser, make, firm, founder, tier, session):
    row = make.MembershipApplication(organisation=firm, applicant=founder, tier=tier)
    browser.sign_in(founder)
    forged = {
        "state": "approved", "price_ore": "1", "size": "large", "promised_at": "2001-01-01",
        "handler_id": str(founder.id), "reference": "X", "organisation_id": str(make.Person().id),
        "tier": str(tier.id), "why": "Robots", "edited_version": str(row.version),
    }  # fmt: skip
    browser.send("members.edit_joining", forged, id=row.id)
    kept = only(session)
    assert (kept.state, kept.price_ore, kept.size) == (JoiningState.DRAFT, None, None)
    assert (kept.handler_id, kept.reference, kept.organisation_id) == (None, None, firm.id)
    browser.send("members.send_joining", forged | {"accepts": "y"}, id=row.id)
    kept = only(session)
    assert (kept.state, kept.price_ore, kept.size) == (
        JoiningState.SUBMITTED, 1_200_000, SizeClass.MICRO
    )  # fmt: skip


def test_two_who_write_one_draft_lose_nothing(browser, make, firm, founder, tier, session):
    row = make.MembershipApplication(organisation=firm, applicant=founder, tier=tier)
    browser.sign_in(founder)
    first = {"tier": str(tier.id), "why": "Mine", "edited_version": str(row.version)}
    browser.send("members.edit_joining", first, id=row.id)
    page = browser.send("members.edit_joining", first | {"why": "Ours"}, id=row.id, expect=409)
    assert "Mine" in page.main.text
    assert only(session).answers == {"why": "Mine"}


def test_the_page_tells_place_promise_and_handler(browser, make, sent, founder, staff, tier):
    make.MembershipApplication(tier=tier, sent=True, promised_at=make.days(3))
    make.MembershipApplication(tier=tier, sent=True, promised_at=make.days(20))
    sent.promised_at = make.days(10)
    promised = sent.promised_at.astimezone(ZoneInfo("Europe/Oslo"))
    browser.sign_in(founder)
    page = browser.get("members.joining", id=sent.id)
    assert "2 of 3" in page.main.text
    assert f"{promised.day} {promised:%B %Y}" in page.main.text
    assert "Nobody yet" in page.main.text
    assert page.select_one(".steps [aria-current]").text == "We look at it"
    sent.handler = staff
    page = browser.get("members.joining", id=sent.id)
    assert "Tone Handler" in page.main.text
    [row] = browser.get("members.joinings").select(".rows > li")
    assert "Nordlys" in row.text


def test_an_answer_brings_it_back_to_us(browser, session, asked, founder, staff, letters):
    asked.promised_at = clock.now()
    browser.sign_in(founder)
    page = browser.get("members.joining", id=asked.id)
    assert "We need an answer from you by" in page.main.text
    browser.fill("members.answer_joining", {"text": ""}, id=asked.id, expect=422)
    browser.fill("members.answer_joining", {"text": "Five."}, id=asked.id)
    row = only(session)
    assert (row.state, row.answer_by) == (JoiningState.SUBMITTED, None)
    assert timedelta(days=13) < row.promised_at - clock.now() <= timedelta(days=14)
    said = session.scalars(select(JoiningMessage.text).order_by(JoiningMessage.at)).all()
    assert "Five." in said
    assert [letter.subject for letter in letters(staff.email)] == ["Nordlys has answered"]
    browser.send("members.answer_joining", {"text": "Again"}, id=asked.id, expect=409)


@pytest.mark.parametrize("state", ["draft", "submitted", "asked", "deferred"])
def test_whoever_applied_may_withdraw(browser, session, make, sent, founder, staff, state, letters):
    if state == "draft":
        session.delete(sent)
        session.flush()
        sent = make.MembershipApplication(
            organisation=sent.organisation, applicant=founder, tier=sent.tier
        )
    sent.state = JoiningState.of(state)
    sent.answer_by = make.days(9) if state == "asked" else None
    sent.deferred_until = make.days(9).date() if state == "deferred" else None
    browser.sign_in(founder)
    sent.handler = None if state == "draft" else staff
    browser.fill("members.withdraw_joining", {"reason": "Later"}, id=sent.id)
    told = [letter.subject for letter in letters(staff.email)]
    assert told == ([] if state == "draft" else ["Nordlys has withdrawn its application"])
    row = only(session)
    assert (row.state, row.reason) == (JoiningState.WITHDRAWN, "Later")
    assert (row.decided_by_id, row.answer_by, row.deferred_until) == (founder.id, None, None)
    assert len(letters("kari@nordlys.example")) == (0 if state == "draft" else 1)
    browser.send("members.withdraw_joining", id=sent.id, expect=409)
    last = select(AuditEvent.action).order_by(AuditEvent.seq.desc()).limit(1)
    assert session.scalar(last) == "joining.withdrawn"


def test_the_application_of_another_organisation_is_not_there(browser, make, sent, firm):
    strangers = make.colleague(make.Organisation(), "administrator"), make.colleague(firm, "member")
    for person in strangers:
        browser.sign_in(person)
        for page in ("joining", "edit_joining", "send_joining", "answer_joining"):
            browser.get(f"members.{page}", id=sent.id, expect=404)
        browser.send("members.withdraw_joining", id=sent.id, expect=404)
        browser.get("members.handle_joining", id=sent.id, expect=404)


def test_whoever_stops_representing_the_organisation_loses_its_application(
    browser, session, sent, founder, make
):

    browser.sign_in(founder)
    browser.get("members.joining", id=sent.id)
    row = session.scalars(select(Affiliation).where(Affiliation.person_id == founder.id)).one()
    row.ends_at = clock.now()
    browser.get("members.joining", id=sent.id, expect=404)


def test_a_kind_with_fewer_places_than_people_is_not_applied_for(
    browser, session, make, firm, founder, tier
):
    tier.seats = 2
    for _ in range(2):
        make.colleague(firm, "member")
    answers = {"why": "So.", "form_version": 1}
    row = make.MembershipApplication(
        organisation=firm,
        applicant=founder,
        tier=tier,
        answers=answers,
        billing_email="a@b.example",
    )
    session.commit()
    browser.sign_in(founder)
    page = browser.fill("members.send_joining", {"accepts": "y"}, id=row.id, expect=422)
    assert "for 2 people, and 3 belong" in page.main.text
    assert only(session).state is JoiningState.DRAFT
