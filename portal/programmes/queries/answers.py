"""What is looked up to fill in an application: its questions, and the answers so far."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, cached_property
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, bindparam, select
from sqlalchemy.orm import joinedload, load_only, raiseload

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
from portal.platform.database import read
from portal.programmes import rules
from portal.programmes.deeds import ApplicationDeed


@dataclass(frozen=True)
class Part:
    """A section of the questions as they are asked, for reading."""

    id: UUID
    form_version_id: UUID
    position: int
    title_en: str
    title_nb: str
    questions: list[Any]


@dataclass(frozen=True)
class Written:
    """The questions that an application answers, and the answers so far by their keys."""

    sections: Sequence[Part]
    values: Mapping[str, Any]

    @property
    def questions(self) -> Sequence[Any]:
        """All questions, in order."""
        return [question for section in self.sections for question in section.questions]

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
class Sheet(Written):
    """An application to be filled in: the answers with their versions and who edited them."""

    application: Application
    answers: Mapping[str, Answer]


@dataclass(frozen=True)
class Leaf:
    """One section of a sheet. `number` counts from 1, as people do."""

    sheet: Sheet
    section: Part
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


QUESTIONS: Any = (
    select(
        Section.id.label("part_id"), Section.form_version_id.label("version_id"),
        Section.position.label("part"), Section.title_en, Section.title_nb,
        Question.section_id, Question.key, Question.kind, Question.label_en, Question.label_nb,
        Question.help_en, Question.help_nb, Question.required, Question.word_limit, Question.unit,
        Question.options,
    )
    .join(FormVersion, FormVersion.id == Section.form_version_id)
    .join(Question, Question.section_id == Section.id)
    .order_by(Section.position, Section.id, Question.position, Question.id)
)  # fmt: skip
PUBLISHED = QUESTIONS.where(
    FormVersion.call_id == bindparam("call_id"), FormVersion.state == FormState.PUBLISHED
)
OF_VERSION = QUESTIONS.where(FormVersion.id == bindparam("form_version_id"))
#: What a page that only tells of the answers asks for: questions and answers at once.
ANSWERED = PUBLISHED.add_columns(Answer.value).outerjoin(
    Answer,
    and_(Answer.application_id == bindparam("application_id"), Answer.key == Question.key),
)
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


def asked(application: Application) -> Sequence[Part]:
    """Return the published questions of the application's call, in order: one statement."""
    return laid_out(read(PUBLISHED, call_id=application.call_id))


def asked_in(form_version_id: UUID) -> Sequence[Part]:
    """Return the questions of one version, in order: one statement."""
    return laid_out(read(OF_VERSION, form_version_id=form_version_id))


def laid_out(rows: Iterable[Any]) -> Sequence[Part]:
    """Return sections with their questions, in the order of the questions."""
    parts: dict[UUID, Part] = {}
    for row in rows:
        if row.part_id not in parts:
            about = (row.part_id, row.version_id, row.part, row.title_en, row.title_nb)
            parts[row.part_id] = Part(*about, questions=[])
        parts[row.part_id].questions.append(row)
    return list(parts.values())


def written(application: Any) -> Written:
    """Return what an application that was found already says so far: one statement."""
    rows = read(ANSWERED, call_id=application.call_id, application_id=application.id).all()
    return Written(laid_out(rows), {row.key: row.value for row in rows})


def answers(application: Application) -> Mapping[str, Answer]:
    """Return the answers of a draft by their keys, with who edited each: one statement."""
    rows = db.session.scalars(ANSWERS, {"application_id": application.id})
    return {answer.key: answer for answer in rows}


def sheet_of(application: Application) -> Sheet:
    """Lay out an application that was found already."""
    kept = answers(application)
    values = {key: answer.value for key, answer in kept.items()}
    return Sheet(asked(application), values, application, kept)


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


def files(application: Any) -> Mapping[str, StoredFile]:
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
