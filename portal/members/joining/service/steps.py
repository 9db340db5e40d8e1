"""What every deed about an application needs: the lock, its readers, what a timeline tells."""

from datetime import datetime

from sqlalchemy import select

from portal.core.workflow import Step
from portal.extensions import db
from portal.members.service import affiliations
from portal.members.service.staff import people_who_work_on
from portal.models import MembershipApplication, Person, StaffRole
from portal.models.members.people import is_told
from portal.platform.audit import About


def locked(row: MembershipApplication) -> None:
    """Let nobody else change an application until this deed is kept, and read it afresh."""
    db.session.execute(
        select(MembershipApplication.id).where(MembershipApplication.id == row.id).with_for_update()
    )
    db.session.refresh(row)


def readers_of(row: MembershipApplication) -> list[Person]:
    """Return who hears of it on the side of the applicant: whoever sent it, and administrators."""
    found = {person.id: person for person in affiliations.administrators_of(row.organisation_id)}
    still = select(Person).where(Person.id == row.applicant_id, *is_told())
    applicant = db.session.scalar(still)
    if applicant and affiliations.live(applicant.id, row.organisation_id):
        found[applicant.id] = applicant
    return sorted(found.values(), key=lambda person: person.id)


def readers_at(row: MembershipApplication, *, now: datetime) -> list[Person]:
    """Return who hears of it on our side: whoever handles it, else all who may decide."""
    found = deciders(row, now=now)
    return [person for person in found if person.id == row.handler_id] or found


def deciders(row: MembershipApplication, *, now: datetime) -> list[Person]:
    """Return who looks after members, but for those who belong to the organisation."""
    staff = people_who_work_on(StaffRole.MEMBERSHIP, now=now)
    return [p for p in staff if not affiliations.live(p.id, row.organisation_id)]


def told(
    row: MembershipApplication, *, step: Step | None = None, note: str = "", internal: bool = False
) -> About:
    """Return what timelines tell; the organisation's names the application by its reference."""
    return About(
        organisation_id=row.organisation_id,
        step=step,
        note=note,
        internal=internal,
        details={"title": row.reference or ""},
    )
