"""The lives of calls, applications, decisions, offers, cohorts and milestones."""

from portal.core.wording import N_
from portal.core.workflow import Move, Workflow
from portal.models import (
    Actor,
    Application,
    ApplicationDecision,
    Call,
    Cohort,
    FormVersion,
    Milestone,
    Offer,
    Participation,
)
from portal.models import ApplicationState as S
from portal.models import CallState as C
from portal.models import CohortState as K
from portal.models import DecisionState as D
from portal.models import FormState as F
from portal.models import MilestoneState as M
from portal.models import OfferState as O
from portal.models import ParticipationState as P
from portal.programmes import policy, rules

CALL: Workflow[Call, Actor] = Workflow(
    Move(name="publish", label=N_("Publish call"), sources=(C.DRAFT,), target=C.PUBLISHED,
         may=policy.runs, unless=rules.not_ready),
    Move(name="decide", label=N_("Close as decided"), sources=(C.PUBLISHED,), target=C.DECIDED,
         may=policy.runs, unless=rules.not_closed),
    Move(name="cancel", label=N_("Cancel call"), sources=(C.DRAFT, C.PUBLISHED),
         target=C.CANCELLED, may=policy.runs),
    Move(name="archive", label=N_("Archive call"), sources=(C.DECIDED, C.CANCELLED),
         target=C.ARCHIVED, may=policy.runs),
)  # fmt: skip

FORM: Workflow[FormVersion, Actor] = Workflow(
    Move(name="publish", label=N_("Publish questions"), sources=(F.DRAFT,), target=F.PUBLISHED,
         may=policy.runs),
    Move(name="retire", label=N_("Replace questions"), sources=(F.PUBLISHED,), target=F.RETIRED,
         may=policy.runs),
)  # fmt: skip

APPLICATION: Workflow[Application, Actor] = Workflow(
    Move(name="submit", label=N_("Send application"), sources=(S.DRAFT,), target=S.SUBMITTED,
         may=policy.binds, unless=rules.too_late),
    Move(name="lapse", label=N_("Let lapse"), sources=(S.DRAFT,), target=S.LAPSED,
         may=policy.is_the_portal, unless=rules.not_over),
    Move(name="take_in", label=N_("Take into assessment"), sources=(S.SUBMITTED,),
         target=S.IN_REVIEW, may=policy.assesses),
    Move(name="offer", label=N_("Offer a place"), sources=(S.IN_REVIEW,), target=S.OFFERED,
         may=policy.assesses),
    Move(name="waitlist", label=N_("Put on the waiting list"), sources=(S.IN_REVIEW,),
         target=S.WAITLISTED, may=policy.assesses),
    Move(name="turn_down", label=N_("Not this time"), sources=(S.IN_REVIEW,),
         target=S.UNSUCCESSFUL, may=policy.assesses),
    Move(name="exclude", label=N_("Outside the terms"), sources=(S.SUBMITTED, S.IN_REVIEW),
         target=S.INELIGIBLE, may=policy.assesses),
    Move(name="promote", label=N_("Offer the free place"), sources=(S.WAITLISTED,),
         target=S.OFFERED, may=policy.assesses),
    Move(name="release", label=N_("Take off the waiting list"), sources=(S.WAITLISTED,),
         target=S.UNSUCCESSFUL, may=policy.assesses),
    Move(name="accept", label=N_("Accept the offer"), sources=(S.OFFERED,), target=S.ACCEPTED,
         may=policy.binds),
    Move(name="decline", label=N_("Decline the offer"), sources=(S.OFFERED,), target=S.DECLINED,
         may=policy.binds),
    Move(name="lapse_offer", label=N_("Let the offer expire"), sources=(S.OFFERED,),
         target=S.OFFER_LAPSED, may=policy.portal_or_assesses),
    Move(name="take_back", label=N_("Take the offer back"), sources=(S.OFFERED,),
         target=S.IN_REVIEW, may=policy.assesses),
    Move(name="call_off", label=N_("Call cancelled"), sources=(S.DRAFT, S.SUBMITTED, S.IN_REVIEW),
         target=S.WITHDRAWN, may=policy.calls_off),
    Move(name="withdraw", label=N_("Withdraw"), target=S.WITHDRAWN, may=policy.binds,
         sources=(S.DRAFT, S.SUBMITTED, S.IN_REVIEW, S.OFFERED, S.WAITLISTED, S.ACCEPTED)),
)  # fmt: skip

