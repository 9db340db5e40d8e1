"""How often something may be tried: counted in the database, in a small unit of its own.

Fixed windows by the `limits` library over a table of ours, so that all processes count together
and a restart forgets nothing. If the database cannot count, the attempt fails with it: closed.
"""

from datetime import UTC, datetime, timedelta
from functools import cache

from limits import RateLimitItem, parse
from limits.storage import Storage
from limits.strategies import FixedWindowRateLimiter
from sqlalchemy import Executable, Integer, bindparam, case, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError

from portal.core import clock
from portal.core.errors import TooOften
from portal.core.wording import N_, Sentence
from portal.extensions import db
from portal.models import Throttle
from portal.models.base import Moment
from portal.platform.database import aside

WAIT = Sentence(N_("That was tried too many times. Wait %(minutes)s minutes and try again."))


@cache
def one_more(dialect: str) -> Executable:
    """Put together, once, the statement that counts a try in its window or begins a new one."""
    now, amount = bindparam("now", type_=Moment), bindparam("more", type_=Integer)
    first = (postgresql if dialect == "postgresql" else sqlite).insert(Throttle)
    first = first.values(key=bindparam("tried"), count=amount, expires_at=bindparam("ends"))
    live = Throttle.expires_at > now
    counted: Executable = first.on_conflict_do_update(
        index_elements=[Throttle.key],
        set_={
            "count": case((live, Throttle.count + amount), else_=amount),
            "expires_at": case((live, Throttle.expires_at), else_=first.excluded.expires_at),
        },
    ).returning(Throttle.count)
    return counted


class Table(Storage):
    """The `limits` library's storage on our own table."""

    STORAGE_SCHEME = ["portal"]

    @property
    def base_exceptions(self) -> type[Exception]:
        """What the database raises when it cannot answer."""
        return DBAPIError

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        """Count one more in the window of this key, or begin a new window; one statement."""
        now = clock.now()
        values = {"tried": key, "more": amount, "ends": now + timedelta(seconds=expiry), "now": now}
        with aside() as unit:
            counting = one_more(db.engine.dialect.name)
            return int(unit.execute(counting, values).scalar_one())

    def get(self, key: str) -> int:
        """Return how many were counted in the window that runs now."""
        live = select(Throttle.count).where(Throttle.key == key, Throttle.expires_at > clock.now())
        with aside() as unit:
            return unit.scalar(live) or 0

    def get_expiry(self, key: str) -> float:
        """Return when the window of this key ends, in seconds since 1970."""
        with aside() as unit:
            ends = unit.scalar(select(Throttle.expires_at).where(Throttle.key == key))
        return (ends or clock.now()).timestamp()

    def check(self) -> bool:
        """Say that the storage is there: it is where everything else is."""
        return True

    def reset(self) -> int:
        """Forget everything that was counted."""
        with aside() as unit:
            return unit.execute(delete(Throttle)).rowcount

    def clear(self, key: str) -> None:
        """Forget what was counted for one key."""
        with aside() as unit:
            unit.execute(delete(Throttle).where(Throttle.key == key))


LIMITER = FixedWindowRateLimiter(Table())


def item(limit: str) -> RateLimitItem:
    """Read a limit such as “10 per 5 minutes”."""
    return parse(limit)


def hit(limit: str, *names: str) -> None:
    """Count one try. Raises TooOften, with the seconds to wait, when there were too many."""
    if not LIMITER.hit(item(limit), *names):
        refuse(limit, *names)


def refuse(limit: str, *names: str) -> None:
    """Say how long to wait. Always raises TooOften."""
    resets = datetime.fromtimestamp(LIMITER.get_window_stats(item(limit), *names).reset_time, UTC)
    seconds = max(1, int((resets - clock.now()).total_seconds()) + 1)
    raise TooOften(Sentence(WAIT.text, {"minutes": -(-seconds // 60)}), seconds=seconds)


def is_full(limit: str, *names: str) -> bool:
    """Tell whether another try would be one too many, without counting one."""
    return not LIMITER.test(item(limit), *names)


def forget(limit: str, *names: str) -> None:
    """Begin again with nothing counted."""
    LIMITER.clear(item(limit), *names)
