"""Signing in and out: a session is a row that its owner can see and end."""

from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address, ip_network
from uuid import UUID

from sqlalchemy import insert, select

from portal.core.errors import Mistake, Refused, present
from portal.core.wording import N_, Sentence
from portal.extensions import db
from portal.members import mails, rules
from portal.members.deeds import MemberDeed
from portal.members.queries import holding
from portal.members.service.accounts import himself, one_time
from portal.models import (
    PORTAL,
    Actor,
    AuditEvent,
    Cluster,
    FactorKind,
    LoginSession,
    Person,
    PersonState,
    SignInWay,
    TokenPurpose,
)
from portal.platform import audit, auth, mail
from portal.platform.audit import About
from portal.platform.database import aside

CLOSED = Sentence(N_("This account is closed. Write to us if you think that is a mistake."))
WRONG = Sentence(N_("The e-mail address or the password is wrong. Try again."))


@dataclass(frozen=True, kw_only=True)
class Proof:
    """A password that fitted: whose, which hash it fitted, and a new hash if that is outdated."""

    person_id: UUID
    password_hash: str
    new_hash: str | None = None


@dataclass(frozen=True, kw_only=True)
class Visitor:
    """The browser that somebody signs in with, and its address on the network.

    `known` says that the same person signed in with it before.
    """

    browser: str
    address: str
    known: bool = False


@dataclass(frozen=True, kw_only=True)
class Entered:
    """A session that has begun: whose it is, and the secret for the browser.

    One that is `half` opens nothing until the second factor is shown.
    """

    person: Person
    token: str
    half: bool = False


def sign_in(
    proof: Proof, visitor: Visitor, *, now: datetime, replacing: Actor | None = None
) -> Entered:
    """Begin a session for somebody who showed their password; the browser's old one ends."""
    person = db.session.get_one(Person, proof.person_id)
    if person.password_hash != proof.password_hash or person.state is not PersonState.ACTIVE:
        raise Mistake("password", WRONG)
    if proof.new_hash:
        person.password_hash = proof.new_hash
    return enter(person, way=SignInWay.PASSWORD, visitor=visitor, replacing=replacing, now=now)


def enter(
    person: Person,
    *,
    way: SignInWay,
    visitor: Visitor,
    now: datetime,
    replacing: Actor | None = None,
) -> Entered:
    """Begin a session for somebody who proved who they are in one of the ways that there are.

    Whoever has a second factor shows it next; a passkey is both at once. The session that the
    browser had before ends.
    """
    if person.state is not PersonState.ACTIVE:
        raise Refused(CLOSED)
    if replacing:
        end(db.session.get(LoginSession, replacing.session_id), now=now, reason="replaced")
    half = person.factor_since is not None and way is not SignInWay.PASSKEY
    before = whereabouts(person)
    token = auth.open_session(
        person,
        browser=visitor.browser,
        address=prefix_of(visitor.address),
        way=way,
        half=half,
        now=now,
    )
    if half:
        told = About(details={"way": way.value})
        audit.record(MemberDeed.HALF_WAY, person, actor=himself(person), now=now, about=told)
    else:
        welcome(person, before, way=way, visitor=visitor, now=now)
    return Entered(person=person, token=token, half=half)


def give_factor(
    session: LoginSession, factor: FactorKind, *, visitor: Visitor, now: datetime
) -> Entered:
    """Take the second factor of somebody who showed the first; the session gets another token."""
    person, before = session.person, whereabouts(session.person)
    auth.make_whole(session, person, factor=factor, now=now)
    token = auth.rotated(session)
    welcome(person, before, way=session.way, visitor=visitor, now=now, factor=factor)
    return Entered(person=person, token=token)


def give_up(session: LoginSession, *, now: datetime) -> None:
    """End a session whose second factor nobody showed."""
    end(session, now=now, reason="given up")
    actor = himself(session.person)
    audit.record(MemberDeed.SIGNED_OUT, session.person, actor=actor, now=now)


