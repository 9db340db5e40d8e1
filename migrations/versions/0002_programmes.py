"""Programmes, calls, applications, decisions, offers and cohorts."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
APPEND_ONLY = ("agreement", "application_revision")


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


def make_programme() -> None:
    op.create_table(
        "programme",
        *row(),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column(
            "kind",
            words("programmekind", "incubator", "accelerator"),
            nullable=False,
        ),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("name_nb", sa.String(), nullable=False),
        sa.Column("summary_en", sa.String(), nullable=False),
        sa.Column("summary_nb", sa.String(), nullable=False),
        sa.Column("text_en", sa.String(), nullable=False),
        sa.Column("text_nb", sa.String(), nullable=False),
        sa.Column("archived_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme")),
        sa.UniqueConstraint("slug", name=op.f("uq_programme_slug")),
    )


def make_reminder() -> None:
    op.create_table(
        "reminder",
        *row(),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("sent_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
    )
    op.create_index(
        op.f("ix_reminder_subject_id_reminder_rule"),
        "reminder",
        ["subject_id", "rule"],
        unique=True,
    )


def make_cohort() -> None:
    op.create_table(
        "cohort",
        *row(),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("name_nb", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("held", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            words("cohortstate", "planned", "running", "completed", "cancelled"),
            nullable=False,
        ),
        sa.Column("manager_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("ends_on > starts_on", name=op.f("ck_cohort_ends_after_start")),
        sa.CheckConstraint(
            "held BETWEEN 0 AND capacity", name=op.f("ck_cohort_held_within_capacity")
        ),
        sa.ForeignKeyConstraint(
            ["manager_id"], ["person.id"], name=op.f("fk_cohort_manager_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_cohort_programme_id_programme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cohort")),
    )
    op.create_index(op.f("ix_cohort_programme_id"), "cohort", ["programme_id"], unique=False)


def make_agreement() -> None:
    op.create_table(
        "agreement",
        *row(),
        sa.Column("cohort_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text_en", sa.String(), nullable=False),
        sa.Column("text_nb", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("written_by_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["cohort.id"], name=op.f("fk_agreement_cohort_id_cohort")
        ),
        sa.ForeignKeyConstraint(
            ["written_by_id"], ["person.id"], name=op.f("fk_agreement_written_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement")),
        info={"append_only": True},
    )
    op.create_index(
        op.f("ix_agreement_cohort_id_agreement_number"),
        "agreement",
        ["cohort_id", "number"],
        unique=True,
    )


def make_call() -> None:
    op.create_table(
        "call",
        *row(),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("cohort_id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("title_en", sa.String(), nullable=False),
        sa.Column("title_nb", sa.String(), nullable=False),
        sa.Column("summary_en", sa.String(), nullable=False),
        sa.Column("summary_nb", sa.String(), nullable=False),
        sa.Column("text_en", sa.String(), nullable=False),
        sa.Column("text_nb", sa.String(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("opens_at", MOMENT, nullable=False),
        sa.Column("closes_at", MOMENT, nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("decision_on", sa.Date(), nullable=False),
        sa.Column("offer_days", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            words("callstate", "draft", "published", "decided", "archived", "cancelled"),
            nullable=False,
        ),
        sa.Column("previewed_at", MOMENT, nullable=True),
        sa.Column("published_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "(published_at IS NULL AND state IN ('draft', 'cancelled', 'archived')) OR (published_at IS NOT NULL AND state <> 'draft')",
            name=op.f("ck_call_published_iff_public"),
        ),
        sa.CheckConstraint("closes_at > opens_at", name=op.f("ck_call_closes_after_opening")),
        sa.CheckConstraint("offer_days BETWEEN 1 AND 60", name=op.f("ck_call_offer_days_sensible")),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["cohort.id"], name=op.f("fk_call_cohort_id_cohort")
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["person.id"], name=op.f("fk_call_contact_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_call_programme_id_programme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call")),
        sa.UniqueConstraint("slug", name=op.f("uq_call_slug")),
    )
    op.create_index(op.f("ix_call_closes_at_call_id"), "call", ["closes_at", "id"], unique=False)
    op.create_index(op.f("ix_call_cohort_id"), "call", ["cohort_id"], unique=False)
    op.create_index(op.f("ix_call_programme_id"), "call", ["programme_id"], unique=False)
    op.create_index(
        op.f("ix_call_state_call_closes_at"), "call", ["state", "closes_at"], unique=False
    )


def make_application() -> None:
    op.create_table(
        "application",
        *row(),
        sa.Column("call_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("applicant_name", sa.String(), nullable=False),
        sa.Column(
            "applicant_key",
            sa.String().with_variant(sa.String(collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("lead_id", sa.Uuid(), nullable=True),
        sa.Column(
            "reference",
            sa.String().with_variant(sa.String(collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column(
            "state",
            words(
                "applicationstate",
                "draft",
                "submitted",
                "in_review",
                "offered",
                "waitlisted",
                "accepted",
                "unsuccessful",
                "ineligible",
                "declined",
                "offer_lapsed",
                "withdrawn",
                "lapsed",
            ),
            nullable=False,
        ),
        sa.Column("submitted_at", MOMENT, nullable=True),
        sa.Column("waiting_rank", sa.Integer(), nullable=True),
        sa.Column("closed_reason", sa.String(), nullable=False),
        sa.CheckConstraint(
            "(state = 'waitlisted') = (waiting_rank IS NOT NULL)",
            name=op.f("ck_application_rank_iff_waiting"),
        ),
        sa.CheckConstraint(
            "submitted_at IS NOT NULL OR state IN ('draft', 'lapsed') OR state = 'withdrawn'",
            name=op.f("ck_application_submitted_iff_sent"),
        ),
        sa.CheckConstraint(
            "(submitted_at IS NULL) = (reference IS NULL)",
            name=op.f("ck_application_reference_iff_sent"),
        ),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_application_call_id_call")),
        sa.ForeignKeyConstraint(
            ["lead_id"], ["person.id"], name=op.f("fk_application_lead_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_application_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application")),
        sa.UniqueConstraint("reference", name=op.f("uq_application_reference")),
    )
    op.create_index(
        "ix_application_by_reference",
        "application",
        ["call_id", "reference", "id"],
        unique=False,
    )
    op.create_index(
        "ix_application_by_name", "application", ["call_id", "applicant_key", "id"], unique=False
    )
    op.create_index(
        "ix_application_by_sent", "application", ["call_id", "submitted_at", "id"], unique=False
    )
    op.create_index(
        "ix_application_by_state",
        "application",
        ["call_id", "state", "submitted_at", "id"],
        unique=False,
    )
    op.create_index("ix_application_own", "application", ["organisation_id", "id"], unique=False)
    op.create_index(
        "ix_application_state_name",
        "application",
        ["call_id", "state", "applicant_key", "id"],
        unique=False,
    )
    op.create_index(
        "uq_application_live",
        "application",
        ["call_id", "organisation_id"],
        unique=True,
        sqlite_where=sa.text(
            "state IN ('draft', 'submitted', 'in_review', 'offered', 'waitlisted', 'accepted')"
        ),
        postgresql_where=sa.text(
            "state IN ('draft', 'submitted', 'in_review', 'offered', 'waitlisted', 'accepted')"
        ),
    )


def make_criterion() -> None:
    op.create_table(
        "criterion",
        *row(),
        sa.Column("call_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text_en", sa.String(), nullable=False),
        sa.Column("text_nb", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["call.id"], name=op.f("fk_criterion_call_id_call")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_criterion")),
    )
    op.create_index(
        op.f("ix_criterion_call_id_criterion_position"),
        "criterion",
        ["call_id", "position"],
        unique=False,
    )


def make_form_version() -> None:
    op.create_table(
        "form_version",
        *row(),
        sa.Column("call_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            words("formstate", "draft", "published", "retired"),
            nullable=False,
        ),
        sa.Column("published_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "(state = 'draft') = (published_at IS NULL)",
            name=op.f("ck_form_version_published_iff_frozen"),
        ),
        sa.ForeignKeyConstraint(
            ["call_id"], ["call.id"], name=op.f("fk_form_version_call_id_call")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form_version")),
    )
    op.create_index(
        op.f("ix_form_version_call_id_form_version_number"),
        "form_version",
        ["call_id", "number"],
        unique=True,
    )
    op.create_index(
        "uq_form_version_draft",
        "form_version",
        ["call_id"],
        unique=True,
        sqlite_where=sa.text("state = 'draft'"),
        postgresql_where=sa.text("state = 'draft'"),
    )


def make_answer() -> None:
    op.create_table(
        "answer",
        *row(),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("edited_by_id", sa.Uuid(), nullable=True),
        sa.Column("edited_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_answer_application_id_application"),
        ),
        sa.ForeignKeyConstraint(
            ["edited_by_id"], ["person.id"], name=op.f("fk_answer_edited_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
    )
    op.create_index(
        op.f("ix_answer_application_id_answer_key"),
        "answer",
        ["application_id", "key"],
        unique=True,
    )


def make_application_decision() -> None:
    op.create_table(
        "application_decision",
        *row(),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column(
            "outcome",
            words("outcome", "offer", "waitlist", "unsuccessful", "ineligible"),
            nullable=False,
        ),
        sa.Column("rationale", sa.String(), nullable=False),
        sa.Column("feedback", sa.String(), nullable=False),
        sa.Column("waiting_rank", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            words("decisionstate", "draft", "approved", "published", "revoked"),
            nullable=False,
        ),
        sa.Column("prepared_by_id", sa.Uuid(), nullable=False),
        sa.Column("approved_by_id", sa.Uuid(), nullable=True),
        sa.Column("approved_at", MOMENT, nullable=True),
        sa.Column("published_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "(state = 'published') = (published_at IS NOT NULL)",
            name=op.f("ck_application_decision_published_when"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('approved', 'published') OR approved_by_id IS NOT NULL",
            name=op.f("ck_application_decision_approved_by_somebody"),
        ),
        sa.CheckConstraint(
            "approved_by_id <> prepared_by_id", name=op.f("ck_application_decision_four_eyes")
        ),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_application_decision_application_id_application"),
        ),
        sa.ForeignKeyConstraint(
            ["approved_by_id"],
            ["person.id"],
            name=op.f("fk_application_decision_approved_by_id_person"),
        ),
        sa.ForeignKeyConstraint(
            ["prepared_by_id"],
            ["person.id"],
            name=op.f("fk_application_decision_prepared_by_id_person"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_decision")),
    )
    op.create_index(
        op.f("ix_application_decision_application_id_application_decision_created_at"),
        "application_decision",
        ["application_id", "created_at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_application_decision_state_application_decision_application_id"),
        "application_decision",
        ["state", "application_id"],
        unique=False,
    )
    op.create_index(
        "uq_application_decision_live",
        "application_decision",
        ["application_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('draft', 'approved')"),
        postgresql_where=sa.text("state IN ('draft', 'approved')"),
    )


def make_application_revision() -> None:
    op.create_table(
        "application_revision",
        *row(),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("form_version_id", sa.Uuid(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("checksum", sa.String(), nullable=False),
        sa.Column("submitted_by_id", sa.Uuid(), nullable=False),
        sa.Column("submitted_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_application_revision_application_id_application"),
        ),
        sa.ForeignKeyConstraint(
            ["form_version_id"],
            ["form_version.id"],
            name=op.f("fk_application_revision_form_version_id_form_version"),
        ),
        sa.ForeignKeyConstraint(
            ["submitted_by_id"],
            ["person.id"],
            name=op.f("fk_application_revision_submitted_by_id_person"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_revision")),
        info={"append_only": True},
    )
    op.create_index(
        op.f("ix_application_revision_application_id_application_revision_number"),
        "application_revision",
        ["application_id", "number"],
        unique=True,
    )


def make_eligibility_check() -> None:
    op.create_table(
        "eligibility_check",
        *row(),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("criterion_id", sa.Uuid(), nullable=False),
        sa.Column("met", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("checked_by_id", sa.Uuid(), nullable=False),
        sa.Column("checked_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_eligibility_check_application_id_application"),
        ),
        sa.ForeignKeyConstraint(
            ["checked_by_id"], ["person.id"], name=op.f("fk_eligibility_check_checked_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["criterion_id"],
            ["criterion.id"],
            name=op.f("fk_eligibility_check_criterion_id_criterion"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_eligibility_check")),
    )
    op.create_index(
        op.f("ix_eligibility_check_application_id_eligibility_check_criterion_id"),
        "eligibility_check",
        ["application_id", "criterion_id"],
        unique=True,
    )


def make_participation() -> None:
    op.create_table(
        "participation",
        *row(),
        sa.Column("cohort_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=True),
        sa.Column(
            "state",
            words(
                "participationstate",
                "onboarding",
                "active",
                "paused",
                "graduated",
                "left_early",
                "terminated",
            ),
            nullable=False,
        ),
        sa.Column("joined_on", sa.Date(), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("responsible_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(state IN ('graduated', 'left_early', 'terminated')) = (left_on IS NOT NULL)",
            name=op.f("ck_participation_left_iff_over"),
        ),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_participation_application_id_application"),
        ),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["cohort.id"], name=op.f("fk_participation_cohort_id_cohort")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_participation_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["responsible_id"], ["person.id"], name=op.f("fk_participation_responsible_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participation")),
    )
    op.create_index(
        op.f("ix_participation_cohort_id_participation_organisation_id"),
        "participation",
        ["cohort_id", "organisation_id"],
        unique=True,
    )
    op.create_index(
        op.f("ix_participation_application_id"), "participation", ["application_id"], unique=False
    )
    op.create_index(
        op.f("ix_participation_organisation_id"), "participation", ["organisation_id"], unique=False
    )


def make_section() -> None:
    op.create_table(
        "section",
        *row(),
        sa.Column("form_version_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title_en", sa.String(), nullable=False),
        sa.Column("title_nb", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["form_version_id"],
            ["form_version.id"],
            name=op.f("fk_section_form_version_id_form_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_section")),
    )
    op.create_index(
        op.f("ix_section_form_version_id_section_position"),
        "section",
        ["form_version_id", "position"],
        unique=False,
    )


def make_milestone() -> None:
    op.create_table(
        "milestone",
        *row(),
        sa.Column("participation_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("original_due_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column(
            "state",
            words(
                "milestonestate",
                "planned",
                "in_progress",
                "submitted",
                "achieved",
                "missed",
                "dropped",
            ),
            nullable=False,
        ),
        sa.Column("evidence", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("submitted_at", MOMENT, nullable=True),
        sa.Column("assessed_at", MOMENT, nullable=True),
        sa.Column("assessed_by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(state IN ('achieved')) = (assessed_at IS NOT NULL)",
            name=op.f("ck_milestone_assessed_iff_achieved"),
        ),
        sa.ForeignKeyConstraint(
            ["assessed_by_id"], ["person.id"], name=op.f("fk_milestone_assessed_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["person.id"], name=op.f("fk_milestone_owner_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["participation_id"],
            ["participation.id"],
            name=op.f("fk_milestone_participation_id_participation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone")),
    )
    op.create_index(
        op.f("ix_milestone_participation_id_milestone_due_on"),
        "milestone",
        ["participation_id", "due_on"],
        unique=False,
    )
    op.create_index(
        op.f("ix_milestone_state_milestone_due_on"), "milestone", ["state", "due_on"], unique=False
    )


def make_offer() -> None:
    op.create_table(
        "offer",
        *row(),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=True),
        sa.Column("cohort_id", sa.Uuid(), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column(
            "state",
            words("offerstate", "open", "accepted", "declined", "lapsed", "revoked"),
            nullable=False,
        ),
        sa.Column("offered_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("answered_at", MOMENT, nullable=True),
        sa.Column("answered_by_id", sa.Uuid(), nullable=True),
        sa.Column("accepted_name", sa.String(), nullable=True),
        sa.Column("answer_note", sa.String(), nullable=False),
        sa.CheckConstraint(
            "(state = 'accepted') = (accepted_name IS NOT NULL)",
            name=op.f("ck_offer_name_iff_accepted"),
        ),
        sa.CheckConstraint(
            "(state = 'open') = (answered_at IS NULL)", name=op.f("ck_offer_answered_iff_over")
        ),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_offer_agreement_id_agreement")
        ),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["person.id"], name=op.f("fk_offer_answered_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], name=op.f("fk_offer_application_id_application")
        ),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["cohort.id"], name=op.f("fk_offer_cohort_id_cohort")
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"],
            ["application_decision.id"],
            name=op.f("fk_offer_decision_id_application_decision"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer")),
    )
    op.create_index(
        op.f("ix_offer_cohort_id_offer_state"), "offer", ["cohort_id", "state"], unique=False
    )
    op.create_index(
        op.f("ix_offer_state_offer_expires_at"), "offer", ["state", "expires_at"], unique=False
    )
    op.create_index(
        op.f("ix_offer_application_id_offer_offered_at"),
        "offer",
        ["application_id", "offered_at"],
        unique=False,
    )
    op.create_index(
        "uq_offer_open",
        "offer",
        ["application_id"],
        unique=True,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )


def make_question() -> None:
    op.create_table(
        "question",
        *row(),
        sa.Column("form_version_id", sa.Uuid(), nullable=False),
        sa.Column("section_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column(
            "kind",
            words(
                "questionkind",
                "short",
                "long",
                "number",
                "single",
                "multiple",
                "yesno",
                "date",
                "link",
                "file",
            ),
            nullable=False,
        ),
        sa.Column("label_en", sa.String(), nullable=False),
        sa.Column("label_nb", sa.String(), nullable=False),
        sa.Column("help_en", sa.String(), nullable=False),
        sa.Column("help_nb", sa.String(), nullable=False),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.Column("word_limit", sa.Integer(), nullable=True),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("options_count", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(kind IN ('single', 'multiple')) OR options_count = 0",
            name=op.f("ck_question_options_for_choices"),
        ),
        sa.ForeignKeyConstraint(
            ["form_version_id"],
            ["form_version.id"],
            name=op.f("fk_question_form_version_id_form_version"),
        ),
        sa.ForeignKeyConstraint(
            ["section_id"], ["section.id"], name=op.f("fk_question_section_id_section")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
    )
    op.create_index(
        op.f("ix_question_form_version_id_question_key"),
        "question",
        ["form_version_id", "key"],
        unique=True,
    )
    op.create_index(
        op.f("ix_question_section_id_question_position"),
        "question",
        ["section_id", "position"],
        unique=False,
    )


TABLES = (
    make_programme,
    make_reminder,
    make_cohort,
    make_agreement,
    make_call,
    make_application,
    make_criterion,
    make_form_version,
    make_answer,
    make_application_decision,
    make_application_revision,
    make_eligibility_check,
    make_participation,
    make_section,
    make_milestone,
    make_offer,
    make_question,
)
