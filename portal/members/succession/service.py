"""Handing a role over to somebody who can be reached."""

from datetime import datetime

from portal.core.errors import Mistake
from portal.core.wording import N_, Sentence
from portal.core.workflow import Step
from portal.extensions import db
from portal.members import service
from portal.members.deeds import MemberDeed
from portal.members.service import affiliations
from portal.members.service.succession import COVERS
from portal.members.workflow import SUCCESSION
from portal.models import (
    Actor,
    Affiliation,
    Invitation,
    Person,
    PersonState,
    Succession,
)
from portal.platform import audit
from portal.platform.audit import About

YOURSELF = Sentence(N_("This is you. A colleague names you, or somebody of the organisation."))
NOT_HERE = Sentence(N_("Choose somebody who belongs to the organisation."))


def hand_over(
    row: Succession, successor: Person, *, ends: bool, actor: Actor, now: datetime
) -> None:
    """Give a colleague the role. `ends` also ends what the earlier holder still is there."""
    affiliations.lock(row.organisation_id)
    db.session.refresh(row)
    step = SUCCESSION.make("hand_over", row, actor=actor, now=now)
    row.closed_at, row.closed_by_id, row.successor_id = now, actor.id, successor.id
    if successor.id == actor.id and not actor.administers(row.organisation_id):
        raise Mistake("successor", YOURSELF)
    held = affiliations.live(successor.id, row.organisation_id)
    if held is None or successor.state is not PersonState.ACTIVE or successor.id == row.person_id:
        raise Mistake("successor", NOT_HERE)
    if row.role not in COVERS[held.role]:
        affiliations.grant(successor, row.organisation, role=row.role, actor=actor, now=now)
    former = live_of(row)
    if ends and former is not None:
        affiliations.guard_last(former, actor=actor)
        affiliations.part(former, actor=actor, now=now)
    about = told(row, step, actor=actor, note=successor.name)
    audit.record(MemberDeed.HANDED_OVER, row, actor=actor, now=now, about=about)


def live_of(row: Succession) -> Affiliation | None:
    """Find what the earlier holder still is in the organisation."""
    return affiliations.live(row.person_id, row.organisation_id)


def invite_successor(
    row: Succession, email: str, *, language: str, actor: Actor, now: datetime
) -> Invitation:
    """Invite somebody to the role. It is handed over when they accept."""
    wish = service.Wish(email=email, role=row.role, language=language)
    invitation, _secret = service.invite(row.organisation, wish, actor=actor, now=now)
    return invitation


def drop(row: Succession, *, actor: Actor, now: datetime) -> None:
    """Say that nobody is needed in this role."""
    affiliations.lock(row.organisation_id)
    db.session.refresh(row)
    step = SUCCESSION.make("drop", row, actor=actor, now=now)
    row.closed_at, row.closed_by_id = now, actor.id
    about = told(row, step, actor=actor)
    audit.record(MemberDeed.SUCCESSION_DROPPED, row, actor=actor, now=now, about=about)


def told(row: Succession, step: Step, *, actor: Actor, note: str = "") -> About:
    """Return what the organisation's timeline tells of it."""
    behalf = None if actor.belongs_to(row.organisation_id) else row.organisation_id
    return About(
        organisation_id=row.organisation_id,
        on_behalf_of_id=behalf,
        step=step,
        note=note,
        details={"role": row.role.value},
    )
