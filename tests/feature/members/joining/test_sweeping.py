"""What happens by itself when a day has come."""

from datetime import timedelta

from sqlalchemy import func, select

from portal.core import clock
from portal.members.joining.jobs import look_after_applications
from portal.models import AuditEvent, JoiningState, MembershipApplication, OutgoingMail
from tests.factories.members import today


def sweep(app, session, times=2):
    """Let the worker do it twice: the second time changes nothing."""
    session.commit()
    counts = []
    for _time in range(times):
        with app.app_context():
            look_after_applications()
        session.rollback()
        counts.append(
            (
                session.scalar(select(func.count(AuditEvent.seq))),
                session.scalar(select(func.count(OutgoingMail.id))),
            )
        )
    assert len(set(counts)) == 1
    return session.scalars(select(MembershipApplication)).one()


def test_a_question_nobody_answers_is_reminded_of_once(app, session, asked, letters):
    asked.answer_by = clock.now() + timedelta(days=13)
    row = sweep(app, session)
    assert row.state is JoiningState.ASKED
    assert [m.subject for m in letters("kari@nordlys.example")] == [
        f"We still wait for your answer ({asked.reference})"
    ]


def test_after_its_last_moment_the_application_is_taken_as_withdrawn(app, session, asked, letters):
    asked.answer_by = clock.now() - timedelta(seconds=1)
    row = sweep(app, session)
    assert (row.state, row.answer_by, row.decided_by_id) == (JoiningState.WITHDRAWN, None, None)
    assert [m.subject for m in letters("kari@nordlys.example")] == [
        f"Your application is withdrawn ({asked.reference})"
    ]


def test_with_time_left_nothing_happens(app, session, asked, letters):
    row = sweep(app, session)
    assert (row.state, letters("kari@nordlys.example")) == (JoiningState.ASKED, [])


def test_what_was_put_off_comes_back_on_its_day(app, session, sent):
    sent.state, sent.deferred_until = JoiningState.DEFERRED, today() + timedelta(days=1)
    assert sweep(app, session).state is JoiningState.DEFERRED
    sent.deferred_until = today()
    row = sweep(app, session)
    assert (row.state, row.deferred_until) == (JoiningState.SUBMITTED, None)
    assert row.promised_at > clock.now() + timedelta(days=13)
