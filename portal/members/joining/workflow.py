"""How an organisation comes to be a member. What is not listed here cannot happen."""

from portal.core.wording import N_
from portal.core.workflow import Move, Workflow
from portal.members.joining import policy, rules
from portal.models import OPEN_JOINING, Actor, MembershipApplication
from portal.models import JoiningState as S

JOINING: Workflow[MembershipApplication, Actor] = Workflow(
    Move(
        name="submit",
        label=N_("Send the application"),
        sources=(S.DRAFT,),
        target=S.SUBMITTED,
        may=policy.speaks_for,
        unless=rules.unsendable,
    ),
    Move(
        name="approve_first",
        label=N_("Approve, as the first of two"),
        sources=(S.SUBMITTED, S.DEFERRED),
        target=S.SUBMITTED,
        may=policy.handles,
    ),
    Move(
        name="approve",
        label=N_("Approve"),
        sources=(S.SUBMITTED, S.DEFERRED),
        target=S.APPROVED,
        may=policy.handles,
    ),
    Move(
        name="ask",
        label=N_("Ask a question"),
        sources=(S.SUBMITTED, S.DEFERRED),
        target=S.ASKED,
        may=policy.handles,
    ),
    Move(
        name="answer",
        label=N_("Answer"),
        sources=(S.ASKED,),
        target=S.SUBMITTED,
        may=policy.speaks_for,
    ),
    Move(
        name="defer",
        label=N_("Put off"),
        sources=(S.SUBMITTED,),
        target=S.DEFERRED,
        may=policy.handles,
    ),
    Move(
        name="resume",
        label=N_("Take up again"),
        sources=(S.DEFERRED,),
        target=S.SUBMITTED,
        may=policy.carries_on,
    ),
    Move(
        name="decline",
        label=N_("Decline"),
        sources=(S.SUBMITTED, S.ASKED, S.DEFERRED),
        target=S.DECLINED,
        may=policy.handles,
    ),
    Move(
        name="withdraw",
        label=N_("Withdraw"),
        sources=OPEN_JOINING,
        target=S.WITHDRAWN,
        may=policy.speaks_for,
    ),
    Move(
        name="lapse",
        label=N_("Give up waiting"),
        sources=(S.ASKED,),
        target=S.WITHDRAWN,
        may=policy.is_the_portal,
        unless=rules.still_time,
    ),
)
