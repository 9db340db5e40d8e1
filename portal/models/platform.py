"""What the portal keeps for itself: the cluster, the audit trail, jobs, mail, files, throttles."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Identity,
    Index,
    Integer,
    Select,
    false,
    select,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core import clock
from portal.core.vocabulary import Word
from portal.core.wording import N_
from portal.models.actor import Actor
from portal.models.base import Base, Row, append_only, append_only_but_emptied
from portal.models.members.words import StaffRole

SEQUENCE = BigInteger().with_variant(Integer, "sqlite")


class Cluster(Row):
    """The cluster that this portal serves: one row. While there is none, the portal is empty.

    `demo` marks a database that holds the invented cluster, and nothing but this mark opens the
    demo's mailbox and passwords. `zone` is an IANA name. `factors_from` is since when staff and
    administrators of organisations have to have a second factor, `factor_days` how long they have
    to set one up; without the former nobody has to.
    """

    __tablename__ = "cluster"
    __table_args__ = (
        CheckConstraint("single = 1", name="only_one"),
        CheckConstraint("factor_days BETWEEN 0 AND 90", name="some_days"),
    )

    single: Mapped[int] = mapped_column(default=1, unique=True)
    name: Mapped[str]
    place: Mapped[str] = mapped_column(default="")
    sender_address: Mapped[str]
    language: Mapped[str] = mapped_column(default="en")
    zone: Mapped[str] = mapped_column(default="Europe/Oslo")
    logo_id: Mapped[UUID | None] = mapped_column(ForeignKey("stored_file.id"))
    demo: Mapped[bool] = mapped_column(default=False)
    factors_from: Mapped[datetime | None] = mapped_column(default=clock.now)
    factor_days: Mapped[int] = mapped_column(default=14)


class AuditEvent(Base):
    """Who did what to which row, in the order in which it was written. Never changed.

    But for the names of somebody who was erased: see `AuditRedaction`.

    `on_behalf_of_id` is the organisation that staff acted for. `internal` entries are for staff.
    """

    __tablename__ = "audit_event"
    __table_args__ = (
        Index("ix_audit_event_subject", "subject_type", "subject_id", "seq"),
        Index("ix_audit_event_organisation", "organisation_id", "seq"),
    )

    seq: Mapped[int] = mapped_column(SEQUENCE, Identity(), primary_key=True)
    at: Mapped[datetime]
    action: Mapped[str]
    actor_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    actor_name: Mapped[str]
    subject_type: Mapped[str]
    subject_id: Mapped[UUID]
    organisation_id: Mapped[UUID | None]
    on_behalf_of_id: Mapped[UUID | None]
    before: Mapped[str | None]
    after: Mapped[str | None]
    note: Mapped[str] = mapped_column(default="")
    internal: Mapped[bool] = mapped_column(default=False)
    details: Mapped[dict[str, Any]]
    request_id: Mapped[str] = mapped_column(default="")


append_only_but_emptied(
    AuditEvent.__table__,  # type: ignore[arg-type]  # typed as FromClause
    "actor_name",
    "note",
    where="EXISTS (SELECT 1 FROM audit_redaction WHERE audit_redaction.seq = OLD.seq)",
    function="portal_refuse_all_but_redaction",
)


class Job(Row):
    """Something to be done after the deed is saved, by the worker, once or until it succeeds.

    A worker holds a job by its lease: `lease` is the holder's token, `leased_until` its end.
    `key` makes asking twice the same as asking once. `failed_at` means that nobody tries any more.
    """

    __tablename__ = "job"
    __table_args__ = (
        Index(
            "ix_job_waiting",
            "run_at",
            "id",
            sqlite_where=text("done_at IS NULL AND failed_at IS NULL"),
            postgresql_where=text("done_at IS NULL AND failed_at IS NULL"),
        ),
        CheckConstraint("done_at IS NULL OR failed_at IS NULL", name="done_or_failed"),
        CheckConstraint("(lease IS NULL) = (leased_until IS NULL)", name="lease_has_end"),
    )

    name: Mapped[str]
    arguments: Mapped[dict[str, Any]]
    key: Mapped[str | None] = mapped_column(unique=True)
    run_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    lease: Mapped[str | None]
    leased_until: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    failed_at: Mapped[datetime | None] = mapped_column(index=True)
    error: Mapped[str] = mapped_column(default="")

    @classmethod
    def visible_to(cls, actor: Actor) -> Select[Job]:
        """Select the work that this person may look into: administrators all, others none."""
        everything = select(cls)
        return everything if StaffRole.ADMINISTRATOR in actor.staff else everything.where(false())


class Heartbeat(Base):
    """When a worker was last alive."""

    __tablename__ = "heartbeat"

    worker: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]


class MailState(Word):
    """How far a letter has come."""

    QUEUED = "queued", N_("Waiting to be sent"), "wait"
    SENDING = "sending", N_("Being sent"), "progress"
    SENT = "sent", N_("Sent"), "good"


class OutgoingMail(Row):
    """A letter that leaves only if the deed that wrote it was saved.

    `message_id` is given once and kept through every try, so that a letter sent twice can be seen
    to be one letter. `refused_at` is when the mail server turned it down for good, or when it was
    held back because letters to its address come back; `refusal` is what the server said.
    `named` is what fills the gaps of its sentences, each on a line: whom and what it speaks of, by
    which it is found when somebody is erased. It goes with the words.
    """

    __tablename__ = "outgoing_mail"
    __table_args__ = (Index(None, "recipient", "created_at"),)

    message_id: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    recipient: Mapped[str]
    recipient_name: Mapped[str] = mapped_column(default="")
    subject: Mapped[str]
    text: Mapped[str]
    html: Mapped[str]
    named: Mapped[str | None]
    language: Mapped[str]
    state: Mapped[MailState] = mapped_column(default=MailState.QUEUED)
    sent_at: Mapped[datetime | None]
    refused_at: Mapped[datetime | None]
    refusal: Mapped[str | None]


class StoredFile(Row):
    """An uploaded file or picture. Its bytes are in the file store under `key`.

    `media_type` is what the content is, not what the browser claimed. Who sees the file is decided
    by the row that owns it: `owner_type` is that row's table, `owner_id` its key.
    """

    __tablename__ = "stored_file"
    __table_args__ = (Index(None, "owner_type", "owner_id"),)

    key: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]
    width: Mapped[int | None]
    height: Mapped[int | None]
    alternative: Mapped[str] = mapped_column(default="")
    owner_type: Mapped[str]
    owner_id: Mapped[UUID]
    uploaded_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))


class Throttle(Base):
    """How often something was tried in a window of time."""

    __tablename__ = "throttle"

    key: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]
    expires_at: Mapped[datetime] = mapped_column(index=True)


class Counter(Base):
    """The last number given in a series, such as the applications of a year."""

    __tablename__ = "counter"

    series: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[int]


class Page(Row):
    """A plain page that staff edit: home, about, contact, privacy, terms, accessibility."""

    __tablename__ = "page"

    key: Mapped[str] = mapped_column(unique=True)
    revision_id: Mapped[UUID] = mapped_column(ForeignKey("page_revision.id"))

    revision: Mapped[PageRevision] = relationship(foreign_keys=revision_id)

    @classmethod
    def visible_to(cls, _actor: Actor | None) -> Select[Page]:
        """Select the pages that this visitor may read: everybody all."""
        return select(cls)


class PageRevision(Row):
    """A page as it stood after one edit. Written, never changed: people accept a version of it."""

    __tablename__ = "page_revision"
    __table_args__ = (Index(None, "page_key", "number", unique=True),)

    page_key: Mapped[str]
    number: Mapped[int]
    title_en: Mapped[str]
    title_nb: Mapped[str]
    body_en: Mapped[str]
    body_nb: Mapped[str]
    edited_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]

    @classmethod
    def visible_to(cls, actor: Actor) -> Select[PageRevision]:
        """Select what this person may read of what pages once said: editors all, others none."""
        everything = select(cls)
        return everything if actor.works_on(StaffRole.EDITOR) else everything.where(false())


append_only(PageRevision.__table__)  # type: ignore[arg-type]  # typed as FromClause
