"""Companies in their cohorts: who is in it, who is responsible, going on and leaving."""

import pytest
from sqlalchemy import select

from portal.models import (
    AuditEvent,
    Cohort,
    CohortState,
    MilestoneState,
    Participation,
    ParticipationState,
)
from tests.factories.base import days
from tests.feature.programmes.told import actions, adds_up, mails
from tests.support.statements import heard


@pytest.fixture
def manager(make):
    return make.staff("programmes", name="Ingrid Vik")


@pytest.fixture
def cohort(make, manager):
    return make.Cohort(
        name_en="Spring cohort", capacity=4, held=1, state=CohortState.RUNNING, manager=manager,
        starts_on=days(-60).date(),
    )  # fmt: skip


@pytest.fixture
def place(make, cohort, company, founder):
    return make.Participation(
        cohort=cohort, organisation=company, state=ParticipationState.ACTIVE
    )  # fmt: skip


def test_staff_see_every_company_its_milestones_and_who_is_responsible(
    browser, make, cohort, place, founder, manager
):
    other = make.Organisation(display_name="Havbris Audio")
    make.Participation(cohort=cohort, organisation=other)
    make.Milestone(participation=place, title="First customer abroad")
    place.responsible = founder
    browser.sign_in(manager)
    page = browser.get("programmes.cohort", id=cohort.id)
    assert [each.text for each in page.select("article h3")] == [
        "Havbris Audio", "Nordlys Graphics",
    ]  # fmt: skip
    assert "First customer abroad" in page.text
    assert "Responsible: Kari Nes" in page.text
    assert "1 of 4" in page.text
    assert "Nobody waits for a place." in page.text


def test_a_company_sees_its_own_part_and_the_names_of_its_fellows(
    browser, make, cohort, place, founder, manager
):
    listed = make.Organisation(display_name="Havbris Audio", listed=True)
    hidden = make.Organisation(display_name="Quiet AS", listed=False)
    for organisation in (listed, hidden):
        other = make.Participation(cohort=cohort, organisation=organisation)
        make.Milestone(participation=other, title=f"The plan of {organisation.display_name}")
    browser.sign_in(founder)
    page = browser.get("programmes.cohort", id=cohort.id)
    assert [each.text for each in page.select("article h3")] == ["Nordlys Graphics"]
    assert "Havbris Audio" in page.text
    for word in ("The plan of", "Quiet AS", "Waiting list", "places held"):
        assert word not in page.text


def test_who_has_no_company_in_a_cohort_does_not_find_it(browser, make, cohort, place):
    browser.sign_in(make.colleague(make.Organisation(), "administrator"))
    browser.get("programmes.cohort", id=cohort.id, expect=404)
    browser.get("programmes.participation", id=place.id, expect=404)
    browser.get("programmes.name_responsible", id=place.id, expect=404)
    browser.get("programmes.leave_cohort", id=place.id, expect=404)


def test_a_cohort_costs_the_same_however_many_companies_are_in_it(
    browser, make, session, cohort, place, manager, founder
):
    id, counts = cohort.id, []
    for _round in range(2):
        for _number in range(5):
            make.Milestone(participation=make.Participation(cohort=cohort))
        session.commit()
        row = []
        for person in (manager, founder):
            browser.sign_in(person)
            with heard() as statements:
                browser.get("programmes.cohort", id=id)
            row.append(len(statements))
        counts.append(row)
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 8


def test_the_company_names_who_is_responsible_and_that_person_hears_of_it(
    browser, session, make, place, company, founder
):
    partner = make.colleague(company, "member", name="Jon Lie")
    stranger = make.colleague(make.Organisation(), "member")
    browser.sign_in(founder)
    answers = {"responsible_id": str(stranger.id)}
    browser.fill("programmes.name_responsible", answers, id=place.id, expect=422)
    assert place.responsible_id is None
    browser.fill("programmes.name_responsible", {"responsible_id": str(partner.id)}, id=place.id)
    assert place.responsible_id == partner.id
    assert mails(session) == [
        (partner.email, "You are responsible for Nordlys Graphics in “Spring cohort”")
    ]
    [event] = session.scalars(select(AuditEvent)).all()
    assert (event.action, event.on_behalf_of_id) == ("participation.responsible", None)


def test_staff_may_name_somebody_for_the_company_and_the_timeline_says_so(
    browser, session, place, company, founder, manager
):
    browser.sign_in(manager)
    browser.fill("programmes.name_responsible", {"responsible_id": str(founder.id)}, id=place.id)
    [event] = session.scalars(select(AuditEvent)).all()
    assert event.on_behalf_of_id == company.id
    page = browser.get("programmes.participation", id=place.id)
    assert "for Nordlys Graphics" in page.select_one(".timeline").text


def test_a_company_begins_pauses_goes_on_and_graduates(
    browser, session, make, cohort, place, manager
):
    place.state = ParticipationState.ONBOARDING
    browser.sign_in(manager)
    for label, state in (
        ("Begin", "active"), ("Pause", "paused"), ("Go on", "active"), ("Graduate", "graduated"),
    ):  # fmt: skip
        browser.press("programmes.participation", label, id=place.id)
        assert place.state.value == state
    assert place.left_on is not None
    assert session.scalar(select(Cohort.held)) == 1, "a graduate has used its place"
    assert adds_up(browser)
    assert actions(session) == [
        "participation.began", "participation.paused", "participation.resumed",
        "participation.graduated",
    ]  # fmt: skip


