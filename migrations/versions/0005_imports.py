"""Lists of members that staff import."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    make_member_import()
    make_member_import_row()


def downgrade() -> None:
    op.drop_table("member_import_row")
    op.drop_table("member_import")


def row() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
    )


def words(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def make_member_import() -> None:
    states = words("importstate", "matching", "checking", "ready", "writing", "done", "discarded")
    op.create_table(
        "member_import",
        *row(),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("state", states, nullable=False),
        sa.Column("header", sa.Integer(), nullable=False),
        sa.Column("headings", sa.JSON(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("defaults", sa.JSON(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("reached", sa.Integer(), nullable=False),
        sa.Column("handled", sa.Integer(), nullable=False),
        sa.Column("moved_at", MOMENT, nullable=False),
        sa.Column("tallies", sa.JSON(), nullable=False),
        sa.Column("uploaded_by_id", sa.Uuid(), nullable=False),
        sa.Column("confirmed_by_id", sa.Uuid(), nullable=True),
        sa.Column("confirmed_at", MOMENT, nullable=True),
        sa.Column("finished_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "(confirmed_at IS NULL) = (confirmed_by_id IS NULL)",
            name=op.f("ck_member_import_by_somebody"),
        ),
        sa.CheckConstraint(
            "(state IN ('writing', 'done')) = (confirmed_at IS NOT NULL)",
            name=op.f("ck_member_import_confirmed_first"),
        ),
        sa.CheckConstraint(
            "(state = 'done') = (finished_at IS NOT NULL)",
            name=op.f("ck_member_import_finished_iff_done"),
        ),
        sa.ForeignKeyConstraint(
            ["uploaded_by_id"], ["person.id"], name=op.f("fk_member_import_uploaded_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by_id"], ["person.id"], name=op.f("fk_member_import_confirmed_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member_import")),
    )
    op.create_index("ix_member_import_newest", "member_import", ["created_at", "id"])


def make_member_import_row() -> None:
    op.create_table(
        "member_import_row",
        *row(),
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("cells", sa.JSON(), nullable=False),
        sa.Column(
            "verdict", words("importverdict", "new", "changed", "same", "wrong"), nullable=True
        ),
        sa.Column("steps", sa.JSON(), nullable=False),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.Column("outcome", words("importoutcome", "written", "refused"), nullable=True),
        sa.CheckConstraint(
            "outcome IS NULL OR verdict IN ('new', 'changed')",
            name=op.f("ck_member_import_row_written_if_previewed"),
        ),
        sa.ForeignKeyConstraint(
            ["import_id"],
            ["member_import.id"],
            name=op.f("fk_member_import_row_import_id_member_import"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member_import_row")),
    )
    op.create_index(
        op.f("ix_member_import_row_import_id_member_import_row_number"),
        "member_import_row",
        ["import_id", "number"],
        unique=True,
    )
    for column in ("verdict", "outcome"):
        op.create_index(
            f"ix_member_import_row_{column}",
            "member_import_row",
            ["import_id", column, "number", "id"],
        )
