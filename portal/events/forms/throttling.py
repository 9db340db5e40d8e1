"""How often somebody may name others here: to each of them goes a letter at once."""

from collections.abc import Iterable

from portal.events import policy
from portal.models import Actor
from portal.platform import throttle, tokens

FORMS, TO_ONE = "30 per 1 hour", "10 per 1 hour"


def count(addresses: Iterable[str], *, actor: Actor) -> None:
    """Count one form, and a letter to each address that was typed. Raises TooOften.

    Staff have whole fairs on the phone.
    """
    if policy.event_staff(actor):
        return
    throttle.hit(FORMS, "register", str(actor.id))
    for address in addresses:
        throttle.hit(TO_ONE, "register-to", str(actor.id), tokens.digest(address))
