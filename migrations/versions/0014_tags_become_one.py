"""Tags that became a part of another lead there."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "former_tag",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("tag_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["tag_id"], ["tag.id"], name=op.f("fk_former_tag_tag_id_tag")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_former_tag")),
        sa.UniqueConstraint("key", name=op.f("uq_former_tag_key")),
    )
    op.create_index(op.f("ix_former_tag_tag_id"), "former_tag", ["tag_id"], unique=False)


def downgrade() -> None:
    op.drop_table("former_tag")
