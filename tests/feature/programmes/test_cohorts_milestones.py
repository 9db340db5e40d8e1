"""Milestones: planned and worked on by companies, judged by staff, missed by the calendar."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from portal.models import (
    AuditEvent,
    CohortState,
    Milestone,
    MilestoneState,
    ParticipationState,
)
from portal.programmes.jobs import milestones as jobs
from tests.factories.base import days
from tests.feature.programmes.told import actions, mails

M = MilestoneState


@pytest.fixture
def manager(make):
    return make.staff("programmes", name="Ingrid Vik")


@pytest.fixture
def place(make, company, founder, manager):
    cohort = make.Cohort(
        name_en="Spring cohort", held=1, state=CohortState.RUNNING, manager=manager
    )  # fmt: skip
    return make.Participation(
        cohort=cohort, organisation=company, state=ParticipationState.ACTIVE, responsible=founder
    )


@pytest.fixture
def milestone(make, place):
    return make.Milestone(participation=place, title="First customer abroad")


def test_a_company_plans_what_it_means_to_reach(browser, session, make, place, company, founder):
    member = make.colleague(company, "member", name="Jon Lie")
    browser.sign_in(member)
    page = browser.fill("programmes.plan_milestone", id=place.id, expect=422)
    assert "Write what you mean to reach." in page.text
    due = days(30).date()
    words = {"title": "Pilot with a broadcaster", "due_on": due.isoformat(),
             "owner_id": str(founder.id)}  # fmt: skip
    browser.fill("programmes.plan_milestone", words, id=place.id)
    made = session.scalar(select(Milestone))
    assert (made.title, made.due_on, made.original_due_on) == (words["title"], due, due)
    assert (made.state, made.owner_id) == (M.PLANNED, founder.id)
    assert actions(session) == ["milestone.planned"]


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"due_on": "2020-01-01"}, "due_on"),
        ({"due_on": "soon"}, "due_on"),
        ({"title": "x" * 161}, "title"),
        ({"owner_id": "0197b7e0-0000-7000-8000-000000000000"}, "owner_id"),
    ],
)
def test_what_cannot_be_planned_is_told_at_the_field(
    browser, session, place, founder, answers, field
):
    browser.sign_in(founder)
    words = {"title": "Pilot", "due_on": days(30).date().isoformat()} | answers
    page = browser.fill("programmes.plan_milestone", words, id=place.id, expect=422)
    assert page.select_one(f"#{field}-error")
    assert session.scalars(select(Milestone)).all() == []


def test_when_the_day_moves_the_first_one_is_remembered(browser, milestone, founder):
    first, later = milestone.due_on, milestone.due_on + timedelta(days=14)
    browser.sign_in(founder)
    browser.fill("programmes.edit_milestone", {"due_on": later.isoformat()}, id=milestone.id)
    assert (milestone.due_on, milestone.original_due_on) == (later, first)
    page = browser.get("programmes.milestone", id=milestone.id)
    assert "first planned for" in page.text


def test_of_two_who_edit_at_once_the_second_sees_both(browser, session, milestone, founder):
    browser.sign_in(founder)
    page = browser.get("programmes.edit_milestone", id=milestone.id)
    version = page.select_one("input[name=edited_version]")["value"]
    browser.fill("programmes.edit_milestone", {"title": "Theirs"}, id=milestone.id)
    answers = {
        "title": "Mine", "due_on": milestone.due_on.isoformat(), "owner_id": "",
        "edited_version": version,
    }  # fmt: skip
    page = browser.send("programmes.edit_milestone", answers, id=milestone.id, expect=409)
    assert [each.text.split()[-1] for each in page.select(".theirs p")] == ["Theirs"]
    assert page.select_one("#title")["value"] == "Mine"
    assert milestone.title == "Theirs"


def test_a_milestone_goes_from_planned_to_achieved(browser, session, milestone, founder, manager):
    browser.sign_in(founder)
    browser.press("programmes.milestone", "Start", id=milestone.id)
    assert milestone.state is M.IN_PROGRESS
    browser.fill("programmes.hand_in", id=milestone.id, expect=422)
    assert milestone.state is M.IN_PROGRESS
    browser.fill("programmes.hand_in", {"evidence": "A signed contract."}, id=milestone.id)
    assert milestone.state is M.SUBMITTED
    browser.get("programmes.judge_milestone", id=milestone.id, expect=403)
    page = browser.get("programmes.edit_milestone", id=milestone.id)
    version = page.select_one("input[name=edited_version]")["value"]
    answers = {
        "title": "Changed", "due_on": milestone.due_on.isoformat(), "owner_id": "",
        "edited_version": version,
    }  # fmt: skip
    browser.send("programmes.edit_milestone", answers, id=milestone.id, expect=409)

    browser.sign_in(manager)
    assert "Read Nordlys Graphics’s milestone" in browser.get("site.desk").text
    page = browser.get("programmes.judge_milestone", id=milestone.id)
    assert "A signed contract." in page.text
    answers = {"verdict": "more", "note": " "}
    browser.fill("programmes.judge_milestone", answers, id=milestone.id, expect=422)
    answers = {"verdict": "more", "note": "With whom?"}
    browser.fill("programmes.judge_milestone", answers, id=milestone.id)
    assert (milestone.state, milestone.note) == (M.IN_PROGRESS, "With whom?")

    browser.sign_in(founder)
    page = browser.get("programmes.hand_in", id=milestone.id)
    assert page.select_one("#evidence").text.strip() == "A signed contract."
    browser.fill("programmes.hand_in", {"evidence": "With Yle."}, id=milestone.id)
    browser.sign_in(manager)
    browser.fill("programmes.judge_milestone", {"verdict": "achieved"}, id=milestone.id)
    assert (milestone.state, milestone.assessed_by_id) == (M.ACHIEVED, manager.id)
    assert actions(session) == [
        "milestone.started", "milestone.handed_in", "milestone.returned", "milestone.handed_in",
        "milestone.achieved",
    ]  # fmt: skip
    assert [subject for _address, subject in mails(session)] == [
        "Nordlys Graphics handed in “First customer abroad”",
        "We ask for more: “First customer abroad”",
        "Nordlys Graphics handed in “First customer abroad”",
        "Achieved: “First customer abroad”",
    ]
    browser.send("programmes.judge_milestone", {"verdict": "achieved"}, id=milestone.id, expect=409)


def test_staff_help_to_hand_in_and_the_timeline_says_for_whom(
    browser, session, milestone, company, manager
):
    browser.sign_in(manager)
    browser.fill("programmes.hand_in", {"evidence": "Told by phone."}, id=milestone.id)
    [event] = session.scalars(select(AuditEvent)).all()
    assert event.on_behalf_of_id == company.id


def test_others_neither_see_nor_move_a_milestone(browser, make, milestone):
    browser.sign_in(make.colleague(make.Organisation(), "administrator"))
    for endpoint in ("milestone", "edit_milestone", "hand_in", "judge_milestone", "drop_milestone"):
        browser.get(f"programmes.{endpoint}", id=milestone.id, expect=404)
    browser.send("programmes.move_milestone", id=milestone.id, move="start", expect=404)
    assert milestone.state is M.PLANNED


def test_a_company_neither_judges_nor_drops_nor_reopens_its_own(browser, milestone, founder):
    milestone.state = M.MISSED
    browser.sign_in(founder)
    browser.get("programmes.drop_milestone", id=milestone.id, expect=403)
    browser.send("programmes.move_milestone", id=milestone.id, move="reopen", expect=403)
    assert milestone.state is M.MISSED


def test_staff_drop_a_milestone_with_a_reason_and_open_a_missed_one_again(
    browser, session, make, place, milestone, manager
):
    missed = make.Milestone(participation=place, state=M.MISSED)
    browser.sign_in(manager)
    browser.fill("programmes.drop_milestone", {"reason": "The market is gone."}, id=milestone.id)
    assert (milestone.state, milestone.note) == (M.DROPPED, "The market is gone.")
    browser.press("programmes.milestone", "Open again", id=missed.id)
    assert missed.state is M.IN_PROGRESS


def test_nothing_moves_once_the_company_has_left(browser, milestone, place, founder):
    place.state, place.left_on = ParticipationState.LEFT_EARLY, date(2026, 1, 1)
    browser.sign_in(founder)
    page = browser.get("programmes.milestone", id=milestone.id)
    assert not page.select("main form")
    browser.send("programmes.move_milestone", id=milestone.id, move="start", expect=409)
    browser.send("programmes.hand_in", {"evidence": "Late."}, id=milestone.id, expect=409)
    words = {"title": "More", "due_on": days(30).date().isoformat(), "owner_id": ""}
    browser.send("programmes.plan_milestone", words, id=place.id, expect=409)
    assert (milestone.state, milestone.evidence) == (M.PLANNED, "")


DUE = date(2026, 3, 2)


@pytest.mark.parametrize(("day", "state"), [(9, M.PLANNED), (10, M.MISSED)])
def test_what_nobody_handed_in_is_missed_a_week_after_its_day(
    app, session, milestone, founder, at, day, state
):
    milestone.due_on = DUE
    session.commit()
    at(datetime(2026, 3, day, 6, tzinfo=UTC))
    for _ in range(2):
        with app.app_context():
            jobs.miss()
    assert milestone.state is state
    told = [(founder.email, "Missed: “First customer abroad”")] if state is M.MISSED else []
    assert mails(session) == told


@pytest.mark.parametrize("state", [ParticipationState.LEFT_EARLY, ParticipationState.GRADUATED])
def test_who_has_left_misses_nothing_more(app, session, milestone, place, at, state):
    milestone.due_on = DUE
    place.state, place.left_on = state, DUE
    session.commit()
    at(datetime(2026, 4, 1, 6, tzinfo=UTC))
    with app.app_context():
        jobs.miss()
        jobs.remind()
    assert milestone.state is M.PLANNED
    assert mails(session) == []


@pytest.mark.parametrize(
    ("now", "letters"),
    [
        (datetime(2026, 2, 22, 23, tzinfo=UTC), 0),
        (datetime(2026, 2, 23, 1, tzinfo=UTC), 1),
        (datetime(2026, 3, 2, 12, tzinfo=UTC), 1),
        (datetime(2026, 3, 3, 1, tzinfo=UTC), 0),
    ],
)
def test_a_reminder_comes_once_in_the_week_before_the_day(
    app, session, make, milestone, place, company, founder, at, now, letters
):
    owner = make.colleague(company, "member", name="Jon Lie", email="jon@example.org")
    milestone.due_on, milestone.owner = DUE, owner
    milestone.created_at = datetime(2026, 1, 1, tzinfo=UTC)
    session.commit()
    at(now)
    for _ in range(2):
        with app.app_context():
            jobs.remind()
    subject = "“First customer abroad” is due on 2 March 2026"
    assert mails(session) == [(founder.email, subject), (owner.email, subject)] * letters


def test_milestones_whose_day_comes_stand_on_the_companys_desk(
    browser, session, make, place, milestone, founder
):
    milestone.due_on = days(3).date()
    browser.sign_in(founder)
    page = browser.get("site.desk")
    assert page.select(f"a[href='/programmes/milestones/{milestone.id}']")
