"""Where the people of the demo may sign in: in the demo, on the machine that it runs on."""

import re

from flask import current_app, has_request_context, request

from portal.config import is_loopback
from portal.platform.cluster import profile

#: Everybody with an address here has a password that is printed at start.
DOMAIN = "demo.example"
#: What proxies add to a request.
FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via")
PORT = re.compile(r":\d+\Z")


def may_sign_in(email: str) -> bool:
    """Tell whether an account may be used here at all; people's own accounts always may.

    The demo's passwords are known to everybody. They open nothing without the mark in the
    database, and nothing where others than this machine can reach the portal.
    """
    if email.rpartition("@")[2].casefold() != DOMAIN:
        return True
    return is_open()


def is_open() -> bool:
    """Tell whether this is the demo, on a machine that nobody else reaches."""
    cluster = profile()
    return bool(cluster and cluster.demo and current_app.config["LOCAL"] and is_near())


def is_near() -> bool:
    """Tell whether somebody on this very machine asks, as far as the request gives it away.

    The settings may not know of a proxy that somebody put in front; it mostly passes on the name
    that it was called by, or tells for whom it asks. The name also gives away a page elsewhere
    whose own name was made to lead here.
    """
    if not has_request_context():
        return True
    name = request.host.rpartition(":")[0] if PORT.search(request.host) else request.host
    near = is_loopback(name.strip("[]")) and is_loopback(request.remote_addr or "")
    return near and not any(header in request.headers for header in FORWARDED)
