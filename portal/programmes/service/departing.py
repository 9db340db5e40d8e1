"""What a withdrawn application held, and lets go: an offer, a place, a decision being prepared."""

from datetime import datetime

from portal.models import Actor, Application
from portal.platform import audit
from portal.platform.audit import About
from portal.programmes import places
from portal.programmes.deeds import ApplicationDeed, CohortDeed
from portal.programmes.queries import applying as queries
from portal.programmes.workflow import DECISION, OFFER, PARTICIPATION


def let_go(application: Application, *, actor: Actor, now: datetime) -> None:
    """End all that depends on an application. Places are given back once for each departure."""
    drop_decision(application, actor=actor, now=now)
    decline_offer(application, actor=actor, now=now)
    leave_cohort(application, actor=actor, now=now)


def decline_offer(application: Application, *, actor: Actor, now: datetime) -> None:
    """Decline the offer that is still open, if there is one."""
    if (offer := queries.open_offer(application)) is None:
        return
    step = OFFER.make("decline", offer, actor=actor, now=now)
    offer.answered_at, offer.answered_by_id = now, actor.id
    places.give_back(offer.cohort_id)
    audit.record(ApplicationDeed.DECLINED, offer, actor=actor, now=now, about=About(step=step))


def leave_cohort(application: Application, *, actor: Actor, now: datetime) -> None:
    """Leave the cohort that the application led to, if it did."""
    if (participation := queries.participation(application)) is None:
        return
    step = PARTICIPATION.make("leave", participation, actor=actor, now=now)
    participation.left_on = now.date()
    participation.reason = application.closed_reason
    places.give_back(participation.cohort_id)
    audit.record(CohortDeed.LEFT, participation, actor=actor, now=now, about=About(step=step))


def drop_decision(application: Application, *, actor: Actor, now: datetime) -> None:
    """Let a decision fall away that was being prepared; only staff read of that."""
    if (decision := queries.live_decision(application)) is None:
        return
    step = DECISION.make("fall_away", decision, actor=actor, now=now)
    about = About(step=step, internal=True)
    audit.record(ApplicationDeed.DECISION_FELL_AWAY, decision, actor=actor, now=now, about=about)
