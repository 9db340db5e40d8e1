"""In which browser an account was opened: there its letter alone proves the address.

Anybody can sign up with the address of somebody else. When its owner presses the button of the
letter, the account of a stranger must not become theirs, so elsewhere the password is asked too.
"""

from hmac import compare_digest

from flask import session

from portal.models import Person
from portal.platform import tokens
from portal.platform.auth import find_actor

MARK = "opened"


def remember_opening(password_hash: str) -> None:
    """Mark the browser that signed up; one that gave a known address gets a mark of no use.

    The hash of a password is salted, so the mark fits the account that was opened and no other.
    """
    session[MARK] = tokens.digest(password_hash)


def is_opened_here(person: Person) -> bool:
    """Tell whether this browser opened an account, or is signed in to it."""
    actor = find_actor()
    if actor is not None and actor.id == person.id:
        return True
    known = person.password_hash is not None
    mark = str(session.get(MARK, ""))
    return known and compare_digest(mark, tokens.digest(person.password_hash or ""))
