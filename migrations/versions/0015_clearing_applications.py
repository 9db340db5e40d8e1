"""What was said about applications for membership that came to nothing may be emptied."""

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

TABLE = "joining_message"
KEPT = ("id", "created_at", "version", "application_id", "person_id", "from_us", "at")
ONLY_EMPTIED = """NEW.text IN ('', OLD.text)
AND EXISTS (SELECT 1 FROM membership_application
WHERE membership_application.id = OLD.application_id
AND membership_application.state IN ('declined', 'withdrawn'))"""
CLEARING = f"""CREATE OR REPLACE FUNCTION portal_refuse_all_but_clearing() RETURNS trigger
LANGUAGE plpgsql AS $$ BEGIN
IF TG_OP = 'UPDATE' AND {ONLY_EMPTIED}
AND to_jsonb(NEW) - 'text' = to_jsonb(OLD) - 'text'
THEN RETURN NEW; END IF;
RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' is append-only'; END $$"""


def upgrade() -> None:
    drop_triggers()
    if is_postgresql():
        op.execute(CLEARING)
    same = "".join(f"\nAND NEW.{name} IS OLD.{name}" for name in KEPT)
    keep_append_only("portal_refuse_all_but_clearing", unless=f"{ONLY_EMPTIED}{same}")


def downgrade() -> None:
    drop_triggers()
    keep_append_only("portal_refuse_change")
    if is_postgresql():
        op.execute("DROP FUNCTION portal_refuse_all_but_clearing()")


def is_postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"


def drop_triggers() -> None:
    if is_postgresql():
        op.execute(f"DROP TRIGGER {TABLE}_append_only ON {TABLE}")
        return
    for deed in ("update", "delete"):
        op.execute(f"DROP TRIGGER {TABLE}_not_{deed}d")


def keep_append_only(function: str, unless: str = "") -> None:
    if is_postgresql():
        op.execute(
            f"CREATE TRIGGER {TABLE}_append_only BEFORE UPDATE OR DELETE ON {TABLE}"
            f" FOR EACH ROW EXECUTE FUNCTION {function}()"
        )
        return
    for deed in ("update", "delete"):
        when = f"\nWHEN NOT ({unless})" if unless and deed == "update" else ""
        op.execute(
            f"CREATE TRIGGER {TABLE}_not_{deed}d BEFORE {deed} ON {TABLE}{when}"
            f"\nBEGIN SELECT RAISE(ABORT, '{TABLE} is append-only'); END"
        )
