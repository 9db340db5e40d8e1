"""Passkeys, authenticator apps and recovery codes; how a session began and was proved."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
WAYS = ("password", "link", "passkey", "issuer")
FACTORS = ("passkey", "app", "recovery")
CONFIRMED, WAITING = sa.text("confirmed_at IS NOT NULL"), sa.text("confirmed_at IS NULL")
LIVE = sa.text("closed_at IS NULL")
#: Checks that SQLite must be told again when it builds the table anew.
SESSION_CHECKS = {
    "factor_has_time": "(factor IS NULL) = (factor_at IS NULL)",
    "whole_with_factor": "factor IS NULL OR proved_at IS NOT NULL",
}


def upgrade() -> None:
    op.add_column("person", sa.Column("factor_since", MOMENT, nullable=True))
    demand_factors()
    tell_how_sessions_began()
    make_passkey()
    make_authenticator_app()
    make_recovery_code()
    make_factor_removal()


def downgrade() -> None:
    for table in ("factor_removal", "recovery_code", "authenticator_app", "passkey"):
        op.drop_table(table)
    with op.batch_alter_table("login_session") as session:
        for name in (*SESSION_CHECKS, "factorkind", "signinway"):
            session.drop_constraint(op.f(f"ck_login_session_{name}"), type_="check")
        for name in ("proved_at", "factor_at", "factor", "way"):
            session.drop_column(name)
    with op.batch_alter_table("cluster") as cluster:
        cluster.drop_constraint(op.f("ck_cluster_some_days"), type_="check")
        cluster.drop_column("factor_days")
        cluster.drop_column("factors_from")
    with op.batch_alter_table("person") as person:
        person.drop_column("factor_since")


def row() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
    )


def words(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def of_person(table: str, column: str = "person_id") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], ["person.id"], name=op.f(f"fk_{table}_{column}_person")
    )


def demand_factors() -> None:
    """Who has a role already has as long as everybody else to set a factor up: from now on."""
    with op.batch_alter_table("cluster") as cluster:
        cluster.add_column(sa.Column("factors_from", MOMENT, nullable=True))
        cluster.add_column(
            sa.Column("factor_days", sa.Integer(), nullable=False, server_default="14")
        )
    op.execute("UPDATE cluster SET factors_from = CURRENT_TIMESTAMP")
    with op.batch_alter_table("cluster") as cluster:
        cluster.alter_column("factor_days", server_default=None)
        cluster.create_check_constraint(
            op.f("ck_cluster_some_days"), "factor_days BETWEEN 0 AND 90"
        )


def tell_how_sessions_began() -> None:
    """Sessions of before began with a password, which was all that there was to prove."""
    with op.batch_alter_table("login_session") as session:
        session.add_column(
            sa.Column("way", sa.String(40), nullable=False, server_default="password")
        )
        session.add_column(sa.Column("factor", sa.String(40), nullable=True))
        session.add_column(sa.Column("factor_at", MOMENT, nullable=True))
        session.add_column(sa.Column("proved_at", MOMENT, nullable=True))
    op.execute("UPDATE login_session SET proved_at = authenticated_at")
    with op.batch_alter_table("login_session") as session:
        session.alter_column(
            "way", server_default=None, existing_type=sa.String(40), type_=sa.String(40)
        )
        for name, values in (("signinway", ("way", WAYS)), ("factorkind", ("factor", FACTORS))):
            column, allowed = values
            listed = ", ".join(f"'{value}'" for value in allowed)
            session.create_check_constraint(
                op.f(f"ck_login_session_{name}"), f"{column} IN ({listed})"
            )
        for name, rule in SESSION_CHECKS.items():
            session.create_check_constraint(op.f(f"ck_login_session_{name}"), rule)


def make_passkey() -> None:
    op.create_table(
        "passkey",
        *row(),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("credential_id", sa.String(), nullable=False),
        sa.Column("public_key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("transports", sa.JSON(), nullable=False),
        sa.Column("synced", sa.Boolean(), nullable=False),
        sa.Column("backed_up", sa.Boolean(), nullable=False),
        sa.Column("last_used_at", MOMENT, nullable=True),
        sa.CheckConstraint("sign_count >= 0", name=op.f("ck_passkey_counts_up")),
        of_person("passkey"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passkey")),
        sa.UniqueConstraint("credential_id", name=op.f("uq_passkey_credential_id")),
    )
    op.create_index(op.f("ix_passkey_person_id"), "passkey", ["person_id"], unique=False)


def make_authenticator_app() -> None:
    op.create_table(
        "authenticator_app",
        *row(),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column("confirmed_at", MOMENT, nullable=True),
        sa.Column("last_step", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "confirmed_at IS NULL OR last_step IS NOT NULL",
            name=op.f("ck_authenticator_app_confirmed_by_code"),
        ),
        of_person("authenticator_app"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_authenticator_app")),
    )
    for name, where in (("confirmed", CONFIRMED), ("waiting", WAITING)):
        op.create_index(
            f"uq_authenticator_app_{name}",
            "authenticator_app",
            ["person_id"],
            unique=True,
            sqlite_where=where,
            postgresql_where=where,
        )


def make_recovery_code() -> None:
    op.create_table(
        "recovery_code",
        *row(),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("active_at", MOMENT, nullable=True),
        sa.Column("used_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "used_at IS NULL OR active_at IS NOT NULL",
            name=op.f("ck_recovery_code_used_once_active"),
        ),
        of_person("recovery_code"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_code")),
    )
    op.create_index(
        op.f("ix_recovery_code_person_id_recovery_code_used_at"),
        "recovery_code",
        ["person_id", "used_at"],
        unique=False,
    )


def make_factor_removal() -> None:
    states = words("removalstate", "asked", "checked", "done", "declined", "withdrawn")
    checks = {
        "checked_by_somebody": "(checked_by_id IS NULL) = (checked_at IS NULL)",
        "done_iff_approved": "(state = 'done') = (approved_by_id IS NOT NULL)",
        "two_people": "approved_by_id IS NULL OR approved_by_id <> checked_by_id",
        "checked_first": "state NOT IN ('checked', 'done') OR checked_at IS NOT NULL",
        "closed_iff_over": "(state IN ('asked', 'checked')) = (closed_at IS NULL)",
    }
    op.create_table(
        "factor_removal",
        *row(),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("state", states, nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("check_note", sa.String(), nullable=False),
        sa.Column("checked_by_id", sa.Uuid(), nullable=True),
        sa.Column("checked_at", MOMENT, nullable=True),
        sa.Column("approved_by_id", sa.Uuid(), nullable=True),
        sa.Column("closed_at", MOMENT, nullable=True),
        *(
            sa.CheckConstraint(rule, name=op.f(f"ck_factor_removal_{name}"))
            for name, rule in checks.items()
        ),
        *(
            of_person("factor_removal", column)
            for column in ("person_id", "checked_by_id", "approved_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_factor_removal")),
    )
    op.create_index(
        op.f("ix_factor_removal_person_id"), "factor_removal", ["person_id"], unique=False
    )
    for name, columns in (("uq_factor_removal_live", ["person_id"]),
                          ("ix_factor_removal_open", ["created_at", "id"])):  # fmt: skip
        op.create_index(
            name,
            "factor_removal",
            columns,
            unique=name.startswith("uq"),
            sqlite_where=LIVE,
            postgresql_where=LIVE,
        )
