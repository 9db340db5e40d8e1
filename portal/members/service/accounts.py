"""Accounts: signing up, showing that an address is yours, passwords."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import update
from uuid_utils.compat import uuid7

from portal.core.errors import Mistake
from portal.core.wording import N_, Sentence
from portal.extensions import db
from portal.members import mails
from portal.members.deeds import MemberDeed
from portal.members.queries import holding
from portal.members.queries.texts import standing_texts
from portal.models import (
    PORTAL,
    Actor,
    ConsentEvent,
    OneTimeToken,
    Person,
    PersonState,
    SignInLink,
    TokenPurpose,
)
from portal.platform import audit, auth, happenings, jobs, mail, tokens
from portal.platform.versions import unchanged

VERIFY_VALID, RESET_VALID = timedelta(days=3), timedelta(minutes=60)
SEND_RESET = "members.send_reset"

USED = Sentence(
    N_("This link has been used already, or it is too old. Ask for a new e-mail and use the"
       " newest one.")
)  # fmt: skip
NEWER = Sentence(
    N_("The privacy notice or the terms have changed since you opened this page. Read them once"
       " more, and accept them as they are now.")
)  # fmt: skip
WRONG_PASSWORD = Sentence(N_("This is not your password. Try again."))


@dataclass(frozen=True, kw_only=True)
class Account:
    """What somebody tells of themselves when they sign up. The password comes hashed.

    `after` is the page of ours on which they go on once their address is proven. `texts` are the
    versions of the texts that they were shown and accept; without any, those that stand.
    """

    name: str
    email: str
    password_hash: str
    language: str = "en"
    after: str = ""
    texts: Collection[UUID] | None = None


def himself(person: Person) -> Actor:
    """Return somebody as the one who acts on their own account, before they are signed in."""
    return Actor(id=person.id, name=person.name, email=person.email, language=person.language)


def sign_up(account: Account, *, now: datetime) -> Person | None:
    """Open an account; for an address that has one, tell its owner and change nothing.

    Return the person only when there is a new one. The page must not tell the difference.
    """
    insist_on_standing(account.texts)
    known = holding.holder(account.email)
    if known:
        take_as_long(account, now=now)
        mail.queue(mails.already_here(known, account.after, address=account.email))
        audit.record(MemberDeed.SIGNED_UP_AGAIN, known, actor=PORTAL, now=now)
        return None
    person, secret = opened(account, now=now)
    mail.queue(mails.verify(person, secret, after=account.after))
    audit.record(MemberDeed.SIGNED_UP, person, actor=himself(person), now=now)
    return person


def opened(account: Account, *, now: datetime) -> tuple[Person, str]:
    """Make an account with what its owner accepted. Return it with the secret that proves it."""
    person = Person(
        name=account.name,
        email=account.email,
        password_hash=account.password_hash,
        language=account.language,
        created_at=now,
    )
    db.session.add(person)
    db.session.flush()
    accept_texts(person, now=now)
    return person, one_time(person, TokenPurpose.VERIFY, now=now)


def take_as_long(account: Account, *, now: datetime) -> None:
    """Do what opening an account takes, and take it back: the time must not tell the difference."""
    nobodys = replace(account, email=f"{tokens.fresh().lower()}@nobody.invalid")
    attempt = db.session.begin_nested()
    opened(nobodys, now=now)
    attempt.rollback()


def insist_on_standing(shown: Collection[UUID] | None) -> None:
    """Refuse to take a text for accepted in another version than the one that was shown."""
    if shown is not None and set(shown) != set(standing_texts()):
        raise Mistake("accepts", NEWER)


def accept_texts(person: Person, *, now: datetime) -> None:
    """Keep which versions of the texts somebody accepted."""
    db.session.add_all(
        ConsentEvent(person_id=person.id, revision_id=revision, at=now)
        for revision in standing_texts()
    )


def one_time(
    person: Person, purpose: TokenPurpose, *, key: UUID | None = None, now: datetime
) -> str:
    """Make a link's secret; those made before for the same purpose no longer work.

    A secret that resets a password is bound to the password that it replaces.
    """
    secret = tokens.fresh()
    valid = RESET_VALID if purpose is TokenPurpose.RESET else VERIFY_VALID
    use_up(person.id, purpose, now=now)
    row = OneTimeToken(
        id=key or uuid7(),
        purpose=purpose,
        person_id=person.id,
        token_hash=kept_of(secret, person, purpose),
        expires_at=now + valid,
        created_at=now,
    )
    db.session.add(row)
    db.session.flush()
    return f"{row.id.hex}.{secret}"


def kept_of(secret: str, person: Person, purpose: TokenPurpose) -> str:
    """Return what is kept of a secret; for a reset it changes with the password."""
    bound = person.password_hash or "" if purpose is TokenPurpose.RESET else person.email
    return tokens.digest(f"{secret}|{bound}")


def use_up(person_id: UUID, purpose: TokenPurpose, *, now: datetime) -> None:
    """Let no link of a purpose work any more."""
    live = update(OneTimeToken).where(
        OneTimeToken.person_id == person_id,
        OneTimeToken.purpose == purpose,
        OneTimeToken.used_at.is_(None),
    )
    db.session.execute(live.values(used_at=now), execution_options={"synchronize_session": "fetch"})


def end_letters(person_id: UUID, *, now: datetime) -> None:
    """Let nothing work any more that was sent to let somebody in: other letters ask for it anew."""
    use_up(person_id, TokenPurpose.RESET, now=now)
    live = update(SignInLink).where(SignInLink.person_id == person_id, SignInLink.used_at.is_(None))
    db.session.execute(live.values(used_at=now), execution_options={"synchronize_session": "fetch"})


def find_holder(token: str, purpose: TokenPurpose, *, now: datetime) -> Person | None:
    """Return whom a link belongs to, while it works."""
    id, _dot, secret = token.partition(".")
    row = db.session.get(OneTimeToken, UUID(id)) if is_hex(id) else None
    if row is None or row.purpose is not purpose or row.person is None:
        return None
    works = row.used_at is None and now < row.expires_at
    fits = row.token_hash == kept_of(secret, row.person, purpose)
    return row.person if works and fits and row.person.state is PersonState.ACTIVE else None


def is_hex(text: str) -> bool:
    """Tell whether a text can be the key of a row."""
    return len(text) == 32 and all(c in "0123456789abcdef" for c in text)


def verify(person: Person, *, now: datetime) -> None:
    """Take an address as proven."""
    if person.verified_at is None:
        person.verified_at = now
    use_up(person.id, TokenPurpose.VERIFY, now=now)
    happenings.tell(happenings.ADDRESS_PROVEN, person, now=now)
    audit.record(MemberDeed.VERIFIED, person, actor=himself(person), now=now)


def ask_to_verify(*, after: str = "", actor: Actor, now: datetime) -> None:
    """Send the letter that proves an address once more."""
    person = db.session.get_one(Person, actor.id)
    if person.verified_at is None:
        secret = one_time(person, TokenPurpose.VERIFY, now=now)
        mail.queue(mails.verify(person, secret, after=after))
    audit.record(MemberDeed.VERIFY_ASKED, person, actor=actor, now=now)


def ask_for_reset(email: str, *, after: str = "") -> None:
    """Have a letter sent if the address is known: later, so that nobody can tell by the time."""
    jobs.enqueue(SEND_RESET, {"email": email, "after": after, "key": str(uuid7())})


def send_reset(email: str, *, after: str = "", key: UUID, now: datetime) -> None:
    """Send the owner of an address the letter that lets them choose a password and go on.

    What it is asked by has a key, which becomes that of the link: asked again, nothing is sent.
    """
    person = holding.holder(email)
    if person is None or person.state is not PersonState.ACTIVE:
        return
    if db.session.get(OneTimeToken, key) is not None:
        return
    secret = one_time(person, TokenPurpose.RESET, key=key, now=now)
    mail.queue(mails.reset(person, secret, after, address=email))
    audit.record(MemberDeed.RESET_ASKED, person, actor=himself(person), now=now)


def reset_password(person: Person, password_hash: str, *, now: datetime) -> None:
    """Replace a forgotten password, end every session, and know none of the browsers any more.

    The letter also proves the first address, unless it may have gone to another one.
    """
    person.password_hash = password_hash
    if person.verified_at is None and not holding.has_others(person.id):
        person.verified_at = now
        use_up(person.id, TokenPurpose.VERIFY, now=now)
    end_letters(person.id, now=now)
    happenings.tell(happenings.ADDRESS_PROVEN, person, now=now)
    auth.end_sessions(person.id, now=now, reason="password")
    person.browsers_from = now
    mail.queue(mails.password_changed(person))
    audit.record(MemberDeed.RESET_DONE, person, actor=himself(person), now=now)


def change_password(old_hash: str | None, new_hash: str, *, actor: Actor, now: datetime) -> None:
    """Replace a password whose owner showed the current one, and end the other sessions.

    `old_hash` is the hash that the current password was checked against.
    """
    person = db.session.get_one(Person, actor.id)
    if person.password_hash != old_hash:
        raise Mistake("current", WRONG_PASSWORD)
    person.password_hash = new_hash
    end_letters(person.id, now=now)
    auth.end_sessions(person.id, now=now, reason="password", but=actor.session_id)
    person.browsers_from = now
    mail.queue(mails.password_changed(person))
    audit.record(MemberDeed.PASSWORD_CHANGED, person, actor=actor, now=now)


@dataclass(frozen=True, kw_only=True)
class Profile:
    """What people may change of themselves."""

    name: str
    phone: str
    language: str


def change_profile(profile: Profile, version: int | None, *, actor: Actor, now: datetime) -> None:
    """Change how somebody is called, reached and spoken to."""
    person = db.session.get_one(Person, actor.id)
    unchanged(
        person,
        version,
        theirs={"name": person.name, "phone": person.phone, "language": person.language},
    )
    person.name, person.phone = profile.name, profile.phone
    person.language = profile.language
    audit.record(MemberDeed.PROFILE_CHANGED, person, actor=actor, now=now)


def set_password(person: Person, password_hash: str, *, now: datetime) -> None:
    """Give somebody their first password, as set-up and the demo do."""
    person.password_hash = password_hash
    audit.record(MemberDeed.PASSWORD_CHANGED, person, actor=PORTAL, now=now)
