"""What the terms of a call say: when it can be answered, published and closed as decided."""

from collections.abc import Collection, Sequence
from datetime import datetime

from portal.core.wording import N_, Sentence
from portal.models import Application, ApplicationState, Call, CallPhase, CallState


def phase(call: Call, *, now: datetime) -> CallPhase:
    """Read where a call stands: its deadline is exclusive, to the second."""
    by_state = {
        CallState.DRAFT: CallPhase.DRAFT,
        CallState.DECIDED: CallPhase.DECIDED,
        CallState.ARCHIVED: CallPhase.ARCHIVED,
        CallState.CANCELLED: CallPhase.CANCELLED,
    }
    if call.state in by_state:
        return by_state[call.state]
    if now < call.opens_at:
        return CallPhase.UPCOMING
    return CallPhase.OPEN if now < call.closes_at else CallPhase.ASSESSING


def not_open(call: Call, *, now: datetime) -> Sentence | None:
    """Say why a call cannot be answered now, if so."""
    found = phase(call, now=now)
    if found is CallPhase.OPEN:
        return None
    if found is CallPhase.UPCOMING:
        return Sentence(N_("This call opens on %(when)s."), {"when": call.opens_at})
    if found is CallPhase.ASSESSING:
        closed = N_("This call closed on %(when)s. What is sent after that is not taken.")
        return Sentence(closed, {"when": call.closes_at})
    return Sentence(N_("This call cannot be answered. It is “%(phase)s”."), {"phase": found})


def too_late(application: Application, *, now: datetime) -> Sentence | None:
    """Say that the deadline has passed, if it has."""
    return not_open(application.call, now=now)


def not_over(application: Application, *, now: datetime) -> Sentence | None:
    """Say that there is still time, to a portal that would let a draft lapse."""
    if application.call.closes_at > now and application.call.state is CallState.PUBLISHED:
        return Sentence(N_("This call is still open."))
    return None


def not_ready(call: Call, *, now: datetime) -> Sentence | None:
    """Say what a call lacks before it can be published, if anything."""
    if call.closes_at <= now:
        return Sentence(N_("The closing time has passed. Choose a later one."))
    if not (call.title_en and call.title_nb and call.text_en and call.text_nb):
        return Sentence(N_("Write the title and the text in both languages first."))
    if call.decision_on <= call.closes_at.date():
        return Sentence(N_("The promised day of decision must come after the closing time."))
    if call.previewed_at is None:
        return Sentence(N_("Look at the preview first, as an applicant will see it."))
    return None


def still_undecided(states: Collection[ApplicationState]) -> Sentence | None:
    """Say that applications wait for a decision, if any do; waiting lists may stay open."""
    waiting = {ApplicationState.SUBMITTED, ApplicationState.IN_REVIEW, ApplicationState.OFFERED}
    if waiting & set(states):
        return Sentence(N_("Some applications still wait for a decision or an answer."))
    return None


def checklist_open(criteria: Sequence[object], checks: Sequence[object]) -> Sentence | None:
    """Say that the checklist is not filled in, if it is not."""
    if len(checks) < len(criteria):
        return Sentence(N_("Answer every point of the checklist first."))
    return None
