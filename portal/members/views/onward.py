"""Where somebody was heading who has to sign in, sign up or register an organisation first."""

from typing import Any

from flask import request, url_for

from portal.members import rules


def heading() -> str:
    """Return the page of ours that somebody asked for before, or nothing."""
    return rules.own_path(request.args.get("next", ""), "")


def way_to(endpoint: str, **values: Any) -> str:
    """Return the address of a page from which people go on to where they were heading."""
    return url_for(endpoint, **values, next=heading() or None)
