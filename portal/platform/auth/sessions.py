"""Sessions: begun, made whole by a second factor, given another token, ended."""

from datetime import datetime, timedelta
from uuid import UUID

from flask import session
from sqlalchemy import select, update
from sqlalchemy.orm import contains_eager

from portal.extensions import db
from portal.models import FactorKind, LoginSession, Person, PersonState, SignInWay
from portal.platform import tokens
from portal.platform.auth.who import forget_rights, rights

#: A session ends in any case after this long.
ABSOLUTE = timedelta(days=14)
ABSOLUTE_FOR_STAFF = timedelta(hours=10)
#: How long somebody who showed one factor has to show the second, in the same browser.
SECOND_STEP = timedelta(minutes=10)
#: What the browser keeps the secret of such a session as. No page takes it for somebody signed in.
HALF = "half"


def open_session(
    person: Person,
    *,
    browser: str,
    address: str,
    now: datetime,
    way: SignInWay = SignInWay.PASSWORD,
    half: bool = False,
) -> str:
    """Begin a session for somebody who proved who they are; return its token.

    One that is `half` waits for the second factor. A passkey is both at once.
    """
    token = tokens.fresh()
    session = LoginSession(
        person_id=person.id,
        token_hash=tokens.digest(token),
        way=way,
        authenticated_at=now,
        seen_at=now,
        expires_at=now + SECOND_STEP,
        browser=browser[:200],
        address_prefix=address,
    )
    db.session.add(session)
    if not half:
        factor = FactorKind.PASSKEY if way is SignInWay.PASSKEY else None
        make_whole(session, person, factor=factor, now=now)
    return token


def make_whole(
    session: LoginSession, person: Person, *, factor: FactorKind | None, now: datetime
) -> None:
    """Let a session count: all that its person has to show was shown."""
    _standings, staff = rights(person.id, now=now)
    session.proved_at = now
    session.factor, session.factor_at = factor, now if factor else None
    session.expires_at = now + (ABSOLUTE_FOR_STAFF if staff else ABSOLUTE)
    person.last_signed_in_at = now


def rotated(session: LoginSession) -> str:
    """Give a session another token, when somebody proved more than before; the old one dies."""
    token = tokens.fresh()
    session.token_hash = tokens.digest(token)
    return token


def half_session(*, now: datetime) -> LoginSession | None:
    """Find the session of this browser that waits for the second factor, while it may."""
    token = session.get(HALF)
    if not token:
        return None
    waiting = (
        select(LoginSession)
        .join(LoginSession.person)
        .where(
            LoginSession.token_hash == tokens.digest(str(token)),
            LoginSession.ended_at.is_(None),
            LoginSession.proved_at.is_(None),
            LoginSession.expires_at > now,
            Person.state == PersonState.ACTIVE,
        )
        .options(contains_eager(LoginSession.person))
    )
    return db.session.scalar(waiting)


def keep_in_browser(token: str) -> None:
    """Give the browser its token, and nothing of what it had before."""
    session.clear()
    session["_user_id"] = token
    session["_fresh"] = True
    forget_rights()


def keep_half(token: str) -> None:
    """Give the browser the token of a session that waits for the second factor."""
    session.clear()
    session[HALF] = token
    forget_rights()


def replace_in_browser(token: str) -> None:
    """Give the browser another token of the same session; pages that are open keep working."""
    session["_user_id"] = token
    forget_rights()


def end_sessions(person_id: UUID, *, now: datetime, reason: str, but: UUID | None = None) -> int:
    """End every session of a person, perhaps but one, at once. Return how many ended."""
    live = update(LoginSession).where(
        LoginSession.person_id == person_id, LoginSession.ended_at.is_(None)
    )
    if but:
        live = live.where(LoginSession.id != but)
    result = db.session.execute(live.values(ended_at=now, end_reason=reason))
    return int(result.rowcount)  # type: ignore[attr-defined]  # a CursorResult, typed as Result
