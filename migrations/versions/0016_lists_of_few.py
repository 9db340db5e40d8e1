"""What waits, and the members of one status or of an early day, is found by indexes of the few."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

#: Table, columns, and of which rows alone.
NEW = {
    "ix_membership_period_tier": (
        "membership_period",
        ("tier_id", "to_on", "from_on", "membership_id"),
        None,
    ),
    "ix_membership_period_from_on": ("membership_period", ("from_on", "membership_id"), None),
    "ix_membership_end_reason": (
        "membership",
        ("end_reason", "number", "id"),
        "end_reason IS NOT NULL",
    ),
    "ix_membership_suspended": ("membership", ("suspended_from",), "suspended_from IS NOT NULL"),
    "ix_membership_enquiry_unanswered": (
        "membership_enquiry",
        ("created_at", "id"),
        "state IN ('new', 'taken')",
    ),
    "ix_membership_application_waiting": (
        "membership_application",
        ("promised_at", "id"),
        "state = 'submitted'",
    ),
    "ix_organisation_unconfirmed": (
        "organisation",
        ("created_at", "id"),
        "confirmed_at IS NULL",
    ),
    "ix_organisation_domain_waiting": (
        "organisation_domain",
        ("created_at", "id"),
        "verified_at IS NULL",
    ),
    "ix_join_request_queue": ("join_request", ("state", "created_at", "id"), None),
}
OLD = {
    "ix_membership_period_tier": (
        "membership_period",
        ("tier_id", "from_on", "to_on", "membership_id"),
        None,
    ),
    "ix_organisation_unconfirmed": ("organisation", ("confirmed_at", "created_at"), None),
    "ix_join_request_state_join_request_created_at": (
        "join_request",
        ("state", "created_at"),
        None,
    ),
}


def upgrade() -> None:
    replace(OLD, NEW)


def downgrade() -> None:
    replace(NEW, OLD)


def replace(
    old: dict[str, tuple[str, tuple[str, ...], str | None]],
    new: dict[str, tuple[str, tuple[str, ...], str | None]],
) -> None:
    for name, (table, _columns, _where) in old.items():
        op.drop_index(name, table_name=table)
    for name, (table, columns, where) in new.items():
        of = None if where is None else sa.text(where)
        op.create_index(name, table, list(columns), sqlite_where=of, postgresql_where=of)
