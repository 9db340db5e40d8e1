"""News: articles and their versions, what they are about, private feeds."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    for make in TABLES:
        make()
    keep_append_only("article_revision")


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
    for make in reversed(TABLES):
        op.drop_table(make.__name__.removeprefix("make_"))


def row() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
    )


def words(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def make_news_feed() -> None:
    op.create_table(
        "news_feed",
        *row(),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("renewed_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_news_feed_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_news_feed")),
        sa.UniqueConstraint("person_id", name=op.f("uq_news_feed_person_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_news_feed_token_hash")),
    )


def make_article() -> None:
    op.create_table(
        "article",
        *row(),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column(
            "state",
            words(
                "articlestate",
                "proposed",
                "draft",
                "in_review",
                "published",
                "archived",
                "declined",
                "withdrawn",
            ),
            nullable=False,
        ),
        sa.Column("audience", words("audience", "public", "members", "tier"), nullable=False),
        sa.Column("tier_id", sa.Uuid(), nullable=True),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("byline", sa.String(), nullable=False),
        sa.Column("proposed_for_id", sa.Uuid(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("live_number", sa.Integer(), nullable=True),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("published_at", MOMENT, nullable=True),
        sa.Column("updated_at", MOMENT, nullable=True),
        sa.Column("changed_at", MOMENT, nullable=True),
        sa.Column("edited_at", MOMENT, nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.CheckConstraint(
            "(audience = 'tier') = (tier_id IS NOT NULL)", name=op.f("ck_article_tier_iff_chosen")
        ),
        sa.CheckConstraint(
            "(state = 'declined') = (answer <> '')", name=op.f("ck_article_declined_with_reason")
        ),
        sa.CheckConstraint(
            "(state = 'published' AND published_at IS NOT NULL) OR state = 'archived' OR (state <> 'published' AND published_at IS NULL)",
            name=op.f("ck_article_dated_iff_out"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('proposed', 'declined', 'withdrawn') OR proposed_for_id IS NOT NULL",
            name=op.f("ck_article_proposed_for_somebody"),
        ),
        sa.CheckConstraint(
            "(published_at IS NULL) = (live_number IS NULL)", name=op.f("ck_article_live_iff_dated")
        ),
        sa.CheckConstraint(
            "number >= 1 AND live_number <= number", name=op.f("ck_article_live_among_versions")
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["person.id"], name=op.f("fk_article_author_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_for_id"],
            ["organisation.id"],
            name=op.f("fk_article_proposed_for_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["tier_id"], ["membership_tier.id"], name=op.f("fk_article_tier_id_membership_tier")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article")),
        sa.UniqueConstraint("slug", name=op.f("uq_article_slug")),
    )
    op.create_index(op.f("ix_article_changed_at"), "article", ["changed_at"], unique=False)
    op.create_index(
        op.f("ix_article_edited_at_article_id"), "article", ["edited_at", "id"], unique=False
    )
    op.create_index(
        op.f("ix_article_proposed_for_id_article_created_at_article_id"),
        "article",
        ["proposed_for_id", "created_at", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_article_state_article_edited_at_article_id"),
        "article",
        ["state", "edited_at", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_article_state_article_published_at_article_id"),
        "article",
        ["state", "published_at", "id"],
        unique=False,
    )


def make_article_organisation() -> None:
    op.create_table(
        "article_organisation",
        sa.Column("article_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_article_organisation_article_id_article")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_article_organisation_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint(
            "article_id", "organisation_id", name=op.f("pk_article_organisation")
        ),
    )
    op.create_index(
        op.f("ix_article_organisation_organisation_id"),
        "article_organisation",
        ["organisation_id"],
        unique=False,
    )


def make_article_revision() -> None:
    op.create_table(
        "article_revision",
        *row(),
        sa.Column("article_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("standfirst", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("picture_id", sa.Uuid(), nullable=True),
        sa.Column("alternative", sa.String(), nullable=False),
        sa.Column("decorative", sa.Boolean(), nullable=False),
        sa.Column("credit", sa.String(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "NOT decorative OR alternative = ''",
            name=op.f("ck_article_revision_decorative_says_nothing"),
        ),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_article_revision_article_id_article")
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["person.id"], name=op.f("fk_article_revision_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["picture_id"],
            ["stored_file.id"],
            name=op.f("fk_article_revision_picture_id_stored_file"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article_revision")),
    )
    op.create_index(
        op.f("ix_article_revision_article_id_article_revision_number"),
        "article_revision",
        ["article_id", "number"],
        unique=True,
    )
    op.create_index(
        op.f("ix_article_revision_picture_id"), "article_revision", ["picture_id"], unique=False
    )


def make_article_slug() -> None:
    op.create_table(
        "article_slug",
        *row(),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("article_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_article_slug_article_id_article")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article_slug")),
        sa.UniqueConstraint("slug", name=op.f("uq_article_slug_slug")),
    )
    op.create_index(
        op.f("ix_article_slug_article_id"), "article_slug", ["article_id"], unique=False
    )


def make_article_tag() -> None:
    op.create_table(
        "article_tag",
        sa.Column("article_id", sa.Uuid(), nullable=False),
        sa.Column("tag_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_article_tag_article_id_article")
        ),
        sa.ForeignKeyConstraint(["tag_id"], ["tag.id"], name=op.f("fk_article_tag_tag_id_tag")),
        sa.PrimaryKeyConstraint("article_id", "tag_id", name=op.f("pk_article_tag")),
    )
    op.create_index(op.f("ix_article_tag_tag_id"), "article_tag", ["tag_id"], unique=False)


TABLES = (
    make_news_feed,
    make_article,
    make_article_organisation,
    make_article_revision,
    make_article_slug,
    make_article_tag,
)
