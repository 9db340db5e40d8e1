"""What the terms of a decision say: when it may be prepared, and what it owes the applicant."""

from portal.core.wording import N_, Sentence
from portal.models import Application, ApplicationDecision, Outcome
from portal.models import ApplicationState as S
from portal.models import DecisionState as D

#: Outcomes that an applicant is owed a reason for.
OWED = frozenset({Outcome.UNSUCCESSFUL, Outcome.INELIGIBLE})


def not_assessed(application: Application) -> Sentence | None:
    """Say that an application cannot be decided on, if it is not in assessment."""
    if application.state is S.SUBMITTED:
        return Sentence(N_("Fill in the checklist and take it into assessment first."))
    if application.state is not S.IN_REVIEW:
        state = {"state": application.state}
        return Sentence(N_("This application cannot be decided on. It is “%(state)s”."), state)
    return None


def not_checkable(application: Application) -> Sentence | None:
    """Say that the checklist is closed, once an application is past being assessed."""
    if application.state in {S.SUBMITTED, S.IN_REVIEW}:
        return None
    state = {"state": application.state}
    return Sentence(N_("The checklist is closed. The application is “%(state)s”."), state)


def without_feedback(outcome: Outcome, feedback: str) -> Sentence | None:
    """Say that an applicant who is turned down is owed a reason, if there is none."""
    if outcome in OWED and not feedback.strip():
        return Sentence(N_("Write what the applicant should know, and can use next time."))
    return None


def already_approved(decision: ApplicationDecision) -> Sentence | None:
    """Say that a decision was approved as it is and is not edited any more, if so."""
    if decision.state is D.APPROVED:
        return Sentence(N_("This decision is approved. Take it back first, then prepare another."))
    return None


def too_few_places(offers: int, free: int) -> Sentence | None:
    """Say that there are more offers than places, if there are."""
    if offers <= free:
        return None
    told = {"offers": offers, "free": free}
    return Sentence(
        N_("Approved offers: %(offers)s. Free places: %(free)s. Nothing was published: take back an"
           " offer, or publish the others one by one."),
        told,
    )  # fmt: skip
