"""The states of a merge, and of an account that became a part of another."""

from portal.core.wording import N_
from portal.core.workflow import Move, Workflow
from portal.members.merging import policy
from portal.models import Actor, MergeRecord, MergeState, Person, PersonState

MERGE: Workflow[MergeRecord, Actor] = Workflow(
    Move(
        name="propose_anew",
        label=N_("Propose it, in the place of somebody who may not any more"),
        sources=(MergeState.PROPOSED,),
        target=MergeState.PROPOSED,
        may=policy.approves,
    ),
    Move(
        name="approve",
        label=N_("Bring them together"),
        sources=(MergeState.PROPOSED,),
        target=MergeState.DONE,
        may=policy.approves,
    ),
    Move(
        name="decline",
        label=N_("Keep them apart"),
        sources=(MergeState.PROPOSED,),
        target=MergeState.DECLINED,
        may=policy.declines,
    ),
    Move(
        name="withdraw",
        label=N_("Take it back"),
        sources=(MergeState.PROPOSED,),
        target=MergeState.WITHDRAWN,
        may=policy.withdraws,
    ),
)

PERSON_MERGED: Workflow[Person, Actor] = Workflow(
    Move(
        name="merge",
        label=N_("Close"),
        sources=(PersonState.ACTIVE, PersonState.BLOCKED),
        target=PersonState.CLOSED,
        may=policy.comes_with_another_deed,
    ),
)
