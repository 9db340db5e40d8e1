"""Questions and terms taken over from an earlier call or version, so that nobody types them twice.

Parts of the deeds that make a call and begin a new version; they record nothing themselves.
"""

from portal.extensions import db
from portal.models import Call, Criterion, FormVersion, Question, Section
from portal.programmes.queries import calls as queries

OF_A_QUESTION = (
    "position", "key", "kind", "label_en", "label_nb", "help_en", "help_nb", "required",
    "word_limit", "unit", "options", "options_count",
)  # fmt: skip


def copy_criteria(source: Call, target: Call) -> None:
    """Give a call the terms of another one."""
    for each in queries.criteria(source):
        texts = {"text_en": each.text_en, "text_nb": each.text_nb}
        db.session.add(Criterion(call_id=target.id, position=each.position, **texts))


def copy_questions(source: FormVersion | None, target: FormVersion) -> None:
    """Give a form the pages and questions of another one, under the same keys."""
    for section in source.sections if source else ():
        page = Section(
            form_version_id=target.id,
            position=section.position,
            title_en=section.title_en,
            title_nb=section.title_nb,
        )
        db.session.add(page)
        db.session.flush()
        for question in section.questions:
            db.session.add(copied(question, page))


def copied(question: Question, page: Section) -> Question:
    """Return a question as it stands, for another page."""
    values = {name: getattr(question, name) for name in OF_A_QUESTION}
    values["options"] = [dict(option) for option in question.options]
    return Question(form_version_id=page.form_version_id, section_id=page.id, **values)
