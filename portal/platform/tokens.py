"""Secrets that travel in links and cookies. Only their hashes are kept."""

import secrets
from hashlib import sha256

#: 256 bits, as text that is safe in an address.
BYTES = 32


def fresh() -> str:
    """Make a secret that nobody can guess."""
    return secrets.token_urlsafe(BYTES)


def digest(token: str) -> str:
    """Return what is kept of a secret. It is random and long, so a plain hash is enough."""
    return sha256(token.encode()).hexdigest()
