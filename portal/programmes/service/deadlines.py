"""What a later deadline means for those who are writing."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete

from portal.extensions import db
from portal.models import Application, Call, CallState, Reminder
from portal.platform import mail
from portal.programmes import rules
from portal.programmes.mails import calls as letters
from portal.programmes.queries import applying as applicants
from portal.programmes.queries import deadlines as queries


def tell(call: Call, *, before: datetime, now: datetime) -> None:
    """Tell everybody with a live draft that a call closes later than was announced."""
    if call.state is not CallState.PUBLISHED or call.closes_at == before:
        return
    drafts = queries.drafts_of(call)
    for draft in drafts:
        people = applicants.concerned(draft, now=now)
        mail.queue(*letters.deadline_moved(draft, people, before=before))
    remind_anew(drafts, call.closes_at, now=now)


def remind_anew(drafts: Sequence[Application], closes_at: datetime, *, now: datetime) -> None:
    """Let reminders whose time is yet to come go out again, and none on the heels of this news."""
    ids, told = [draft.id for draft in drafts], rules.reminder_of(closes_at, now=now)
    again = [*rules.reminders_to_come(closes_at, now=now), *([told] if told else [])]
    sent = delete(Reminder).where(Reminder.subject_id.in_(ids), Reminder.rule.in_(again))
    db.session.execute(sent)
    if told:
        db.session.add_all(Reminder(subject_id=id, rule=told, sent_at=now) for id in ids)