def test_nobody_graduates_with_milestones_open(browser, make, place, manager):
    make.Milestone(participation=place, state=MilestoneState.IN_PROGRESS)
    browser.sign_in(manager)
    answers = {"id": place.id, "move": "graduate"}
    page = browser.send("programmes.move_participation", expect=409, **answers)
    assert "Settle every milestone first" in page.text
    assert place.state is ParticipationState.ACTIVE


def test_a_company_does_not_move_itself_on(browser, place, founder):
    browser.sign_in(founder)
    browser.send("programmes.move_participation", id=place.id, move="pause", expect=403)
    browser.get("programmes.end_participation", id=place.id, expect=403)
    assert place.state is ParticipationState.ACTIVE


def test_a_company_that_leaves_frees_its_place_once(browser, session, place, founder, manager):
    browser.sign_in(founder)
    browser.fill("programmes.leave_cohort", id=place.id, expect=422)
    browser.fill("programmes.leave_cohort", {"reason": "We move to Oslo."}, id=place.id)
    assert (place.state, place.reason) == (ParticipationState.LEFT_EARLY, "We move to Oslo.")
    assert session.scalar(select(Cohort.held)) == 0
    assert adds_up(browser)
    assert mails(session) == [(manager.email, "Nordlys Graphics has left “Spring cohort”")]
    browser.send("programmes.leave_cohort", {"reason": "Again."}, id=place.id, expect=409)
    assert session.scalar(select(Cohort.held)) == 0


def test_a_member_does_not_take_the_company_out(browser, make, place, company):
    browser.sign_in(make.colleague(company, "member"))
    browser.get("programmes.leave_cohort", id=place.id, expect=403)
    browser.send("programmes.leave_cohort", {"reason": "x"}, id=place.id, expect=403)


def test_staff_end_a_participation_and_tell_the_company_why(
    browser, session, place, founder, manager
):
    browser.sign_in(manager)
    browser.fill("programmes.end_participation", {"reason": "No reports."}, id=place.id)
    assert place.state is ParticipationState.TERMINATED
    assert session.scalar(select(Cohort.held)) == 0
    subject = "Nordlys Graphics’s part in “Spring cohort” has ended"
    assert mails(session) == [(founder.email, subject)]
    browser.sign_in(founder)
    page = browser.get("programmes.participation", id=place.id)
    assert "No reports." in page.text
    assert "Plan a milestone" not in page.text


def test_staff_take_a_company_in_without_an_application(browser, session, make, cohort, manager):
    company = make.Organisation(display_name="Ravn Interactive")
    head = make.colleague(company, "administrator")
    browser.sign_in(manager)
    page = browser.fill(
        "programmes.admit", {"organisation": "Nobody AS", "reason": "x"}, id=cohort.id, expect=422
    )
    assert page.select_one("#organisation-error")
    answers = {"organisation": "ravn interactive", "reason": "Moved from the autumn cohort."}
    browser.fill("programmes.admit", answers, id=cohort.id)
    made = session.scalar(select(Participation))
    assert (made.organisation_id, made.application_id) == (company.id, None)
    assert made.reason == "Moved from the autumn cohort."
    assert session.scalar(select(Cohort.held)) == 2
    assert mails(session) == [(head.email, "Welcome to “Spring cohort”")]
    page = browser.fill("programmes.admit", answers, id=cohort.id, expect=422)
    assert "in the cohort already" in page.text
    assert session.scalar(select(Cohort.held)) == 2


def test_nobody_is_taken_into_a_full_cohort(browser, session, make, cohort, manager):
    cohort.held = 4
    make.Organisation(display_name="Ravn Interactive")
    browser.sign_in(manager)
    answers = {"organisation": "Ravn Interactive", "reason": "Late."}
    page = browser.fill("programmes.admit", answers, id=cohort.id, expect=409)
    assert "Every place in this cohort is held." in page.text
    assert session.scalars(select(Participation)).all() == []


def test_a_running_cohort_is_drawn_beside_the_desk_of_its_team(
    browser, make, cohort, place, manager
):
    make.Milestone(
        participation=place, state=MilestoneState.ACHIEVED, assessed_at=days(-1)
    )  # fmt: skip
    browser.sign_in(manager)
    page = browser.get("site.desk")
    assert "1 of 4" in page.select_one(".stat").text
    assert len(page.select(".chart tbody tr")) == 6
    assert sum(int(cell.text) for cell in page.select(".chart td")) == 1


def test_a_company_sees_on_its_desk_how_far_it_is(browser, make, place, founder):
    for state in (MilestoneState.PLANNED, MilestoneState.DROPPED, MilestoneState.IN_PROGRESS):
        make.Milestone(participation=place, state=state)
    browser.sign_in(founder)
    assert "0 of 2" in browser.get("site.desk").select_one(".stat").text
