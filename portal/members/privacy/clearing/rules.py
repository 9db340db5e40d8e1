"""Every rule about what is kept no longer: after how long, and why."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import String, cast, exists, or_, select

from portal.core.wording import N_
from portal.extensions import db
from portal.members.importing import service as importing
from portal.members.privacy import copies, dormant
from portal.members.privacy.clearing.rule import (
    NOT_NEEDED,
    Rule,
    due,
    empty,
    older,
    passing,
    remove,
)
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


YEAR, QUARTER, MONTH, DAY = (timedelta(days=number) for number in (365, 90, 30, 1))
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
    passing(
        "sessions",
        LoginSession.id,
        LoginSession.ended_at,
        LoginSession.expires_at,
        than=QUARTER,
        label=N_("Sessions that have ended, with network and browser"),
        after=N_("90 days"),
        because=SAFETY,
    ),
    passing(
        "links",
        OneTimeToken.id,
        OneTimeToken.used_at,
        OneTimeToken.expires_at,
        than=MONTH,
        label=N_("Links of letters that were used or are too old"),
        after=N_("30 days"),
        because=NOT_NEEDED,
    ),
    passing(
        "sign_in_links",
        SignInLink.id,
        SignInLink.expires_at,
        than=MONTH,
        label=N_("Links that signed somebody in, or are too old to"),
        after=N_("30 days"),
        because=NOT_NEEDED,
    ),
    passing(
        "address_claims",
        AddressClaim.id,
        AddressClaim.expires_at,
        than=MONTH,
        label=N_("Addresses that nobody proved"),
        after=N_("30 days"),
        because=NOT_NEEDED,
    ),
    passing(
        "used_answers",
        UsedAnswer.digest,
        UsedAnswer.expires_at,
        than=DAY,
        label=N_("Marks that an answer of another issuer was used"),
        after=N_("1 day after it ran out"),
        because=SAFETY,
    ),
    passing(
        "throttles",
        Throttle.key,
        Throttle.expires_at,
        than=DAY,
        label=N_("Counts of what was tried how often"),
        after=N_("1 day after the count ended"),
        because=SAFETY,
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
    passing(
        "work",
        Job.id,
        Job.done_at,
        than=MONTH,
        label=N_("Work that was done in the background"),
        after=N_("30 days"),
        because=NOT_NEEDED,
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
