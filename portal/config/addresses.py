"""Addresses in settings: what is well formed, what leads to this machine, what may be shown."""

import ipaddress
from urllib.parse import urlsplit, urlunsplit


def has_host(url: str) -> bool:
    """Tell whether a URL names a machine, and no port that there cannot be."""
    try:
        parts = urlsplit(url)
        return bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def names_database(url: str) -> bool:
    """Tell whether a URL leads to a database; without a host it means a socket on this machine."""
    try:
        parts = urlsplit(url)
        return parts.port != 0 and len(parts.path) > 1
    except ValueError:
        return False


def without_password(url: str) -> str:
    """Return an address as it may stand on a screen."""
    try:
        parts = urlsplit(url)
        if not parts.password:
            return url
    except ValueError:
        return url.partition(":")[0] + ":…"
    shown = f"{parts.username}:…@{parts.netloc.rpartition('@')[2]}"
    return urlunsplit(parts._replace(netloc=shown))


def reachable(host: str) -> str:
    """Return the name to write in a link for a server that listens there."""
    if host in ("0.0.0.0", "::", "::1"):  # noqa: S104 - compared, not bound
        return "[::1]" if host == "::1" else "127.0.0.1"
    return f"[{host}]" if ":" in host else host


def is_loopback(host: str) -> bool:
    """Tell whether a name or an address means this very machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def is_local(host: str, base_url: str, *, proxies: int) -> bool:
    """Tell whether nobody but this machine can reach the portal, as far as one can know."""
    return is_loopback(host) and is_loopback(urlsplit(base_url).hostname or "") and not proxies
