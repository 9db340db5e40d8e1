"""What the site reads."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import joinedload

from portal.core.errors import present
from portal.extensions import db
from portal.models import Actor, Cluster, Job, OutgoingMail, Page, PageRevision, Person
from portal.platform import paging
from portal.platform.database import read
from portal.platform.paging import Order, PageOfRows

HOME = "home"
#: The plain pages, in the order in which the foot of every page names them.
PLAIN = ("about", "contact", "privacy", "terms", "accessibility")
EVERY_KEY = (HOME, *PLAIN)

#: Put together once: every visitor of the home page asks it.
TEXT = (
    select(
        PageRevision.title_en,
        PageRevision.title_nb,
        PageRevision.body_en,
        PageRevision.body_nb,
        PageRevision.at,
        PageRevision.number,
    )
    .join(Page, Page.revision_id == PageRevision.id)
    .where(Page.key == bindparam("key"))
)


def words(key: str) -> Any:
    """Return the text of a page as it stands, or nothing while nobody has written it."""
    return read(TEXT, key=key).first()


def plain_page(key: str, *, actor: Actor | None) -> Any:
    """Find the text of a plain page for anybody. Raises Missing while nobody has written it."""
    return present(words(key))


def page(key: str, *, actor: Actor) -> Page:
    """Find a page with the text that is published now."""
    found = Page.visible_to(actor).where(Page.key == key)
    return present(db.session.scalar(found.options(joinedload(Page.revision))))


def pages() -> Any:
    """List the pages that can be edited, with who last changed them."""
    found = (
        select(
            Page.key,
            PageRevision.title_en,
            PageRevision.title_nb,
            PageRevision.number,
            PageRevision.at,
            Person.name,
        )
        .join(PageRevision, Page.revision_id == PageRevision.id)
        .outerjoin(Person, PageRevision.edited_by_id == Person.id)
    )
    order = {key: place for place, key in enumerate(EVERY_KEY)}
    return sorted(db.session.execute(found), key=lambda row: order.get(row.key, len(order)))


def oldest_untouched() -> datetime | None:
    """Return since when a page has said what the portal came with, if one still does."""
    texts = select(PageRevision.at).join(Page, Page.revision_id == PageRevision.id)
    untouched = texts.where(PageRevision.edited_by_id.is_(None), PageRevision.number == 1)
    return db.session.scalar(untouched.order_by(PageRevision.at).limit(1))


def revisions(key: str, mark: str | None) -> PageOfRows:
    """List what a page has said, the newest first."""
    found = (
        select(
            PageRevision.id,
            PageRevision.number,
            PageRevision.title_en,
            PageRevision.title_nb,
            PageRevision.at,
            Person.name,
        )
        .outerjoin(Person, PageRevision.edited_by_id == Person.id)
        .where(PageRevision.page_key == key)
    )
    return paging.page(found, Order(PageRevision.number, PageRevision.id, descending=True), mark)


def revision(key: str, number: int, *, actor: Actor) -> PageRevision:
    """Find what a page once said."""
    found = PageRevision.visible_to(actor).where(
        PageRevision.page_key == key, PageRevision.number == number
    )
    return present(db.session.scalar(found))


def cluster(*, actor: Actor) -> Cluster:
    """Find the cluster that this portal serves."""
    found: Select[Cluster] = select(Cluster)
    return present(db.session.scalar(found))


def failed_jobs(mark: str | None, *, actor: Actor) -> PageOfRows:
    """List the work that nobody tries any more, the latest first."""
    found = Job.visible_to(actor).where(Job.failed_at.is_not(None))
    found = found.with_only_columns(
        Job.id, Job.name, Job.arguments, Job.tries, Job.error, Job.failed_at
    )
    return paging.page(found, Order(Job.failed_at, Job.id, descending=True), mark)


def failed_job(id: UUID, *, actor: Actor) -> Job:
    """Find one piece of failed work, which another administrator may be retrying too."""
    found = Job.visible_to(actor).where(Job.id == id, Job.failed_at.is_not(None))
    return present(db.session.scalar(found.with_for_update()))


def letters(mark: str | None, recipient: str) -> PageOfRows:
    """List the letters of the demo, the newest first."""
    found = select(
        OutgoingMail.id,
        OutgoingMail.created_at,
        OutgoingMail.recipient,
        OutgoingMail.recipient_name,
        OutgoingMail.subject,
        OutgoingMail.state,
    )
    if recipient:
        found = found.where(OutgoingMail.recipient == recipient)
    return paging.page(found, Order(OutgoingMail.created_at, OutgoingMail.id, True), mark)


def letter(id: UUID) -> OutgoingMail:
    """Find a letter of the demo."""
    return present(db.session.get(OutgoingMail, id))


def person(*, actor: Actor) -> Person:
    """Find the person who is asking."""
    found: Select[Person] = Person.visible_to(actor).where(Person.id == actor.id)
    return present(db.session.scalar(found))
