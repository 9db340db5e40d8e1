"""A letter keeps what fills the gaps of its sentences, by which it is found."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("outgoing_mail", sa.Column("named", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("outgoing_mail", "named")
