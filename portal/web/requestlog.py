"""One line of JSON for every request, without secrets and without personal data."""

import json
import logging
import re
import sys
import time
from datetime import UTC, datetime

from flask import Flask, Response, g, request
from uuid_utils.compat import uuid7

from portal.core.legible import without_addresses
from portal.platform.auth import SignedIn
from portal.platform.database import statements

log = logging.getLogger("portal.requests")

#: What the log machinery itself puts on a record; whatever else is there is ours to tell.
PLAIN = set(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
GIVEN_ID = re.compile(r"[A-Za-z0-9_-]{8,64}\Z")


class Lines(logging.Formatter):
    """Writes a record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Write what was said and what was given along with it; errors may quote addresses."""
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "what": without_addresses(record.getMessage()),
        }
        line |= {key: value for key, value in vars(record).items() if key not in PLAIN}
        if record.exc_info:
            line["trace"] = without_addresses(self.formatException(record.exc_info))
        return json.dumps(line, default=str, ensure_ascii=False)


def set_up(level: str) -> None:
    """Send everything the portal says to standard error, a line each."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Lines())
    root = logging.getLogger("portal")
    root.handlers = [handler]
    root.setLevel(level.upper())
    root.propagate = False


def init_app(app: Flask) -> None:
    """Give each request an id, and a line when it is answered."""

    @app.before_request
    def begin() -> None:
        given = request.headers.get("X-Request-ID", "")
        g.request_id = given if GIVEN_ID.match(given) else uuid7().hex
        g.started = time.perf_counter()
        statements.set(0)

    @app.after_request
    def tell(response: Response) -> Response:
        response.headers["X-Request-ID"] = g.get("request_id", "")
        if log.isEnabledFor(logging.INFO):
            log.info("request", extra=line(response))
        return response


def line(response: Response) -> dict[str, object]:
    """Return what is told of a request: who by their key, which page, how much, how long."""
    user = g.get("_login_user")
    spent = time.perf_counter() - g.get("started", time.perf_counter())
    return {
        "id": g.get("request_id", ""),
        "person": str(user.actor.id) if isinstance(user, SignedIn) else None,
        "method": request.method,
        "endpoint": request.endpoint,
        "status": response.status_code,
        "statements": statements.get(),
        "milliseconds": round(spent * 1000, 1),
    }
