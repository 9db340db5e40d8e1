"""What of the members' room can be found: organisations and the people in them."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import selectinload

from portal.core.wording import N_
from portal.extensions import db
from portal.members import policy
from portal.members.queries.directory import SHOWN_TO_ALL, days
from portal.models import Actor, Affiliation, Organisation, Person
from portal.platform.language import in_language, says, tell
from portal.search import OF_NAMES, Document, Source, declare
from portal.search.texts import joined, plain

PEOPLE = N_("People")


def init_app() -> None:
    """Let our rows be found."""
    for source in (ORGANISATIONS, COLLEAGUES, PERSONS):
        declare(source)


def organisation_documents(ids: Sequence[UUID]) -> Iterator[Document]:
    """Make documents of what the pages of organisations tell."""
    rows = select(Organisation).where(Organisation.id.in_(ids))
    rows = rows.options(selectinload(Organisation.tags), selectinload(Organisation.services))
    for row in db.session.scalars(rows):
        yield Document(
            subject_id=row.id,
            language=row.language,
            title=row.display_name,
            text=organisation_text(row),
            address=f"/members/{row.slug}",
        )


def organisation_text(row: Organisation) -> str:
    """Return what an organisation tells of itself, in its own language."""
    with in_language(row.language):
        tags = [says(tag, "label") for tag in row.tags]
        services = [tell(service.label) for service in (*row.offered, *row.sought)]
    facts = joined(row.place, *tags, *services, between=" · ")
    return joined(row.standfirst, plain(row.description), facts)


def organisations_seen(actor: Actor | None) -> Select[Organisation]:
    """Select the organisations that have a page for a visitor: public, or their own."""
    seen = Organisation.visible_to(actor)
    if actor is None:
        return seen.where(*SHOWN_TO_ALL)
    if actor.is_staff_of_any:
        return seen
    return seen.where(or_(Organisation.id.in_(actor.organisation_ids), and_(*SHOWN_TO_ALL)))


def days_of_membership(*, now: datetime) -> dict[str, Any]:
    """Return the days that decide whose membership counts."""
    return {**days(now=now)}


def organisation_address(address: str, subject_id: UUID, *, actor: Actor | None) -> str:
    """Lead staff, and people to their own, behind the public page."""
    if actor and (actor.is_staff_of_any or actor.belongs_to(subject_id)):
        return address.replace("/members/", "/organisations/", 1)
    return address


def colleague_documents(ids: Sequence[UUID]) -> Iterator[Document]:
    """Make documents of what the list of an organisation's people tells of each."""
    rows = (
        select(
            Affiliation.id, Affiliation.title, Person.name,
            Organisation.display_name, Organisation.slug,
        )
        .join(Person, Person.id == Affiliation.person_id)
        .join(Organisation, Organisation.id == Affiliation.organisation_id)
        .where(Affiliation.id.in_(ids), Affiliation.ends_at.is_(None))
    )  # fmt: skip
    for row in db.session.execute(rows):
        yield Document(
            subject_id=row.id,
            language=OF_NAMES,
            title=row.name,
            text=joined(row.title, row.display_name, between=" · "),
            address=f"/organisations/{row.slug}/people",
        )


def colleagues_seen(actor: Actor | None) -> Select[Affiliation] | None:
    """Select who is in the lists of people that a visitor may open."""
    if actor is None or policy.membership_staff(actor):
        return None
    return Affiliation.visible_to(actor).where(Affiliation.ends_at.is_(None))


def person_documents(ids: Sequence[UUID]) -> Iterator[Document]:
    """Make documents of people as membership staff find them."""
    rows = select(Person.id, Person.name, Person.email).where(Person.id.in_(ids))
    for row in db.session.execute(rows):
        yield Document(
            subject_id=row.id,
            language=OF_NAMES,
            title=row.name,
            text=row.email,
            address=f"/admin/people/{row.id}",
        )


def persons_seen(actor: Actor | None) -> Select[Person] | None:
    """Select the people whose page a visitor may open: staff who look after membership."""
    if actor is None or not policy.membership_staff(actor):
        return None
    return Person.visible_to(actor).where(Person.merged_into_id.is_(None))


ORGANISATIONS = Source(
    kind="organisation",
    label=N_("Organisations"),
    rank=40,
    model=Organisation,
    documents=organisation_documents,
    visible=organisations_seen,
    given=days_of_membership,
    address=organisation_address,
)

COLLEAGUES = Source(
    kind="colleague",
    label=PEOPLE,
    rank=50,
    model=Affiliation,
    documents=colleague_documents,
    visible=colleagues_seen,
    follows={Person: Affiliation.person_id, Organisation: Affiliation.organisation_id},
    languages=(OF_NAMES,),
)

PERSONS = Source(
    kind="person",
    label=PEOPLE,
    rank=50,
    model=Person,
    documents=person_documents,
    visible=persons_seen,
    languages=(OF_NAMES,),
)