def whereabouts(person: Person) -> datetime | None:
    """Return when somebody was last here."""
    return person.last_signed_in_at


def welcome(
    person: Person,
    before: datetime | None,
    *,
    way: SignInWay,
    visitor: Visitor,
    now: datetime,
    factor: FactorKind | None = None,
) -> None:
    """Write down that somebody came in; tell them if it was with a browser new to us.

    Who was away for a year proves their address again before they go on: whoever finds an account
    that nobody looks after must not be able to make it their own.
    """
    actor = himself(person)
    told = About(details={"way": way.value} | ({"factor": factor.value} if factor else {}))
    audit.record(MemberDeed.SIGNED_IN, person, actor=actor, now=now, about=told)
    if before is None:
        return
    if not visitor.known:
        mail.queue(mails.new_browser(person, visitor.browser, at=now))
    proves = way is SignInWay.LINK and not holding.has_others(person.id)
    if rules.is_dormant(before, now=now) and person.verified_at and not proves:
        person.verified_at = None
        secret = one_time(person, TokenPurpose.VERIFY, now=now)
        mail.queue(mails.still_yours(person, secret))


def prefix_of(address: str) -> str:
    """Return the part of a network address that tells the network and not the machine."""
    try:
        length = 24 if ip_address(address).version == 4 else 48
    except ValueError:
        return ""
    return str(ip_network(f"{address}/{length}", strict=False))


def end(session: LoginSession | None, *, now: datetime, reason: str) -> None:
    """Let a session be over."""
    if session and session.ended_at is None:
        session.ended_at, session.end_reason = now, reason


def note_refused(person_id: UUID | None, *, now: datetime) -> None:
    """Write down that somebody failed to sign in, apart from any deed.

    It stands in the person's own timeline; of an address that nobody has, nothing is kept but
    that it happened. Both cost the same.
    """
    with aside() as unit:
        cluster_id = unit.scalar(select(Cluster.id))
        subject = ("person", person_id) if person_id else ("cluster", cluster_id)
        if subject[1]:
            refused = insert(AuditEvent).values(
                at=now,
                action=MemberDeed.SIGN_IN_REFUSED.value,
                actor_name=PORTAL.name,
                subject_type=subject[0],
                subject_id=subject[1],
                internal=person_id is None,
                details={},
            )
            unit.execute(refused)


def sign_out(*, actor: Actor, now: datetime) -> None:
    """End the session of this browser."""
    end(db.session.get(LoginSession, actor.session_id), now=now, reason="signed out")
    audit.record(MemberDeed.SIGNED_OUT, present_person(actor.id), actor=actor, now=now)


def end_session(session: LoginSession, *, actor: Actor, now: datetime) -> None:
    """End one session from elsewhere."""
    end(session, now=now, reason="ended")
    audit.record(MemberDeed.SESSION_ENDED, session.person, actor=actor, now=now)


def end_other_sessions(person: Person, *, actor: Actor, now: datetime) -> int:
    """End every session of somebody, but the one that asks, and know none of the browsers any more.

    Return how many there were.
    """
    ended = auth.end_sessions(person.id, now=now, reason="ended", but=actor.session_id)
    person.browsers_from = now
    audit.record(MemberDeed.SESSIONS_ENDED, person, actor=actor, now=now)
    return ended


def act_for(organisation_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Choose the organisation that somebody acts for in this browser. Their own ones only."""
    if not actor.belongs_to(organisation_id):
        raise Refused(Sentence(N_("You do not belong to this organisation any more.")))
    session = present(db.session.get(LoginSession, actor.session_id))
    session.acting_id = organisation_id
    told = About(details={"organisation": str(organisation_id)})
    audit.record(MemberDeed.ACTED_FOR, session.person, actor=actor, now=now, about=told)


def present_person(id: UUID) -> Person:
    """Return somebody who is surely here."""
    return db.session.get_one(Person, id)
