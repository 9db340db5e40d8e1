"""Several addresses for a person, domains of organisations, sign-in by link and by others."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
BY_LETTER = sa.String().with_variant(sa.String(collation="C"), "postgresql")
PRIMARY = sa.text("is_primary")
VERIFIED = sa.text("verified_at IS NOT NULL")

#: Everybody keeps the address that they had; its row has the key of the person.
FILL = """INSERT INTO email_address
(id, created_at, version, person_id, address, domain, verified_at, is_primary, delivery, refusal)
SELECT id, created_at, 1, id, email, {domain}, verified_at, {yes}, 'fine', '' FROM person"""
DOMAIN = {
    "postgresql": "substring(email from position('@' in email) + 1)",
    "sqlite": "substr(email, instr(email, '@') + 1)",
}


def upgrade() -> None:
    for make in TABLES:
        make()
    dialect = op.get_bind().dialect.name
    op.execute(FILL.format(domain=DOMAIN[dialect], yes="true" if dialect == "postgresql" else "1"))
    op.create_index(op.f("ix_join_request_person_id"), "join_request", ["person_id"], unique=False)
    op.add_column("outgoing_mail", sa.Column("refused_at", MOMENT, nullable=True))
    op.add_column("outgoing_mail", sa.Column("refusal", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("outgoing_mail", "refusal")
    op.drop_column("outgoing_mail", "refused_at")
    op.drop_index(op.f("ix_join_request_person_id"), table_name="join_request")
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


def key(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"))


def make_email_address() -> None:
    op.create_table(
        "email_address",
        *row(),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("address", BY_LETTER, nullable=False),
        sa.Column("domain", BY_LETTER, nullable=False),
        sa.Column("verified_at", MOMENT, nullable=True),
        sa.Column("is_primary", sa.Boolean(), nullable=False),
        sa.Column("delivery", words("delivery", "fine", "unreachable"), nullable=False),
        sa.Column("unreachable_since", MOMENT, nullable=True),
        sa.Column("refusal", sa.String(), nullable=False),
        sa.CheckConstraint(
            "address = lower(address)", name=op.f("ck_email_address_address_in_lower_case")
        ),
        sa.CheckConstraint(
            "is_primary OR verified_at IS NOT NULL",
            name=op.f("ck_email_address_primary_or_proven"),
        ),
        sa.CheckConstraint(
            "(delivery = 'unreachable') = (unreachable_since IS NOT NULL)",
            name=op.f("ck_email_address_since_iff_unreachable"),
        ),
        key("email_address", "person_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_email_address")),
        sa.UniqueConstraint("address", name=op.f("uq_email_address_address")),
    )
    op.create_index(
        op.f("ix_email_address_person_id"), "email_address", ["person_id"], unique=False
    )
    op.create_index(
        op.f("ix_email_address_domain_email_address_person_id"),
        "email_address",
        ["domain", "person_id"],
        unique=False,
    )
    op.create_index(
        "uq_email_address_primary",
        "email_address",
        ["person_id"],
        unique=True,
        sqlite_where=PRIMARY,
        postgresql_where=PRIMARY,
    )


def make_address_claim() -> None:
    op.create_table(
        "address_claim",
        *row(),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("address", BY_LETTER, nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "address = lower(address)", name=op.f("ck_address_claim_address_in_lower_case")
        ),
        key("address_claim", "person_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_address_claim")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_address_claim_token_hash")),
    )
    op.create_index(
        op.f("ix_address_claim_expires_at"), "address_claim", ["expires_at"], unique=False
    )
    op.create_index(
        "uq_address_claim_of_person", "address_claim", ["person_id", "address"], unique=True
    )


def make_organisation_domain() -> None:
    op.create_table(
        "organisation_domain",
        *row(),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("domain", BY_LETTER, nullable=False),
        sa.Column("added_by_id", sa.Uuid(), nullable=False),
        sa.Column("verified_at", MOMENT, nullable=True),
        sa.Column("verified_by_id", sa.Uuid(), nullable=True),
        sa.Column("method", words("domainproof", "staff", "mail"), nullable=True),
        sa.CheckConstraint(
            "domain = lower(domain)", name=op.f("ck_organisation_domain_domain_in_lower_case")
        ),
        sa.CheckConstraint(
            "(verified_at IS NULL) = (method IS NULL)",
            name=op.f("ck_organisation_domain_method_iff_verified"),
        ),
        key("organisation_domain", "organisation_id", "organisation"),
        key("organisation_domain", "added_by_id", "person"),
        key("organisation_domain", "verified_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_domain")),
    )
    op.create_index(
        "uq_organisation_domain_once",
        "organisation_domain",
        ["organisation_id", "domain"],
        unique=True,
    )
    op.create_index(
        "ix_organisation_domain_list", "organisation_domain", ["domain", "id"], unique=False
    )
    op.create_index(
        "uq_organisation_domain_verified",
        "organisation_domain",
        ["domain"],
        unique=True,
        sqlite_where=VERIFIED,
        postgresql_where=VERIFIED,
    )


def make_sign_in_link() -> None:
    op.create_table(
        "sign_in_link",
        *row(),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("browser_hash", sa.String(), nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT, nullable=True),
        key("sign_in_link", "person_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sign_in_link_token_hash")),
    )
    for column in ("person_id", "expires_at"):
        op.create_index(op.f(f"ix_sign_in_link_{column}"), "sign_in_link", [column], unique=False)


def make_issuer_identity() -> None:
    op.create_table(
        "issuer_identity",
        *row(),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("claimed", sa.String(), nullable=False),
        sa.Column("last_used_at", MOMENT, nullable=True),
        key("issuer_identity", "person_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issuer_identity")),
    )
    op.create_index(
        op.f("ix_issuer_identity_person_id"), "issuer_identity", ["person_id"], unique=False
    )
    op.create_index(
        "uq_issuer_identity_subject", "issuer_identity", ["issuer", "subject"], unique=True
    )


def make_used_answer() -> None:
    op.create_table(
        "used_answer",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_used_answer")),
    )
    op.create_index(op.f("ix_used_answer_expires_at"), "used_answer", ["expires_at"], unique=False)


TABLES = (
    make_email_address,
    make_address_claim,
    make_organisation_domain,
    make_sign_in_link,
    make_issuer_identity,
    make_used_answer,
)
