"""A quota is locked as a row; no number of its own has to change for that."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_column("quota", "lock_version")


def downgrade() -> None:
    with op.batch_alter_table("quota") as quota:
        quota.add_column(
            sa.Column("lock_version", sa.Integer(), nullable=False, server_default="0")
        )
    with op.batch_alter_table("quota") as quota:
        quota.alter_column("lock_version", server_default=None)