DECISION: Workflow[ApplicationDecision, Actor] = Workflow(
    Move(name="approve", label=N_("Approve"), sources=(D.DRAFT,), target=D.APPROVED,
         may=policy.approves),
    Move(name="publish", label=N_("Publish"), sources=(D.APPROVED,), target=D.PUBLISHED,
         may=policy.prepares),
    Move(name="revoke", label=N_("Take back"), sources=(D.DRAFT, D.APPROVED), target=D.REVOKED,
         may=policy.prepares),
    Move(name="fall_away", label=N_("Not needed any more"), sources=(D.DRAFT, D.APPROVED),
         target=D.REVOKED, may=policy.withdraws_from),
)  # fmt: skip

OFFER: Workflow[Offer, Actor] = Workflow(
    Move(name="accept", label=N_("Accept the offer"), sources=(O.OPEN,), target=O.ACCEPTED,
         may=policy.answers, unless=rules.expired),
    Move(name="decline", label=N_("Decline the offer"), sources=(O.OPEN,), target=O.DECLINED,
         may=policy.answers),
    Move(name="lapse", label=N_("Let the offer expire"), sources=(O.OPEN,), target=O.LAPSED,
         may=policy.is_the_portal, unless=rules.not_expired),
    Move(name="revoke", label=N_("Take the offer back"), sources=(O.OPEN,), target=O.REVOKED,
         may=policy.offers),
)  # fmt: skip

COHORT: Workflow[Cohort, Actor] = Workflow(
    Move(name="start", label=N_("Start cohort"), sources=(K.PLANNED,), target=K.RUNNING,
         may=policy.runs),
    Move(name="complete", label=N_("Complete cohort"), sources=(K.RUNNING,), target=K.COMPLETED,
         may=policy.runs),
    Move(name="cancel", label=N_("Cancel cohort"), sources=(K.PLANNED, K.RUNNING),
         target=K.CANCELLED, may=policy.runs),
)  # fmt: skip

PARTICIPATION: Workflow[Participation, Actor] = Workflow(
    Move(name="begin", label=N_("Begin"), sources=(P.ONBOARDING,), target=P.ACTIVE,
         may=policy.guides),
    Move(name="pause", label=N_("Pause"), sources=(P.ACTIVE,), target=P.PAUSED,
         may=policy.guides),
    Move(name="resume", label=N_("Go on"), sources=(P.PAUSED,), target=P.ACTIVE,
         may=policy.guides),
    Move(name="graduate", label=N_("Graduate"), sources=(P.ACTIVE,), target=P.GRADUATED,
         may=policy.guides, unless=rules.unsettled),
    Move(name="leave", label=N_("Leave the cohort"), target=P.LEFT_EARLY, may=policy.leaves,
         sources=(P.ONBOARDING, P.ACTIVE, P.PAUSED)),
    Move(name="terminate", label=N_("End participation"), target=P.TERMINATED, may=policy.guides,
         sources=(P.ONBOARDING, P.ACTIVE, P.PAUSED)),
)  # fmt: skip

MILESTONE: Workflow[Milestone, Actor] = Workflow(
    Move(name="start", label=N_("Start"), sources=(M.PLANNED,), target=M.IN_PROGRESS,
         may=policy.works_towards),
    Move(name="submit", label=N_("Hand in"), sources=(M.PLANNED, M.IN_PROGRESS),
         target=M.SUBMITTED, may=policy.works_towards, unless=rules.without_evidence),
    Move(name="achieve", label=N_("Achieved"), sources=(M.SUBMITTED,), target=M.ACHIEVED,
         may=policy.judges),
    Move(name="return", label=N_("Ask for more"), sources=(M.SUBMITTED,), target=M.IN_PROGRESS,
         may=policy.judges),
    Move(name="miss", label=N_("Missed"), sources=(M.PLANNED, M.IN_PROGRESS), target=M.MISSED,
         may=policy.portal_or_judges, unless=rules.not_overdue),
    Move(name="reopen", label=N_("Open again"), sources=(M.MISSED,), target=M.IN_PROGRESS,
         may=policy.judges),
    Move(name="drop", label=N_("Drop"), sources=(M.PLANNED, M.IN_PROGRESS, M.MISSED),
         target=M.DROPPED, may=policy.judges),
)  # fmt: skip
