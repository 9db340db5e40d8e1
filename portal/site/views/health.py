"""What the machines that watch over the portal ask."""

from flask import Blueprint, current_app
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import OperationalError, TimeoutError

from portal.site import readiness
from portal.web.access import arrived, everyone
from portal.web.visit import View

bp = Blueprint("health", __name__)


def needing_nothing(view: View) -> View:
    """Open a page to everybody without a unit of work: it answers though the database does not."""
    view.__guard__ = everyone  # type: ignore[attr-defined]  # read by guard_of
    view.__form__ = None  # type: ignore[attr-defined]  # read by tests of every form
    return view


@bp.get("/healthz")
@needing_nothing
def healthz() -> ResponseReturnValue:
    """Say that the process answers."""
    return {"ok": True}


@bp.get("/readyz")
@everyone(when_empty=True)
def readyz() -> ResponseReturnValue:
    """Say whether people can be served, part by part; 503 when not."""
    folder = current_app.extensions["migrate"].directory
    parts = readiness.parts(migrations=folder, now=arrived())
    ready = all(state == readiness.FINE for state in parts.values())
    return {"ok": ready, **parts}, 200 if ready else 503, {"Cache-Control": "no-store"}


@bp.errorhandler(OperationalError)
@bp.errorhandler(TimeoutError)
def without_database(_error: Exception) -> ResponseReturnValue:
    """Say that the database does not answer; what it would tell of the rest is unknown."""
    parts = {"database": "silent", "migrations": "unknown", "worker": "unknown"}
    return {"ok": False, **parts}, 503, {"Cache-Control": "no-store"}
