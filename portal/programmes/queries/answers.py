"""What is looked up to fill in an application: its questions, and the answers so far."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, cached_property
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import contains_eager, joinedload, load_only, raiseload

from portal.core.errors import Missing, present
from portal.extensions import db
from portal.models import (
    Actor,
    Answer,
    Application,
    AuditEvent,
    Call,
    FormState,
    FormVersion,
    Person,
    Question,
    QuestionKind,
    Section,
    StandIn,
    StoredFile,
    kind_of,
    own,
)
from portal.programmes import rules
from portal.programmes.deeds import ApplicationDeed


@dataclass(frozen=True)
class Sheet:
    """An application with the questions that it answers and the answers so far."""

    application: Application
    sections: Sequence[Section]
    answers: Mapping[str, Answer]

    @property
    def questions(self) -> Sequence[Question]:
        """All questions, in order."""
        return [question for section in self.sections for question in section.questions]

    @cached_property
    def values(self) -> Mapping[str, Any]:
        """The answers' values by key."""
        return {key: answer.value for key, answer in self.answers.items()}

    @cached_property
    def progress(self) -> rules.Progress:
        """How far it has come."""
        return rules.progress(self.questions, self.values)

    @property
    def form_version_id(self) -> UUID | None:
        """The version of the questions that it answers, if the call asks any."""
        return next((section.form_version_id for section in self.sections), None)

    @property
    def fingerprint(self) -> str:
        """A text that is another as soon as one answer is."""
        return rules.checksum(rules.frozen_answers(self.questions, self.values))[:16]


@dataclass(frozen=True)
class Leaf:
    """One section of a sheet. `number` counts from 1, as people do."""

    sheet: Sheet
    section: Section
    number: int

    @property
    def application(self) -> Application:
        """The application that it belongs to."""
        return self.sheet.application


@dataclass(frozen=True)
class Entry:
    """One question of an application, with the answer so far."""

    application: Application
    question: Question
    answer: Answer | None


SECTIONS = (
    select(Section)
    .join(Section.form)
    .join(Section.questions)
    .options(contains_eager(Section.questions), raiseload("*"))
    .order_by(Section.position, Section.id, Question.position, Question.id)
)
PUBLISHED = SECTIONS.where(
    FormVersion.call_id == bindparam("call_id"), FormVersion.state == FormState.PUBLISHED
)
OF_VERSION = SECTIONS.where(FormVersion.id == bindparam("form_version_id"))
ANSWERS = (
    select(Answer)
    .where(Answer.application_id == bindparam("application_id"))
    .options(joinedload(Answer.edited_by).load_only(Person.name), raiseload("*"))
)


def application_with_call(id: UUID, *, actor: Actor) -> Application:
    """Return an application with its call and organisation. Raises Missing otherwise."""
    found = with_call(kind_of(actor))
    return present(db.session.scalar(found, {"id": id, **own(actor)}))


@cache
def with_call(seen_by: StandIn) -> Select[Application]:
    """Put together, once for each kind of reader, the statement for one application."""
    found = Application.visible_to(seen_by).where(Application.id == bindparam("id"))
    return found.options(*around(), raiseload("*"))


def around() -> Sequence[Any]:
    """Return how an application is loaded together with what every page tells of it."""
    call = joinedload(Application.call)
    return (
        call.joinedload(Call.contact).load_only(Person.name, Person.email, Person.language),
        call.joinedload(Call.cohort),
        joinedload(Application.organisation),
    )


def asked(application: Application) -> Sequence[Section]:
    """Return the published questions of the application's call, in order: one statement."""
    return laid_out(PUBLISHED, call_id=application.call_id)


def asked_in(form_version_id: UUID) -> Sequence[Section]:
    """Return the questions of one version, in order: one statement."""
    return laid_out(OF_VERSION, form_version_id=form_version_id)


def laid_out(sections: Select[Section], **values: Any) -> Sequence[Section]:
    """Return sections with their questions, in order."""
    return db.session.scalars(sections, values).unique().all()


def answers(application: Application) -> Mapping[str, Answer]:
    """Return the answers of a draft by their keys, with who edited each: one statement."""
    rows = db.session.scalars(ANSWERS, {"application_id": application.id})
    return {answer.key: answer for answer in rows}


def sheet_of(application: Application) -> Sheet:
    """Lay out an application that was found already."""
    return Sheet(application, asked(application), answers(application))


def sheet(id: UUID, *, actor: Actor) -> Sheet:
    """Return an application with its questions and answers. Raises Missing otherwise."""
    return sheet_of(application_with_call(id, actor=actor))


def leaf(id: UUID, number: int, *, actor: Actor) -> Leaf:
    """Return one section of an application. Raises Missing otherwise."""
    found = sheet(id, actor=actor)
    if not 1 <= number <= len(found.sections):
        raise Missing
    return Leaf(found, found.sections[number - 1], number)


def entry(id: UUID, key: str, *, actor: Actor) -> Entry:
    """Return one question of an application and its answer. Raises Missing otherwise.

    A file does not save itself while somebody writes: it is sent with its page.
    """
    application = application_with_call(id, actor=actor)
    question = (
        select(Question)
        .join(FormVersion, FormVersion.id == Question.form_version_id)
        .where(FormVersion.call_id == application.call_id)
        .where(FormVersion.state == FormState.PUBLISHED, Question.key == key)
        .where(Question.kind != QuestionKind.FILE)
        .options(raiseload("*"))
    )
    return Entry(application, present(db.session.scalar(question)), answer_to(application, key))


def answer_to(application: Application, key: str) -> Answer | None:
    """Return the answer to one question, if there is one."""
    found = select(Answer).where(Answer.application_id == application.id, Answer.key == key)
    return db.session.scalar(found.options(joinedload(Answer.edited_by)))


def files(application: Application) -> Mapping[str, StoredFile]:
    """Return the files that belong to an application by their ids as text: one statement."""
    found = select(StoredFile).where(
        StoredFile.owner_type == Application.__tablename__, StoredFile.owner_id == application.id
    )
    shown = load_only(StoredFile.name, StoredFile.size, StoredFile.media_type)
    return {str(row.id): row for row in db.session.scalars(found.options(shown))}


def helped_lately(application: Application, *, actor: Actor, now: datetime) -> bool:
    """Tell whether the timeline already says that this person fills in the draft for others."""
    recent = AuditEvent.at > now - timedelta(hours=1)
    found = select(AuditEvent.seq).where(
        AuditEvent.subject_type == Application.__tablename__,
        AuditEvent.subject_id == application.id,
        AuditEvent.action == ApplicationDeed.ANSWERED.value,
        AuditEvent.actor_id == actor.id,
        recent,
    )
    return db.session.scalar(found.limit(1)) is not None
