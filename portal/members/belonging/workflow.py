"""How exclusions, wishes and runs of renewals go on. What is not listed here cannot happen."""

from portal.core.wording import N_
from portal.core.workflow import Move, Workflow
from portal.members.belonging import policy, rules
from portal.models import (
    Actor,
    Exclusion,
    ExclusionState,
    RenewalRun,
    RenewalState,
    TierRequest,
    TierRequestState,
)

EXCLUSION: Workflow[Exclusion, Actor] = Workflow(
    Move(
        name="propose_anew",
        label=N_("Propose it, in the place of somebody who may not any more"),
        sources=(ExclusionState.PROPOSED,),
        target=ExclusionState.PROPOSED,
        may=policy.decides,
    ),
    Move(
        name="decide",
        label=N_("Exclude the member"),
        sources=(ExclusionState.PROPOSED,),
        target=ExclusionState.DECIDED,
        may=policy.decides,
    ),
    Move(
        name="drop",
        label=N_("Drop it"),
        sources=(ExclusionState.PROPOSED,),
        target=ExclusionState.DROPPED,
        may=policy.decides,
    ),
)

TIER_REQUEST: Workflow[TierRequest, Actor] = Workflow(
    Move(
        name="approve_first",
        label=N_("Approve, as the first of two"),
        sources=(TierRequestState.ASKED,),
        target=TierRequestState.ASKED,
        may=policy.answers,
    ),
    Move(
        name="grant",
        label=N_("Agree"),
        sources=(TierRequestState.ASKED,),
        target=TierRequestState.GRANTED,
        may=policy.answers,
    ),
    Move(
        name="decline",
        label=N_("Decline"),
        sources=(TierRequestState.ASKED,),
        target=TierRequestState.DECLINED,
        may=policy.answers,
    ),
    Move(
        name="withdraw",
        label=N_("Withdraw"),
        sources=(TierRequestState.ASKED,),
        target=TierRequestState.WITHDRAWN,
        may=policy.withdraws,
    ),
)

RENEWAL: Workflow[RenewalRun, Actor] = Workflow(
    Move(
        name="show",
        label=N_("Show the preview"),
        sources=(RenewalState.GATHERING,),
        target=RenewalState.READY,
        may=policy.carries_on,
    ),
    Move(
        name="start",
        label=N_("Renew them"),
        sources=(RenewalState.READY, RenewalState.STOPPED),
        target=RenewalState.RUNNING,
        may=policy.runs,
        unless=rules.renews_nothing,
    ),
    Move(
        name="stop",
        label=N_("Stop"),
        sources=(RenewalState.RUNNING,),
        target=RenewalState.STOPPED,
        may=policy.carries_on,
    ),
    Move(
        name="finish",
        label=N_("Finish"),
        sources=(RenewalState.RUNNING,),
        target=RenewalState.DONE,
        may=policy.carries_on,
    ),
    Move(
        name="discard",
        label=N_("Throw it away"),
        sources=(RenewalState.GATHERING, RenewalState.READY),
        target=RenewalState.DISCARDED,
        may=policy.carries_on,
        unless=rules.has_begun,
    ),
)
