"""Filling in a draft: each answer is kept with a version, so that two people lose nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portal.core.errors import Clash, Mistake, NotAllowed, Refused
from portal.core.wording import N_, Sentence
from portal.extensions import db
from portal.models import Actor, Answer, Application, Question
from portal.platform import audit, files
from portal.platform.audit import About
from portal.platform.files import Upload
from portal.programmes import policy, rules
from portal.programmes.deeds import ApplicationDeed
from portal.programmes.queries import answers as queries

NOT_ASKED = Sentence(N_("This call does not ask that any more. Load the page again."))


@dataclass(frozen=True, kw_only=True)
class Given:
    """An answer as somebody gave it: a value of `rules.read`, or a file that was checked.

    `version` is the one that was on the screen, 0 when there was no answer; None replaces whatever
    is there. `touched` is False when the answer stands as it was shown.
    """

    key: str
    value: Any = None
    upload: Upload | None = None
    version: int | None = None
    touched: bool = True


class AnswersClash(Clash):
    """Somebody else answered meanwhile. `theirs` holds, by question, the answer that is kept."""

    theirs: Mapping[str, Answer]

    def __init__(self, theirs: Mapping[str, Answer]) -> None:
        super().__init__(theirs, version=0)


def answer(
    application: Application, given: Sequence[Given], *, actor: Actor, now: datetime
) -> Mapping[str, Answer]:
    """Keep the answers that changed, all or none; return every answer that is kept now.

    Raises AnswersClash when somebody else answered one of them since it was on the screen.
    """
    if not policy.fills_in(actor, application):
        raise NotAllowed
    hold(application)
    if reason := rules.not_answerable(application, now=now):
        raise Refused(reason)
    sheet = queries.sheet_of(application)
    kept = dict(sheet.answers)
    changed = [each for each in given if is_changed(each, kept.get(each.key))]
    check(changed, {question.key: question for question in sheet.questions}, kept)
    for each in changed:
        kept[each.key] = keep(application, each, kept.get(each.key), actor=actor, now=now)
    return kept


def hold(application: Application) -> None:
    """Keep everybody else from answering or sending this application until the deed is done.

    What is in its row is read afresh; what was loaded around it stays.
    """
    columns = [column.key for column in Application.__mapper__.column_attrs]
    db.session.refresh(application, columns, with_for_update=True)


def is_changed(given: Given, kept: Answer | None) -> bool:
    """Tell whether there is anything to keep: an answer that nobody touched never clashes."""
    if given.upload is not None:
        return True
    before = kept.value if kept else None
    untouched = not given.touched and given.version != (kept.version if kept else 0)
    return given.value != before and not untouched


def check(
    changed: Iterable[Given], questions: Mapping[str, Question], kept: Mapping[str, Answer]
) -> None:
    """Insist that every answer fits its question, and that nobody was first."""
    clashing: dict[str, Answer] = {}
    for given in changed:
        if given.key not in questions:
            raise Refused(NOT_ASKED)
        if reason := rules.malformed(questions[given.key], given.value):
            raise Mistake(given.key, reason)
        before = kept.get(given.key)
        if before and given.version is not None and given.version != before.version:
            clashing[given.key] = before
    if clashing:
        raise AnswersClash(clashing)


def keep(
    application: Application, given: Given, before: Answer | None, *, actor: Actor, now: datetime
) -> Answer:
    """Write one answer down."""
    value = given.value
    if given.upload is not None:
        table = Application.__tablename__
        stored = files.keep(given.upload, owner_type=table, owner_id=application.id, actor=actor)
        value = str(stored.id)
    kept = before or Answer(application_id=application.id, key=given.key)
    kept.value, kept.edited_by_id, kept.edited_at = value, actor.id, now
    db.session.add(kept)
    note_down(application, kept, actor=actor, now=now)
    return kept


def note_down(application: Application, kept: Answer, *, actor: Actor, now: datetime) -> None:
    """Record an answer on its own timeline, which leaves the application's to what matters there.

    When staff answer for an organisation, its timeline says so, once an hour and not at each word.
    """
    if actor.belongs_to(application.organisation_id):
        audit.record(ApplicationDeed.ANSWERED, kept, actor=actor, now=now)
        return
    told = queries.helped_lately(application, actor=actor, now=now)
    subject = kept if told else application
    about = About(on_behalf_of_id=application.organisation_id)
    audit.record(ApplicationDeed.ANSWERED, subject, actor=actor, now=now, about=about)
