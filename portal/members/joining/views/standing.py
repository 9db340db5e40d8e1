"""Where an application stands, in words and steps."""

from dataclasses import dataclass
from typing import Any

from portal.core.wording import N_, Sentence
from portal.members.queries import today
from portal.models import JoiningState as S
from portal.models import MembershipApplication
from portal.platform.language import tell

NEXT = {
    S.DRAFT: N_("Nothing is sent yet. Write what is missing, then look it over and send it."),
    S.SUBMITTED: N_("We look at it. You need do nothing; we write as soon as something happens."),
    S.ASKED: N_("We need an answer from you by %(answer_by)s."),
    S.DEFERRED: N_("We take it up again on %(until)s. You need do nothing."),
    S.APPROVED: N_("%(organisation)s is a member. Welcome!"),
    S.DECLINED: N_("We have declined it. Why, and what you can do about it, stands below."),
    S.WITHDRAWN: N_("It is withdrawn. You can apply again whenever you like."),
}
WRITTEN, SENT, LOOKED_AT = N_("Filled in"), N_("Sent"), N_("We look at it")
QUESTION, PUT_OFF, ANSWER = N_("Our question to you"), N_("Put off for now"), N_("Answer")
#: What the third step is called while something holds an application up.
THIRD = {S.ASKED: QUESTION, S.DEFERRED: PUT_OFF}
OVER = (S.APPROVED, S.DECLINED, S.WITHDRAWN)


@dataclass(frozen=True)
class Stage:
    """One step of the way: done, current or todo."""

    label: str
    state: str
    href: str = ""


def what_next(row: MembershipApplication) -> Sentence:
    """Say what happens next, and whose turn it is."""
    gaps: dict[str, Any] = {
        "organisation": row.organisation.display_name,
        "answer_by": row.answer_by and today(now=row.answer_by),
        "until": row.deferred_until,
    }
    return Sentence(NEXT[row.state], gaps)


def stages(row: MembershipApplication) -> list[Stage]:
    """Return the steps of the way, each with whether it is behind, here or ahead."""
    over = row.state in OVER
    here = 0 if row.state is S.DRAFT else 3 if over else 2
    labels = [WRITTEN, SENT, THIRD.get(row.state, LOOKED_AT), row.state.label if over else ANSWER]
    return [
        Stage(tell(label), standing(number, here, over=row.state is S.APPROVED))
        for number, label in enumerate(labels)
        if not (over and row.submitted_at is None and number in (1, 2))
    ]


def standing(number: int, here: int, *, over: bool) -> str:
    """Tell whether a step is behind, here or ahead."""
    if number < here or (over and number == here):
        return "done"
    return "current" if number == here else "todo"
