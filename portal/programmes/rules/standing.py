"""Where an application stands, in the words of whoever waits for an answer."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from portal.core.wording import N_, InZone, Sentence
from portal.models import Application, Offer
from portal.models import ApplicationState as S

#: A draft lapses this long after the deadline, when what was sent in time has been dealt with.
BREATH = timedelta(minutes=2)
#: How long before the deadline people are reminded of a draft, the first rule being the nearest.
REMINDERS = (("deadline-day", timedelta(days=1)), ("deadline-week", timedelta(days=7)))

NEXT: dict[S, str] = {
    S.SUBMITTED: N_("We have your application. You hear from us by %(promised)s."),
    S.IN_REVIEW: N_("The programme team reads your application. You hear from us by %(promised)s."),
    S.WAITLISTED: N_(
        "You are on the waiting list. When a place becomes free, we offer it to the next, and write"
        " to you as soon as it is your turn."
    ),
    S.ACCEPTED: N_("You have a place. The cohort starts on %(starts)s."),
    S.UNSUCCESSFUL: N_("You were not given a place this time. Below is what we want to tell you."),
    S.INELIGIBLE: N_("The application does not meet the terms of this call. Below is why."),
    S.DECLINED: N_("You declined the place that you were offered. There is nothing more to do."),
    S.OFFER_LAPSED: N_("The offer was not answered in time, and the place went to somebody else."),
    S.WITHDRAWN: N_("This application is withdrawn. There is nothing more to do."),
    S.LAPSED: N_("This application was not sent before the deadline. Your answers are still here."),
}  # fmt: skip
OFFERED = N_("You are offered a place. Answer by %(answer_by)s, or the place goes to the next.")
OFFERED_SOMETIME = N_("You are offered a place. Open the offer to answer it.")
DRAFTED = N_("Nothing is sent yet. Send the application before %(closes)s.")
CLOSED = N_("This call closed on %(closes)s. A draft cannot be sent any more.")
OVERDUE = N_("You were promised an answer by %(promised)s, and it is late. We are sorry. Ask"
             " %(contact)s how it stands.")  # fmt: skip


def what_next(application: Application, offer: Offer | None, *, now: datetime) -> Sentence:
    """Say in plain words what happens next, and when."""
    call, state = application.call, application.state
    if state is S.DRAFT:
        return too_late_or(application, now=now)
    if state is S.OFFERED:
        if offer is None:
            return Sentence(OFFERED_SOMETIME)
        return Sentence(OFFERED, {"answer_by": InZone(offer.expires_at, call.zone)})
    if state in {S.SUBMITTED, S.IN_REVIEW} and now.date() > call.decision_on:
        contact = call.contact.name
        return Sentence(OVERDUE, {"promised": call.decision_on, "contact": contact})
    gaps = {"promised": call.decision_on, "starts": call.cohort.starts_on}
    return Sentence(NEXT[state], gaps)


def too_late_or(application: Application, *, now: datetime) -> Sentence:
    """Say until when a draft can be sent, or that it cannot."""
    closes = {"closes": InZone(application.call.closes_at, application.call.zone)}
    if now >= application.call.closes_at:
        return Sentence(CLOSED, closes)
    return Sentence(DRAFTED, closes)


def reminder_of(closes_at: datetime, *, now: datetime) -> str | None:
    """Name the reminder whose time it is, if any: the nearest to the deadline alone."""
    left = closes_at - now
    if left <= timedelta(0):
        return None
    return next((name for name, before in REMINDERS if left <= before), None)


def reminders_to_come(closes_at: datetime, *, now: datetime) -> Sequence[str]:
    """Name the reminders whose time has not come yet."""
    return [name for name, before in REMINDERS if now < closes_at - before]


def is_worth_reminding(name: str, closes_at: datetime, begun_at: datetime) -> bool:
    """Tell whether a draft was begun before a reminder's time; later, its author knows."""
    return begun_at < closes_at - dict(REMINDERS)[name]
