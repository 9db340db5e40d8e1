"""What is kept no longer: by which rule, after how long, why; counted first, then cleared.

Each rule selects what is due and clears a batch of it. What was cleared is not due any more, so
that a clearing that is cut short goes on where it stopped, and a second one changes nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import Select, String, cast, delete, exists, func, or_, select, update

from portal.core.wording import N_
from portal.extensions import db
from portal.members.importing import service as importing
from portal.members.privacy import copies, dormant
from portal.models import (
    AddressClaim,
    EnquiryState,
    ExportState,
    ImportRow,
    ImportState,
    Job,
    JoiningMessage,
    JoiningState,
    LoginSession,
    MailState,
    MemberImport,
    MembershipApplication,
    MembershipEnquiry,
    OneTimeToken,
    OutgoingMail,
    PersonalExport,
    SignInLink,
    Throttle,
    UsedAnswer,
)

#: So much is cleared at once; others who write wait no longer than for this.
BATCH = 500
#: So much is counted; a preview says "or more" then.
MOST = 100_000


class Due(Protocol):
    """What selects the keys of the rows that are due."""

    def __call__(self, *, now: datetime) -> Select[*tuple[Any, ...]]:
        """Select them, as they are due at a moment."""


class Clear(Protocol):
    """What clears some rows."""

    def __call__(self, keys: Sequence[Any], /, *, now: datetime) -> None:
        """Clear the rows with these keys."""


@dataclass(frozen=True, kw_only=True)
class Rule:
    """What is kept no longer than for some time. `nightly` rules run by themselves."""

    key: str
    label: str
    after: str
    because: str
    due: Due
    clear: Clear
    nightly: bool = False


def older(*columns: Any, than: timedelta) -> Callable[[datetime], Any]:
    """Return what is true of rows one of whose moments was longer ago."""
    return lambda now: or_(*(column < now - than for column in columns))


def due(key: Any, *so: Any, when: Callable[[datetime], Any]) -> Due:
    """Return what selects the keys of the rows that are due."""
    return lambda *, now: select(key).where(*so, when(now)).order_by(key)


def remove(key: Any) -> Clear:
    """Return what deletes rows by their keys."""

    def clear(keys: Sequence[Any], *, now: datetime) -> None:
        gone = delete(key.class_).where(key.in_(keys))
        db.session.execute(gone, execution_options={"synchronize_session": False})

    return clear


def empty(key: Any, **values: Any) -> Clear:
    """Return what empties columns of rows by their keys."""

    def clear(keys: Sequence[Any], *, now: datetime) -> None:
        emptied = update(key.class_).where(key.in_(keys)).values(**values)
        db.session.execute(emptied, execution_options={"synchronize_session": False})

    return clear


def empty_applications(keys: Sequence[UUID], *, now: datetime) -> None:
    """Empty what applications that came to nothing say, and what was said about them."""
    said = {"answers": {}, "billing_email": "", "invoice_reference": "", "reason": ""}
    empty(MembershipApplication.id, **said)(keys, now=now)
    empty(JoiningMessage.application_id, text="")(keys, now=now)


def forget_copies(keys: Sequence[UUID], *, now: datetime) -> None:
    """Delete copies whose days are over, bytes and all."""
    for row in db.session.scalars(select(PersonalExport).where(PersonalExport.id.in_(keys))):
        copies.forget(row, now=now)


def forget_lists(keys: Sequence[UUID], *, now: datetime) -> None:
    """Remove what old lists hold of people."""
    importing.forget(now=now)


YEAR, QUARTER, MONTH = timedelta(days=365), timedelta(days=90), timedelta(days=30)
NOT_NEEDED = N_("Kept no longer than it is needed (GDPR, article 5 no. 1 e).")
CAME_TO_NOTHING = N_(
    "No agreement came of it. A year is long enough to answer a complaint (GDPR, article 5 no. 1"
    " e)."
)
SAFETY = N_("Kept for as long as it helps to find misuse (GDPR, article 6 no. 1 f).")

RULES = (
    Rule(
        key="applications",
        label=N_("Applications for membership that were declined or withdrawn"),
        after=N_("12 months after the decision: answers, messages, reasons, addresses"),
        because=CAME_TO_NOTHING,
        due=due(
            MembershipApplication.id,
            MembershipApplication.state.in_((JoiningState.DECLINED, JoiningState.WITHDRAWN)),
            or_(
                cast(MembershipApplication.answers, String) != "{}",
                MembershipApplication.billing_email != "",
                MembershipApplication.reason != "",
                exists().where(
                    JoiningMessage.application_id == MembershipApplication.id,
                    JoiningMessage.text != "",
                ),
            ),
            when=older(MembershipApplication.decided_at, than=YEAR),
        ),
        clear=empty_applications,
    ),
    Rule(
        key="enquiries",
        label=N_("Enquiries about membership that are answered or closed"),
        after=N_("12 months after the answer"),
        because=CAME_TO_NOTHING,
        due=due(
            MembershipEnquiry.id,
            MembershipEnquiry.state.in_((EnquiryState.ANSWERED, EnquiryState.CLOSED)),
            when=older(MembershipEnquiry.handled_at, than=YEAR),
        ),
        clear=remove(MembershipEnquiry.id),
    ),
    Rule(
        key="sessions",
        label=N_("Sessions that have ended, with network and browser"),
        after=N_("90 days"),
        because=SAFETY,
        due=due(
            LoginSession.id,
            when=older(LoginSession.ended_at, LoginSession.expires_at, than=QUARTER),
        ),
        clear=remove(LoginSession.id),
        nightly=True,
    ),
    Rule(
        key="links",
        label=N_("Links of letters that were used or are too old"),
        after=N_("30 days"),
        because=NOT_NEEDED,
        due=due(
            OneTimeToken.id, when=older(OneTimeToken.used_at, OneTimeToken.expires_at, than=MONTH)
        ),
        clear=remove(OneTimeToken.id),
        nightly=True,
    ),
    Rule(
        key="sign_in_links",
        label=N_("Links that signed somebody in, or are too old to"),
        after=N_("30 days"),
        because=NOT_NEEDED,
        due=due(SignInLink.id, when=older(SignInLink.expires_at, than=MONTH)),
        clear=remove(SignInLink.id),
        nightly=True,
    ),
    Rule(
        key="address_claims",
        label=N_("Addresses that nobody proved"),
        after=N_("30 days"),
        because=NOT_NEEDED,
        due=due(AddressClaim.id, when=older(AddressClaim.expires_at, than=MONTH)),
        clear=remove(AddressClaim.id),
        nightly=True,
    ),
    Rule(
        key="used_answers",
        label=N_("Marks that an answer of another issuer was used"),
        after=N_("1 day after it ran out"),
        because=SAFETY,
        due=due(UsedAnswer.digest, when=older(UsedAnswer.expires_at, than=timedelta(days=1))),
        clear=remove(UsedAnswer.digest),
        nightly=True,
    ),
    Rule(
        key="throttles",
        label=N_("Counts of what was tried how often"),
        after=N_("1 day after the count ended"),
        because=SAFETY,
        due=due(Throttle.key, when=older(Throttle.expires_at, than=timedelta(days=1))),
        clear=remove(Throttle.key),
        nightly=True,
    ),
    Rule(
        key="letters",
        label=N_("The words of e-mails that were sent"),
        after=N_("90 days"),
        because=NOT_NEEDED,
        due=due(
            OutgoingMail.id,
            OutgoingMail.state == MailState.SENT,
            or_(OutgoingMail.text != "", OutgoingMail.html != ""),
            when=older(OutgoingMail.sent_at, than=QUARTER),
        ),
        clear=empty(OutgoingMail.id, text="", html="", named=""),
        nightly=True,
    ),
    Rule(
        key="work",
        label=N_("Work that was done in the background"),
        after=N_("30 days"),
        because=NOT_NEEDED,
        due=due(Job.id, when=older(Job.done_at, than=MONTH)),
        clear=remove(Job.id),
        nightly=True,
    ),
    Rule(
        key="imports",
        label=N_("Rows of lists that were imported"),
        after=N_("30 days"),
        because=NOT_NEEDED,
        due=due(
            MemberImport.id,
            MemberImport.state.not_in((ImportState.WRITING, ImportState.DISCARDED)),
            or_(
                MemberImport.state != ImportState.DONE,
                exists().where(ImportRow.import_id == MemberImport.id),
            ),
            when=older(MemberImport.moved_at, than=importing.KEPT),
        ),
        clear=forget_lists,
        nightly=True,
    ),
    Rule(
        key="copies",
        label=N_("Copies of people’s data"),
        after=N_("7 days"),
        because=NOT_NEEDED,
        due=due(
            PersonalExport.id,
            PersonalExport.state == ExportState.READY,
            when=lambda now: PersonalExport.expires_at <= now,
        ),
        clear=forget_copies,
        nightly=True,
    ),
    Rule(
        key="dormant",
        label=N_("People who belong nowhere and were not here for long: asked by e-mail"),
        after=N_("24 months without signing in"),
        because=NOT_NEEDED,
        due=dormant.silent,
        clear=dormant.ask,
    ),
    Rule(
        key="dormant_unanswered",
        label=N_("People who were asked and did not answer: their names and addresses"),
        after=N_("60 days after the letter"),
        because=NOT_NEEDED,
        due=dormant.unanswered,
        clear=dormant.clear,
    ),
)
BY_KEY = {rule.key: rule for rule in RULES}
NIGHTLY = tuple(rule.key for rule in RULES if rule.nightly)


def count(rule: Rule, *, now: datetime) -> int:
    """Count what is due by a rule, at most so much."""
    some = rule.due(now=now).order_by(None).limit(MOST).subquery()
    return db.session.scalar(select(func.count()).select_from(some)) or 0


def clear_batch(rule: Rule, *, now: datetime) -> int:
    """Clear some of what is due by a rule. Return how much."""
    keys = db.session.scalars(rule.due(now=now).limit(BATCH)).all()
    if keys:
        rule.clear(keys, now=now)
    return len(keys)


__all__ = ["BY_KEY", "NIGHTLY", "RULES", "Rule", "clear_batch", "count"]
