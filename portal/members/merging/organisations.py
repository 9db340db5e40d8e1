"""Two organisations become one: what they did goes together, and nobody gains a role by it."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, exists, select, update
from sqlalchemy.orm import aliased

from portal.core.errors import Refused
from portal.core.wording import N_, Sentence
from portal.extensions import db
from portal.members.merging import moving, registrations
from portal.members.merging.asking import GONE, REASON, ask, open_request
from portal.members.service import affiliations, succession
from portal.members.service.memberships import end_membership
from portal.members.service.proposals import replace
from portal.members.workflow import INVITATION, REQUEST
from portal.models import (
    LIVE_STATES,
    Actor,
    Affiliation,
    Application,
    EndReason,
    Invitation,
    InvitationState,
    JoinRequest,
    Membership,
    MembershipApplication,
    NumberKind,
    Organisation,
    Participation,
    RequestState,
    article_organisation,
)
from portal.models.members.joining import OPEN_JOINING
from portal.platform import cluster

APPLIES = Sentence(
    N_("The one that would become a part of the other is applying for membership. Decide that or"
       " have it taken back first.")
)  # fmt: skip


def check(kept: Organisation, lost: Organisation) -> None:
    """Refuse what cannot be brought together now."""
    if kept.merged_into_id or lost.merged_into_id:
        raise Refused(GONE)
    applies = select(MembershipApplication.id).where(
        MembershipApplication.organisation_id == lost.id,
        MembershipApplication.state.in_(OPEN_JOINING),
    )
    if db.session.scalar(applies.limit(1)):
        raise Refused(APPLIES)


def hold(*ids: UUID) -> None:
    """Let nobody else change these organisations until the deed is kept."""
    rows = select(Organisation.id).where(Organisation.id.in_(ids)).order_by(Organisation.id)
    db.session.execute(rows.with_for_update()).all()


def merge(kept: Organisation, lost: Organisation, *, actor: Actor, now: datetime) -> None:
    """Make one organisation of two: part of a deed."""
    hold(kept.id, lost.id)
    db.session.refresh(kept)
    db.session.refresh(lost)
    check(kept, lost)
    let_people_go(kept, lost, actor=actor, now=now)
    answer_letters(kept, lost, actor=actor, now=now)
    join_memberships(kept, lost, actor=actor, now=now)
    replace(lost, actor=actor, now=now)
    succession.void(lost, actor=actor, now=now)
    moving.remove("organisation_domain.organisation_id", lost.id)
    db.session.flush()
    move_rows(kept, lost)
    close(kept, lost)


def let_people_go(kept: Organisation, lost: Organisation, *, actor: Actor, now: datetime) -> None:
    """End the roles in the one that goes. Who is nothing in the other asks to join it."""
    live = select(Affiliation).where(
        Affiliation.organisation_id == lost.id, Affiliation.ends_at.is_(None)
    )
    for row in db.session.scalars(live.order_by(Affiliation.id)).all():
        affiliations.part(row, actor=actor, now=now, reason=REASON, succeeds=False)
        if not affiliations.live(row.person_id, kept.id):
            ask(row.person, kept.id, now=now)


def answer_letters(kept: Organisation, lost: Organisation, *, actor: Actor, now: datetime) -> None:
    """Withdraw invitations to the one that goes, and requests that the other has already."""
    invited = select(Invitation).where(
        Invitation.organisation_id == lost.id, Invitation.state == InvitationState.PENDING
    )
    for invitation in db.session.scalars(invited).all():
        INVITATION.make("lapse", invitation, actor=actor, now=now)
        invitation.answered_at = now
    asked = select(JoinRequest).where(
        JoinRequest.organisation_id == lost.id, JoinRequest.state == RequestState.OPEN
    )
    for request in db.session.scalars(asked).all():
        belongs = affiliations.live(request.person_id, kept.id)
        if belongs or open_request(request.person_id, kept.id):
            REQUEST.make("lapse", request, actor=actor, now=now)
            request.answered_at, request.answered_by_id = now, actor.id


def join_memberships(
    kept: Organisation, lost: Organisation, *, actor: Actor, now: datetime
) -> None:
    """Let the kept one's membership stand. The other's ends where both have one."""
    live = {
        row.organisation_id: row
        for row in db.session.scalars(
            select(Membership).where(
                Membership.organisation_id.in_((kept.id, lost.id)), Membership.ends_on.is_(None)
            )
        )
    }
    if len(live) == 2:
        profile = cluster.profile()
        zone = ZoneInfo(profile.zone if profile else "Europe/Oslo")
        today = now.astimezone(zone).date()
        row = live[lost.id]
        end_membership(row, today, reason=EndReason.MERGED, actor=actor, now=now)
        db.session.flush()


def move_rows(kept: Organisation, lost: Organisation) -> None:
    """Move what the one did to the other, but for what the other has already."""
    both = article_organisation.alias()
    told = article_organisation.c.article_id.in_(
        select(both.c.article_id).where(both.c.organisation_id == kept.id)
    )
    moving.remove("article_organisation.organisation_id", lost.id, told)
    registrations.hold(kept, lost)
    at_events = registrations.shared(kept, lost)
    for key, clash in clashes(kept, lost).items():
        moving.move(key, lost.id, kept=kept.id, unless=clash)
    registrations.bring_together(at_events, kept)
    renamed = update(Application).where(Application.organisation_id == kept.id)
    db.session.execute(renamed.values(applicant_key=kept.name_key))


def clashes(kept: Organisation, lost: Organisation) -> Mapping[str, ColumnElement[bool] | None]:
    """Return what moves, each with what must stay where it is: both cannot be one's."""
    same_call = aliased(Application)
    applied = and_(
        Application.state.in_(LIVE_STATES),
        exists().where(
            same_call.call_id == Application.call_id,
            same_call.organisation_id == kept.id,
            same_call.state.in_(LIVE_STATES),
        ),
    )
    same_cohort = aliased(Participation)
    takes_part = exists().where(
        same_cohort.cohort_id == Participation.cohort_id,
        same_cohort.organisation_id == kept.id,
    )
    full = [
        each.event.id
        for each in registrations.shared(kept, lost)
        if each.becomes is registrations.Becomes.APART
    ]
    return {
        "affiliation.organisation_id": None,
        "application.organisation_id": applied,
        "article.proposed_for_id": None,
        "article_organisation.organisation_id": None,
        "delegate.organisation_id": column("delegate.event_id").in_(full),
        "invitation.organisation_id": None,
        "join_request.organisation_id": None,
        "membership.organisation_id": None,
        "membership_application.organisation_id": None,
        "organisation.merged_into_id": None,
        "organisation_proposal.organisation_id": None,
        "participation.organisation_id": takes_part,
        "registration.organisation_id": column("registration.event_id").in_(full),
        "succession.organisation_id": None,
    }


def column(key: str) -> ColumnElement[UUID]:
    """Return a column by its name."""
    return moving.column_of(key)


def close(kept: Organisation, lost: Organisation) -> None:
    """Let the one that goes lead to the other. A number that the other lacks goes along."""
    lost.merged_into_id, lost.listed = kept.id, False
    if kept.number is None and lost.number is not None:
        kind, number, country = lost.number_kind, lost.number, lost.country
        lost.number_kind, lost.number = NumberKind.NONE, None
        db.session.flush()
        kept.number_kind, kept.number, kept.country = kind, number, country
    db.session.flush()
