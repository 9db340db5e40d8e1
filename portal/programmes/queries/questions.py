"""What is looked up of the questions of a call."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from portal.core.errors import Missing, present
from portal.extensions import db
from portal.models import Actor, Call, FormState, FormVersion, Question, QuestionKind, Section


@dataclass(frozen=True)
class NewQuestion:
    """A question that is about to be asked: on which page, and for what kind of answer."""

    section: Section
    kind: QuestionKind


def new_question(id: UUID, kind: str, *, actor: Actor) -> NewQuestion:
    """Return the page and the kind of a question to be. Raises Missing otherwise."""
    if kind not in set(QuestionKind):
        raise Missing
    return NewQuestion(section(id, actor=actor), QuestionKind.of(kind))


def section(id: UUID, *, actor: Actor) -> Section:
    """Return one page of questions with its form and call. Raises Missing otherwise."""
    seen = FormVersion.visible_to(actor).with_only_columns(FormVersion.id)
    found = select(Section).where(Section.id == id, Section.form_version_id.in_(seen))
    up = joinedload(Section.form).joinedload(FormVersion.call)
    return present(db.session.scalar(found.options(up)))


def question(id: UUID, *, actor: Actor) -> Question:
    """Return one question with its page, form and call. Raises Missing otherwise."""
    seen = FormVersion.visible_to(actor).with_only_columns(FormVersion.id)
    found = select(Question).where(Question.id == id, Question.form_version_id.in_(seen))
    up = joinedload(Question.section).joinedload(Section.form).joinedload(FormVersion.call)
    return present(db.session.scalar(found.options(up)))


def form(call: Call, *, actor: Actor | None, published: bool = False) -> FormVersion | None:
    """Return the newest questions of a call that this visitor may see, whole: one statement.

    That is the draft while there is one, unless only the `published` ones are asked for.
    """
    found = FormVersion.visible_to(actor).where(FormVersion.call_id == call.id)
    if published:
        found = found.where(FormVersion.state == FormState.PUBLISHED)
    whole = joinedload(FormVersion.sections).joinedload(Section.questions)
    newest = found.order_by(FormVersion.number.desc()).limit(1)
    return db.session.scalars(newest.options(whole)).unique().one_or_none()


def versions(call: Call) -> Sequence[FormVersion]:
    """Return every version of a call's questions, the newest first."""
    found = select(FormVersion).where(FormVersion.call_id == call.id)
    return db.session.scalars(found.order_by(FormVersion.number.desc()).limit(50)).all()


def sections_of(form: FormVersion) -> Sequence[Section]:
    """Return the pages of a form in order, with their questions, as they are kept now."""
    found = select(Section).where(Section.form_version_id == form.id)
    whole = found.options(selectinload(Section.questions)).order_by(Section.position, Section.id)
    return db.session.scalars(whole.execution_options(populate_existing=True)).all()


def used_keys(call: Call) -> Sequence[str]:
    """Return every key that a question of this call had in any version: none is used again."""
    found = select(Question.key).join(FormVersion).where(FormVersion.call_id == call.id).distinct()
    return db.session.scalars(found).all()


def last_number(call: Call) -> int:
    """Return the number of the newest version of a call's questions."""
    highest = select(func.max(FormVersion.number)).where(FormVersion.call_id == call.id)
    return db.session.scalar(highest) or 0
