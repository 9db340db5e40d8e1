"""Those who would like to join: a task for staff until somebody answers."""

from dataclasses import asdict, dataclass
from datetime import datetime

from portal.extensions import db
from portal.members import mails
from portal.members.deeds import MemberDeed
from portal.members.service.staff import people_who_work_on
from portal.members.workflow import ENQUIRY
from portal.models import PORTAL, Actor, MembershipEnquiry, StaffRole
from portal.platform import audit, mail
from portal.platform.audit import About

DEEDS = {
    "take": MemberDeed.ENQUIRY_TAKEN,
    "answer": MemberDeed.ENQUIRY_ANSWERED,
    "close": MemberDeed.ENQUIRY_CLOSED,
}


@dataclass(frozen=True, kw_only=True)
class Enquiry:
    """What somebody writes who would like to join."""

    organisation_name: str
    name: str
    email: str
    phone: str = ""
    message: str = ""
    language: str = "en"


def enquire(enquiry: Enquiry, *, now: datetime) -> MembershipEnquiry:
    """Ask to become a member: thanked by mail, and put on the desk of staff."""
    row = MembershipEnquiry(**asdict(enquiry), created_at=now)
    db.session.add(row)
    db.session.flush()
    mail.queue(mails.enquiry_received(row))
    mail.queue(*mails.enquiry_to_staff(row, people_who_work_on(StaffRole.MEMBERSHIP, now=now)))
    audit.record(MemberDeed.ENQUIRED, row, actor=PORTAL, now=now)
    return row


def handle_enquiry(
    row: MembershipEnquiry, move: str, *, note: str = "", actor: Actor, now: datetime
) -> None:
    """Take an enquiry, say that it is answered, or close it."""
    step = ENQUIRY.make(move, row, actor=actor, now=now)
    row.handled_by_id, row.handled_at = actor.id, now
    row.note = note or row.note
    about = About(step=step, internal=True)
    audit.record(DEEDS[move], row, actor=actor, now=now, about=about)
