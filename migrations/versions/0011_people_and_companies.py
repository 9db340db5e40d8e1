"""Merges, what people show of themselves, proposed changes, and roles that need somebody new."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
PROPOSED = sa.text("state = 'proposed'")
OPEN = sa.text("state = 'open'")
TABLES = ("succession", "organisation_proposal", "person_visibility", "merge_record")


def upgrade() -> None:
    for table in ("person", "organisation"):
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column("merged_into_id", sa.Uuid(), nullable=True))
            batch.create_foreign_key(
                f"fk_{table}_merged_into_id_{table}", table, ["merged_into_id"], ["id"]
            )
    make_merge_record()
    make_person_visibility()
    make_organisation_proposal()
    make_succession()


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
    for table in ("organisation", "person"):
        with op.batch_alter_table(table) as batch:
            batch.drop_constraint(f"fk_{table}_merged_into_id_{table}", type_="foreignkey")
            batch.drop_column("merged_into_id")


def row() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
    )


def words(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def key(table: str, *columns: str, to: str) -> tuple[sa.ForeignKeyConstraint, ...]:
    return tuple(
        sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"))
        for column in columns
    )


def make_merge_record() -> None:
    op.create_table(
        "merge_record",
        *row(),
        sa.Column("kept_person_id", sa.Uuid(), nullable=True),
        sa.Column("lost_person_id", sa.Uuid(), nullable=True),
        sa.Column("kept_organisation_id", sa.Uuid(), nullable=True),
        sa.Column("lost_organisation_id", sa.Uuid(), nullable=True),
        sa.Column(
            "state",
            words("mergestate", "proposed", "done", "declined", "withdrawn"),
            nullable=False,
        ),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("counted", sa.JSON(), nullable=False),
        sa.Column("moved", sa.JSON(), nullable=False),
        sa.Column("proposed_by_id", sa.Uuid(), nullable=False),
        sa.Column("answered_by_id", sa.Uuid(), nullable=True),
        sa.Column("answered_at", MOMENT, nullable=True),
        sa.Column("answer", sa.String(), nullable=False),
        sa.CheckConstraint(
            "(kept_person_id IS NULL) = (lost_person_id IS NULL)"
            " AND (kept_organisation_id IS NULL) = (lost_organisation_id IS NULL)"
            " AND (kept_person_id IS NULL) <> (kept_organisation_id IS NULL)",
            name=op.f("ck_merge_record_two_of_a_kind"),
        ),
        sa.CheckConstraint(
            "(kept_person_id IS NULL OR kept_person_id <> lost_person_id)"
            " AND (kept_organisation_id IS NULL OR kept_organisation_id <> lost_organisation_id)",
            name=op.f("ck_merge_record_two_and_not_one"),
        ),
        sa.CheckConstraint(
            "(state = 'proposed') = (answered_at IS NULL)"
            " AND (answered_at IS NULL) = (answered_by_id IS NULL)",
            name=op.f("ck_merge_record_answered_iff_over"),
        ),
        sa.CheckConstraint(
            "state <> 'done' OR answered_by_id <> proposed_by_id",
            name=op.f("ck_merge_record_four_eyes"),
        ),
        *key("merge_record", "kept_person_id", "lost_person_id", to="person"),
        *key("merge_record", "kept_organisation_id", "lost_organisation_id", to="organisation"),
        *key("merge_record", "proposed_by_id", "answered_by_id", to="person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merge_record")),
    )
    for kind in ("person", "organisation"):
        op.create_index(
            f"uq_merge_record_{kind}",
            "merge_record",
            [f"lost_{kind}_id"],
            unique=True,
            sqlite_where=PROPOSED,
            postgresql_where=PROPOSED,
        )
    op.create_index(
        "ix_merge_record_queue", "merge_record", ["state", "created_at", "id"], unique=False
    )
    op.create_index("ix_merge_record_newest", "merge_record", ["created_at", "id"], unique=False)


def make_person_visibility() -> None:
    op.create_table(
        "person_visibility",
        *row(),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        *(
            sa.Column(name, words(f"reach_of_{name}", "staff", "members", "public"), nullable=False)
            for name in ("name", "email", "phone")
        ),
        *key("person_visibility", "person_id", to="person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_visibility")),
        sa.UniqueConstraint("person_id", name=op.f("uq_person_visibility_person_id")),
    )


def make_organisation_proposal() -> None:
    op.create_table(
        "organisation_proposal",
        *row(),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column(
            "state",
            words("proposalstate", "open", "accepted", "declined", "replaced", "withdrawn"),
            nullable=False,
        ),
        sa.Column("display_name", sa.String(), nullable=False),
        sa.Column("legal_name", sa.String(), nullable=False),
        sa.Column(
            "number_kind", words("numberkind", "norwegian", "foreign", "none"), nullable=False
        ),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("proposed_by_id", sa.Uuid(), nullable=False),
        sa.Column("answered_at", MOMENT, nullable=True),
        sa.Column("answered_by_id", sa.Uuid(), nullable=True),
        sa.Column("answer", sa.String(), nullable=False),
        sa.CheckConstraint(
            "(state = 'open') = (answered_at IS NULL)",
            name=op.f("ck_organisation_proposal_answered_iff_over"),
        ),
        sa.CheckConstraint(
            "(number_kind = 'none') = (number IS NULL)",
            name=op.f("ck_organisation_proposal_number_iff_registered"),
        ),
        sa.CheckConstraint(
            "length(country) = 2", name=op.f("ck_organisation_proposal_country_of_two_letters")
        ),
        *key("organisation_proposal", "organisation_id", to="organisation"),
        *key("organisation_proposal", "proposed_by_id", "answered_by_id", to="person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_proposal")),
    )
    finish("organisation_proposal", ["organisation_id"])


def make_succession() -> None:
    op.create_table(
        "succession",
        *row(),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "role",
            words("affiliationrole", "administrator", "representative", "member"),
            nullable=False,
        ),
        sa.Column(
            "cause", words("successioncause", "left", "blocked", "unreachable"), nullable=False
        ),
        sa.Column("state", words("successionstate", "open", "done", "dropped"), nullable=False),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.Column("closed_by_id", sa.Uuid(), nullable=True),
        sa.Column("successor_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(state = 'open') = (closed_at IS NULL)", name=op.f("ck_succession_closed_iff_over")
        ),
        *key("succession", "organisation_id", to="organisation"),
        *key("succession", "person_id", "closed_by_id", "successor_id", to="person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_succession")),
    )
    op.create_index(op.f("ix_succession_person_id"), "succession", ["person_id"], unique=False)
    finish("succession", ["organisation_id", "person_id"])


def finish(table: str, open_of: list[str]) -> None:
    op.create_index(op.f(f"ix_{table}_organisation_id"), table, ["organisation_id"], unique=False)
    op.create_index(
        f"uq_{table}_open",
        table,
        open_of,
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    op.create_index(f"ix_{table}_queue", table, ["state", "created_at", "id"], unique=False)
