"""Lists for staff who look after members."""

from collections.abc import Sequence
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import joinedload, selectinload

from portal.core.alphabet import LAST, name_key
from portal.core.errors import present
from portal.extensions import db
from portal.members.queries.organisations import today
from portal.models import (
    Actor,
    EnquiryState,
    JoinRequest,
    Membership,
    MembershipEnquiry,
    MembershipTier,
    Organisation,
    Person,
    RequestState,
    stand_in,
)
from portal.platform.auth import arrived
from portal.platform.paging import Order, PageOfRows, page

#: The rows of one spreadsheet.
MOST = 50_000
#: Which enquiries still need somebody.
UNANSWERED = (EnquiryState.NEW, EnquiryState.TAKEN)
BY_NAME = Order(Organisation.name_key, Organisation.id)
NEWEST_ENQUIRY = Order(MembershipEnquiry.created_at, MembershipEnquiry.id, descending=True)
OLDEST_REQUEST = Order(JoinRequest.created_at, JoinRequest.id)


def narrowed(
    rows: Select[*tuple[Any, ...]], wanted: str, unconfirmed: bool
) -> Select[*tuple[Any, ...]]:
    """Keep the organisations whose name begins like this, perhaps only the unconfirmed."""
    if wanted:
        start = name_key(wanted)
        rows = rows.where(Organisation.name_key >= start, Organisation.name_key < start + LAST)
    return rows.where(Organisation.confirmed_at.is_(None)) if unconfirmed else rows


def every_organisation(wanted: str, unconfirmed: bool, *, actor: Actor) -> Sequence[Any]:
    """Return the organisations of a list at once, with what a spreadsheet wants of them."""
    rows = Organisation.visible_to(actor).with_only_columns(
        Organisation.display_name,
        Organisation.legal_name,
        Organisation.number,
        Organisation.country,
        Organisation.kind,
        Organisation.size,
        Organisation.place,
        Organisation.website,
        Organisation.created_at,
        Organisation.confirmed_at,
    )
    rows = narrowed(rows, wanted, unconfirmed).order_by(Organisation.name_key, Organisation.id)
    return db.session.execute(rows.limit(MOST)).all()


def organisations(wanted: str, unconfirmed: bool, *, mark: str | None, actor: Actor) -> PageOfRows:
    """Return a page of organisations by name: those that begin like this, perhaps unconfirmed."""
    start = name_key(wanted)
    given = {"name_from": start, "name_to": start + LAST} if wanted else {}
    rows = some_organisations(stand_in(actor.staff), named=bool(wanted), unconfirmed=unconfirmed)
    return page(rows, BY_NAME, mark, given=given)


@cache
def some_organisations(actor: Actor, *, named: bool, unconfirmed: bool) -> Select[*tuple[Any, ...]]:
    """Put together, once for each kind of staff and wish, what selects organisations."""
    rows = Organisation.visible_to(actor).with_only_columns(
        Organisation.id,
        Organisation.name_key,
        Organisation.display_name,
        Organisation.slug,
        Organisation.number,
        Organisation.kind,
        Organisation.place,
        Organisation.created_at,
        Organisation.confirmed_at,
    )
    if named:
        begins = Organisation.name_key >= bindparam("name_from")
        rows = rows.where(begins, Organisation.name_key < bindparam("name_to"))
    return rows.where(Organisation.confirmed_at.is_(None)) if unconfirmed else rows


def enquiries(everything: bool, mark: str | None, *, actor: Actor) -> PageOfRows:
    """Return a page of enquiries, the newest first; those that need somebody, or all."""
    rows = every_enquiry(stand_in(actor.staff), everything=everything)
    return page(rows, NEWEST_ENQUIRY, mark, given={})


@cache
def every_enquiry(actor: Actor, *, everything: bool) -> Select[*tuple[Any, ...]]:
    """Put together, once for each kind of staff, what selects enquiries."""
    rows = MembershipEnquiry.visible_to(actor).with_only_columns(
        MembershipEnquiry.id,
        MembershipEnquiry.created_at,
        MembershipEnquiry.organisation_name,
        MembershipEnquiry.name,
        MembershipEnquiry.state,
    )
    return rows if everything else rows.where(MembershipEnquiry.state.in_(UNANSWERED))


def enquiry(id: UUID, *, actor: Actor) -> MembershipEnquiry:
    """Find an enquiry."""
    rows = MembershipEnquiry.visible_to(actor).where(MembershipEnquiry.id == id)
    return present(db.session.scalar(rows.options(joinedload(MembershipEnquiry.handled_by))))


def waiting_requests(mark: str | None, *, actor: Actor) -> PageOfRows:
    """Return a page of the requests to join that nobody answered, the oldest first."""
    return page(every_request(stand_in(actor.staff)), OLDEST_REQUEST, mark, given={})


@cache
def every_request(actor: Actor) -> Select[*tuple[Any, ...]]:
    """Put together, once for each kind of staff, what selects the requests that wait."""
    return (
        JoinRequest.visible_to(actor)
        .join(Organisation, Organisation.id == JoinRequest.organisation_id)
        .join(Person, Person.id == JoinRequest.person_id)
        .where(JoinRequest.state == RequestState.OPEN)
        .with_only_columns(
            JoinRequest.id,
            JoinRequest.created_at,
            JoinRequest.message,
            Person.name,
            Person.email,
            Organisation.display_name,
            Organisation.slug,
        )
    )


def tiers() -> Sequence[MembershipTier]:
    """Return the kinds of membership, in order."""
    return db.session.scalars(select(MembershipTier).order_by(MembershipTier.rank)).all()


def tier(id: UUID, *, actor: Actor) -> MembershipTier:
    """Find a kind of membership."""
    return present(db.session.get(MembershipTier, id))


def membership(slug: str, *, actor: Actor) -> Membership:
    """Find the membership of an organisation that goes on, or ends on a day to come."""
    still = Membership.ends_on.is_(None) | (Membership.ends_on > today(now=arrived()))
    rows = (
        Membership.visible_to(actor)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(Organisation.slug == slug, still)
        .order_by(Membership.number.desc())
        .limit(1)
        .options(selectinload(Membership.periods), joinedload(Membership.organisation))
    )
    return present(db.session.scalar(rows))
