"""Where the people of the demo may sign in: in the demo, on the machine that it runs on."""

from flask import current_app

from portal.platform.cluster import profile

#: Everybody with an address here has a password that is printed at start.
DOMAIN = "demo.example"


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
    return bool(cluster and cluster.demo and current_app.config["LOCAL"])
