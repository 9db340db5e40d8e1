"""Mail that leaves after the work is saved: a letter is a row, and so is the job that sends it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from flask import current_app
from sqlalchemy import insert, select
from uuid_utils.compat import uuid7

from portal.core import clock
from portal.core.legible import legible
from portal.core.wording import Bilingual, Sentence
from portal.extensions import db
from portal.models import Actor, Delivery, EmailAddress, MailState, OutgoingMail, Person
from portal.platform import cluster, happenings, jobs, tokens
from portal.platform.database import flush, unit, write
from portal.platform.language import say, speaking
from portal.platform.personal import MERGED, NOWHERE
from portal.platform.smtp import Returned, post

SEND = "mail.send"
HELD_BACK = "held back"
WRITE = insert(OutgoingMail.__table__)  # type: ignore[arg-type]  # typed as FromClause


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A message to one address, not yet in its reader's language.

    `button` is a label and an address under our own roof. `why` tells why the reader gets this.
    `secret` says that whoever reads it can use the button: its words are not kept once it is sent.
    """

    address: str
    language: str
    subject: Sentence
    paragraphs: tuple[Sentence, ...]
    name: str = ""
    person_id: UUID | None = None
    button: tuple[Sentence, str] | None = None
    why: Sentence | None = None
    secret: bool = False


def to(person: Person | Actor) -> Mapping[str, Any]:
    """Return the part of a letter that says whom it goes to."""
    return {
        "address": person.email,
        "language": person.language,
        "name": person.name,
        "person_id": person.id,
    }


def link(path: str) -> str:
    """Return the address that a letter may print for a page of ours."""
    return f"{current_app.config['BASE_URL']}{path}"


def queue(*letters: Letter) -> None:
    """Leave letters for the worker, each in its reader's language, with the deed they announce."""
    letters = tuple(letter for letter in letters if not letter.address.endswith((NOWHERE, MERGED)))
    if not letters:
        return
    flush()  # they may be to people, or about things, that this deed makes
    now = clock.now()
    rows = [{**kept(now=now), **in_their_language(letter)} for letter in letters]
    write(WRITE, rows)
    told = zip(letters, rows, strict=True)
    jobs.enqueue_all([sending(letter, row["id"]) for letter, row in told])


def kept(*, now: datetime) -> dict[str, Any]:
    """Return what the row of every letter begins with."""
    return {"id": uuid7(), "created_at": now, "version": 1, "state": MailState.QUEUED}


def in_their_language(letter: Letter) -> dict[str, Any]:
    """Put a letter on paper in its reader's language."""
    with speaking(letter.language):
        return written(letter, cluster.profile())


def sending(letter: Letter, id: UUID) -> tuple[str, Mapping[str, Any], str]:
    """Return the job that sends a letter."""
    secret = {"secret": True} if letter.secret else {}
    return SEND, {"mail": str(id), **secret}, f"{SEND}:{id}"


def written(letter: Letter, sender: cluster.Profile | None) -> dict[str, Any]:
    """Put a letter on paper: text and HTML from the same words. Return it by columns."""
    said = {
        "paragraphs": [say(sentence) for sentence in letter.paragraphs],
        "button": letter.button and (say(letter.button[0]), letter.button[1]),
        "why": letter.why and say(letter.why),
        "cluster_name": sender.name if sender else "",
        "language": letter.language,
    }
    subject = " ".join(say(letter.subject).split())
    host = urlsplit(current_app.config["BASE_URL"]).hostname or "localhost"
    return {
        "message_id": f"<{tokens.fresh()}@{host}>",
        "person_id": letter.person_id,
        "recipient": letter.address,
        "recipient_name": letter.name,
        "subject": subject,
        "text": on_paper("mail/letter.txt", subject=subject, **said),
        "html": on_paper("mail/letter.html", subject=subject, **said),
        "named": named(letter),
        "language": letter.language,
    }


def named(letter: Letter) -> str:
    """Return what fills the gaps of a letter, but for its reader's own name, each on a line."""
    button = letter.button[0] if letter.button else None
    told = [each for each in (letter.subject, *letter.paragraphs, button, letter.why) if each]
    once = {id(sentence.values): sentence for sentence in told}  # most share what is told
    found = {" ".join(text.split()) for each in once.values() for text in fillings(each)}
    return "\n".join(["", *sorted(found - {letter.name}), ""])


