"""Whether the portal can serve people, part by part."""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache

from sqlalchemy import text

from portal.extensions import db
from portal.platform import jobs

FINE = "ok"


def parts(*, migrations: str, now: datetime) -> Mapping[str, str]:
    """Look at each part; `migrations` is the folder that says what the database should be.

    Raises what the database raises when it does not answer.
    """
    db.session.execute(text("SELECT 1"))
    return {
        "database": FINE,
        "migrations": FINE if is_migrated(migrations) else "behind",
        "worker": FINE if jobs.is_alive(now=now) else "silent",
    }


def is_migrated(folder: str) -> bool:
    """Tell whether the database is what this version of the portal expects."""
    from alembic.runtime.migration import MigrationContext  # noqa: PLC0415 - heavy, seldom asked

    context = MigrationContext.configure(db.session.connection())
    return set(context.get_current_heads()) == heads(folder)


@lru_cache(maxsize=4)
def heads(folder: str) -> frozenset[str]:
    """Return the last of the migrations; reading the folder is slow and it does not change."""
    from alembic.config import Config  # noqa: PLC0415 - heavy, seldom asked
    from alembic.script import ScriptDirectory  # noqa: PLC0415 - as above

    config = Config()
    config.set_main_option("script_location", folder)
    return frozenset(ScriptDirectory.from_config(config).get_heads())
