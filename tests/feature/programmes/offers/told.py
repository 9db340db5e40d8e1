"""When the offer of these stories ends."""

from datetime import UTC, datetime, timedelta

ENDS = datetime(2026, 3, 31, 10, tzinfo=UTC)
BEFORE = ENDS - timedelta(seconds=1)
