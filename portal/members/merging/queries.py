"""What the pages about merges find: proposals, and who is likely to be here twice."""

from collections.abc import Sequence
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import aliased, joinedload

from portal.core.errors import present
from portal.extensions import db
from portal.models import (
    Actor,
    EmailAddress,
    MergeRecord,
    MergeState,
    Organisation,
    OrganisationDomain,
    Person,
    stand_in,
)
from portal.platform.paging import Order, PageOfRows, page

NEWEST = Order(MergeRecord.created_at, MergeRecord.id, descending=True)
MOST = 20


def merge(id: UUID, *, actor: Actor) -> MergeRecord:
    """Find a merge."""
    rows = MergeRecord.visible_to(actor).where(MergeRecord.id == id)
    return present(
        db.session.scalar(
            rows.options(
                joinedload(MergeRecord.kept_person),
                joinedload(MergeRecord.lost_person),
                joinedload(MergeRecord.kept_organisation),
                joinedload(MergeRecord.lost_organisation),
                joinedload(MergeRecord.proposed_by),
                joinedload(MergeRecord.answered_by),
            )
        )
    )


def merges(mark: str | None, *, actor: Actor) -> PageOfRows:
    """Return a page of merges, the newest first."""
    return page(every_merge(stand_in(actor.staff)), NEWEST, mark, given={})


@cache
def every_merge(actor: Actor) -> Select[*tuple[Any, ...]]:
    """Put together, once for each kind of staff, what selects merges."""
    lost, kept = aliased(Person), aliased(Person)
    gone, whole = aliased(Organisation), aliased(Organisation)
    return (
        MergeRecord.visible_to(actor)
        .outerjoin(lost, lost.id == MergeRecord.lost_person_id)
        .outerjoin(kept, kept.id == MergeRecord.kept_person_id)
        .outerjoin(gone, gone.id == MergeRecord.lost_organisation_id)
        .outerjoin(whole, whole.id == MergeRecord.kept_organisation_id)
        .with_only_columns(
            MergeRecord.id,
            MergeRecord.created_at,
            MergeRecord.state,
            lost.name.label("lost_person"),
            kept.name.label("kept_person"),
            lost.email.label("lost_address"),
            kept.email.label("kept_address"),
            gone.display_name.label("lost_organisation"),
            whole.display_name.label("kept_organisation"),
        )
    )


def waiting_for(*ids: UUID) -> bool:
    """Tell whether one of these waits to be merged already."""
    columns = (
        MergeRecord.kept_person_id,
        MergeRecord.lost_person_id,
        MergeRecord.kept_organisation_id,
        MergeRecord.lost_organisation_id,
    )
    waits = select(MergeRecord.id).where(
        MergeRecord.state == MergeState.PROPOSED, or_(*(column.in_(ids) for column in columns))
    )
    return db.session.scalar(waits.limit(1)) is not None


def like_person(person: Person, *, actor: Actor) -> Sequence[Any]:
    """Return the other accounts of the same name: likely the same person."""
    rows = (
        Person.visible_to(actor)
        .where(
            Person.name_key == person.name_key,
            Person.id != person.id,
            Person.merged_into_id.is_(None),
        )
        .with_only_columns(Person.id, Person.name, Person.email)
        .order_by(Person.name_key, Person.id)
        .limit(MOST)
    )
    return db.session.execute(rows).all()


def like_organisation(organisation: Organisation, *, actor: Actor) -> Sequence[Any]:
    """Return the organisations of the same name, the same number elsewhere, or the same domain."""
    mine = aliased(OrganisationDomain)
    same_domain = (
        select(OrganisationDomain.organisation_id)
        .join(mine, mine.domain == OrganisationDomain.domain)
        .where(mine.organisation_id == organisation.id)
    )
    like = [
        Organisation.name_key == organisation.name_key,
        Organisation.id.in_(same_domain),
    ]
    if organisation.number:
        like.append(Organisation.number == organisation.number)
    rows = (
        Organisation.visible_to(actor)
        .where(or_(*like), Organisation.id != organisation.id)
        .with_only_columns(
            Organisation.id, Organisation.display_name, Organisation.number, Organisation.country
        )
        .order_by(Organisation.name_key, Organisation.id)
        .limit(MOST)
    )
    return db.session.execute(rows).all()


def person_called(address: str) -> Person | None:
    """Find the account of an address."""
    found = select(Person).join(EmailAddress, EmailAddress.person_id == Person.id)
    return db.session.scalar(
        found.where(EmailAddress.address == address, Person.merged_into_id.is_(None))
    )


def organisation_called(text: str) -> Organisation | None:
    """Find an organisation by its number, or by the last part of its address here."""
    wanted = "".join(text.split())
    found = select(Organisation).where(
        or_(Organisation.number == wanted, Organisation.slug == wanted.rpartition("/")[2]),
        Organisation.merged_into_id.is_(None),
    )
    rows = db.session.scalars(found.limit(2)).all()
    return rows[0] if len(rows) == 1 else None
