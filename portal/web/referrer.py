"""The page that somebody came from, as far as their browser tells."""

from urllib.parse import urlsplit

from flask import request


def came_from() -> str:
    """Return the path of the page that led here with its query, or nothing.

    What browsers tell can be anything; whether it is a page of ours is for the caller to ask.
    """
    try:
        parts = urlsplit(request.referrer or "")
    except ValueError:
        return ""
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
