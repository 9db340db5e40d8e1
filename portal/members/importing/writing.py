"""Doing what a row says, through the deeds that people do by hand: each of them in the audit."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select

from portal.extensions import db
from portal.members import service
from portal.members.deeds import MemberDeed
from portal.members.importing.planning import Plan
from portal.members.importing.values import number_kind
from portal.members.importing.world import Company
from portal.members.service import affiliations, memberships, organisations
from portal.models import (
    Actor,
    Affiliation,
    Membership,
    MembershipTier,
    NumberKind,
    Organisation,
    Person,
)
from portal.platform import audit
from portal.platform.audit import About
from portal.platform.database import read


def perform(plan: Plan, *, actor: Actor, now: datetime) -> None:
    """Do what a row would do. Nobody gets a letter of it."""
    memberships.insist(actor=actor)
    organisation = keep_company(plan, actor=actor, now=now)
    person = keep_human(plan, actor=actor, now=now)
    if organisation and person and plan.place:
        keep_place(plan, organisation, person, actor=actor, now=now)
    if organisation and plan.stretch:
        keep_stretch(plan, organisation, actor=actor, now=now)


def keep_company(plan: Plan, *, actor: Actor, now: datetime) -> Organisation | None:
    """Register or change the organisation that a row speaks of."""
    if plan.company is None:
        return None
    if plan.makes_company:
        row = register(plan.company, plan.facts, actor=actor, now=now)
        plan.company.id = row.id
        return row
    row = db.session.get_one(Organisation, plan.company.id)
    if plan.facts or plan.number:
        change(row, plan, actor=actor, now=now)
    return row


def register(
    company: Company, facts: dict[str, Any], *, actor: Actor, now: datetime
) -> Organisation:
    """Register an organisation that staff vouch for, so that it is confirmed at once."""
    kind = number_kind(company.country) if company.number else NumberKind.NONE
    registration = service.Registration(
        number_kind=kind, number=company.number, country=company.country
    )
    row = organisations.begun(registration, service.Facts(**facts), now=now)
    row.confirmed_at, row.confirmed_by_id = now, actor.id
    row.listed = company.listed
    about = About(organisation_id=row.id, on_behalf_of_id=row.id)
    audit.record(MemberDeed.ORGANISATION_CREATED, row, actor=actor, now=now, about=about)
    return row


def change(row: Organisation, plan: Plan, *, actor: Actor, now: datetime) -> None:
    """Change what an organisation tells of itself, and give it its number if it had none."""
    if plan.number and row.number is None:
        row.number_kind = number_kind(row.country)
        row.number = plan.number
        db.session.flush()
    facts = service.Facts(**{name: getattr(row, name) for name in service.Facts.__annotations__})
    shown = service.Shown(**{name: getattr(row, name) for name in service.Shown.__annotations__})
    service.edit_organisation(
        row,
        replace(facts, **plan.facts),
        shown=shown,
        tags=row.tags,
        version=row.version,
        actor=actor,
        now=now,
    )


def keep_human(plan: Plan, *, actor: Actor, now: datetime) -> Person | None:
    """Add or change the person that a row speaks of. Who is added has no password."""
    if plan.human is None:
        return None
    facts = plan.person
    if plan.makes_human:
        person = service.find_or_add(
            facts["person_name"],
            plan.human.email,
            language=facts["language"],
            actor=actor,
            now=now,
        )
        person.phone = facts["phone"]
        plan.human.id = person.id
        return person
    person = db.session.get_one(Person, plan.human.id)
    if facts:
        person.name = facts.get("person_name", person.name)
        person.phone = facts.get("phone", person.phone)
        person.language = facts.get("language", person.language)
        audit.record(MemberDeed.PROFILE_CHANGED, person, actor=actor, now=now)
    return person


def keep_place(
    plan: Plan, organisation: Organisation, person: Person, *, actor: Actor, now: datetime
) -> None:
    """Give a person their place in an organisation; another that they had there ends."""
    if plan.place is None:
        return
    role, title = plan.place.role, plan.place.title
    new = plan.makes_company or plan.makes_human  # who is new here is nothing here yet
    before = None if new else affiliations.live(person.id, organisation.id)
    if before is None:
        service.affiliate(person, organisation, role=role, title=title, actor=actor, now=now)
        return
    if before.role is not role:
        row = affiliations.grant(person, organisation, role=role, title=title, actor=actor, now=now)
    else:
        row = retitled(before, title, actor=actor, now=now)
    about = affiliations.told(row, actor=actor)
    audit.record(MemberDeed.ROLE_CHANGED, row, actor=actor, now=now, about=about)


def retitled(before: Affiliation, title: str, *, actor: Actor, now: datetime) -> Affiliation:
    """Replace what somebody is by the same under another title."""
    affiliations.lock(before.organisation_id)
    affiliations.close(before, actor=actor, now=now)
    row = Affiliation(
        person_id=before.person_id,
        organisation_id=before.organisation_id,
        role=before.role,
        title=title,
        starts_at=now,
        granted_by_id=actor.id,
    )
    db.session.add(row)
    db.session.flush()
    return row


def keep_stretch(plan: Plan, organisation: Organisation, *, actor: Actor, now: datetime) -> None:
    """Start a membership, or add a period to the one there is."""
    if plan.stretch is None:
        return
    code, from_on, to_on = plan.stretch.code, plan.stretch.from_on, plan.stretch.until_on
    tier = db.session.get_one(MembershipTier, tier_id(code))
    found = None if plan.makes_company else live_membership(organisation.id)
    if found:
        service.renew(found, tier, from_on=from_on, to_on=to_on, actor=actor, now=now)
    else:
        service.start_membership(
            organisation, tier, from_on=from_on, to_on=to_on, actor=actor, now=now
        )


TIER = select(MembershipTier.id).where(MembershipTier.code == bindparam("code"))


def tier_id(code: str) -> UUID:
    """Return the id of a kind of membership; the row itself is read once for each batch."""
    found: UUID = read(TIER, code=code).scalar_one()
    return found


def live_membership(organisation_id: UUID) -> Membership | None:
    """Find the membership of an organisation that has not ended."""
    return db.session.scalar(
        select(Membership).where(
            Membership.organisation_id == organisation_id, Membership.ends_on.is_(None)
        )
    )
