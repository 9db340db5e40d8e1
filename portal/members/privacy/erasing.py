"""Erasing somebody: in one transaction, what goes goes, and what stays has no name on it.

Rows that others hang on stay, with a key that leads to somebody without name or address. In the
audit, which nobody can change, names are emptied in the lines that `AuditRedaction` names.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Uuid, delete, insert, literal, or_, select, update

from portal.core.errors import NotAllowed, Refused
from portal.core.wording import N_, Sentence
from portal.extensions import db
from portal.members.privacy import copies, mails, policy, queries
from portal.members.privacy.deeds import PrivacyDeed
from portal.members.privacy.service import check_anew, close
from portal.members.privacy.workflow import PERSON
from portal.members.queries.holding import works_here
from portal.members.service import affiliations
from portal.models import (
    Actor,
    AuditEvent,
    AuditRedaction,
    EmailAddress,
    Job,
    MailState,
    OutgoingMail,
    Person,
    PrivacyKind,
    PrivacyRequest,
    PrivacyState,
)
from portal.models.base import Moment
from portal.platform import audit, auth, jobs, mail, personal
from portal.platform.agreeing import still_counts
from portal.platform.audit import About
from portal.platform.personal import Whose

FORGET = "members.forget_words"
#: What is done by hand below, and not by the holding's own word.
BY_HAND = ("account", "copies", "letters", "letters_about_them", "privacy_requests", "work")

ALONE = Sentence(
    N_("They are the last administrator of %(names)s. A successor has to be named first.")
)
WORKS_HERE = Sentence(N_("They work for the cluster. Their roles have to end first."))
NOT_ASKED = Sentence(N_("Nobody asked for this to be erased."))
GONE = Sentence(N_("This was erased already."))


def stands_in_the_way(person: Person, *, now: datetime) -> Sentence | None:
    """Say what has to be done before somebody can be erased."""
    if person.pseudonymised_at is not None:
        return GONE
    if works_here(person.id, now=now):
        return WORKS_HERE
    names = queries.alone_in(person.id)
    return Sentence(ALONE.text, {"names": ", ".join(names)}) if names else None


def erase(row: PrivacyRequest, answer: str, *, actor: Actor, now: datetime) -> bool:
    """Erase whom a request is about: by another than the one who checked who asks.

    Return whether that is done. Where the first may not handle requests any more, who asks is
    checked anew.
    """
    if row.kind is not PrivacyKind.ERASE:
        raise Refused(NOT_ASKED)
    if not policy.finishes(actor, row):
        raise NotAllowed
    waits = row.state is PrivacyState.CHECKED
    if waits and not still_counts(row.checked_by_id, policy.handles, row, now=now):
        check_anew(row, actor=actor, now=now)
        return False
    person = db.session.get_one(Person, row.person_id, with_for_update=True)
    if reason := stands_in_the_way(person, now=now):
        raise Refused(reason)
    close(row, "finish", answer, actor=actor, now=now)
    row.wish = row.identity = row.answer = ""  # a word to the person is in their letter alone
    wipe(person, actor=actor, now=now)
    details = {"request": str(row.id)}
    audit.record(PrivacyDeed.ERASED, person, actor=actor, now=now, about=About(details=details))
    return True


def wipe(person: Person, *, actor: Actor, now: datetime) -> None:
    """Take away all that tells who somebody is: part of a deed."""
    whose, goodbye = queries.whose(person), mails.farewell(person)
    for place in queries.live_places(person.id):
        affiliations.end_affiliation(place, actor=actor, now=now)
    auth.end_sessions(person.id, now=now, reason="erased")
    copies.forget_all(person.id)
    make_nameless(person, actor=actor, now=now)
    empty_audit(whose, now=now)
    personal.let_go(whose, but=BY_HAND)
    let_words_go(whose, now=now)
    db.session.expire_all()
    mail.queue(goodbye)


def make_nameless(person: Person, *, actor: Actor, now: datetime) -> None:
    """Close the account, and leave of it a row without a name."""
    PERSON.make("close", person, actor=actor, now=now)
    others = delete(EmailAddress).where(
        EmailAddress.person_id == person.id, EmailAddress.is_primary.is_(False)
    )
    db.session.execute(others, execution_options={"synchronize_session": "fetch"})
    person.name, person.email, person.phone = "", personal.nowhere(person.id), ""
    person.password_hash = person.verified_at = person.factor_since = None
    person.last_signed_in_at = person.browsers_from = None
    person.pseudonymised_at = now
    db.session.flush()


def empty_audit(whose: Whose, *, now: datetime) -> None:
    """Take somebody's name out of the audit, line by line, and note in which lines."""
    db.session.flush()
    speaks = personal.speaking_of(AuditEvent.note)(whose)
    theirs = AuditEvent.actor_id == whose.id
    about = (AuditEvent.subject_type == "person") & (AuditEvent.subject_id == whose.id)
    noted = select(AuditRedaction.seq).where(AuditRedaction.seq == AuditEvent.seq)
    lines = select(AuditEvent.seq, literal(whose.id, Uuid()), literal(now, Moment())).where(
        or_(theirs, about, speaks), ~noted.exists()
    )
    columns = ["seq", "person_id", "at"]
    db.session.execute(insert(AuditRedaction).from_select(columns, lines))
    redacted = select(AuditRedaction.seq).where(AuditRedaction.person_id == whose.id)
    quiet = {"synchronize_session": False}
    mine = AuditEvent.seq.in_(redacted)
    emptied = update(AuditEvent).where(mine, theirs).values(actor_name="")
    db.session.execute(emptied, execution_options=quiet)
    emptied = update(AuditEvent).where(mine, or_(about, speaks)).values(note="")
    db.session.execute(emptied, execution_options=quiet)


def let_words_go(whose: Whose, *, now: datetime) -> None:
    """Delete letters to somebody and work for them; empty letters to others that speak of them.

    A letter to somebody else that has not left yet leaves as it is written, and is emptied after.
    """
    quiet = {"synchronize_session": False}
    to_them = or_(OutgoingMail.person_id == whose.id, OutgoingMail.recipient.in_(whose.addresses))
    ids = [str(id) for id in db.session.scalars(select(OutgoingMail.id).where(to_them))]
    for start in range(0, len(ids), 500):
        keys = [f"{mail.SEND}:{id}" for id in ids[start : start + 500]]
        db.session.execute(delete(Job).where(Job.key.in_(keys)), execution_options=quiet)
    db.session.execute(delete(OutgoingMail).where(to_them), execution_options=quiet)
    speaks = personal.HOLDINGS["letters_about_them"].mine(whose)
    about_them = db.session.scalars(select(OutgoingMail.id).where(speaks)).all()
    empty_letters(about_them)
    jobs.enqueue(
        FORGET, {"letters": [str(id) for id in about_them]}, run_at=now + timedelta(days=1)
    )
    over = or_(Job.done_at.is_not(None), Job.failed_at.is_not(None))
    work = personal.HOLDINGS["work"].mine(whose)
    db.session.execute(delete(Job).where(work, over), execution_options=quiet)


def empty_letters(ids: Sequence[UUID]) -> None:
    """Empty the words of letters that have left."""
    left = update(OutgoingMail).where(
        OutgoingMail.id.in_(ids), OutgoingMail.state == MailState.SENT
    )
    empties = personal.HOLDINGS["letters_about_them"].empties
    db.session.execute(left.values(**empties), execution_options={"synchronize_session": False})


__all__ = ["FORGET", "empty_letters", "erase", "stands_in_the_way", "wipe"]
