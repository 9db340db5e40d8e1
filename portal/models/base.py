"""What every table shares: names, keys, times, how words are stored, and what may not change."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import (
    DDL,
    JSON,
    Column,
    ColumnElement,
    DateTime,
    Dialect,
    Enum,
    Integer,
    MetaData,
    String,
    Table,
    event,
    literal_column,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column
from sqlalchemy.types import TypeDecorator
from uuid_utils.compat import uuid7

from portal.core import clock
from portal.core.vocabulary import Word
from portal.core.wording import NAMELESS


class Moment(TypeDecorator[datetime]):
    """A point in time, always aware and always UTC, also on a database that forgets zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Bring the moment to UTC; a time without a zone is nobody's time and is turned away."""
        if value is not None and value.tzinfo is None:
            raise ValueError(f"{value} has no time zone")
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the zone back."""
        if value is not None and value.tzinfo is None:
            return value.replace(tzinfo=UTC)
        return value and value.astimezone(UTC)


class Called(TypeDecorator[str]):
    """The name of a person. Whoever was erased has none, and is called what `nameless` says."""

    impl = String
    cache_ok = True
    #: Says it in the reader's language, once there is somebody who knows that.
    nameless: ClassVar[Callable[..., str]] = staticmethod(lambda: NAMELESS)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """Call nobody by an empty name."""
        return self.nameless() if value == "" else value


class WordComparator(Enum.Comparator):
    """Compares a column with words written out in the statement: `state = 'open'`.

    A word handed over beside the statement may be any, so a database that has an index of the open
    ones alone cannot count on it: SQLite plans the whole statement afresh each time that it runs,
    which took longer than running it. Words are few and our own.
    """

    def operate(self, op: Any, *others: Any, **options: Any) -> Any:
        """Compare with what was given, its words written out."""
        return super().operate(op, *map(written_out, others), **options)


def written_out(value: Any) -> Any:
    """Return a word, or each word of a collection, as it stands in a statement."""
    if isinstance(value, Word):
        return literal_column(f"'{value.value}'")
    if isinstance(value, list | tuple | set | frozenset):
        return [written_out(each) for each in value]
    return value


def at_most(number: int) -> ColumnElement[int]:
    """Return how many rows a statement wants at most, written out in it.

    With a gap there, PostgreSQL takes it for a tenth of all, finds that much dearer than what it
    plans with the number in sight, and so plans the statement afresh each time that it runs.
    """
    return literal_column(str(number), Integer)


@event.listens_for(Column, "after_parent_attach", propagate=True)
def compare_words(column: Column[Any], _table: Any) -> None:
    """Let every column that holds words compare itself so."""
    if isinstance(column.type, Enum) and issubclass(column.type.enum_class or object, Word):
        column.type.comparator_factory = WordComparator


#: Text that lists sort by and search from its beginning: letter by letter, alike on both databases,
#: so that an index finds what begins with a word.
BY_LETTER = String().with_variant(String(collation="C"), "postgresql")


class Base(DeclarativeBase):
    """Every table of the portal, with constraint names that are the same on both databases."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {
        datetime: Moment,
        dict[str, Any]: JSON,
        list[Any]: JSON,
        Word: Enum(
            Word,
            native_enum=False,
            create_constraint=True,
            length=40,
            values_callable=lambda words: [word.value for word in words],
        ),
    }


class Row(Base):
    """A row with an id that sorts by age, the time it was made, and a version.

    The version tells two writers apart: the slower one gets StaleDataError.
    """

    __abstract__ = True

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7, sort_order=-3)
    created_at: Mapped[datetime] = mapped_column(default=clock.now, sort_order=-2)
    version: Mapped[int] = mapped_column(sort_order=-1)

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.version}


REFUSAL = """CREATE OR REPLACE FUNCTION portal_refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' is append-only'; END $$"""
ON_POSTGRESQL = """CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION portal_refuse_change()"""
ON_SQLITE = """CREATE TRIGGER {table}_not_{deed}d BEFORE {deed} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"""
#: Refuses every change but one that only empties some columns, where it may.
EMPTYING = """CREATE OR REPLACE FUNCTION {function}() RETURNS trigger
LANGUAGE plpgsql AS $$ BEGIN
IF TG_OP = 'UPDATE' AND {only}
AND {new} = {old}
THEN RETURN NEW; END IF;
RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' is append-only'; END $$"""


def append_only(table: Table) -> None:
    """Let rows of this table be written and read, and never changed or removed, by anybody."""
    keep_with(table, append_only_statements)


def append_only_but_emptied(table: Table, *columns: str, where: str, function: str) -> None:
    """Keep a table so, but for columns that may be emptied where something is true of the row.

    `where` speaks of the row as OLD; `function` is what PostgreSQL calls what sees to it.
    """
    names = tuple(column.name for column in table.columns)
    emptied = " AND ".join(f"NEW.{column} IN ('', OLD.{column})" for column in columns)
    only = f"{emptied}\nAND {where}"

    def statements(table: str, *, dialect: str) -> list[str]:
        if dialect == "postgresql":
            return emptied_on_postgresql(table, columns, only=only, function=function)
        fixed = tuple(name for name in names if name not in columns)
        return emptied_on_sqlite(table, fixed, only=only)

    keep_with(table, statements)


def keep_with(table: Table, statements: Callable[..., list[str]]) -> None:
    """Run the statements that keep a table as it is once it is made."""
    for dialect in ("postgresql", "sqlite"):
        for statement in statements(table.name, dialect=dialect):
            escaped = statement.replace("%", "%%")
            ddl = DDL(escaped)  # type: ignore[no-untyped-call]  # untyped in SQLAlchemy
            event.listen(table, "after_create", ddl.execute_if(dialect=dialect))
    table.info["append_only"] = True


def append_only_statements(table: str, *, dialect: str) -> list[str]:
    """Return the statements that keep a table append-only, as a migration needs them too."""
    if dialect == "postgresql":
        return [REFUSAL, ON_POSTGRESQL.format(table=table)]
    return [ON_SQLITE.format(table=table, deed=deed) for deed in ("update", "delete")]


def emptied_on_postgresql(
    table: str, columns: tuple[str, ...], *, only: str, function: str
) -> list[str]:
    """Return the statements that keep a table whose columns may be emptied, on PostgreSQL."""
    less = "".join(f" - '{column}'" for column in columns)
    new, old = f"to_jsonb(NEW){less}", f"to_jsonb(OLD){less}"
    trigger = ON_POSTGRESQL.replace("portal_refuse_change", function).format(table=table)
    return [EMPTYING.format(function=function, only=only, new=new, old=old), trigger]


def emptied_on_sqlite(table: str, fixed: tuple[str, ...], *, only: str) -> list[str]:
    """Return the statements that keep a table of which only some columns are fixed, on SQLite."""
    same = "".join(f"\nAND NEW.{name} IS OLD.{name}" for name in fixed)
    refusing = ON_SQLITE.format(table=table, deed="update")
    unless = f"WHEN NOT ({only}{same})\nBEGIN"
    return [refusing.replace("BEGIN", unless), ON_SQLITE.format(table=table, deed="delete")]
