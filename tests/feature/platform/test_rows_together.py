"""Rows that a deed writes leave before anything else is asked, and all or none are kept."""

import pytest
from sqlalchemy import event, func, insert, select
from sqlalchemy.exc import IntegrityError
from uuid_utils.compat import uuid7

from portal.core import clock
from portal.core.errors import Refused
from portal.core.wording import Sentence
from portal.extensions import db
from portal.models import AuditEvent, Job, Throttle
from portal.platform import jobs
from portal.platform.database import read, unit, write

TRIES, DEEDS = insert(Throttle.__table__), insert(AuditEvent.__table__)
COUNTED = select(func.count()).select_from(Throttle)


def tries(*keys):
    return [{"key": key, "count": 1, "expires_at": clock.now()} for key in keys]


def deed(action):
    return {
        "at": clock.now(), "action": action, "actor_name": "Kari", "subject_type": "person",
        "subject_id": uuid7(), "details": {"people": 2},
    }  # fmt: skip


@pytest.fixture
def sent(app):
    """The statements that write, as they are sent."""
    with app.app_context():
        engine = db.engine
    heard = []

    def hear(_connection, _cursor, statement, *_rest):
        if "INSERT" in statement:
            heard.append(statement)

    event.listen(engine, "before_cursor_execute", hear)
    yield heard
    event.remove(engine, "before_cursor_execute", hear)


def test_single_rows_of_several_tables_are_one_statement_where_that_is_a_journey(
    app, session, sent
):
    with app.app_context(), unit():
        write(TRIES, tries("one"))
        write(DEEDS, [deed("said")])
        jobs.enqueue("nothing", {"to": "do"}, key="once")
    assert session.scalars(select(Throttle.key)).all() == ["one"]
    told = session.scalars(select(AuditEvent)).one()
    assert (told.action, told.note, told.internal, told.details) == (
        "said",
        "",
        False,
        {"people": 2},
    )
    asked = session.scalars(select(Job)).one()
    assert (asked.key, asked.arguments, asked.lease) == ("once", {"to": "do"}, None)
    assert len(sent) == {"sqlite": 3, "postgresql": 1}[session.get_bind().dialect.name]


def test_whatever_is_asked_next_finds_what_was_written(app, session):
    with app.app_context(), unit():
        write(TRIES, tries("one"))
        write(DEEDS, [deed("said")])
        assert read(COUNTED).scalar() == 1
        write(TRIES, tries("two", "three"))
        assert db.session.scalar(COUNTED) == 3
        write(TRIES, tries("four"))
    assert session.scalar(COUNTED) == 4


def test_many_rows_and_single_ones_keep_their_order(app, session):
    with app.app_context(), unit():
        write(DEEDS, [deed("first")])
        write(DEEDS, [deed("second"), deed("third")])
        write(DEEDS, [deed("fourth")])
        write(TRIES, tries("between"))
        write(DEEDS, [deed("fifth")])
    order = select(AuditEvent.action).order_by(AuditEvent.seq)
    assert session.scalars(order).all() == [
        "first", "second", "third", "fourth", "fifth",
    ]  # fmt: skip


def test_what_waited_is_not_sent_once_its_deed_is_undone(app, session):
    with app.app_context():
        with pytest.raises(Refused), unit():
            write(TRIES, tries("undone"))
            raise Refused(Sentence("No"))
        with unit():
            write(TRIES, tries("kept"))
    assert session.scalars(select(Throttle.key)).all() == ["kept"]


def test_a_part_that_is_undone_takes_only_its_own_rows_along(app, session):
    with app.app_context(), unit():
        write(TRIES, tries("before"))
        with pytest.raises(Refused), db.session.begin_nested():
            write(TRIES, tries("inside"))
            raise Refused(Sentence("No"))
        write(TRIES, tries("after"))
    assert sorted(session.scalars(select(Throttle.key))) == ["after", "before"]


def test_a_row_that_cannot_be_is_told_no_later_than_at_the_end_of_its_part(app, session):
    with app.app_context(), unit():
        write(TRIES, tries("one"))
        with pytest.raises(IntegrityError), db.session.begin_nested():
            write(DEEDS, [deed("said")])
            write(TRIES, tries("one"))
        write(TRIES, tries("two"))
    assert sorted(session.scalars(select(Throttle.key))) == ["one", "two"]
    assert session.scalars(select(AuditEvent)).all() == []


def test_a_unit_that_only_read_so_far_keeps_what_it_writes_then(app, session):
    with app.app_context(), unit(writing=False):
        assert read(COUNTED).scalar() == 0
        write(TRIES, tries("one"))
        write(DEEDS, [deed("said")])
    assert session.scalars(select(Throttle.key)).all() == ["one"]


def test_what_cannot_be_kept_harms_nobody_after_it(app, session):
    with app.app_context(), unit():
        write(TRIES, tries("one"))
    for _again in range(2):
        with app.app_context(), pytest.raises(IntegrityError), unit():
            write(DEEDS, [deed("said")])
            write(TRIES, tries("one"))
    with app.app_context(), unit():
        write(TRIES, tries("two"))
    assert sorted(session.scalars(select(Throttle.key))) == ["one", "two"]
    assert session.scalars(select(AuditEvent)).all() == []
