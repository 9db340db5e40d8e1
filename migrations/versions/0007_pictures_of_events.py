"""Pictures of events say what they show; who gave a place to a colleague is told by calendars."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

ALTERNATIVES = ("alternative_en", "alternative_nb")
UNCLAIMED = sa.text("person_id IS NULL")


def upgrade() -> None:
    for name in ALTERNATIVES:
        op.add_column("event", sa.Column(name, sa.String(), nullable=True))
    op.create_index("ix_delegate_ticket_state", "delegate", ["ticket_id", "state"], unique=False)
    op.create_index(
        "ix_delegate_unclaimed",
        "delegate",
        ["email"],
        unique=False,
        sqlite_where=UNCLAIMED,
        postgresql_where=UNCLAIMED,
    )
    make_former_delegate()


def make_former_delegate() -> None:
    op.create_table(
        "former_delegate",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("delegate_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["delegate_id"], ["delegate.id"], name=op.f("fk_former_delegate_delegate_id_delegate")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_former_delegate_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_former_delegate")),
    )
    op.create_index(
        op.f("ix_former_delegate_delegate_id"), "former_delegate", ["delegate_id"], unique=False
    )
    op.create_index(
        op.f("ix_former_delegate_person_id_former_delegate_left_at"),
        "former_delegate",
        ["person_id", "left_at"],
        unique=False,
    )
    keep_append_only("former_delegate")


def keep_append_only(table: str) -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION portal_refuse_change()"
        )
        return
    for deed in ("update", "delete"):
        op.execute(
            f"CREATE TRIGGER {table}_not_{deed}d BEFORE {deed} ON {table}"
            f" BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )


def downgrade() -> None:
    op.drop_table("former_delegate")
    op.drop_index("ix_delegate_unclaimed", table_name="delegate")
    op.drop_index("ix_delegate_ticket_state", table_name="delegate")
    for name in reversed(ALTERNATIVES):
        op.drop_column("event", name)
