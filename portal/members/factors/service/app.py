"""The authenticator app: begun, confirmed by a code, removed."""

import secrets
from datetime import datetime

from sqlalchemy import delete

from portal.core.errors import Refused
from portal.core.wording import N_, Sentence
from portal.extensions import db
from portal.members.factors import mails, queries
from portal.members.factors.deeds import FactorDeed
from portal.members.factors.service.having import keep_in_step, locked
from portal.members.factors.service.passkeys import tell
from portal.models import Actor, AuthenticatorApp, Person
from portal.platform import audit

NOT_BEGUN = Sentence(N_("Begin again: this set-up is over."))
NO_APP = Sentence(N_("You have no authenticator app here."))


def begin_app(*, actor: Actor, now: datetime) -> None:
    """Make a secret for an app. The one in use, if any, works until this one has shown a code."""
    person = locked(db.session.get_one(Person, actor.id))
    waiting = delete(AuthenticatorApp).where(
        AuthenticatorApp.person_id == person.id, AuthenticatorApp.confirmed_at.is_(None)
    )
    db.session.execute(waiting)
    db.session.add(AuthenticatorApp(person_id=person.id, salt=secrets.token_urlsafe(32)))
    audit.record(FactorDeed.APP_BEGUN, person, actor=actor, now=now)


def confirm_app(step: int, salt: str, *, actor: Actor, now: datetime) -> None:
    """Take an app into use that showed the right code; another one is no part any more."""
    person = locked(db.session.get_one(Person, actor.id))
    row = queries.app_to_confirm(person.id)
    if row is None or row.salt != salt:
        raise Refused(NOT_BEGUN)
    used = delete(AuthenticatorApp).where(
        AuthenticatorApp.person_id == person.id, AuthenticatorApp.confirmed_at.is_not(None)
    )
    db.session.execute(used)
    row.confirmed_at, row.last_step = now, step
    keep_in_step(person, now=now)
    tell(person, mails.APP_ADDED)
    audit.record(FactorDeed.APP_ADDED, person, actor=actor, now=now)


def remove_app(*, actor: Actor, now: datetime) -> None:
    """Let the codes of an app open nothing any more."""
    person = locked(db.session.get_one(Person, actor.id))
    row = queries.app_in_use(person.id)
    if row is None:
        raise Refused(NO_APP)
    db.session.delete(row)
    keep_in_step(person, now=now)
    tell(person, mails.APP_REMOVED)
    audit.record(FactorDeed.APP_REMOVED, person, actor=actor, now=now)
