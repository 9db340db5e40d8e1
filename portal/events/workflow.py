"""The lives of events and of delegates."""

from portal.core.wording import N_
from portal.core.workflow import Move, Workflow
from portal.events import policy, rules
from portal.models import ACTIVE_STATES, Actor, Delegate, Event
from portal.models import DelegateState as D
from portal.models import EventState as E

EVENT: Workflow[Event, Actor] = Workflow(
    Move(name="publish", label=N_("Publish event"), sources=(E.DRAFT,), target=E.PUBLISHED,
         may=policy.runs, unless=rules.not_ready),
    Move(name="cancel", label=N_("Cancel event"), sources=(E.PUBLISHED,), target=E.CANCELLED,
         may=policy.runs, unless=rules.over),
)  # fmt: skip

DELEGATE: Workflow[Delegate, Actor] = Workflow(
    Move(name="approve", label=N_("Approve"), sources=(D.REQUESTED,), target=D.CONFIRMED,
         may=policy.looks_after, unless=rules.too_late),
    Move(name="wait", label=N_("Approve, on the waiting list"), sources=(D.REQUESTED,),
         target=D.WAITLISTED, may=policy.looks_after, unless=rules.too_late),
    Move(name="reject", label=N_("Do not approve"), sources=(D.REQUESTED,), target=D.REJECTED,
         may=policy.looks_after),
    Move(name="promote", label=N_("Offer the free place"), sources=(D.WAITLISTED,),
         target=D.OFFERED, may=policy.portal_or_staff, unless=rules.too_late),
    Move(name="accept", label=N_("Accept the place"), sources=(D.OFFERED,), target=D.CONFIRMED,
         may=policy.speaks_for, unless=rules.unacceptable),
    Move(name="decline", label=N_("Decline the place"), sources=(D.OFFERED,), target=D.WITHDRAWN,
         may=policy.speaks_for),
    Move(name="expire", label=N_("Let the offer expire"), sources=(D.OFFERED,), target=D.EXPIRED,
         may=policy.is_the_portal, unless=rules.not_expired),
    Move(name="withdraw", label=N_("Withdraw the registration"), sources=ACTIVE_STATES,
         target=D.WITHDRAWN, may=policy.speaks_for, unless=rules.too_late),
    Move(name="cancel", label=N_("Cancel the registration"), sources=ACTIVE_STATES,
         target=D.CANCELLED, may=policy.looks_after),
)  # fmt: skip