def fillings(told: object) -> Iterator[str]:
    """Yield the texts in the gaps of a sentence, and of the sentences in them."""
    for value in told.values.values() if isinstance(told, Sentence) else ():
        if isinstance(value, str):
            yield value
        elif isinstance(value, Bilingual):
            yield from (value.en, value.nb)
        else:
            yield from fillings(value)


def on_paper(template: str, **said: Any) -> str:
    """Write a letter, which knows nothing of the page that it comes from."""
    return current_app.jinja_env.get_template(template).render(said)


@jobs.job(SEND)
def send(mail: str, *, secret: bool = False) -> None:
    """Hand one letter to the mail server, and write down that it took it.

    Of a `secret` one only the demo keeps the words: its people read their mail here.

    Between the server's 250 and our commit there is one moment in which a crash makes us send
    again; the letter then has the same Message-ID, by which servers and people know it is one.
    """
    with unit():
        row = db.session.get_one(OutgoingMail, UUID(mail), with_for_update=True)
        if row.state is MailState.SENT or row.refused_at:
            return
        if is_unreachable(row.recipient):
            give_up(row, HELD_BACK, now=clock.now())
            return
        row.state = MailState.SENDING
        sender = cluster.profile()
        message = enveloped(row, sender)
        forgets = secret and not (sender and sender.demo)
    refusal = refused(message)
    with unit():
        row, now = db.session.get_one(OutgoingMail, UUID(mail)), clock.now()
        if refusal:
            give_up(row, refusal, now=now)
            happenings.tell(happenings.MAIL_REFUSED, row.recipient, refusal, now=now)
        else:
            row.state, row.sent_at = MailState.SENT, now
        if forgets:
            row.text = row.html = row.named = ""


def is_unreachable(address: str) -> bool:
    """Tell whether letters to an address come back, so that none is sent there any more."""
    known = select(EmailAddress.id).where(
        EmailAddress.address == address, EmailAddress.delivery == Delivery.UNREACHABLE
    )
    return db.session.scalar(known) is not None


def give_up(row: OutgoingMail, refusal: str, *, now: datetime) -> None:
    """Write down that a letter does not arrive, and keep no words of it."""
    row.refused_at, row.refusal = now, refusal[:500]
    row.text = row.html = row.named = ""


def refused(message: EmailMessage) -> str:
    """Hand a message over; return why the server turned it down for good, or nothing."""
    try:
        hand_over(message)
    except Returned as returned:
        return str(returned)
    return ""


def enveloped(row: OutgoingMail, sender: cluster.Profile | None) -> EmailMessage:
    """Make the message that travels."""
    message = EmailMessage()
    address = sender.sender_address if sender else ""
    message["From"] = mailbox(sender.name if sender else "", address or "portal@localhost")
    message["To"] = mailbox(row.recipient_name, row.recipient)
    message["Subject"] = in_header(row.subject)
    message["Message-ID"] = row.message_id
    message["Date"] = row.created_at
    message["Auto-Submitted"] = "auto-generated"
    message["Content-Language"] = row.language
    message.set_content(row.text)
    message.add_alternative(row.html, subtype="html")
    return message


def mailbox(name: str, address: str) -> Address:
    """Write whom a letter goes to; a domain with letters of its own travels in plain ones.

    As one address, and not as text: a name such as “Åse <a@b.no>” would be read as another.
    """
    local, _at, domain = address.rpartition("@")
    plain = domain if domain.isascii() else domain.encode("idna").decode()
    return Address(in_header(name), local, plain)


def in_header(text: str) -> str:
    """Keep a text to one header: a name that looks encoded must not be decoded into more lines."""
    return " ".join(legible(text).split()).replace("=?", "= ?")


def hand_over(message: EmailMessage) -> None:
    """Give a message to the mail server, or lay it in the folder that stands in for one."""
    address = str(current_app.config["MAIL_URL"])
    if address.startswith("file:"):
        lay_down(message, Path(current_app.config["MAIL_FOLDER"]))
    else:
        post(message, address)


def lay_down(message: EmailMessage, folder: Path) -> None:
    """Keep a message as a file, named so that files sort by age; the same letter, the same file."""
    folder.mkdir(parents=True, exist_ok=True)
    name = str(message["Message-ID"]).strip("<>").partition("@")[0]
    (folder / f"{name}.eml").write_bytes(bytes(message))
