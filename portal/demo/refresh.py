"""Moving the demo to today: every date by the same number of days, at the same clock time."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Date, Row, Table, bindparam, select, text, update

from portal.core.errors import Refused
from portal.core.slugs import slug
from portal.core.wording import N_, Sentence
from portal.demo import fairs
from portal.demo.calendar import moved
from portal.demo.content import folder
from portal.demo.load import DAY
from portal.extensions import db
from portal.members.belonging.service.turns import TOLD
from portal.models import (
    Base,
    Cluster,
    Counter,
    Event,
    Heartbeat,
    Job,
    LoginSession,
    OneTimeToken,
)
from portal.models import Throttle as Tries
from portal.models.base import Moment, append_only_statements
from portal.platform.database import unit

#: What happens by the real clock, whatever day the story is at.
REAL = {model.__tablename__ for model in (Heartbeat, Job, LoginSession, OneTimeToken, Tries)}
#: What is appointed and may lie ahead; every other moment is something that has happened.
APPOINTED = {
    "opens_at", "closes_at", "expires_at", "offer_expires_at", "promised_at", "answer_by", "due_at",
    "event.starts_at", "event.ends_at", "event.previous_starts_at",
    "registration_opens_at", "registration_closes_at",
}  # fmt: skip
#: What lies ahead of the deed that appointed it: news that go out by themselves.
SCHEDULED = {"published_at", "updated_at"}
NO_DEMO = Sentence(N_("This is not the demo. Its dates are people's own, and nobody moves them."))


def refresh(*, now: datetime) -> None:
    """Move all dates of the demo so that its today is today. Raises Refused without the mark.

    What must never change is opened for it and closed again in the same transaction.
    """
    with unit():
        cluster = db.session.scalar(select(Cluster))
        day = db.session.get(Counter, DAY)
        if cluster is None or not cluster.demo or day is None:
            raise Refused(NO_DEMO)
        today = now.astimezone(ZoneInfo(cluster.zone)).date()
        days = today.toordinal() - day.value
        if days:
            zone, connection = cluster.zone, db.session.connection()
            day.value = today.toordinal()
            if told := db.session.get(Counter, TOLD):
                told.value += days
            db.session.flush()
            db.session.expire_all()
            for table in Base.metadata.sorted_tables:
                move(connection, table, days, zone=zone, now=now)
            hold_fairs(connection, today=today)


def move(connection: Connection, table: Table, days: int, *, zone: str, now: datetime) -> None:
    """Move the dates of one table."""
    dated = [c for c in table.columns if isinstance(c.type, Moment | Date)]
    if table.name in REAL or not dated:
        return
    keys = list(table.primary_key.columns)
    rows = connection.execute(select(*keys, *dated)).all()
    names = [column.name for column in dated]
    # Later days first, when they move ahead: two periods of one membership never meet on a day.
    ordered = sorted(rows, key=lambda row: latest(row[len(keys) :]), reverse=days > 0)
    values = [
        {f"old_{column.name}": old for column, old in zip(keys, row, strict=False)}
        | {
            name: later(old, days, zone=zone, most=None if name in ahead(table, row) else now)
            for name, old in zip(names, row[len(keys):], strict=True)
        }
        for row in ordered
    ]  # fmt: skip
    if values:
        where = [column == bindparam(f"old_{column.name}") for column in keys]
        change = update(table).where(*where).values({name: bindparam(name) for name in names})
        rewritten(connection, table, change, values=values)


def ahead(table: Table, row: Row[Any]) -> set[str]:
    """Return the columns of a row that may lie ahead."""
    given = row._mapping
    edited = given.get("edited_at")
    found = {name for name in given if {name, f"{table.name}.{name}"} & APPOINTED}
    scheduled = {name for name in SCHEDULED if edited and given.get(name) and given[name] > edited}
    return found | scheduled


def hold_fairs(connection: Connection, *, today: date) -> None:
    """Put the fairs of the story back into their month: the coming one, seen from this day."""
    for entry in (script["event"] for script in folder("events")):
        if "fair" in entry:
            coming = fairs.moments(entry["fair"], entry["zone"], today=today)
            theirs = (Event.slug == slug(entry["title_en"])) & (Event.show == entry["show"])
            connection.execute(update(Event).where(theirs).values(**coming))


def rewritten(
    connection: Connection, table: Table, change: Any, *, values: Sequence[dict[str, Any]]
) -> None:
    """Change rows, also of a table whose rows are never changed."""
    closed = table.info.get("append_only", False)
    if closed:
        for statement in opening(table.name, connection.dialect.name):
            connection.execute(text(statement))
    connection.execute(change, values)
    if closed:
        for statement in append_only_statements(table.name, dialect=connection.dialect.name):
            connection.exec_driver_sql(statement)


def opening(table: str, dialect: str) -> Iterator[str]:
    """Return the statements that let an append-only table be changed for once."""
    if dialect == "postgresql":
        yield f"DROP TRIGGER {table}_append_only ON {table}"
        return
    for deed in ("updated", "deleted"):
        yield f"DROP TRIGGER {table}_not_{deed}"


def latest(row: Sequence[date | None]) -> str:
    """Return the last of a row's dates, to sort by."""
    return max((str(value) for value in row if value is not None), default="")


def later(value: date | None, days: int, *, zone: str, most: datetime | None) -> date | None:
    """Return a date so many days later; what has happened never lies ahead."""
    if isinstance(value, datetime):
        new = moved(value, days, zone)
        return min(new, most) if most and value <= most else new
    return value and date.fromordinal(value.toordinal() + days)
