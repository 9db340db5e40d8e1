"""How a request to take away lost factors moves. What is not listed here cannot happen."""

from portal.core.wording import N_
from portal.core.workflow import Move, Workflow
from portal.members.factors import policy
from portal.models import Actor, FactorRemoval, RemovalState

REMOVAL: Workflow[FactorRemoval, Actor] = Workflow(
    Move(
        name="check",
        label=N_("I made sure who it is"),
        sources=(RemovalState.ASKED,),
        target=RemovalState.CHECKED,
        may=policy.handles_removal,
    ),
    Move(
        name="check_anew",
        label=N_("Have it checked once more"),
        sources=(RemovalState.CHECKED,),
        target=RemovalState.ASKED,
        may=policy.handles_removal,
    ),
    Move(
        name="approve",
        label=N_("Take away all factors"),
        sources=(RemovalState.CHECKED,),
        target=RemovalState.DONE,
        may=policy.approves_removal,
    ),
    Move(
        name="decline",
        label=N_("Decline"),
        sources=(RemovalState.ASKED, RemovalState.CHECKED),
        target=RemovalState.DECLINED,
        may=policy.handles_removal,
    ),
    Move(
        name="withdraw",
        label=N_("Withdraw"),
        sources=(RemovalState.ASKED, RemovalState.CHECKED),
        target=RemovalState.WITHDRAWN,
        may=policy.withdraws_removal,
    ),
)
