"""Applications in every state after they were sent, offers, places taken, milestones."""

from typing import Any

from portal.models import (
    ApplicationState,
    DecisionState,
    EligibilityCheck,
    MilestoneState,
    Outcome,
    ParticipationState,
)
from tests import factories
from tests.architecture.world.placing import flush, put
from tests.factories.base import days
from tests.factories.members import LONG_AGO


def make(everybody: dict[str, Any], own: dict[str, Any], made: dict[str, Any]) -> dict[str, Any]:
    """Make the organisation's applications, each to a call of its own; return it all by name."""
    maker = Maker(everybody, own["own_row"], made["planned"])
    sent = maker.application("sent", ApplicationState.SUBMITTED)
    checked = maker.application("checked", ApplicationState.SUBMITTED, checked=True)
    review = maker.application("review", ApplicationState.IN_REVIEW, checked=True)
    prepared, first = maker.decided("prepared", DecisionState.DRAFT, by="deputy")
    _worded, second = maker.decided("worded", DecisionState.DRAFT, by="programmes")
    approved, third = maker.decided("approved", DecisionState.APPROVED, by="deputy")
    offered = maker.application("offered", ApplicationState.OFFERED)
    offer = factories.Offer(
        application=offered, cohort=made["planned"], agreement=made["agreement"]
    )
    made["planned"].held = 1
    waiting = maker.application("waiting", ApplicationState.WAITLISTED, waiting_rank=1)
    applications = {
        "sent": sent, "checked": checked, "review": review, "prepared": prepared,
        "approved": approved, "offered": offered, "waiting": waiting,
    }  # fmt: skip
    calls = {f"{name}_call": row.call for name, row in applications.items()}
    flush()
    return {
        **applications, **calls, "offer": offer, "prepared_decision": first,
        "programmes_decision": second, "approved_decision": third,
        "planned_version": str(made["planned"].version),
    } | taking_part(maker, made["running"])  # fmt: skip


class Maker:
    """Makes applications of one organisation, each to a call that has closed."""

    def __init__(self, everybody: dict[str, Any], organisation: Any, cohort: Any) -> None:
        self.everybody, self.organisation, self.cohort = everybody, organisation, cohort
        self.number = 0

    def application(self, slug: str, state: Any, *, checked: bool = False, **more: Any) -> Any:
        """Make an application that was sent, as it was sent, perhaps with its checklist."""
        self.number += 1
        call = factories.Call(
            slug=slug, closed=True, cohort=self.cohort, contact=self.everybody["programmes"]
        )
        form = factories.questions(call, "short", "long")
        term = factories.Criterion(call_id=call.id, position=1)
        row = factories.Application(
            call=call, organisation=self.organisation, state=state, submitted_at=days(-2),
            reference=f"2026-{self.number:04}", **more,
        )  # fmt: skip
        factories.ApplicationRevision(
            application_id=row.id, form_version_id=form.id,
            answers={"short": "«Subtitles.»", "long": "«For all.»"},
            submitted_by_id=self.everybody["representative"].id,
        )  # fmt: skip
        if checked:
            checked_by = self.everybody["programmes"].id
            put(
                EligibilityCheck(
                    application_id=row.id, criterion_id=term.id, met=True,
                    checked_by_id=checked_by, checked_at=days(-1),
                )
            )  # fmt: skip
        return row

    def decided(self, slug: str, state: Any, *, by: str) -> tuple[Any, Any]:
        """Make an application with a decision that the applicant has not heard of."""
        row = self.application(slug, ApplicationState.IN_REVIEW, checked=True)
        approved = state is DecisionState.APPROVED
        decision = factories.ApplicationDecision(
            application=row, state=state, outcome=Outcome.WAITLIST,
            prepared_by=self.everybody[by],
            approved_by_id=self.everybody["events"].id if approved else None,
            approved_at=LONG_AGO if approved else None,
        )  # fmt: skip
        return row, decision


def taking_part(maker: Maker, cohort: Any) -> dict[str, Any]:
    """Make the organisation's place in a running cohort, with milestones in every state."""
    row = factories.Participation(
        cohort=cohort, organisation=maker.organisation, state=ParticipationState.ACTIVE,
        responsible_id=maker.everybody["member"].id,
    )  # fmt: skip
    cohort.held = 1
    made: dict[str, Any] = {"participation": row}
    for state in MilestoneState:
        made[f"milestone_{state.value}"] = factories.Milestone(
            participation=row, state=state, owner_id=maker.everybody["member"].id,
            evidence="Sold." if state is not MilestoneState.PLANNED else "",
            submitted_at=days(-1) if state is MilestoneState.SUBMITTED else None,
            assessed_at=days(-1) if state is MilestoneState.ACHIEVED else None,
        )  # fmt: skip
    return made
