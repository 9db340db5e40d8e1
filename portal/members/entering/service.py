"""Coming in by a link, and by somebody else who vouches for one."""

from datetime import datetime
from hmac import compare_digest
from uuid import UUID

from sqlalchemy import delete, update
from sqlalchemy.dialects import postgresql, sqlite
from uuid_utils.compat import uuid7

from portal.config import Issuer
from portal.core.errors import Refused
from portal.core.wording import Sentence
from portal.extensions import db
from portal.members import service as room
from portal.members.entering import mails, queries, rules
from portal.members.entering.deeds import EnteringDeed
from portal.members.entering.issuers import Attempt, Vouched
from portal.members.service.accounts import himself
from portal.models import (
    Actor,
    IssuerIdentity,
    Person,
    SignInLink,
    SignInWay,
    UsedAnswer,
)
from portal.platform import audit, jobs, mail, tokens
from portal.platform.audit import About

SEND_LINK = "members.send_sign_in_link"


def ask_for_link(email: str, *, browser: str, after: str) -> None:
    """Have a link sent if the address is known: later, so that nobody can tell by the time."""
    kept = {"email": email, "browser": tokens.digest(browser), "after": after}
    jobs.enqueue(SEND_LINK, kept | {"key": str(uuid7())})


def send_link(email: str, *, browser: str, after: str, key: UUID, now: datetime) -> None:
    """Send the holder of a proven address the link that signs them in where it was asked for.

    An address that is not proven gets none: whoever opened its account may be another. The key
    of what was asked becomes that of the link: asked again, nothing is sent.
    """
    person = queries.reached_at(email)
    if person is None or db.session.get(SignInLink, key) is not None:
        return
    secret = tokens.fresh()
    row = SignInLink(
        id=key,
        person=person,
        token_hash=tokens.digest(secret),
        browser_hash=browser,
        expires_at=now + rules.LINK_VALID,
        created_at=now,
    )
    db.session.add(row)
    mail.queue(mails.link(person, email, secret, after=after))
    audit.record(EnteringDeed.LINK_ASKED, person, actor=himself(person), now=now)


def usable(row: SignInLink | None, *, browser: str, now: datetime) -> SignInLink:
    """Insist that a link works, here and now."""
    if row is None or row.used_at is not None or now >= row.expires_at:
        raise Refused(rules.LINK_OVER)
    if not compare_digest(row.browser_hash, tokens.digest(browser)):
        raise Refused(rules.OTHER_BROWSER)
    return row


def enter_by_link(
    row: SignInLink, *, visitor: room.Visitor, now: datetime, replacing: Actor | None = None
) -> room.Entered:
    """Begin a session by a link, which is used up with all others of its person."""
    use_up(row, now=now)
    way = SignInWay.LINK
    return room.enter(row.person, way=way, visitor=visitor, now=now, replacing=replacing)


def use_up(row: SignInLink, *, now: datetime) -> None:
    """Let a link and all others of its person be used. Raises Refused if one was used meanwhile."""
    live = update(SignInLink).where(
        SignInLink.person_id == row.person_id, SignInLink.used_at.is_(None)
    )
    if row.id not in db.session.scalars(live.values(used_at=now).returning(SignInLink.id)).all():
        raise Refused(rules.LINK_OVER)


def use_answer(attempt: Attempt, *, now: datetime) -> None:
    """Take an answer of an issuer, once. Raises Refused for one that was used."""
    dialect = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    until = now + 2 * rules.ATTEMPT_VALID
    row = dialect.insert(UsedAnswer).values(digest=tokens.digest(attempt.state), expires_at=until)
    once = row.on_conflict_do_nothing(index_elements=[UsedAnswer.digest])
    if db.session.scalar(once.returning(UsedAnswer.digest)) is None:
        raise Refused(rules.ANSWER_OVER)


def enter_by_issuer(
    identity: IssuerIdentity,
    *,
    visitor: room.Visitor,
    now: datetime,
    replacing: Actor | None = None,
) -> room.Entered:
    """Begin a session for somebody for whom an issuer vouches. It counts as one factor."""
    identity.last_used_at = now
    way = SignInWay.ISSUER
    return room.enter(identity.person, way=way, visitor=visitor, now=now, replacing=replacing)


def link_identity(vouched: Vouched, issuer: Issuer, *, actor: Actor, now: datetime) -> None:
    """Let an issuer vouch for somebody who is signed in, from now on."""
    found = queries.known_as(vouched.issuer, vouched.subject)
    if found is not None:
        if found.person_id != actor.id:
            raise Refused(Sentence(rules.OTHERS.text, {"issuer": issuer.name}))
        return
    person = db.session.get_one(Person, actor.id)
    row = IssuerIdentity(
        person=person,
        issuer=vouched.issuer,
        subject=vouched.subject,
        claimed=vouched.email,
        created_at=now,
    )
    db.session.add(row)
    mail.queue(mails.linked(person, issuer.name))
    about = About(details={"part": issuer.name})
    audit.record(EnteringDeed.LINKED, person, actor=actor, now=now, about=about)


def unlink_identity(identity: IssuerIdentity, name: str, *, actor: Actor, now: datetime) -> None:
    """Let an issuer vouch for somebody no longer; never when that is the last way in."""
    person = identity.person
    if reason := rules.cannot_unlink(**queries.ways_of(person)):  # type: ignore[arg-type]  # by name
        raise Refused(reason)
    db.session.delete(identity)
    mail.queue(mails.unlinked(person, name))
    about = About(details={"part": name})
    audit.record(EnteringDeed.UNLINKED, person, actor=actor, now=now, about=about)


def forget(*, now: datetime) -> None:
    """Remove links and answers that are over."""
    for kind in (SignInLink, UsedAnswer):
        db.session.execute(delete(kind).where(kind.expires_at <= now))
