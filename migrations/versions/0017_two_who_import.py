"""Two confirm a list that makes members where that takes two; browsers can be forgotten."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

FIRST = "fk_member_import_first_confirmed_by_id_person"
TWO = "ck_member_import_two_people"


def upgrade() -> None:
    op.add_column("person", sa.Column("browsers_from", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("member_import") as table:
        table.add_column(sa.Column("kinds", sa.JSON(), nullable=False, server_default="[]"))
        table.add_column(sa.Column("first_confirmed_by_id", sa.Uuid(), nullable=True))
        table.create_foreign_key(FIRST, "person", ["first_confirmed_by_id"], ["id"])
        table.create_check_constraint(
            op.f(TWO),
            "first_confirmed_by_id IS NULL OR confirmed_by_id IS NULL"
            " OR first_confirmed_by_id <> confirmed_by_id",
        )
    with op.batch_alter_table("member_import") as table:
        table.alter_column("kinds", server_default=None)
    # What was checked before does not say whom it makes members: it is checked once more.
    op.execute("UPDATE member_import SET state = 'matching' WHERE state = 'ready'")


def downgrade() -> None:
    with op.batch_alter_table("member_import") as table:
        table.drop_constraint(op.f(TWO), type_="check")
        table.drop_constraint(FIRST, type_="foreignkey")
        table.drop_column("first_confirmed_by_id")
        table.drop_column("kinds")
    op.drop_column("person", "browsers_from")
