"""Becoming a member: prices by size, what the cluster promises, applications, what was said."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
BY_LETTER = sa.String().with_variant(sa.String(collation="C"), "postgresql")
VAT = ("standard", "food", "low", "zero", "exempt")
SIZES = ("micro", "small", "medium", "large")
OPEN = sa.text("state IN ('draft', 'submitted', 'asked', 'deferred')")
DECIDED = sa.text("state IN ('approved', 'declined', 'withdrawn')")
QUEUED = sa.text("state IN ('submitted', 'asked', 'deferred')")


def upgrade() -> None:
    tell_more_of_tiers()
    for make in TABLES:
        make()
    keep_append_only("joining_message")


def downgrade() -> None:
    for make in reversed(TABLES):
        op.drop_table(make.__name__.removeprefix("make_"))
    with op.batch_alter_table("membership_tier") as tier:
        tier.drop_constraint(op.f("ck_membership_tier_membershipyear"), type_="check")
        tier.drop_constraint(op.f("ck_membership_tier_seats_for_somebody"), type_="check")
        tier.drop_constraint(op.f("ck_membership_tier_votes_are_counted"), type_="check")
        for name in ("about_en", "about_nb", "seats", "votes", "year", "two_approve"):
            tier.drop_column(name)


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


def row() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
    )


def words(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def key(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=f"fk_{table}_{column}_{to}")


def tell_more_of_tiers() -> None:
    year = words("membershipyear", "calendar", "twelve_months")
    with op.batch_alter_table("membership_tier") as tier:
        for name in ("about_en", "about_nb"):
            tier.add_column(sa.Column(name, sa.String(), nullable=False, server_default=""))
        tier.add_column(sa.Column("seats", sa.Integer(), nullable=True))
        tier.add_column(sa.Column("votes", sa.Integer(), nullable=False, server_default="1"))
        tier.add_column(sa.Column("year", year, nullable=False, server_default="calendar"))
        tier.add_column(
            sa.Column("two_approve", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        tier.create_check_constraint(op.f("ck_membership_tier_seats_for_somebody"), "seats > 0")
        tier.create_check_constraint(op.f("ck_membership_tier_votes_are_counted"), "votes >= 0")
    with op.batch_alter_table("membership_tier") as tier:
        for name in ("about_en", "about_nb", "votes", "year", "two_approve"):
            tier.alter_column(name, server_default=None)


def make_tier_price() -> None:
    op.create_table(
        "tier_price",
        *row(),
        sa.Column("tier_id", sa.Uuid(), nullable=False),
        sa.Column("band", words("priceband", "any", *SIZES), nullable=False),
        sa.Column("price_ore", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("vat_code", words("vatcode", *VAT), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.CheckConstraint("price_ore >= 0", name=op.f("ck_tier_price_price_is_no_debt")),
        sa.CheckConstraint(
            "to_on IS NULL OR to_on > from_on", name=op.f("ck_tier_price_has_length")
        ),
        key("tier_price", "tier_id", "membership_tier"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tier_price")),
    )
    op.create_index(
        "ix_tier_price_tier_id_tier_price_band_tier_price_from_on",
        "tier_price",
        ["tier_id", "band", "from_on"],
        unique=True,
    )


def make_joining_terms() -> None:
    op.create_table(
        "joining_terms",
        *row(),
        sa.Column("single", sa.Integer(), nullable=False),
        sa.Column("promised_days", sa.Integer(), nullable=False),
        sa.Column("answer_days", sa.Integer(), nullable=False),
        sa.Column("two_approve", sa.Boolean(), nullable=False),
        sa.Column("who_en", sa.String(), nullable=False),
        sa.Column("who_nb", sa.String(), nullable=False),
        sa.Column("appeal_en", sa.String(), nullable=False),
        sa.Column("appeal_nb", sa.String(), nullable=False),
        sa.CheckConstraint("single = 1", name=op.f("ck_joining_terms_only_one")),
        sa.CheckConstraint("promised_days > 0", name=op.f("ck_joining_terms_promises_a_day")),
        sa.CheckConstraint("answer_days > 7", name=op.f("ck_joining_terms_time_to_answer")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_joining_terms")),
        sa.UniqueConstraint("single", name=op.f("uq_joining_terms_single")),
    )


def make_membership_application() -> None:
    op.create_table(
        "membership_application",
        *row(),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("applicant_id", sa.Uuid(), nullable=False),
        sa.Column("tier_id", sa.Uuid(), nullable=False),
        sa.Column("state", words("joiningstate", *STATES), nullable=False),
        sa.Column("reference", BY_LETTER, nullable=True),
        sa.Column("form_version", sa.Integer(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("billing_email", sa.String(), nullable=False),
        sa.Column("invoice_reference", sa.String(), nullable=False),
        sa.Column("submitted_at", MOMENT, nullable=True),
        sa.Column("promised_at", MOMENT, nullable=True),
        sa.Column("size", words("sizeclass", *SIZES), nullable=True),
        sa.Column("price_ore", sa.Integer(), nullable=True),
        sa.Column("vat_code", words("vatcode", *VAT), nullable=True),
        sa.Column("terms_revision_id", sa.Uuid(), nullable=True),
        sa.Column("handler_id", sa.Uuid(), nullable=True),
        sa.Column("answer_by", MOMENT, nullable=True),
        sa.Column("reminded_at", MOMENT, nullable=True),
        sa.Column("deferred_until", sa.Date(), nullable=True),
        sa.Column("first_approved_by_id", sa.Uuid(), nullable=True),
        sa.Column("first_approved_at", MOMENT, nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("membership_id", sa.Uuid(), nullable=True),
        *what_holds_of_an_application(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership_application")),
        sa.UniqueConstraint("reference", name=op.f("uq_membership_application_reference")),
    )
    for name, columns, options in INDEXES:
        op.create_index(name, "membership_application", columns, **options)


STATES = ("draft", "submitted", "asked", "deferred", "approved", "declined", "withdrawn")

INDEXES: tuple[tuple[str, list[str], dict[str, Any]], ...] = (
    (
        "uq_membership_application_open",
        ["organisation_id"],
        {"unique": True, "sqlite_where": OPEN, "postgresql_where": OPEN},
    ),
    (
        "ix_membership_application_queue",
        ["promised_at", "id"],
        {"sqlite_where": QUEUED, "postgresql_where": QUEUED},
    ),
    ("ix_membership_application_sent", ["submitted_at", "id"], {}),
    (
        "ix_membership_application_decided",
        ["state", "submitted_at", "id"],
        {"sqlite_where": DECIDED, "postgresql_where": DECIDED},
    ),
    ("ix_membership_application_own", ["organisation_id", "id"], {}),
    ("ix_membership_application_asked", ["answer_by"], {}),
)


def what_holds_of_an_application() -> tuple[sa.Constraint, ...]:
    table = "membership_application"
    checks = {
        "reference_iff_sent": "(submitted_at IS NULL) = (reference IS NULL)",
        "promised_iff_sent": "(submitted_at IS NULL) = (promised_at IS NULL)",
        "size_iff_sent": "(submitted_at IS NULL) = (size IS NULL)",
        "terms_iff_sent": "(submitted_at IS NULL) = (terms_revision_id IS NULL)",
        "vat_iff_price": "(price_ore IS NULL) = (vat_code IS NULL)",
        "sent_unless_draft": "submitted_at IS NOT NULL OR state IN ('draft', 'withdrawn')",
        "answer_iff_asked": "(state = 'asked') = (answer_by IS NOT NULL)",
        "until_iff_deferred": "(state = 'deferred') = (deferred_until IS NOT NULL)",
        "member_iff_approved": "(state = 'approved') = (membership_id IS NOT NULL)",
        "first_by_somebody": "(first_approved_by_id IS NULL) = (first_approved_at IS NULL)",
        "decided_iff_over": (
            "(state IN ('approved', 'declined', 'withdrawn')) = (decided_at IS NOT NULL)"
        ),
    }
    keys = {
        "organisation_id": "organisation",
        "applicant_id": "person",
        "tier_id": "membership_tier",
        "terms_revision_id": "page_revision",
        "handler_id": "person",
        "first_approved_by_id": "person",
        "decided_by_id": "person",
        "membership_id": "membership",
    }
    return (
        *(sa.CheckConstraint(text, name=op.f(f"ck_{table}_{n}")) for n, text in checks.items()),
        *(key(table, column, to) for column, to in keys.items()),
    )


def make_joining_message() -> None:
    op.create_table(
        "joining_message",
        *row(),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("from_us", sa.Boolean(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        key("joining_message", "application_id", "membership_application"),
        key("joining_message", "person_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_joining_message")),
    )
    op.create_index(
        "ix_joining_message_application_id_joining_message_id",
        "joining_message",
        ["application_id", "id"],
        unique=False,
    )


TABLES = (make_tier_price, make_joining_terms, make_membership_application, make_joining_message)
