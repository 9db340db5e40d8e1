"""What was said and done, and decisions as they stand: for tests of what staff decide."""

from datetime import UTC, datetime

from sqlalchemy import select

from portal.models import AuditEvent, DecisionState, OutgoingMail
from portal.programmes.queries.cohorts import miscounted


def mails(session):
    """Return to whom letters went and what they are about, in order."""
    rows = session.scalars(select(OutgoingMail).order_by(OutgoingMail.created_at, OutgoingMail.id))
    return [(mail.recipient, mail.subject) for mail in rows]


def actions(session):
    """Return what was done, in order."""
    return session.scalars(select(AuditEvent.action).order_by(AuditEvent.seq)).all()


def adds_up(browser):
    """Tell whether every cohort holds as many places as its offers and companies need."""
    with browser.app.app_context():
        return miscounted() == []


def decided(make, application, team, **more):
    """A decision that somebody prepared."""
    return make.ApplicationDecision(application=application, prepared_by=team, **more)


def approved(make, application, team, colleague, **more):
    """A decision that somebody prepared and somebody else approved."""
    return decided(
        make, application, team, state=DecisionState.APPROVED, approved_by_id=colleague.id,
        approved_at=datetime.now(UTC), **more,
    )  # fmt: skip
