"""The waiting list: who is offered a place that has become free, and who is not."""

from sqlalchemy import select

from portal.models import (
    ApplicationState,
    AuditEvent,
    Cohort,
    Offer,
)
from tests.feature.programmes.told import actions, adds_up, mails


def waiting(make, call, name, rank):
    organisation = make.Organisation(display_name=name)
    make.colleague(organisation, "representative", email=f"{name.casefold()}@example.org")
    return make.Application(
        call=call, organisation=organisation, sent=True, state=ApplicationState.WAITLISTED,
        waiting_rank=rank,
    )  # fmt: skip


def test_a_free_place_is_offered_to_the_next_when_staff_say_so(
    browser, session, make, call, agreement, team
):
    first, second = waiting(make, call, "Aurora", 1), waiting(make, call, "Brim", 2)
    browser.sign_in(team)
    page = browser.get("programmes.cohort", id=call.cohort_id)
    assert [row.text for row in page.select("#waiting + .panel li div > a")] == [
        "1. Aurora", "2. Brim",
    ]  # fmt: skip
    assert "A place is free" in page.text
    assert "is the next on the waiting list" in browser.get("programmes.promote", id=first.id).text
    browser.fill("programmes.promote", id=first.id)

    assert (first.state, first.waiting_rank) == (ApplicationState.OFFERED, None)
    assert (second.state, second.waiting_rank) == (ApplicationState.WAITLISTED, 2)
    assert session.scalar(select(Offer.application_id)) == first.id
    assert session.scalar(select(Cohort.held)) == 1
    assert adds_up(browser)
    assert actions(session) == ["application.offered"]
    assert mails(session) == [
        ("aurora@example.org", "You are offered a place: “Accelerator, spring”")
    ]


def test_passing_over_the_next_takes_a_reason_that_stays_with_the_team(
    browser, session, make, call, agreement, team
):
    waiting(make, call, "Aurora", 1)
    second = waiting(make, call, "Brim", 2)
    browser.sign_in(team)
    page = browser.fill("programmes.promote", id=second.id, expect=422)
    assert "Write why you pass them over." in page.text
    assert second.state is ApplicationState.WAITLISTED
    browser.fill("programmes.promote", {"reason": "Aurora is on leave."}, id=second.id)
    assert second.state is ApplicationState.OFFERED
    events = session.execute(select(AuditEvent.action, AuditEvent.internal, AuditEvent.note))
    assert [tuple(event) for event in events] == [
        ("application.offered", False, ""),
        ("application.out_of_turn", True, "Aurora is on leave."),
    ]


def test_nobody_is_promoted_into_a_full_cohort(browser, session, make, call, agreement, team):
    call.cohort.held = 3
    first = waiting(make, call, "Aurora", 1)
    browser.sign_in(team)
    page = browser.fill("programmes.promote", id=first.id, expect=409)
    assert "Every place in this cohort is held." in page.text
    assert (first.state, first.waiting_rank) == (ApplicationState.WAITLISTED, 1)
    assert mails(session) == []


def test_somebody_is_taken_off_the_waiting_list_and_told_why(browser, session, make, call, team):
    first = waiting(make, call, "Aurora", 1)
    browser.sign_in(team)
    browser.fill("programmes.release", id=first.id, expect=422)
    browser.fill("programmes.release", {"message": "The cohort is full."}, id=first.id)
    assert (first.state, first.waiting_rank) == (ApplicationState.UNSUCCESSFUL, None)
    assert first.closed_reason == "The cohort is full."
    [(address, _subject)] = mails(session)
    assert address == "aurora@example.org"
    browser.get("programmes.promote", id=first.id)
    browser.send("programmes.promote", {"reason": "x"}, id=first.id, expect=409)
    browser.send("programmes.release", {"message": "x"}, id=first.id, expect=409)
