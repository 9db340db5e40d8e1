"""Membership over the years: its terms, notices, exclusions, benefits and runs of renewals."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
BEFORE = "end_reason IN ('resigned', 'excluded', 'merged', 'dissolved')"
REASONS = "end_reason IN ('resigned', 'lapsed', 'excluded', 'merged', 'dissolved')"
LEDGERS = ("former_suspension", "membership_notice", "benefit_use")


def upgrade() -> None:
    tell_more_of_memberships()
    tell_which_year_periods_are_of()
    op.create_index("ix_affiliation_starts_at", "affiliation", ["starts_at", "id"])
    for make in TABLES:
        make()
    for table in LEDGERS:
        keep_append_only(table)


def downgrade() -> None:
    for make in reversed(TABLES):
        op.drop_table(make.__name__.removeprefix("make_"))
    op.drop_index("ix_affiliation_starts_at", table_name="affiliation")
    for name in ("to_on", "tier"):
        op.drop_index(f"ix_membership_period_{name}", table_name="membership_period")
    with op.batch_alter_table("membership_period") as period:
        period.drop_constraint(op.f("ck_membership_period_part_of_its_year"), type_="check")
        period.drop_column("year_from_on")
    forget_lapsed_ends()
    op.drop_index("ix_membership_ends_on", table_name="membership")
    with op.batch_alter_table("membership") as membership:
        membership.drop_constraint(op.f("ck_membership_notice_is_of_leaving"), type_="check")
        membership.drop_constraint(op.f("ck_membership_endreason"), type_="check")
        membership.create_check_constraint(op.f("ck_membership_endreason"), BEFORE)
        membership.drop_column("notice_given_on")
        membership.drop_column("end_note")


def tell_more_of_memberships() -> None:
    with op.batch_alter_table("membership") as membership:
        membership.drop_constraint(op.f("ck_membership_endreason"), type_="check")
        membership.create_check_constraint(op.f("ck_membership_endreason"), REASONS)
        membership.add_column(sa.Column("end_note", sa.String(), nullable=False, server_default=""))
        membership.add_column(sa.Column("notice_given_on", sa.Date(), nullable=True))
        membership.create_check_constraint(
            op.f("ck_membership_notice_is_of_leaving"),
            "notice_given_on IS NULL OR end_reason = 'resigned'",
        )
    with op.batch_alter_table("membership") as membership:
        membership.alter_column("end_note", server_default=None)
    op.create_index("ix_membership_ends_on", "membership", ["ends_on", "id"])


def tell_which_year_periods_are_of() -> None:
    with op.batch_alter_table("membership_period") as period:
        period.add_column(sa.Column("year_from_on", sa.Date(), nullable=True))
    op.execute("UPDATE membership_period SET year_from_on = from_on")
    with op.batch_alter_table("membership_period") as period:
        period.alter_column("year_from_on", nullable=False)
        period.create_check_constraint(
            op.f("ck_membership_period_part_of_its_year"), "year_from_on <= from_on"
        )
    op.create_index("ix_membership_period_to_on", "membership_period", ["to_on", "membership_id"])
    op.create_index(
        "ix_membership_period_tier",
        "membership_period",
        ["tier_id", "from_on", "to_on", "membership_id"],
    )


def forget_lapsed_ends() -> None:
    op.execute("UPDATE membership SET end_reason = 'resigned' WHERE end_reason = 'lapsed'")


def row() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
    )


def words(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


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


def make_membership_terms() -> None:
    op.create_table(
        "membership_terms",
        *row(),
        sa.Column("single", sa.Integer(), nullable=False),
        sa.Column("grace_days", sa.Integer(), nullable=False),
        sa.Column("reinstatement_months", sa.Integer(), nullable=False),
        sa.Column("resignation", words("resignationtakes", "period_end", "notice"), nullable=False),
        sa.Column("notice_months", sa.Integer(), nullable=False),
        sa.Column("two_exclude", sa.Boolean(), nullable=False),
        sa.CheckConstraint("grace_days >= 0", name=op.f("ck_membership_terms_grace_is_counted")),
        sa.CheckConstraint(
            "notice_months >= 0", name=op.f("ck_membership_terms_notice_is_counted")
        ),
        sa.CheckConstraint(
            "reinstatement_months >= 0", name=op.f("ck_membership_terms_return_is_counted")
        ),
        sa.CheckConstraint("single = 1", name=op.f("ck_membership_terms_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership_terms")),
        sa.UniqueConstraint("single", name=op.f("uq_membership_terms_single")),
    )


def make_former_suspension() -> None:
    op.create_table(
        "former_suspension",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("membership_id", sa.Uuid(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.CheckConstraint("to_on > from_on", name=op.f("ck_former_suspension_has_length")),
        sa.ForeignKeyConstraint(
            ["membership_id"],
            ["membership.id"],
            name=op.f("fk_former_suspension_membership_id_membership"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_former_suspension")),
    )
    op.create_index(
        op.f("ix_former_suspension_membership_id_former_suspension_from_on"),
        "former_suspension",
        ["membership_id", "from_on"],
        unique=False,
    )


def make_membership_notice() -> None:
    op.create_table(
        "membership_notice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("membership_id", sa.Uuid(), nullable=False),
        sa.Column(
            "turn",
            words("membershipturn", "renewal_due", "lapsed", "reinstated", "over"),
            nullable=False,
        ),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("told_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["membership_id"],
            ["membership.id"],
            name=op.f("fk_membership_notice_membership_id_membership"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership_notice")),
    )
    op.create_index(
        "uq_membership_notice",
        "membership_notice",
        ["membership_id", "turn", "on_day"],
        unique=True,
    )


def make_exclusion() -> None:
    op.create_table(
        "exclusion",
        *row(),
        sa.Column("membership_id", sa.Uuid(), nullable=False),
        sa.Column(
            "state", words("exclusionstate", "proposed", "decided", "dropped"), nullable=False
        ),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("proposed_by_id", sa.Uuid(), nullable=False),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "(state = 'proposed') = (decided_at IS NULL)",
            name=op.f("ck_exclusion_decided_iff_over"),
        ),
        sa.CheckConstraint(
            "(decided_at IS NULL) = (decided_by_id IS NULL)", name=op.f("ck_exclusion_by_somebody")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["person.id"], name=op.f("fk_exclusion_decided_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["membership_id"], ["membership.id"], name=op.f("fk_exclusion_membership_id_membership")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"], ["person.id"], name=op.f("fk_exclusion_proposed_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exclusion")),
    )
    op.create_index(
        op.f("ix_exclusion_membership_id"), "exclusion", ["membership_id"], unique=False
    )
    op.create_index(
        "uq_exclusion_proposed",
        "exclusion",
        ["membership_id"],
        unique=True,
        sqlite_where=sa.text("state = 'proposed'"),
        postgresql_where=sa.text("state = 'proposed'"),
    )


def make_benefit() -> None:
    op.create_table(
        "benefit",
        *row(),
        sa.Column("tier_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("label_en", sa.String(), nullable=False),
        sa.Column("label_nb", sa.String(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("unit_en", sa.String(), nullable=False),
        sa.Column("unit_nb", sa.String(), nullable=False),
        sa.Column("year", words("benefityear", "calendar", "membership"), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_benefit_some_of_it")),
        sa.ForeignKeyConstraint(
            ["tier_id"], ["membership_tier.id"], name=op.f("fk_benefit_tier_id_membership_tier")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_benefit")),
    )
    op.create_index(
        op.f("ix_benefit_tier_id_benefit_key"), "benefit", ["tier_id", "key"], unique=True
    )


def make_benefit_use() -> None:
    op.create_table(
        "benefit_use",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("membership_id", sa.Uuid(), nullable=False),
        sa.Column("benefit_id", sa.Uuid(), nullable=False),
        sa.Column("used_on", sa.Date(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("goodwill", sa.Boolean(), nullable=False),
        sa.Column("corrects_id", sa.Uuid(), nullable=True),
        sa.Column("recorded_by_id", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "(quantity < 0) = (corrects_id IS NOT NULL)",
            name=op.f("ck_benefit_use_taken_back_by_line"),
        ),
        sa.CheckConstraint("quantity <> 0", name=op.f("ck_benefit_use_some_of_it")),
        sa.ForeignKeyConstraint(
            ["benefit_id"], ["benefit.id"], name=op.f("fk_benefit_use_benefit_id_benefit")
        ),
        sa.ForeignKeyConstraint(
            ["corrects_id"], ["benefit_use.id"], name=op.f("fk_benefit_use_corrects_id_benefit_use")
        ),
        sa.ForeignKeyConstraint(
            ["membership_id"],
            ["membership.id"],
            name=op.f("fk_benefit_use_membership_id_membership"),
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["person.id"], name=op.f("fk_benefit_use_recorded_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_benefit_use")),
        sa.UniqueConstraint("corrects_id", name=op.f("uq_benefit_use_corrects_id")),
    )
    op.create_index(op.f("ix_benefit_use_benefit_id"), "benefit_use", ["benefit_id"], unique=False)
    op.create_index(
        "ix_benefit_use_ledger", "benefit_use", ["membership_id", "recorded_at", "id"], unique=False
    )


def make_renewal_run() -> None:
    op.create_table(
        "renewal_run",
        *row(),
        sa.Column("last_from", sa.Date(), nullable=False),
        sa.Column("last_until", sa.Date(), nullable=False),
        sa.Column("tier_id", sa.Uuid(), nullable=True),
        sa.Column(
            "state",
            words("renewalstate", "gathering", "ready", "running", "stopped", "done", "discarded"),
            nullable=False,
        ),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("reached", sa.Integer(), nullable=False),
        sa.Column("handled", sa.Integer(), nullable=False),
        sa.Column("moved_at", MOMENT, nullable=False),
        sa.Column("tallies", sa.JSON(), nullable=False),
        sa.Column("made_by_id", sa.Uuid(), nullable=False),
        sa.Column("confirmed_by_id", sa.Uuid(), nullable=True),
        sa.Column("confirmed_at", MOMENT, nullable=True),
        sa.Column("finished_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "(state = 'done') = (finished_at IS NOT NULL)",
            name=op.f("ck_renewal_run_finished_iff_done"),
        ),
        sa.CheckConstraint(
            "(state IN ('running', 'stopped', 'done')) = (confirmed_at IS NOT NULL)",
            name=op.f("ck_renewal_run_confirmed_first"),
        ),
        sa.CheckConstraint(
            "(confirmed_at IS NULL) = (confirmed_by_id IS NULL)",
            name=op.f("ck_renewal_run_by_somebody"),
        ),
        sa.CheckConstraint(
            "last_until >= last_from", name=op.f("ck_renewal_run_window_has_length")
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by_id"], ["person.id"], name=op.f("fk_renewal_run_confirmed_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["person.id"], name=op.f("fk_renewal_run_made_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["tier_id"], ["membership_tier.id"], name=op.f("fk_renewal_run_tier_id_membership_tier")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_renewal_run")),
    )
    op.create_index("ix_renewal_run_newest", "renewal_run", ["created_at", "id"], unique=False)


def make_renewal_line() -> None:
    op.create_table(
        "renewal_line",
        *row(),
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("membership_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("tier_id", sa.Uuid(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column(
            "verdict",
            words("renewalverdict", "renew", "resigned", "suspended", "unconfirmed", "by_hand"),
            nullable=False,
        ),
        sa.Column("outcome", words("renewaloutcome", "renewed", "skipped"), nullable=True),
        sa.CheckConstraint(
            "outcome IS NULL OR verdict = 'renew'",
            name=op.f("ck_renewal_line_renewed_if_previewed"),
        ),
        sa.CheckConstraint("to_on > from_on", name=op.f("ck_renewal_line_has_length")),
        sa.ForeignKeyConstraint(
            ["membership_id"],
            ["membership.id"],
            name=op.f("fk_renewal_line_membership_id_membership"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_renewal_line_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["renewal_run.id"], name=op.f("fk_renewal_line_run_id_renewal_run")
        ),
        sa.ForeignKeyConstraint(
            ["tier_id"],
            ["membership_tier.id"],
            name=op.f("fk_renewal_line_tier_id_membership_tier"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_renewal_line")),
    )
    op.create_index(
        op.f("ix_renewal_line_membership_id"), "renewal_line", ["membership_id"], unique=False
    )
    op.create_index(
        "ix_renewal_line_outcome",
        "renewal_line",
        ["run_id", "outcome", "number", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_renewal_line_run_id_renewal_line_number"),
        "renewal_line",
        ["run_id", "number"],
        unique=True,
    )
    op.create_index(
        "ix_renewal_line_verdict",
        "renewal_line",
        ["run_id", "verdict", "number", "id"],
        unique=False,
    )


TABLES = (
    make_membership_terms,
    make_former_suspension,
    make_membership_notice,
    make_exclusion,
    make_benefit,
    make_benefit_use,
    make_renewal_run,
    make_renewal_line,
)
