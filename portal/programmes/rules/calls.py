"""What the terms of a call say: when it can be answered, published and closed as decided."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from portal.core.wording import N_, InZone, Sentence
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
        return Sentence(
            N_("This call opens on %(when)s."), {"when": InZone(call.opens_at, call.zone)}
        )
    if found is CallPhase.ASSESSING:
        closed = N_("This call closed on %(when)s. What is sent after that is not taken.")
        return Sentence(closed, {"when": InZone(call.closes_at, call.zone)})
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
    if early := promised_too_early(call.decision_on, call.closes_at, call.zone):
        return early
    if call.previewed_at is None:
        return Sentence(N_("Look at the preview first, as an applicant will see it."))
    return None


def not_closed(call: Call, *, now: datetime) -> Sentence | None:
    """Say that a call cannot be closed as decided while it can still be answered, if so."""
    if now < call.closes_at:
        when = {"when": InZone(call.closes_at, call.zone)}
        return Sentence(N_("This call is open until %(when)s. It cannot be decided before."), when)
    return None


def settled(call: Call) -> Sentence | None:
    """Say that a call is over and is not edited any more, if so."""
    if call.state in {CallState.DRAFT, CallState.PUBLISHED}:
        return None
    return Sentence(
        N_("This call is “%(state)s” and is not edited any more."), {"state": call.state}
    )


def opening_moved(call: Call, opens_at: datetime, *, now: datetime) -> Sentence | None:
    """Say that people already apply, to whoever would move the opening of an open call."""
    if opens_at != call.opens_at and call.state is CallState.PUBLISHED and now >= call.opens_at:
        return Sentence(N_("This call has opened. Its opening time cannot be changed any more."))
    return None


def deadline_moved(call: Call, closes_at: datetime, *, now: datetime) -> Sentence | None:
    """Say why an announced deadline cannot be moved like this, if so: it only ever moves later."""
    if closes_at == call.closes_at or call.state is not CallState.PUBLISHED:
        return None
    if now >= call.closes_at:
        return Sentence(N_("This call has closed. Its closing time cannot be changed any more."))
    if closes_at < call.closes_at:
        announced = N_("People plan by the announced time, %(when)s. It can only be moved later.")
        return Sentence(announced, {"when": InZone(call.closes_at, call.zone)})
    return None


def closes_first(opens_at: datetime, closes_at: datetime) -> Sentence | None:
    """Say that a call would close before it opens, if so."""
    if closes_at <= opens_at:
        return Sentence(N_("The closing time must come after the opening time."))
    return None


def promised_too_early(decision_on: date, closes_at: datetime, zone: str) -> Sentence | None:
    """Say that a decision is promised before anybody can have read the last application, if so."""
    if decision_on <= closes_at.astimezone(ZoneInfo(zone)).date():
        return Sentence(N_("The promised day of decision must come after the closing time."))
    return None


def already_promised(states: Collection[ApplicationState]) -> Sentence | None:
    """Say that applicants already heard of a decision, to whoever would cancel their call."""
    told = {ApplicationState.OFFERED, ApplicationState.WAITLISTED, ApplicationState.ACCEPTED}
    if told & set(states):
        return Sentence(
            N_("Somebody was offered a place or is on the waiting list. Settle that first, or close"
               " the call as decided.")
        )  # fmt: skip
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
