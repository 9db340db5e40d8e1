"""Texts that people accept: which version, when, and being asked again when they change."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from portal.core.errors import NotAllowed, Refused
from portal.core.wording import N_, Sentence
from portal.extensions import db
from portal.members.policy import administrator
from portal.members.privacy.deeds import PrivacyDeed
from portal.members.queries.texts import standing_texts
from portal.members.service.accounts import insist_on_standing
from portal.models import Actor, ConsentEvent, MaterialChange, PageRevision, Person
from portal.platform import audit

ANNOUNCED = Sentence(N_("Everybody was asked to read this version already."))


def announce(
    revision: PageRevision, *, summary_en: str, summary_nb: str, actor: Actor, now: datetime
) -> MaterialChange:
    """Ask everybody to accept a text as it stands now, saying what is new in it."""
    if not administrator(actor):
        raise NotAllowed
    known = select(MaterialChange.id).where(MaterialChange.revision_id == revision.id)
    if db.session.scalar(known):
        raise Refused(ANNOUNCED)
    row = MaterialChange(
        revision_id=revision.id,
        summary_en=summary_en,
        summary_nb=summary_nb,
        announced_at=now,
        announced_by_id=actor.id,
        created_at=now,
    )
    db.session.add(row)
    audit.record(PrivacyDeed.ANNOUNCED, row, actor=actor, now=now)
    return row


def accept(shown: Collection[UUID], *, actor: Actor, now: datetime) -> None:
    """Accept the texts as they were shown, each in a version of its own, while they stand."""
    insist_on_standing(shown)
    person = db.session.get_one(Person, actor.id, with_for_update=True)
    held = select(ConsentEvent.revision_id).where(ConsentEvent.person_id == actor.id)
    there = set(db.session.scalars(held))
    fresh = [id for id in standing_texts() if id not in there]
    db.session.add_all(
        ConsentEvent(person_id=actor.id, revision_id=id, at=now, created_at=now) for id in fresh
    )
    audit.record(PrivacyDeed.ACCEPTED, person, actor=actor, now=now)
