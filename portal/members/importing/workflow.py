"""How a list comes from its upload to its last row. What is not listed here cannot happen."""

from portal.core.wording import N_
from portal.core.workflow import Move, Workflow
from portal.members.importing import policy, rules
from portal.models import Actor, ImportState, MemberImport

BEFORE_WRITING = (ImportState.MATCHING, ImportState.CHECKING, ImportState.READY)

IMPORT: Workflow[MemberImport, Actor] = Workflow(
    Move(
        name="reread",
        label=N_("Take another row for the headings"),
        sources=BEFORE_WRITING,
        target=ImportState.MATCHING,
        may=policy.imports,
    ),
    Move(
        name="match",
        label=N_("Check the list"),
        sources=BEFORE_WRITING,
        target=ImportState.CHECKING,
        may=policy.imports,
    ),
    Move(
        name="show",
        label=N_("Show the preview"),
        sources=(ImportState.CHECKING,),
        target=ImportState.READY,
        may=policy.carries_on,
    ),
    Move(
        name="confirm_first",
        label=N_("Confirm it, as the first of two"),
        sources=(ImportState.READY,),
        target=ImportState.READY,
        may=policy.imports,
        unless=rules.writes_nothing,
    ),
    Move(
        name="confirm",
        label=N_("Write it"),
        sources=(ImportState.READY,),
        target=ImportState.WRITING,
        may=policy.imports,
        unless=rules.writes_nothing,
    ),
    Move(
        name="finish",
        label=N_("Finish"),
        sources=(ImportState.WRITING,),
        target=ImportState.DONE,
        may=policy.carries_on,
    ),
    Move(
        name="discard",
        label=N_("Throw it away"),
        sources=BEFORE_WRITING,
        target=ImportState.DISCARDED,
        may=policy.carries_on,
    ),
)
