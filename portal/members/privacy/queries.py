"""What the pages about people's own data find."""

from collections.abc import Sequence
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, exists, select
from sqlalchemy.orm import aliased, joinedload

from portal.core.errors import present
from portal.extensions import db
from portal.members.queries.texts import TEXTS
from portal.models import (
    Actor,
    Affiliation,
    AffiliationRole,
    ConsentEvent,
    EmailAddress,
    ExportState,
    MaterialChange,
    Organisation,
    Page,
    PageRevision,
    Person,
    PersonalExport,
    PersonState,
    PrivacyKind,
    PrivacyRequest,
    PrivacyState,
    RetentionRun,
    stand_in,
)
from portal.platform.database import read
from portal.platform.paging import Order, PageOfRows, page
from portal.platform.personal import Whose


def whose(person: Person) -> Whose:
    """Return what rows about somebody are found by."""
    found = select(EmailAddress.address).where(EmailAddress.person_id == person.id)
    addresses = {person.email, *db.session.scalars(found)}
    return Whose(id=person.id, name=person.name, addresses=tuple(sorted(addresses)))


def owns_copy(id: UUID, *, actor: Actor | None) -> bool:
    """Tell whether a copy is of this visitor's own data, and still there."""
    if actor is None:
        return False
    mine = PersonalExport.visible_to(actor).where(
        PersonalExport.id == id, PersonalExport.state == ExportState.READY
    )
    return db.session.scalar(mine.with_only_columns(PersonalExport.id)) is not None


def copies(*, actor: Actor) -> Sequence[Any]:
    """Return the copies that somebody asked for, the newest first."""
    rows = PersonalExport.visible_to(actor).with_only_columns(
        PersonalExport.id, PersonalExport.state, PersonalExport.asked_at, PersonalExport.handled,
        PersonalExport.total, PersonalExport.file_id, PersonalExport.expires_at,
    )  # fmt: skip
    return db.session.execute(rows.order_by(PersonalExport.asked_at.desc()).limit(5)).all()


def own_requests(*, actor: Actor) -> Sequence[Any]:
    """Return what somebody asked about their own data, the newest first."""
    rows = (
        select(PrivacyRequest)
        .where(PrivacyRequest.person_id == actor.id)
        .with_only_columns(
            PrivacyRequest.id, PrivacyRequest.kind, PrivacyRequest.state, PrivacyRequest.wish,
            PrivacyRequest.received_at, PrivacyRequest.due_at, PrivacyRequest.extension,
            PrivacyRequest.answer, PrivacyRequest.closed_at,
        )
    )  # fmt: skip
    return db.session.execute(rows.order_by(PrivacyRequest.received_at.desc()).limit(20)).all()


def own_request(id: UUID, *, actor: Actor) -> PrivacyRequest:
    """Find something that somebody asked for themselves."""
    rows = select(PrivacyRequest).where(
        PrivacyRequest.id == id, PrivacyRequest.person_id == actor.id
    )
    return present(db.session.scalar(rows))


def consents(*, actor: Actor) -> Sequence[Any]:
    """Return which texts somebody accepted, in which version, when."""
    rows = (
        select(
            PageRevision.id, PageRevision.page_key, PageRevision.number, PageRevision.title_en,
            PageRevision.title_nb, ConsentEvent.at,
        )
        .join(PageRevision, PageRevision.id == ConsentEvent.revision_id)
        .where(ConsentEvent.person_id == actor.id)
    )  # fmt: skip
    return db.session.execute(rows.order_by(ConsentEvent.at.desc()).limit(50)).all()


def accepted_text(id: UUID, *, actor: Actor) -> PageRevision:
    """Find a text as it stood when somebody accepted it."""
    accepted = exists().where(
        ConsentEvent.revision_id == PageRevision.id, ConsentEvent.person_id == actor.id
    )
    return present(db.session.scalar(select(PageRevision).where(PageRevision.id == id, accepted)))


NEWER = aliased(PageRevision)
#: Whether somebody accepted a text in that version or a later one.
HAS_ACCEPTED = (
    exists()
    .where(
        ConsentEvent.person_id == bindparam("person_id"),
        NEWER.id == ConsentEvent.revision_id,
        NEWER.page_key == PageRevision.page_key,
        NEWER.number >= PageRevision.number,
    )
    .correlate(PageRevision)
)
TO_READ = (
    select(
        MaterialChange.summary_en, MaterialChange.summary_nb, MaterialChange.announced_at,
        PageRevision.page_key, PageRevision.title_en, PageRevision.title_nb,
    )
    .join(PageRevision, PageRevision.id == MaterialChange.revision_id)
    .where(~HAS_ACCEPTED)
    .order_by(MaterialChange.announced_at)
    .limit(20)
)  # fmt: skip


def to_read(person_id: UUID) -> Sequence[Any]:
    """Return the changes of texts that somebody has not accepted yet."""
    return read(TO_READ, person_id=person_id).all()


