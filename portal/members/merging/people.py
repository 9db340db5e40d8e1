"""Two accounts become one: history goes together, and no right comes along."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update

from portal.core.errors import Refused
from portal.core.wording import N_, Sentence
from portal.extensions import db
from portal.members.mails import merging as letters
from portal.members.merging import moving
from portal.members.merging.asking import GONE, REASON, ask, open_request
from portal.members.merging.workflow import PERSON_MERGED
from portal.members.service import affiliations, staff
from portal.members.service.succession import COVERS
from portal.members.workflow import REQUEST, SUCCESSION
from portal.models import (
    ACTIVE_STATES,
    Actor,
    Affiliation,
    Delegate,
    EmailAddress,
    Field,
    JoinRequest,
    OneTimeToken,
    Organisation,
    Person,
    PersonState,
    PersonVisibility,
    PrivacyRequest,
    RequestState,
    StaffGrant,
    Succession,
    SuccessionState,
)
from portal.models.members.privacy import PrivacyState
from portal.models.members.visibility import DEFAULTS, narrower
from portal.platform import auth, mail, personal

UNDER_WAY = Sentence(
    N_("A request about personal data is under way for one of the two. Finish it first.")
)
KEPT_IS_CLOSED = Sentence(N_("The account that is kept must be open: its owner goes on with it."))
#: Ways in and private links, removed with whatever they opened.
REMOVED = (
    "address_claim.person_id",
    "authenticator_app.person_id",
    "calendar_feed.person_id",
    "issuer_identity.person_id",
    "news_feed.person_id",
    "passkey.person_id",
    "recovery_code.person_id",
    "sign_in_link.person_id",
)
#: What moves as it is, since it only says who did or saw to something.
MOVED = (
    "affiliation.person_id",
    "application.lead_id",
    "join_request.person_id",
    "milestone.owner_id",
    "participation.responsible_id",
    "person.merged_into_id",
    "succession.person_id",
    "succession.successor_id",
)


def check(kept: Person, lost: Person) -> None:
    """Refuse what cannot be brought together now."""
    if kept.merged_into_id or lost.merged_into_id:
        raise Refused(GONE)
    if kept.state is not PersonState.ACTIVE:
        raise Refused(KEPT_IS_CLOSED)
    open_states = (PrivacyState.RECEIVED, PrivacyState.CHECKED)
    asked = select(PrivacyRequest.id).where(
        PrivacyRequest.person_id.in_((kept.id, lost.id)), PrivacyRequest.state.in_(open_states)
    )
    if db.session.scalar(asked.limit(1)):
        raise Refused(UNDER_WAY)


def hold(*ids: UUID) -> None:
    """Let nobody else change these people until the deed is kept.

    Where they belong is held first: whoever gives a role holds the organisation, then the person.
    """
    where = select(Affiliation.organisation_id).where(
        Affiliation.person_id.in_(ids), Affiliation.ends_at.is_(None)
    )
    theirs = select(Organisation.id).where(Organisation.id.in_(where)).order_by(Organisation.id)
    db.session.execute(theirs.with_for_update()).all()
    rows = select(Person.id).where(Person.id.in_(ids)).order_by(Person.id)
    db.session.execute(rows.with_for_update()).all()


def merge(kept: Person, lost: Person, *, actor: Actor, now: datetime) -> None:
    """Make one person of two: part of a deed."""
    hold(kept.id, lost.id)
    db.session.refresh(kept)
    db.session.refresh(lost)
    check(kept, lost)
    farewell = letters.merged(kept, lost)
    leave_organisations(kept, lost, actor=actor, now=now)
    answer_requests(kept, lost, actor=actor, now=now)
    end_grants(lost, actor=actor, now=now)
    end_ways_in(lost, now=now)
    keep_narrower(kept, lost, now=now)
    drop_doubles(kept, lost, actor=actor, now=now)
    db.session.flush()
    for key in MOVED:
        moving.move(key, lost.id, kept=kept.id)
    close(lost, kept, actor=actor, now=now)
    mail.queue(*farewell)


def leave_organisations(kept: Person, lost: Person, *, actor: Actor, now: datetime) -> None:
    """End every role of the account that goes. The one that is kept asks for what it never had."""
    live = select(Affiliation).where(
        Affiliation.person_id == lost.id, Affiliation.ends_at.is_(None)
    )
    for row in db.session.scalars(live.order_by(Affiliation.organisation_id)).all():
        affiliations.lock(row.organisation_id)
        own = affiliations.live(kept.id, row.organisation_id)
        covered = own is not None and row.role in (*COVERS[own.role], own.role)
        affiliations.part(row, actor=actor, now=now, reason=REASON, succeeds=not covered)
        if own is None:
            ask(kept, row.organisation_id, now=now)


def answer_requests(kept: Person, lost: Person, *, actor: Actor, now: datetime) -> None:
    """Take back the requests of the account that goes where the other belongs or asks already."""
    asked = select(JoinRequest).where(
        JoinRequest.person_id == lost.id, JoinRequest.state == RequestState.OPEN
    )
    for row in db.session.scalars(asked).all():
        belongs = affiliations.live(kept.id, row.organisation_id)
        needless = belongs or open_request(kept.id, row.organisation_id)
        if needless or kept.verified_at is None:
            REQUEST.make("lapse", row, actor=actor, now=now)
            row.answered_at, row.answered_by_id = now, actor.id


def end_grants(lost: Person, *, actor: Actor, now: datetime) -> None:
    """End the staff roles of the account that goes: they are given to a person, never inherited."""
    live = select(StaffGrant).where(StaffGrant.person_id == lost.id, StaffGrant.ends_at.is_(None))
    for row in db.session.scalars(live.order_by(StaffGrant.id)).all():
        staff.guard_last(lost, row.role)
        row.ends_at, row.ended_by_id = max(now, row.starts_at), actor.id


def end_ways_in(lost: Person, *, now: datetime) -> None:
    """End every session, password, factor, link and address of the account that goes."""
    auth.end_sessions(lost.id, now=now, reason=REASON)
    unused = update(OneTimeToken).where(
        OneTimeToken.person_id == lost.id, OneTimeToken.used_at.is_(None)
    )
    db.session.execute(unused.values(used_at=now))
    for key in REMOVED:
        moving.remove(key, lost.id)
    moving.remove("email_address.person_id", lost.id, EmailAddress.is_primary.is_(False))
    held = update(Delegate).where(Delegate.person_id == lost.id, Delegate.state.in_(ACTIVE_STATES))
    db.session.execute(held.values(person_id=None, version=Delegate.version + 1))


def keep_narrower(kept: Person, lost: Person, *, now: datetime) -> None:
    """Show of the person no more than either account let be seen."""
    rows = {
        row.person_id: row
        for row in db.session.scalars(
            select(PersonVisibility).where(PersonVisibility.person_id.in_((kept.id, lost.id)))
        )
    }
    theirs = rows.get(lost.id)
    if theirs is None and kept.id not in rows:
        return
    mine = rows.get(kept.id) or PersonVisibility(
        person_id=kept.id, created_at=now, **{f.value: DEFAULTS[f] for f in Field}
    )
    db.session.add(mine)
    for field in Field:
        other = getattr(theirs, field.value) if theirs else DEFAULTS[field]
        setattr(mine, field.value, narrower(getattr(mine, field.value), other))
    if theirs:
        db.session.delete(theirs)


def drop_doubles(kept: Person, lost: Person, *, actor: Actor, now: datetime) -> None:
    """Ask once for a successor where it is asked of both."""
    other = select(Succession.organisation_id).where(
        Succession.person_id == kept.id, Succession.state == SuccessionState.OPEN
    )
    doubles = select(Succession).where(
        Succession.person_id == lost.id,
        Succession.state == SuccessionState.OPEN,
        Succession.organisation_id.in_(other),
    )
    for row in db.session.scalars(doubles).all():
        SUCCESSION.make("return", row, actor=actor, now=now)
        row.closed_at, row.closed_by_id = now, actor.id


def close(lost: Person, kept: Person, *, actor: Actor, now: datetime) -> None:
    """Close the account that goes. Its address is free for whoever proves it."""
    if lost.state is not PersonState.CLOSED:
        PERSON_MERGED.make("merge", lost, actor=actor, now=now)
    lost.merged_into_id = kept.id
    lost.email = f"merged-{lost.id.hex}@{personal.MERGED}"
    lost.password_hash, lost.verified_at = None, None
    db.session.flush()
