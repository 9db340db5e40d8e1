"""Search: documents and their words. Organisations: services offered and sought, and towns."""

import sqlalchemy as sa
from alembic import op

from portal.core.alphabet import name_key

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
BY_LETTER = sa.String().with_variant(sa.String(collation="C"), "postgresql")
SERVICES = (
    "advice", "capital", "cloud", "content", "data", "design", "equipment", "export", "graphics",
    "integration", "law", "marketing", "pilots", "premises", "recruitment", "research", "software",
    "streaming", "training",
)  # fmt: skip


def upgrade() -> None:
    make_search_document()
    make_search_word()
    make_organisation_service()
    give_organisations_a_place_key()


def downgrade() -> None:
    op.drop_index("ix_organisation_place", "organisation")
    with op.batch_alter_table("organisation") as organisation:
        organisation.drop_column("place_key")
    for table in ("organisation_service", "search_word", "search_document"):
        op.drop_table(table)


def words(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def make_search_document() -> None:
    op.create_table(
        "search_document",
        sa.Column("number", NUMBER, sa.Identity(always=False), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_search_document")),
    )
    op.create_index(
        op.f("ix_search_document_kind_search_document_subject_id_search_document_language"),
        "search_document",
        ["kind", "subject_id", "language"],
        unique=True,
    )


def make_search_word() -> None:
    op.create_table(
        "search_word",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("word", BY_LETTER, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("place IN (0, 1)", name=op.f("ck_search_word_title_or_text")),
        sa.ForeignKeyConstraint(
            ["number"],
            ["search_document.number"],
            name=op.f("fk_search_word_number_search_document"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "kind", "language", "word", "place", "number", name=op.f("pk_search_word")
        ),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_search_word_number"), "search_word", ["number"], unique=False)


def make_organisation_service() -> None:
    op.create_table(
        "organisation_service",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("side", words("serviceside", "offered", "sought"), nullable=False),
        sa.Column("service", words("service", *SERVICES), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_organisation_service_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint(
            "organisation_id", "side", "service", name=op.f("pk_organisation_service")
        ),
    )
    op.create_index(
        op.f(
            "ix_organisation_service_service_organisation_service_side"
            "_organisation_service_organisation_id"
        ),
        "organisation_service",
        ["service", "side", "organisation_id"],
        unique=False,
    )


def give_organisations_a_place_key() -> None:
    with op.batch_alter_table("organisation") as organisation:
        organisation.add_column(
            sa.Column("place_key", BY_LETTER, nullable=False, server_default="")
        )
    rows = sa.table("organisation", sa.column("place"), sa.column("place_key"))
    connection = op.get_bind()
    for place in connection.scalars(sa.select(rows.c.place).distinct()).all():
        connection.execute(
            rows.update().where(rows.c.place == place).values(place_key=name_key(place))
        )
    with op.batch_alter_table("organisation") as organisation:
        organisation.alter_column("place_key", server_default=None)
    op.create_index(
        "ix_organisation_place", "organisation", ["listed", "place_key", "name_key", "id"]
    )