def announceable() -> Sequence[Any]:
    """Return the texts as they stand, and whether everybody was asked to read them."""
    rows = (
        select(
            PageRevision.id, PageRevision.page_key, PageRevision.number, PageRevision.title_en,
            PageRevision.title_nb, PageRevision.at, MaterialChange.announced_at,
        )
        .join(Page, Page.revision_id == PageRevision.id)
        .outerjoin(MaterialChange, MaterialChange.revision_id == PageRevision.id)
        .where(Page.key.in_(TEXTS))
    )  # fmt: skip
    return read(rows.order_by(Page.key)).all()


def request(id: UUID, *, actor: Actor) -> PrivacyRequest:
    """Find a request that this person may see."""
    rows = PrivacyRequest.visible_to(actor).where(PrivacyRequest.id == id)
    return present(
        db.session.scalar(
            rows.options(
                joinedload(PrivacyRequest.person),
                joinedload(PrivacyRequest.asked_by),
                joinedload(PrivacyRequest.checked_by),
                joinedload(PrivacyRequest.closed_by),
            )
        )
    )


def queue(everything: bool, mark: str | None, *, actor: Actor) -> PageOfRows:
    """Return a page of requests: those under way, the first due first, or all, the newest first."""
    rows = every_request(stand_in(actor.staff), everything=everything)
    order = (
        Order(PrivacyRequest.received_at, PrivacyRequest.id, descending=True)
        if everything
        else Order(PrivacyRequest.due_at, PrivacyRequest.id)
    )
    return page(rows, order, mark, given={})


@cache
def every_request(actor: Actor, *, everything: bool) -> Select[*tuple[Any, ...]]:
    """Put together, once for each kind of staff, what selects requests."""
    rows = (
        PrivacyRequest.visible_to(actor)
        .join(Person, Person.id == PrivacyRequest.person_id)
        .with_only_columns(
            PrivacyRequest.id, PrivacyRequest.kind, PrivacyRequest.state,
            PrivacyRequest.received_at, PrivacyRequest.due_at, PrivacyRequest.closed_at,
            Person.name,
        )
    )  # fmt: skip
    return rows if everything else rows.where(UNDER_WAY)


UNDER_WAY = PrivacyRequest.state.in_((PrivacyState.RECEIVED, PrivacyState.CHECKED))


def runs(mark: str | None, *, actor: Actor) -> PageOfRows:
    """Return a page of clearings, the newest first."""
    order = Order(RetentionRun.counted_at, RetentionRun.id, descending=True)
    rows = (
        RetentionRun.visible_to(actor)
        .outerjoin(Person, Person.id == RetentionRun.counted_by_id)
        .with_only_columns(
            RetentionRun.id, RetentionRun.counted_at, RetentionRun.state, RetentionRun.handled,
            RetentionRun.total, RetentionRun.counted_by_id, Person.name.label("who"),
        )
    )  # fmt: skip
    return page(rows, order, mark)


def run(id: UUID, *, actor: Actor) -> RetentionRun:
    """Find a clearing."""
    return present(db.session.scalar(RetentionRun.visible_to(actor).where(RetentionRun.id == id)))


def alone_in(person_id: UUID) -> Sequence[str]:
    """Return the organisations of which somebody is the last administrator, by name."""
    other = aliased(Affiliation)
    them = aliased(Person)
    others = (
        exists()
        .where(
            other.organisation_id == Affiliation.organisation_id,
            other.role == AffiliationRole.ADMINISTRATOR,
            other.ends_at.is_(None),
            other.person_id != person_id,
            them.id == other.person_id,
            them.state == PersonState.ACTIVE,
        )
        .correlate(Affiliation)
    )
    alone = (
        select(Organisation.display_name)
        .join(Affiliation, Affiliation.organisation_id == Organisation.id)
        .where(
            Affiliation.person_id == person_id,
            Affiliation.role == AffiliationRole.ADMINISTRATOR,
            Affiliation.ends_at.is_(None),
            ~others,
        )
    )
    return db.session.scalars(alone.order_by(Organisation.name_key)).all()


def live_places(person_id: UUID) -> Sequence[Affiliation]:
    """Return what somebody is in organisations now."""
    rows = select(Affiliation).where(
        Affiliation.person_id == person_id, Affiliation.ends_at.is_(None)
    )
    return db.session.scalars(rows.order_by(Affiliation.organisation_id)).all()


def by_address(address: str) -> Person | None:
    """Find whom an address belongs to."""
    rows = select(Person).join(EmailAddress, EmailAddress.person_id == Person.id)
    return db.session.scalar(rows.where(EmailAddress.address == address))


def is_under_way(person_id: UUID, kind: PrivacyKind) -> bool:
    """Tell whether somebody asked this already and has no answer yet."""
    rows = select(PrivacyRequest.id).where(
        PrivacyRequest.person_id == person_id, PrivacyRequest.kind == kind, UNDER_WAY
    )
    return db.session.scalar(rows.limit(1)) is not None


def standing_text(id: UUID, *, actor: Actor) -> PageRevision:
    """Find a text that everybody accepts, as it stands now."""
    rows = PageRevision.visible_to(actor).where(
        PageRevision.id == id, PageRevision.id.in_(select(Page.revision_id)),
        PageRevision.page_key.in_(TEXTS),
    )  # fmt: skip
    return present(db.session.scalar(rows))
