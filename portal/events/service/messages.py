"""What staff write to delegates."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from portal.core.errors import Mistake, Refused
from portal.core.wording import N_, Sentence
from portal.events.deeds import EventDeed
from portal.events.mails import answers as letters
from portal.events.queries import messages as queries
from portal.events.service.drafting import insist
from portal.models import Actor, Event
from portal.platform import audit, mail
from portal.platform.audit import About

#: As many letters as one deed writes.
MOST = 200

NOBODY = Sentence(N_("Choose whom to write to."))
TOO_MANY = Sentence(N_("Write to at most %(most)s people at once."), {"most": MOST})
NO_SUBJECT = Sentence(N_("Write a subject."))
NO_TEXT = Sentence(N_("Write what you want to say."))


def message_delegates(
    event: Event, ids: Sequence[UUID], *, subject: str, text: str, actor: Actor, now: datetime
) -> int:
    """Write to delegates of an event, each in a letter of their own. Returns to how many."""
    insist(actor=actor)
    if not subject.strip():
        raise Mistake("subject", NO_SUBJECT)
    if not text.strip():
        raise Mistake("text", NO_TEXT)
    if len(ids) > MOST:
        raise Refused(TOO_MANY)
    delegates = queries.delegates(event, ids)
    if not delegates:
        raise Refused(NOBODY)
    about = About(note=subject, internal=True, details={"people": len(delegates)})
    audit.record(EventDeed.WRITTEN_TO, event, actor=actor, now=now, about=about)
    mail.queue(*(letters.message(each, subject=subject, text=text) for each in delegates))
    return len(delegates)
