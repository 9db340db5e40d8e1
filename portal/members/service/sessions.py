"""Signing in and out: a session is a row that its owner can see and end."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address, ip_network
from uuid import UUID

from sqlalchemy import select

from portal.core.errors import Mistake, Refused, present
from portal.core.wording import N_, Sentence
from portal.extensions import db
from portal.members.deeds import MemberDeed
from portal.members.service.accounts import himself
from portal.models import (
    PORTAL,
    Actor,
    AuditEvent,
    Cluster,
    LoginSession,
    Person,
    PersonState,
)
from portal.platform import audit, auth
from portal.platform.audit import About
from portal.platform.database import aside

WRONG = Sentence(N_("The e-mail address or the password is wrong. Try again."))


@dataclass(frozen=True, kw_only=True)
class Proof:
    """A password that fitted: whose, which hash it fitted, and a new hash if that is outdated."""

    person_id: UUID
    password_hash: str
    new_hash: str | None = None


@dataclass(frozen=True, kw_only=True)
class Visitor:
    """The browser that somebody signs in with, and its address on the network."""

    browser: str
    address: str


@dataclass(frozen=True, kw_only=True)
class Entered:
    """A session that has begun: whose it is, and the secret for the browser."""

    person: Person
    token: str


Factor = Callable[[Person], Sentence | None]
#: Where second factors will register: each says what a person must still show, or nothing.
FACTORS: list[Factor] = []


def needs_more(person: Person) -> Sentence | None:
    """Say what somebody must show besides the password. Nothing does yet."""
    return next((more for factor in FACTORS if (more := factor(person))), None)


def sign_in(
    proof: Proof, visitor: Visitor, *, now: datetime, replacing: Actor | None = None
) -> Entered:
    """Begin a session for somebody who showed their password; the browser's old one ends."""
    person = db.session.get_one(Person, proof.person_id)
    if person.password_hash != proof.password_hash or person.state is not PersonState.ACTIVE:
        raise Mistake("password", WRONG)
    if more := needs_more(person):
        raise Refused(more)
    if replacing:
        end(db.session.get(LoginSession, replacing.session_id), now=now, reason="replaced")
    if proof.new_hash:
        person.password_hash = proof.new_hash
    prefix = prefix_of(visitor.address)
    token = auth.open_session(person, browser=visitor.browser, address=prefix, now=now)
    audit.record(MemberDeed.SIGNED_IN, person, actor=himself(person), now=now)
    return Entered(person=person, token=token)


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
            unit.add(
                AuditEvent(
                    at=now,
                    action=MemberDeed.SIGN_IN_REFUSED.value,
                    actor_name=PORTAL.name,
                    subject_type=subject[0],
                    subject_id=subject[1],
                    internal=person_id is None,
                    details={},
                )
            )


def sign_out(*, actor: Actor, now: datetime) -> None:
    """End the session of this browser."""
    end(db.session.get(LoginSession, actor.session_id), now=now, reason="signed out")
    audit.record(MemberDeed.SIGNED_OUT, present_person(actor.id), actor=actor, now=now)


def end_session(session: LoginSession, *, actor: Actor, now: datetime) -> None:
    """End one session from elsewhere."""
    end(session, now=now, reason="ended")
    audit.record(MemberDeed.SESSION_ENDED, session.person, actor=actor, now=now)


def end_other_sessions(person: Person, *, actor: Actor, now: datetime) -> int:
    """End every session of somebody, but the one that asks. Return how many there were."""
    ended = auth.end_sessions(person.id, now=now, reason="ended", but=actor.session_id)
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
