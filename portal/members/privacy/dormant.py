"""People who were not here for two years and belong nowhere: asked first, then made nameless."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, delete, exists, func, select

from portal.extensions import db
from portal.members.privacy import erasing, mails
from portal.members.privacy.deeds import PrivacyDeed
from portal.models import (
    PORTAL,
    Affiliation,
    Delegate,
    Person,
    PersonState,
    Reminder,
    StaffGrant,
)
from portal.platform import audit, mail

SILENCE, PATIENCE = timedelta(days=730), timedelta(days=60)
RULE = "privacy.dormant"

LAST_HERE = func.coalesce(Person.last_signed_in_at, Person.created_at)
ASKED = (
    select(Reminder.sent_at)
    .where(Reminder.subject_id == Person.id, Reminder.rule == RULE)
    .correlate(Person)
    .scalar_subquery()
)


def belongs_nowhere(*, now: datetime) -> Sequence[ColumnElement[bool]]:
    """Return what is true of somebody without a place anywhere, now or in the last two years."""
    since = now - SILENCE

    def lately(grant: type[Affiliation] | type[StaffGrant]) -> ColumnElement[bool]:
        lasting = (grant.ends_at.is_(None)) | (grant.ends_at > since)
        return exists().where(grant.person_id == Person.id, lasting)

    took_part = exists().where(Delegate.person_id == Person.id, Delegate.created_at > since)
    return (
        Person.state == PersonState.ACTIVE,
        Person.pseudonymised_at.is_(None),
        Person.merged_into_id.is_(None),
        since > LAST_HERE,
        ~lately(Affiliation),
        ~lately(StaffGrant),
        ~took_part,
    )


def silent(*, now: datetime) -> Select[*tuple[Any, ...]]:
    """Select who was not here for two years and was not asked since."""
    not_asked = ASKED.is_(None) | (ASKED < LAST_HERE)
    return select(Person.id).where(*belongs_nowhere(now=now), not_asked).order_by(Person.id)


def unanswered(*, now: datetime) -> Select[*tuple[Any, ...]]:
    """Select who was asked, and has not been here since."""
    return (
        select(Person.id)
        .where(*belongs_nowhere(now=now), ASKED >= LAST_HERE, now - PATIENCE >= ASKED)
        .order_by(Person.id)
    )


def ask(keys: Sequence[UUID], *, now: datetime) -> None:
    """Ask people whether they still need their account."""
    before = delete(Reminder).where(Reminder.subject_id.in_(keys), Reminder.rule == RULE)
    db.session.execute(before, execution_options={"synchronize_session": False})
    for person in db.session.scalars(select(Person).where(Person.id.in_(keys))):
        db.session.add(Reminder(subject_id=person.id, rule=RULE, sent_at=now))
        mail.queue(mails.still_there(person, PATIENCE.days))
        audit.record(PrivacyDeed.DORMANT_ASKED, person, actor=PORTAL, now=now)


def clear(keys: Sequence[UUID], *, now: datetime) -> None:
    """Take the names and addresses of people who did not answer."""
    for key in keys:
        person = db.session.get_one(Person, key, with_for_update=True)
        erasing.wipe(person, actor=PORTAL, now=now)
        audit.record(PrivacyDeed.DORMANT_CLEARED, person, actor=PORTAL, now=now)
