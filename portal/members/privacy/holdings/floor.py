"""What the floor keeps about people: the audit, letters, work, files."""

from sqlalchemy import ColumnElement, false, func, or_

from portal.core.wording import N_
from portal.members.privacy.holdings.passing import going
from portal.members.privacy.holdings.reasons import ACCOUNTABLE
from portal.models import (
    AuditEvent,
    Job,
    OutgoingMail,
    PersonalExport,
    PrivacyRequest,
    StoredFile,
)
from portal.platform.personal import Fate, Holding, Whose, by, speaking_of


def about_them(whose: Whose) -> ColumnElement[bool]:
    """Return what is true of the audit's lines about somebody that are theirs to read."""
    theirs = (AuditEvent.subject_type == "person") & (AuditEvent.subject_id == whose.id)
    return theirs & AuditEvent.internal.is_(False)


def letters_to(whose: Whose) -> ColumnElement[bool]:
    """Return what is true of letters to somebody."""
    return (OutgoingMail.person_id == whose.id) | OutgoingMail.recipient.in_(whose.addresses)


#: A name shorter than this stands in many a word of ours.
SHORT = 5
WORDS = (OutgoingMail.subject, OutgoingMail.text, OutgoingMail.html)


def letters_about(whose: Whose) -> ColumnElement[bool]:
    """Return what is true of letters to others that speak of somebody.

    A name is looked for in what fills the gaps of their sentences, and not in our own words around
    them; where that is not kept, in all of it.
    """
    named, name = OutgoingMail.named, whose.name
    filled = name if whose.is_told_apart else f"\n{name}\n"
    unknown = func.coalesce(named, "") == ""
    anywhere = or_(false(), *(told.icontains(name, autoescape=True) for told in WORDS))
    return or_(
        false(),
        *(told.icontains(at, autoescape=True) for told in WORDS for at in whose.addresses),
        named.icontains(filled, autoescape=True) if name else false(),
        unknown & anywhere if len(name) >= SHORT else false(),
    )


FLOOR = (
    Holding(
        key="done",
        label=N_("What they did in the portal"),
        model=AuditEvent,
        keys=(AuditEvent.actor_id,),
        mine=by(AuditEvent.actor_id),
        told=(AuditEvent.at, AuditEvent.action, AuditEvent.subject_type),
        fate=Fate.NAMELESS,
        because=ACCOUNTABLE,
    ),
    Holding(
        key="done_to_them",
        label=N_("What was done with their account"),
        model=AuditEvent,
        mine=about_them,
        told=(AuditEvent.at, AuditEvent.action),
        fate=Fate.NAMELESS,
        because=ACCOUNTABLE,
    ),
    Holding(
        key="letters",
        label=N_("E-mails to them"),
        model=OutgoingMail,
        keys=(OutgoingMail.person_id,),
        mine=letters_to,
        told=(
            OutgoingMail.recipient, OutgoingMail.subject, OutgoingMail.text,
            OutgoingMail.created_at, OutgoingMail.sent_at,
        ),
        fate=Fate.DELETED,
        because=N_("Nobody needs them any more. One last letter says that it is done."),
    ),
    Holding(
        key="letters_about_them",
        label=N_("E-mails to others that speak of them"),
        model=OutgoingMail,
        mine=letters_about,
        fate=Fate.NAMELESS,
        because=N_("What was written goes; that it was sent stays."),
        empties={"subject": "", "text": "", "html": "", "named": ""},
    ),
    Holding(
        key="work",
        label=N_("Work done for them in the background"),
        model=Job,
        mine=speaking_of(Job.arguments, Job.error),
        fate=Fate.DELETED,
        because=N_("Nobody needs it any more."),
    ),
    Holding(
        key="files",
        label=N_("Files that they uploaded for organisations"),
        model=StoredFile,
        keys=(StoredFile.uploaded_by_id,),
        mine=by(StoredFile.uploaded_by_id),
        told=(StoredFile.name, StoredFile.media_type, StoredFile.size, StoredFile.created_at),
        fate=Fate.KEPT,
        because=N_("A logo or an enclosure belongs to the organisation it was uploaded for."),
    ),
    going(
        "copies", N_("Copies of their data"), PersonalExport,
        PersonalExport.asked_at, PersonalExport.ready_at, PersonalExport.expires_at,
    ),
    Holding(
        key="privacy_requests",
        label=N_("What they asked about their own data"),
        model=PrivacyRequest,
        keys=(PrivacyRequest.person_id,),
        mine=by(PrivacyRequest.person_id),
        told=(
            PrivacyRequest.kind, PrivacyRequest.state, PrivacyRequest.wish,
            PrivacyRequest.received_at, PrivacyRequest.due_at, PrivacyRequest.closed_at,
            PrivacyRequest.answer,
        ),
        fate=Fate.NAMELESS,
        because=N_(
            "That we did what was asked, and when, must be shown (GDPR, article 5 no. 2). What was"
            " written goes."
        ),
        empties={"wish": "", "identity": ""},
    ),
)  # fmt: skip
