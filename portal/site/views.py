"""Pages of the site."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from portal.web.access import everyone

bp = Blueprint("site", __name__)


@bp.get("/healthz")
@everyone(when_empty=True)
def healthz() -> ResponseReturnValue:
    """Say that the process answers."""
    return {"ok": True}
