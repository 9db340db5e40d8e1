"""Market events: tickets, quotas, registrations, delegates and their history."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
BY_LETTER = sa.String().with_variant(sa.String(collation="C"), "postgresql")
APPEND_ONLY = ("delegate_history",)


def upgrade() -> None:
    for make in TABLES:
        make()
    for table in APPEND_ONLY:
        keep_append_only(table)


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


def make_event() -> None:
    op.create_table(
        "event",
        *row(),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("show", sa.String(), nullable=False),
        sa.Column("title_en", sa.String(), nullable=False),
        sa.Column("title_nb", sa.String(), nullable=False),
        sa.Column("standfirst_en", sa.String(), nullable=False),
        sa.Column("standfirst_nb", sa.String(), nullable=False),
        sa.Column("text_en", sa.String(), nullable=False),
        sa.Column("text_nb", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("starts_at", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("picture_id", sa.Uuid(), nullable=True),
        sa.Column("registration_opens_at", MOMENT, nullable=False),
        sa.Column("registration_closes_at", MOMENT, nullable=False),
        sa.Column("needs_approval", sa.Boolean(), nullable=False),
        sa.Column("max_per_organisation", sa.Integer(), nullable=True),
        sa.Column("offer_hours", sa.Integer(), nullable=False),
        sa.Column("promotion_paused", sa.Boolean(), nullable=False),
        sa.Column("state", words("eventstate", "draft", "published", "cancelled"), nullable=False),
        sa.Column("published_at", MOMENT, nullable=True),
        sa.Column("cancelled_at", MOMENT, nullable=True),
        sa.Column("cancel_reason", sa.String(), nullable=False),
        sa.Column("previous_starts_at", MOMENT, nullable=True),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "(state = 'cancelled') = (cancelled_at IS NOT NULL)",
            name=op.f("ck_event_cancelled_when"),
        ),
        sa.CheckConstraint(
            "state = 'draft' OR published_at IS NOT NULL", name=op.f("ck_event_published_when")
        ),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_event_ends_after_start")),
        sa.CheckConstraint("length(country) = 2", name=op.f("ck_event_country_of_two_letters")),
        sa.CheckConstraint("max_per_organisation > 0", name=op.f("ck_event_some_per_organisation")),
        sa.CheckConstraint("offer_hours > 0", name=op.f("ck_event_offers_last")),
        sa.CheckConstraint(
            "registration_closes_at > registration_opens_at",
            name=op.f("ck_event_window_has_length"),
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["person.id"], name=op.f("fk_event_contact_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["picture_id"], ["stored_file.id"], name=op.f("fk_event_picture_id_stored_file")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sa.UniqueConstraint("slug", name=op.f("uq_event_slug")),
    )
    op.create_index("ix_event_by_end", "event", ["state", "ends_at", "id"], unique=False)
    op.create_index("ix_event_by_start", "event", ["state", "starts_at", "id"], unique=False)
    op.create_index(
        "ix_event_closing", "event", ["state", "registration_closes_at", "id"], unique=False
    )


def make_event_tier() -> None:
    op.create_table(
        "event_tier",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("tier_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_event_tier_event_id_event")
        ),
        sa.ForeignKeyConstraint(
            ["tier_id"], ["membership_tier.id"], name=op.f("fk_event_tier_tier_id_membership_tier")
        ),
        sa.PrimaryKeyConstraint("event_id", "tier_id", name=op.f("pk_event_tier")),
    )


def make_quota() -> None:
    op.create_table(
        "quota",
        *row(),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("name_nb", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=True),
        sa.Column("held", sa.Integer(), nullable=False),
        sa.Column("lock_version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "held >= 0 AND (size IS NULL OR held <= size)", name=op.f("ck_quota_held_within_size")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_quota_event_id_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quota")),
    )
    op.create_index(
        op.f("ix_quota_event_id_quota_position"), "quota", ["event_id", "position"], unique=False
    )


def make_ticket_type() -> None:
    op.create_table(
        "ticket_type",
        *row(),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("name_nb", sa.String(), nullable=False),
        sa.Column("about_en", sa.String(), nullable=False),
        sa.Column("about_nb", sa.String(), nullable=False),
        sa.Column("price_ore", sa.Integer(), nullable=True),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column(
            "vat_code", words("vatcode", "standard", "food", "low", "zero", "exempt"), nullable=True
        ),
        sa.Column("needs_purchase_reference", sa.Boolean(), nullable=False),
        sa.Column("max_per_organisation", sa.Integer(), nullable=True),
        sa.Column("on_sale", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "(price_ore IS NULL) = (vat_code IS NULL)", name=op.f("ck_ticket_type_vat_iff_price")
        ),
        sa.CheckConstraint(
            "length(currency) = 3", name=op.f("ck_ticket_type_currency_of_three_letters")
        ),
        sa.CheckConstraint(
            "max_per_organisation > 0", name=op.f("ck_ticket_type_some_per_organisation")
        ),
        sa.CheckConstraint("price_ore > 0", name=op.f("ck_ticket_type_price_is_more_than_nothing")),
        sa.CheckConstraint(
            "price_ore IS NOT NULL OR NOT needs_purchase_reference",
            name=op.f("ck_ticket_type_reference_for_a_price"),
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_ticket_type_event_id_event")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket_type")),
    )
    op.create_index(
        op.f("ix_ticket_type_event_id_ticket_type_position"),
        "ticket_type",
        ["event_id", "position"],
        unique=False,
    )


def make_ticket_quota() -> None:
    op.create_table(
        "ticket_quota",
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("quota_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["quota_id"], ["quota.id"], name=op.f("fk_ticket_quota_quota_id_quota")
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["ticket_type.id"], name=op.f("fk_ticket_quota_ticket_id_ticket_type")
        ),
        sa.PrimaryKeyConstraint("ticket_id", "quota_id", name=op.f("pk_ticket_quota")),
    )
    op.create_index(op.f("ix_ticket_quota_quota_id"), "ticket_quota", ["quota_id"], unique=False)


def make_registration() -> None:
    op.create_table(
        "registration",
        *row(),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("registered_by_id", sa.Uuid(), nullable=False),
        sa.Column("client_token", sa.String(), nullable=False),
        sa.Column("purchase_reference", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_registration_event_id_event")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_registration_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["registered_by_id"],
            ["person.id"],
            name=op.f("fk_registration_registered_by_id_person"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration")),
        sa.UniqueConstraint("client_token", name=op.f("uq_registration_client_token")),
    )
    op.create_index(
        op.f("ix_registration_event_id_registration_organisation_id"),
        "registration",
        ["event_id", "organisation_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_registration_organisation_id"), "registration", ["organisation_id"], unique=False
    )
    op.create_index(
        op.f("ix_registration_registered_by_id"), "registration", ["registered_by_id"], unique=False
    )


def make_delegate() -> None:
    op.create_table(
        "delegate",
        *row(),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_name", sa.String(), nullable=False),
        sa.Column("organisation_key", BY_LETTER, nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", BY_LETTER, nullable=False),
        sa.Column("email", BY_LETTER, nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("price_ore", sa.Integer(), nullable=True),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column(
            "vat_code", words("vatcode", "standard", "food", "low", "zero", "exempt"), nullable=True
        ),
        sa.Column(
            "state",
            words(
                "delegatestate",
                "requested",
                "waitlisted",
                "offered",
                "confirmed",
                "rejected",
                "withdrawn",
                "expired",
                "cancelled",
            ),
            nullable=False,
        ),
        sa.Column("waitlisted_at", MOMENT, nullable=True),
        sa.Column("waiting_number", sa.Integer(), nullable=True),
        sa.Column("offer_expires_at", MOMENT, nullable=True),
        sa.Column("closed_reason", sa.String(), nullable=False),
        sa.Column("replaced_name", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "(state = 'offered') = (offer_expires_at IS NOT NULL)",
            name=op.f("ck_delegate_expiry_iff_offered"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('waitlisted', 'offered', 'expired') OR waiting_number IS NOT NULL",
            name=op.f("ck_delegate_offered_from_the_list"),
        ),
        sa.CheckConstraint(
            "(price_ore IS NULL) = (vat_code IS NULL)", name=op.f("ck_delegate_vat_iff_price")
        ),
        sa.CheckConstraint(
            "(waitlisted_at IS NULL) = (waiting_number IS NULL)",
            name=op.f("ck_delegate_number_iff_waited"),
        ),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_delegate_email_in_lower_case")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_delegate_event_id_event")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_delegate_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_delegate_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_delegate_registration_id_registration"),
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["ticket_type.id"], name=op.f("fk_delegate_ticket_id_ticket_type")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegate")),
    )
    op.create_index("ix_delegate_by_age", "delegate", ["event_id", "id"], unique=False)
    op.create_index("ix_delegate_by_name", "delegate", ["event_id", "name_key", "id"], unique=False)
    op.create_index(
        "ix_delegate_by_organisation",
        "delegate",
        ["event_id", "organisation_key", "id"],
        unique=False,
    )
    op.create_index(
        "ix_delegate_of_organisation",
        "delegate",
        ["event_id", "organisation_id", "state"],
        unique=False,
    )
    op.create_index(
        "ix_delegate_offers",
        "delegate",
        ["offer_expires_at", "id"],
        unique=False,
        sqlite_where=sa.text("state = 'offered'"),
        postgresql_where=sa.text("state = 'offered'"),
    )
    op.create_index("ix_delegate_own", "delegate", ["organisation_id", "id"], unique=False)
    op.create_index(
        op.f("ix_delegate_person_id_delegate_id"), "delegate", ["person_id", "id"], unique=False
    )
    op.create_index(
        "ix_delegate_queue",
        "delegate",
        ["event_id", "ticket_id", "waiting_number"],
        unique=False,
        sqlite_where=sa.text("state = 'waitlisted'"),
        postgresql_where=sa.text("state = 'waitlisted'"),
    )
    op.create_index(
        op.f("ix_delegate_registration_id"), "delegate", ["registration_id"], unique=False
    )
    op.create_index("ix_delegate_state", "delegate", ["state", "event_id"], unique=False)
    op.create_index(
        "ix_delegate_state_name", "delegate", ["event_id", "state", "name_key", "id"], unique=False
    )
    op.create_index(
        "ix_delegate_ticket_name", "delegate", ["ticket_id", "name_key", "id"], unique=False
    )
    op.create_index(
        "uq_delegate_active",
        "delegate",
        ["event_id", "email"],
        unique=True,
        sqlite_where=sa.text("state IN ('requested', 'waitlisted', 'offered', 'confirmed')"),
        postgresql_where=sa.text("state IN ('requested', 'waitlisted', 'offered', 'confirmed')"),
    )
    op.create_index(
        "uq_delegate_waiting_number", "delegate", ["event_id", "waiting_number"], unique=True
    )


def make_delegate_history() -> None:
    op.create_table(
        "delegate_history",
        sa.Column("seq", NUMBER, sa.Identity(always=False), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("delegate_id", sa.Uuid(), nullable=False),
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("move", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=True),
        sa.Column("after", sa.String(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("offer_expires_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "move <> 'promote' OR offer_expires_at IS NOT NULL",
            name=op.f("ck_delegate_history_offer_ends"),
        ),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["person.id"], name=op.f("fk_delegate_history_actor_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["delegate_id"], ["delegate.id"], name=op.f("fk_delegate_history_delegate_id_delegate")
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_delegate_history_event_id_event")
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"],
            ["ticket_type.id"],
            name=op.f("fk_delegate_history_ticket_id_ticket_type"),
        ),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_delegate_history")),
        info={"append_only": True},
    )
    op.create_index(
        op.f("ix_delegate_history_delegate_id_delegate_history_seq"),
        "delegate_history",
        ["delegate_id", "seq"],
        unique=False,
    )
    op.create_index(
        op.f("ix_delegate_history_event_id_delegate_history_seq"),
        "delegate_history",
        ["event_id", "seq"],
        unique=False,
    )


def make_calendar_feed() -> None:
    op.create_table(
        "calendar_feed",
        *row(),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_calendar_feed_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_feed")),
        sa.UniqueConstraint("person_id", name=op.f("uq_calendar_feed_person_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_calendar_feed_token_hash")),
    )


TABLES = (
    make_event,
    make_event_tier,
    make_quota,
    make_ticket_type,
    make_ticket_quota,
    make_registration,
    make_delegate,
    make_delegate_history,
    make_calendar_feed,
)
