"""The present moment and day, as statements about what is out and who is a member need them."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from portal.platform import cluster, language


def moments(*, now: datetime) -> dict[str, Any]:
    """Return what fills the gaps of `Article.visible_to`."""
    today = now.astimezone(ZoneInfo(language.zone())).date()
    return {"now": now, "today": today, "grace_since": today - cluster.grace()}
