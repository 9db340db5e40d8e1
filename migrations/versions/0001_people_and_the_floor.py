"""People, organisations, membership, and what the portal keeps for itself."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
APPEND_ONLY = ("audit_event", "consent_event", "page_revision")
REFUSAL = """CREATE OR REPLACE FUNCTION portal_refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' is append-only'; END $$"""


def upgrade() -> None:
    for make in TABLES:
        make()
    for table in APPEND_ONLY:
        keep_append_only(table)


def keep_append_only(table: str) -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(REFUSAL)
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
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION portal_refuse_change()")


def row() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
    )


def words(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def make_counter() -> None:
    op.create_table(
        "counter",
        sa.Column("series", sa.String(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("series", name=op.f("pk_counter")),
    )


def make_heartbeat() -> None:
    op.create_table(
        "heartbeat",
        sa.Column("worker", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("worker", name=op.f("pk_heartbeat")),
    )


def make_job() -> None:
    op.create_table(
        "job",
        *row(),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("arguments", sa.JSON(), nullable=False),
        sa.Column("key", sa.String(), nullable=True),
        sa.Column("run_at", MOMENT, nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("lease", sa.String(), nullable=True),
        sa.Column("leased_until", MOMENT, nullable=True),
        sa.Column("done_at", MOMENT, nullable=True),
        sa.Column("failed_at", MOMENT, nullable=True),
        sa.Column("error", sa.String(), nullable=False),
        sa.CheckConstraint(
            "(lease IS NULL) = (leased_until IS NULL)", name=op.f("ck_job_lease_has_end")
        ),
        sa.CheckConstraint(
            "done_at IS NULL OR failed_at IS NULL", name=op.f("ck_job_done_or_failed")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
        sa.UniqueConstraint("key", name=op.f("uq_job_key")),
    )
    op.create_index(op.f("ix_job_failed_at"), "job", ["failed_at"], unique=False)
    op.create_index(
        "ix_job_waiting",
        "job",
        ["run_at", "id"],
        unique=False,
        sqlite_where=sa.text("done_at IS NULL AND failed_at IS NULL"),
        postgresql_where=sa.text("done_at IS NULL AND failed_at IS NULL"),
    )


def make_membership_tier() -> None:
    op.create_table(
        "membership_tier",
        *row(),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("name_nb", sa.String(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("open_to_apply", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership_tier")),
        sa.UniqueConstraint("code", name=op.f("uq_membership_tier_code")),
    )


def make_person() -> None:
    op.create_table(
        "person",
        *row(),
        sa.Column(
            "email",
            sa.String().with_variant(sa.String(collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column(
            "name_key",
            sa.String().with_variant(sa.String(collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column(
            "state",
            words("personstate", "active", "blocked", "closed"),
            nullable=False,
        ),
        sa.Column("password_hash", sa.String(), nullable=True),
        sa.Column("verified_at", MOMENT, nullable=True),
        sa.Column("last_signed_in_at", MOMENT, nullable=True),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_person_email_in_lower_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("email", name=op.f("uq_person_email")),
    )
    op.create_index("ix_person_name", "person", ["name_key", "id"], unique=False)


def make_tag() -> None:
    op.create_table(
        "tag",
        *row(),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("label_en", sa.String(), nullable=False),
        sa.Column("label_nb", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tag")),
        sa.UniqueConstraint("key", name=op.f("uq_tag_key")),
    )


def make_throttle() -> None:
    op.create_table(
        "throttle",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_throttle")),
    )
    op.create_index(op.f("ix_throttle_expires_at"), "throttle", ["expires_at"], unique=False)


def make_audit_event() -> None:
    op.create_table(
        "audit_event",
        sa.Column(
            "seq",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(always=False),
            nullable=False,
        ),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("actor_name", sa.String(), nullable=False),
        sa.Column("subject_type", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("on_behalf_of_id", sa.Uuid(), nullable=True),
        sa.Column("before", sa.String(), nullable=True),
        sa.Column("after", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("internal", sa.Boolean(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("request_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["person.id"], name=op.f("fk_audit_event_actor_id_person")
        ),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit_event")),
        info={"append_only": True},
    )
    op.create_index(
        "ix_audit_event_organisation", "audit_event", ["organisation_id", "seq"], unique=False
    )
    op.create_index(
        "ix_audit_event_subject", "audit_event", ["subject_type", "subject_id", "seq"], unique=False
    )


def make_membership_enquiry() -> None:
    op.create_table(
        "membership_enquiry",
        *row(),
        sa.Column("organisation_name", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column(
            "state",
            words("enquirystate", "new", "taken", "answered", "closed"),
            nullable=False,
        ),
        sa.Column("handled_by_id", sa.Uuid(), nullable=True),
        sa.Column("handled_at", MOMENT, nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["handled_by_id"],
            ["person.id"],
            name=op.f("fk_membership_enquiry_handled_by_id_person"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership_enquiry")),
    )
    op.create_index(
        op.f("ix_membership_enquiry_state_membership_enquiry_created_at"),
        "membership_enquiry",
        ["state", "created_at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_membership_enquiry_created_at"), "membership_enquiry", ["created_at"], unique=False
    )


def make_one_time_token() -> None:
    op.create_table(
        "one_time_token",
        *row(),
        sa.Column(
            "purpose",
            words("tokenpurpose", "verify", "reset", "setup"),
            nullable=False,
        ),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_one_time_token_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_one_time_token")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_one_time_token_token_hash")),
    )
    op.create_index(
        op.f("ix_one_time_token_person_id"), "one_time_token", ["person_id"], unique=False
    )


def make_outgoing_mail() -> None:
    op.create_table(
        "outgoing_mail",
        *row(),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("recipient_name", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("html", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column(
            "state",
            words("mailstate", "queued", "sending", "sent"),
            nullable=False,
        ),
        sa.Column("sent_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_outgoing_mail_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outgoing_mail")),
        sa.UniqueConstraint("message_id", name=op.f("uq_outgoing_mail_message_id")),
    )
    op.create_index(
        op.f("ix_outgoing_mail_recipient_outgoing_mail_created_at"),
        "outgoing_mail",
        ["recipient", "created_at"],
        unique=False,
    )


def make_page_revision() -> None:
    op.create_table(
        "page_revision",
        *row(),
        sa.Column("page_key", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title_en", sa.String(), nullable=False),
        sa.Column("title_nb", sa.String(), nullable=False),
        sa.Column("body_en", sa.String(), nullable=False),
        sa.Column("body_nb", sa.String(), nullable=False),
        sa.Column("edited_by_id", sa.Uuid(), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["edited_by_id"], ["person.id"], name=op.f("fk_page_revision_edited_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_page_revision")),
        info={"append_only": True},
    )
    op.create_index(
        op.f("ix_page_revision_page_key_page_revision_number"),
        "page_revision",
        ["page_key", "number"],
        unique=True,
    )


def make_staff_grant() -> None:
    op.create_table(
        "staff_grant",
        *row(),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "role",
            words("staffrole", "programmes", "events", "editor", "membership", "administrator"),
            nullable=False,
        ),
        sa.Column("starts_at", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT, nullable=True),
        sa.Column("granted_by_id", sa.Uuid(), nullable=True),
        sa.Column("ended_by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "ends_at IS NULL OR ends_at >= starts_at", name=op.f("ck_staff_grant_ends_after_start")
        ),
        sa.ForeignKeyConstraint(
            ["ended_by_id"], ["person.id"], name=op.f("fk_staff_grant_ended_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["granted_by_id"], ["person.id"], name=op.f("fk_staff_grant_granted_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_staff_grant_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_grant")),
    )
    op.create_index(op.f("ix_staff_grant_person_id"), "staff_grant", ["person_id"], unique=False)
    op.create_index(
        "uq_staff_grant_live",
        "staff_grant",
        ["person_id", "role"],
        unique=True,
        sqlite_where=sa.text("ends_at IS NULL"),
        postgresql_where=sa.text("ends_at IS NULL"),
    )


def make_stored_file() -> None:
    op.create_table(
        "stored_file",
        *row(),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("alternative", sa.String(), nullable=False),
        sa.Column("owner_type", sa.String(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("uploaded_by_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["uploaded_by_id"], ["person.id"], name=op.f("fk_stored_file_uploaded_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stored_file")),
        sa.UniqueConstraint("key", name=op.f("uq_stored_file_key")),
    )
    op.create_index(
        op.f("ix_stored_file_owner_type_stored_file_owner_id"),
        "stored_file",
        ["owner_type", "owner_id"],
        unique=False,
    )


def make_cluster() -> None:
    op.create_table(
        "cluster",
        *row(),
        sa.Column("single", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("sender_address", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("logo_id", sa.Uuid(), nullable=True),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.CheckConstraint("single = 1", name=op.f("ck_cluster_only_one")),
        sa.ForeignKeyConstraint(
            ["logo_id"], ["stored_file.id"], name=op.f("fk_cluster_logo_id_stored_file")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cluster")),
        sa.UniqueConstraint("single", name=op.f("uq_cluster_single")),
    )


def make_consent_event() -> None:
    op.create_table(
        "consent_event",
        *row(),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("revision_id", sa.Uuid(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_consent_event_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"],
            ["page_revision.id"],
            name=op.f("fk_consent_event_revision_id_page_revision"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_event")),
        info={"append_only": True},
    )
    op.create_index(
        op.f("ix_consent_event_person_id"), "consent_event", ["person_id"], unique=False
    )


def make_organisation() -> None:
    op.create_table(
        "organisation",
        *row(),
        sa.Column("legal_name", sa.String(), nullable=False),
        sa.Column("display_name", sa.String(), nullable=False),
        sa.Column(
            "name_key",
            sa.String().with_variant(sa.String(collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column(
            "number_kind",
            words("numberkind", "norwegian", "foreign", "none"),
            nullable=False,
        ),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column(
            "kind",
            words(
                "organisationkind",
                "company",
                "startup",
                "research",
                "public",
                "finance",
                "association",
                "other",
            ),
            nullable=False,
        ),
        sa.Column(
            "size",
            words("sizeclass", "micro", "small", "medium", "large"),
            nullable=False,
        ),
        sa.Column("website", sa.String(), nullable=False),
        sa.Column("standfirst", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("logo_id", sa.Uuid(), nullable=True),
        sa.Column("listed", sa.Boolean(), nullable=False),
        sa.Column("shows_size", sa.Boolean(), nullable=False),
        sa.Column("shows_website", sa.Boolean(), nullable=False),
        sa.Column("shows_people", sa.Boolean(), nullable=False),
        sa.Column("confirmed_at", MOMENT, nullable=True),
        sa.Column("confirmed_by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(number_kind = 'none') = (number IS NULL)",
            name=op.f("ck_organisation_number_iff_registered"),
        ),
        sa.CheckConstraint(
            "length(country) = 2", name=op.f("ck_organisation_country_of_two_letters")
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by_id"], ["person.id"], name=op.f("fk_organisation_confirmed_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["logo_id"], ["stored_file.id"], name=op.f("fk_organisation_logo_id_stored_file")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("slug", name=op.f("uq_organisation_slug")),
    )
    op.create_index(
        "ix_organisation_directory", "organisation", ["listed", "name_key", "id"], unique=False
    )
    op.create_index("ix_organisation_name", "organisation", ["name_key", "id"], unique=False)
    op.create_index("ix_organisation_newest", "organisation", ["listed", "id"], unique=False)
    op.create_index(
        "ix_organisation_unconfirmed", "organisation", ["confirmed_at", "created_at"], unique=False
    )
    op.create_index(
        "uq_organisation_number",
        "organisation",
        ["country", "number"],
        unique=True,
        sqlite_where=sa.text("number IS NOT NULL"),
        postgresql_where=sa.text("number IS NOT NULL"),
    )


def make_page() -> None:
    op.create_table(
        "page",
        *row(),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("revision_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["page_revision.id"], name=op.f("fk_page_revision_id_page_revision")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_page")),
        sa.UniqueConstraint("key", name=op.f("uq_page_key")),
    )


def make_affiliation() -> None:
    op.create_table(
        "affiliation",
        *row(),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column(
            "role",
            words("affiliationrole", "administrator", "representative", "member"),
            nullable=False,
        ),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("starts_at", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT, nullable=True),
        sa.Column("granted_by_id", sa.Uuid(), nullable=True),
        sa.Column("ended_by_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.CheckConstraint(
            "ends_at IS NULL OR ends_at >= starts_at", name=op.f("ck_affiliation_ends_after_start")
        ),
        sa.ForeignKeyConstraint(
            ["ended_by_id"], ["person.id"], name=op.f("fk_affiliation_ended_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["granted_by_id"], ["person.id"], name=op.f("fk_affiliation_granted_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_affiliation_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_affiliation_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_affiliation")),
    )
    op.create_index(
        op.f("ix_affiliation_organisation_id_affiliation_ends_at"),
        "affiliation",
        ["organisation_id", "ends_at"],
        unique=False,
    )
    op.create_index(op.f("ix_affiliation_person_id"), "affiliation", ["person_id"], unique=False)
    op.create_index(
        "uq_affiliation_live",
        "affiliation",
        ["person_id", "organisation_id"],
        unique=True,
        sqlite_where=sa.text("ends_at IS NULL"),
        postgresql_where=sa.text("ends_at IS NULL"),
    )


def make_invitation() -> None:
    op.create_table(
        "invitation",
        *row(),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column(
            "role",
            words("affiliationrole", "administrator", "representative", "member"),
            nullable=False,
        ),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("invited_by_id", sa.Uuid(), nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column(
            "state",
            words("invitationstate", "pending", "accepted", "declined", "revoked"),
            nullable=False,
        ),
        sa.Column("answered_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "(state = 'pending') = (answered_at IS NULL)",
            name=op.f("ck_invitation_answered_iff_over"),
        ),
        sa.ForeignKeyConstraint(
            ["invited_by_id"], ["person.id"], name=op.f("fk_invitation_invited_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_invitation_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitation_token_hash")),
    )
    op.create_index(op.f("ix_invitation_email"), "invitation", ["email"], unique=False)
    op.create_index(
        "uq_invitation_pending",
        "invitation",
        ["organisation_id", "email"],
        unique=True,
        sqlite_where=sa.text("state = 'pending'"),
        postgresql_where=sa.text("state = 'pending'"),
    )


def make_join_request() -> None:
    op.create_table(
        "join_request",
        *row(),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column(
            "state",
            words("requeststate", "open", "accepted", "declined", "withdrawn"),
            nullable=False,
        ),
        sa.Column("answered_at", MOMENT, nullable=True),
        sa.Column("answered_by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(state = 'open') = (answered_at IS NULL)",
            name=op.f("ck_join_request_answered_iff_over"),
        ),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["person.id"], name=op.f("fk_join_request_answered_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_join_request_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_join_request_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_join_request")),
    )
    op.create_index(
        op.f("ix_join_request_state_join_request_created_at"),
        "join_request",
        ["state", "created_at"],
        unique=False,
    )
    op.create_index(
        "uq_join_request_open",
        "join_request",
        ["organisation_id", "person_id"],
        unique=True,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )


def make_login_session() -> None:
    op.create_table(
        "login_session",
        *row(),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("authenticated_at", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("end_reason", sa.String(), nullable=True),
        sa.Column("browser", sa.String(), nullable=False),
        sa.Column("address_prefix", sa.String(), nullable=False),
        sa.Column("acting_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["acting_id"], ["organisation.id"], name=op.f("fk_login_session_acting_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_login_session_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_login_session_token_hash")),
    )
    op.create_index(
        op.f("ix_login_session_person_id_login_session_ended_at"),
        "login_session",
        ["person_id", "ended_at"],
        unique=False,
    )


def make_membership() -> None:
    op.create_table(
        "membership",
        *row(),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("approved_at", MOMENT, nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column(
            "end_reason",
            words("endreason", "resigned", "excluded", "merged", "dissolved"),
            nullable=True,
        ),
        sa.Column("suspended_from", sa.Date(), nullable=True),
        sa.Column("suspended_to", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "(ends_on IS NULL) = (end_reason IS NULL)", name=op.f("ck_membership_reason_iff_ended")
        ),
        sa.CheckConstraint(
            "suspended_to IS NULL OR suspended_to > suspended_from",
            name=op.f("ck_membership_suspension_has_length"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_membership_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
        sa.UniqueConstraint("number", name=op.f("uq_membership_number")),
    )
    op.create_index(
        op.f("ix_membership_organisation_id"), "membership", ["organisation_id"], unique=False
    )
    op.create_index(
        "uq_membership_live",
        "membership",
        ["organisation_id"],
        unique=True,
        sqlite_where=sa.text("ends_on IS NULL"),
        postgresql_where=sa.text("ends_on IS NULL"),
    )


def make_organisation_tag() -> None:
    op.create_table(
        "organisation_tag",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("tag_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_organisation_tag_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["tag_id"], ["tag.id"], name=op.f("fk_organisation_tag_tag_id_tag")
        ),
        sa.PrimaryKeyConstraint("organisation_id", "tag_id", name=op.f("pk_organisation_tag")),
    )
    op.create_index(
        op.f("ix_organisation_tag_tag_id"), "organisation_tag", ["tag_id"], unique=False
    )


def make_membership_period() -> None:
    op.create_table(
        "membership_period",
        *row(),
        sa.Column("membership_id", sa.Uuid(), nullable=False),
        sa.Column("tier_id", sa.Uuid(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.CheckConstraint("to_on > from_on", name=op.f("ck_membership_period_has_length")),
        sa.ForeignKeyConstraint(
            ["membership_id"],
            ["membership.id"],
            name=op.f("fk_membership_period_membership_id_membership"),
        ),
        sa.ForeignKeyConstraint(
            ["tier_id"],
            ["membership_tier.id"],
            name=op.f("fk_membership_period_tier_id_membership_tier"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership_period")),
    )
    op.create_index(
        op.f("ix_membership_period_membership_id_membership_period_from_on"),
        "membership_period",
        ["membership_id", "from_on"],
        unique=True,
    )


TABLES = (
    make_counter,
    make_heartbeat,
    make_job,
    make_membership_tier,
    make_person,
    make_tag,
    make_throttle,
    make_audit_event,
    make_membership_enquiry,
    make_one_time_token,
    make_outgoing_mail,
    make_page_revision,
    make_staff_grant,
    make_stored_file,
    make_cluster,
    make_consent_event,
    make_organisation,
    make_page,
    make_affiliation,
    make_invitation,
    make_join_request,
    make_login_session,
    make_membership,
    make_organisation_tag,
    make_membership_period,
)
