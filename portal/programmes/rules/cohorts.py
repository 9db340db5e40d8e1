"""What the terms of a cohort say: milestones, and what a company owes before it graduates."""

from datetime import date, datetime, timedelta

from portal.core.wording import N_, Sentence
from portal.models import Milestone, MilestoneState, Participation, ParticipationState

#: A milestone that nobody handed in is missed this long after its day.
MISSED_AFTER = timedelta(days=7)
UNSETTLED = (MilestoneState.PLANNED, MilestoneState.IN_PROGRESS, MilestoneState.SUBMITTED)
#: Milestones whose words and day may still be changed.
EDITABLE = (MilestoneState.PLANNED, MilestoneState.IN_PROGRESS)
#: Companies that are in their cohort now.
PRESENT = (ParticipationState.ONBOARDING, ParticipationState.ACTIVE, ParticipationState.PAUSED)
#: Companies whose place went to nobody else: a graduate has used its own.
IN_A_PLACE = (*PRESENT, ParticipationState.GRADUATED)
#: How long before its day people are reminded of a milestone.
MILESTONE_NEAR = timedelta(days=7)


def unsettled(participation: Participation, *, now: datetime) -> Sentence | None:
    """Say that milestones are still open, which keeps a company from graduating."""
    if any(milestone.state in UNSETTLED for milestone in participation.milestones):
        return Sentence(N_("Settle every milestone first: achieved, missed or dropped."))
    return None


def without_evidence(milestone: Milestone, *, now: datetime) -> Sentence | None:
    """Say that there is nothing to judge a milestone by, if there is nothing."""
    if not milestone.evidence.strip():
        return Sentence(N_("Write in a few words what shows that you reached it."))
    return None


def not_overdue(milestone: Milestone, *, now: datetime) -> Sentence | None:
    """Say that there is still time to reach a milestone, if there is."""
    if not is_missed(milestone.due_on, now=now):
        return Sentence(N_("There is still time to reach this milestone."))
    return None


def is_missed(due_on: date, *, now: datetime) -> bool:
    """Tell whether a day and the week after it are past."""
    return now.date() > due_on + MISSED_AFTER


def gone(participation: Participation) -> Sentence | None:
    """Say that a company is not in the cohort any more, if it is not."""
    if participation.state in PRESENT:
        return None
    state = {"state": participation.state}
    return Sentence(N_("This company is not in the cohort any more. It is “%(state)s”."), state)


def not_editable(milestone: Milestone) -> Sentence | None:
    """Say that a milestone stands as it is, once it was handed in or is over."""
    if milestone.state in EDITABLE:
        return None
    state = {"state": milestone.state}
    return Sentence(N_("This milestone is not edited any more. It is “%(state)s”."), state)
