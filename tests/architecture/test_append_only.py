"""What was written once stays: every table that is only added to, known by hand."""

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DatabaseError

from portal.extensions import db
from portal.models import Base
from tests.architecture.theatre import Theatre

#: Tables to which rows are only added. Of two the words may be emptied, where that is noted.
ADDED_TO = {
    "agreement", "application_revision", "article_revision", "audit_event", "audit_redaction",
    "benefit_use", "consent_event", "delegate_history", "former_delegate", "former_suspension",
    "joining_message", "material_change", "membership_notice", "page_revision",
}  # fmt: skip
GUARDS = {
    "sqlite": "SELECT DISTINCT tbl_name FROM sqlite_master WHERE type = 'trigger'"
    " AND sql LIKE '%append-only%'",
    "postgresql": "SELECT DISTINCT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
    " WHERE NOT t.tgisinternal",
}
#: None of these is in the world.
NOT_THERE = {"audit_redaction", "former_delegate", "former_suspension", "membership_notice"}


def test_these_tables_are_only_added_to_and_no_others(theatre: Theatre, database):
    with theatre.app.app_context(), db.engine.connect() as connection:
        assert {name for (name,) in connection.execute(text(GUARDS[database]))} == ADDED_TO


@pytest.mark.parametrize("name", sorted(ADDED_TO - NOT_THERE))
@pytest.mark.parametrize("deed", ["UPDATE", "DELETE"])
def test_no_row_of_theirs_is_changed_or_taken_away(theatre: Theatre, name, deed):
    table = Base.metadata.tables[name]
    column = next(iter(table.primary_key.columns))
    change = table.update().values({column: column}) if deed == "UPDATE" else table.delete()
    with theatre.app.app_context(), db.engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(table))
        with pytest.raises(DatabaseError, match="append-only"):
            connection.execute(change)
        connection.rollback()
