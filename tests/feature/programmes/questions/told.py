"""What the stories of questions tell again and again."""

from datetime import UTC, datetime

from sqlalchemy import select

from portal.models import AuditEvent, Question, Section

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
CLOSES = datetime(2026, 4, 10, 10, tzinfo=UTC)


def question(session, key):
    return session.scalars(select(Question).where(Question.key == key)).one()


def as_read(session):
    """Return the pages and the keys on them, as applicants meet them."""
    session.expire_all()
    sections = session.scalars(select(Section).order_by(Section.position)).all()
    return [(each.title_en, [q.key for q in each.questions]) for each in sections]


def last_deed(session):
    return session.scalars(select(AuditEvent.action).order_by(AuditEvent.seq.desc())).first()
