"""How requests, copies and clearings come from one state to another. Nothing else can happen."""

from portal.core.wording import N_
from portal.core.workflow import Move, Workflow
from portal.members.privacy import policy
from portal.models import (
    Actor,
    ExportState,
    Person,
    PersonalExport,
    PersonState,
    PrivacyRequest,
    PrivacyState,
    RetentionRun,
    RunState,
)

UNDER_WAY = (PrivacyState.RECEIVED, PrivacyState.CHECKED)

REQUEST: Workflow[PrivacyRequest, Actor] = Workflow(
    Move(
        name="check",
        label=N_("I have checked who asks"),
        sources=(PrivacyState.RECEIVED,),
        target=PrivacyState.CHECKED,
        may=policy.handles,
    ),
    Move(
        name="check_anew",
        label=N_("Have it checked once more who asks"),
        sources=(PrivacyState.CHECKED,),
        target=PrivacyState.RECEIVED,
        may=policy.finishes,
    ),
    Move(
        name="finish",
        label=N_("It is done"),
        sources=(PrivacyState.CHECKED,),
        target=PrivacyState.DONE,
        may=policy.finishes,
    ),
    Move(
        name="refuse",
        label=N_("Refuse"),
        sources=UNDER_WAY,
        target=PrivacyState.REFUSED,
        may=policy.handles,
    ),
    Move(
        name="withdraw",
        label=N_("Take it back"),
        sources=UNDER_WAY,
        target=PrivacyState.WITHDRAWN,
        may=policy.withdraws,
    ),
)

PERSON: Workflow[Person, Actor] = Workflow(
    Move(
        name="close",
        label=N_("Close the account for good"),
        sources=(PersonState.ACTIVE, PersonState.BLOCKED),
        target=PersonState.CLOSED,
        may=policy.closes,
    ),
)

COPY: Workflow[PersonalExport, Actor] = Workflow(
    Move(
        name="finish",
        label=N_("Hand it over"),
        sources=(ExportState.WAITING,),
        target=ExportState.READY,
        may=policy.makes_copy,
    ),
    Move(
        name="forget",
        label=N_("Delete it"),
        sources=(ExportState.READY,),
        target=ExportState.GONE,
        may=policy.makes_copy,
    ),
)

CLEARING: Workflow[RetentionRun, Actor] = Workflow(
    Move(
        name="run",
        label=N_("Clear it"),
        sources=(RunState.COUNTED,),
        target=RunState.RUNNING,
        may=policy.clears,
    ),
    Move(
        name="finish",
        label=N_("Finish"),
        sources=(RunState.RUNNING,),
        target=RunState.DONE,
        may=policy.clears,
    ),
)
