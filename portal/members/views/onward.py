"""Where somebody was heading who has to sign in, sign up or register an organisation first."""

from typing import Any

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from portal.members import rules
from portal.models import Organisation


def heading() -> str:
    """Return the page of ours that somebody asked for before, or nothing."""
    return rules.own_path(request.args.get("next", ""), "")


def way_to(endpoint: str, **values: Any) -> str:
    """Return the address of a page from which people go on to where they were heading."""
    return url_for(endpoint, **values, next=heading() or None)


def onward_from_former(organisation: Organisation, endpoint: str) -> Response | None:
    """Lead from the address of what became a part of this organisation to its own, for good."""
    if (request.view_args or {}).get("slug") == organisation.slug:
        return None
    return redirect(url_for(endpoint, slug=organisation.slug), 301)
