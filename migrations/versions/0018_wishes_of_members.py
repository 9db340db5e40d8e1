"""A member asks for another year or kind; what became a part of an organisation is found by it."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

TABLE = "tier_request"
MOMENT = sa.DateTime(timezone=True)
ASKED = sa.text("state = 'asked'")
MERGED = sa.text("merged_into_id IS NOT NULL")
KEYS = {
    "membership_id": "membership",
    "tier_id": "membership_tier",
    "asked_by_id": "person",
    "first_approved_by_id": "person",
    "decided_by_id": "person",
}
CHECKS = {
    "price_is_no_debt": "price_ore >= 0",
    "decided_iff_over": "(state = 'asked') = (decided_at IS NULL)",
    "by_somebody": "(decided_at IS NULL) = (decided_by_id IS NULL)",
    "first_by_somebody": "(first_approved_by_id IS NULL) = (first_approved_at IS NULL)",
    "declined_with_reason": "state <> 'declined' OR answer <> ''",
}


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("membership_id", sa.Uuid(), nullable=False),
        sa.Column("tier_id", sa.Uuid(), nullable=False),
        sa.Column("takes", words("tierrequesttakes", "at_once", "next_period"), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("price_ore", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            words("tierrequeststate", "asked", "granted", "declined", "withdrawn"),
            nullable=False,
        ),
        sa.Column("asked_by_id", sa.Uuid(), nullable=False),
        sa.Column("first_approved_by_id", sa.Uuid(), nullable=True),
        sa.Column("first_approved_at", MOMENT, nullable=True),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("answer", sa.String(), nullable=False),
        *(check(name, says) for name, says in CHECKS.items()),
        *(key(column, to) for column, to in KEYS.items()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tier_request")),
    )
    make_indexes()
    merged = {"sqlite_where": MERGED, "postgresql_where": MERGED}
    op.create_index("ix_organisation_merged", "organisation", ["merged_into_id"], **merged)


def downgrade() -> None:
    op.drop_index("ix_organisation_merged", table_name="organisation")
    op.drop_table(TABLE)


def make_indexes() -> None:
    some = {"sqlite_where": ASKED, "postgresql_where": ASKED}
    op.create_index("uq_tier_request_asked", TABLE, ["membership_id"], unique=True, **some)
    op.create_index("ix_tier_request_waiting", TABLE, ["created_at", "id"], **some)
    op.create_index(
        "ix_tier_request_membership_id_tier_request_created_at",
        TABLE,
        ["membership_id", "created_at"],
    )


def words(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def key(column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{TABLE}_{column}_{to}"))


def check(name: str, says: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(says, name=op.f(f"ck_{TABLE}_{name}"))
