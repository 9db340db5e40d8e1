"""What people ask about their own data, copies of it, clearing, and names taken out of the audit."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
UNDER_WAY = sa.text("state IN ('received', 'checked')")
BEING_MADE = sa.text("state = 'waiting'")
KEPT = (
    "seq", "at", "action", "actor_id", "subject_type", "subject_id", "organisation_id",
    "on_behalf_of_id", "before", "after", "internal", "details", "request_id",
)  # fmt: skip
ONLY_EMPTIED = """NEW.actor_name IN ('', OLD.actor_name) AND NEW.note IN ('', OLD.note)
AND EXISTS (SELECT 1 FROM audit_redaction WHERE audit_redaction.seq = OLD.seq)"""
REDACTION = f"""CREATE OR REPLACE FUNCTION portal_refuse_all_but_redaction() RETURNS trigger
LANGUAGE plpgsql AS $$ BEGIN
IF TG_OP = 'UPDATE' AND {ONLY_EMPTIED}
AND to_jsonb(NEW) - 'actor_name' - 'note' = to_jsonb(OLD) - 'actor_name' - 'note'
THEN RETURN NEW; END IF;
RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' is append-only'; END $$"""


def upgrade() -> None:
    op.add_column("person", sa.Column("pseudonymised_at", MOMENT, nullable=True))
    make_privacy_request()
    make_personal_export()
    make_retention_run()
    make_material_change()
    make_audit_redaction()
    let_names_be_emptied()


def downgrade() -> None:
    let_nothing_be_changed()
    for table in (
        "audit_redaction",
        "material_change",
        "retention_run",
        "personal_export",
        "privacy_request",
    ):
        op.drop_table(table)
    op.drop_column("person", "pseudonymised_at")


def row() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
    )


def words(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def key(table: str, column: str, to: str, of: str = "id") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.{of}"], name=op.f(f"fk_{table}_{column}_{to}"))


def check(table: str, name: str, says: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(says, name=op.f(f"ck_{table}_{name}"))


def make_privacy_request() -> None:
    table = "privacy_request"
    op.create_table(
        table,
        *row(),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("asked_by_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind", words("privacykind", "access", "rectify", "erase", "object"), nullable=False
        ),
        sa.Column(
            "state",
            words("privacystate", "received", "checked", "done", "refused", "withdrawn"),
            nullable=False,
        ),
        sa.Column("wish", sa.String(), nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("extended_at", MOMENT, nullable=True),
        sa.Column("extension", sa.String(), nullable=False),
        sa.Column("checked_at", MOMENT, nullable=True),
        sa.Column("checked_by_id", sa.Uuid(), nullable=True),
        sa.Column("identity", sa.String(), nullable=False),
        sa.Column("preview", sa.JSON(), nullable=False),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.Column("closed_by_id", sa.Uuid(), nullable=True),
        sa.Column("answer", sa.String(), nullable=False),
        check(table, "checked_by_whom", "(checked_at IS NULL) = (checked_by_id IS NULL)"),
        check(table, "checked_first", "state NOT IN ('checked', 'done') OR checked_at IS NOT NULL"),
        check(
            table,
            "closed_iff_over",
            "(state IN ('done', 'refused', 'withdrawn')) = (closed_at IS NOT NULL)",
        ),
        check(table, "refused_with_reason", "state <> 'refused' OR answer <> ''"),
        check(
            table,
            "four_eyes",
            "kind <> 'erase' OR state <> 'done' OR closed_by_id <> checked_by_id",
        ),
        check(table, "extended_with_reason", "(extended_at IS NULL) = (extension = '')"),
        check(table, "due_later", "due_at > received_at"),
        key(table, "person_id", "person"),
        key(table, "asked_by_id", "person"),
        key(table, "checked_by_id", "person"),
        key(table, "closed_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_privacy_request")),
    )
    under_way = {"sqlite_where": UNDER_WAY, "postgresql_where": UNDER_WAY}
    op.create_index(
        "uq_privacy_request_under_way", table, ["person_id", "kind"], unique=True, **under_way
    )
    op.create_index("ix_privacy_request_due", table, ["due_at", "id"], **under_way)
    indexed(table, "received_at", "id")
    indexed(table, "person_id", "received_at")


def indexed(table: str, *columns: str) -> None:
    """Make an index, named as the models name theirs."""
    name = "_".join(f"{table}_{column}" for column in columns)
    op.create_index(op.f(f"ix_{name}"), table, list(columns))


def make_personal_export() -> None:
    table = "personal_export"
    op.create_table(
        table,
        *row(),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("state", words("exportstate", "waiting", "ready", "gone"), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("handled", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=True),
        sa.Column("ready_at", MOMENT, nullable=True),
        sa.Column("expires_at", MOMENT, nullable=True),
        check(table, "file_iff_ready", "(state = 'ready') = (file_id IS NOT NULL)"),
        check(table, "ready_for_a_while", "state <> 'ready' OR expires_at IS NOT NULL"),
        key(table, "person_id", "person"),
        key(table, "file_id", "stored_file"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_personal_export")),
    )
    op.create_index(
        "uq_personal_export_being_made",
        table,
        ["person_id"],
        unique=True,
        sqlite_where=BEING_MADE,
        postgresql_where=BEING_MADE,
    )
    indexed(table, "person_id", "asked_at")
    indexed(table, "state", "expires_at")


def make_retention_run() -> None:
    table = "retention_run"
    op.create_table(
        table,
        *row(),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.Column("state", words("runstate", "counted", "running", "done"), nullable=False),
        sa.Column("handled", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("tallies", sa.JSON(), nullable=False),
        sa.Column("counted_at", MOMENT, nullable=False),
        sa.Column("counted_by_id", sa.Uuid(), nullable=True),
        sa.Column("started_at", MOMENT, nullable=True),
        sa.Column("moved_at", MOMENT, nullable=False),
        sa.Column("finished_at", MOMENT, nullable=True),
        check(table, "started_unless_counted", "(state = 'counted') = (started_at IS NULL)"),
        check(table, "finished_iff_done", "(state = 'done') = (finished_at IS NOT NULL)"),
        key(table, "counted_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_run")),
    )
    indexed(table, "counted_at", "id")


def make_material_change() -> None:
    table = "material_change"
    op.create_table(
        table,
        *row(),
        sa.Column("revision_id", sa.Uuid(), nullable=False),
        sa.Column("summary_en", sa.String(), nullable=False),
        sa.Column("summary_nb", sa.String(), nullable=False),
        sa.Column("announced_at", MOMENT, nullable=False),
        sa.Column("announced_by_id", sa.Uuid(), nullable=False),
        key(table, "revision_id", "page_revision"),
        key(table, "announced_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_material_change")),
        sa.UniqueConstraint("revision_id", name=op.f("uq_material_change_revision_id")),
    )
    keep_append_only(table)


def make_audit_redaction() -> None:
    table = "audit_redaction"
    op.create_table(
        table,
        sa.Column(
            "seq",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        key(table, "seq", "audit_event", "seq"),
        key(table, "person_id", "person"),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit_redaction")),
    )
    indexed(table, "person_id")
    keep_append_only(table)


def is_postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"


def keep_append_only(table: str, function: str = "portal_refuse_change", unless: str = "") -> None:
    if is_postgresql():
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION {function}()"
        )
        return
    for deed in ("update", "delete"):
        when = f"\nWHEN NOT ({unless})" if unless and deed == "update" else ""
        op.execute(
            f"CREATE TRIGGER {table}_not_{deed}d BEFORE {deed} ON {table}{when}"
            f"\nBEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )


def drop_triggers(table: str) -> None:
    if is_postgresql():
        op.execute(f"DROP TRIGGER {table}_append_only ON {table}")
        return
    for deed in ("update", "delete"):
        op.execute(f"DROP TRIGGER {table}_not_{deed}d")


def let_names_be_emptied() -> None:
    """Let the names in the audit be emptied where a row of audit_redaction says that they are."""
    drop_triggers("audit_event")
    if is_postgresql():
        op.execute(REDACTION)
    same = "".join(f"\nAND NEW.{name} IS OLD.{name}" for name in KEPT)
    keep_append_only(
        "audit_event", "portal_refuse_all_but_redaction", unless=f"{ONLY_EMPTIED}{same}"
    )


def let_nothing_be_changed() -> None:
    """Let nothing in the audit be changed, as before."""
    drop_triggers("audit_event")
    keep_append_only("audit_event")
    if is_postgresql():
        op.execute("DROP FUNCTION portal_refuse_all_but_redaction()")
