"""Who may bring lists in."""

from portal.members import policy
from portal.models import PORTAL, Actor, MemberImport


def imports(actor: Actor, _row: MemberImport) -> bool:
    """Staff who look after membership."""
    return policy.membership_staff(actor)


def carries_on(actor: Actor, row: MemberImport) -> bool:
    """The portal itself, when its worker has come to the end of what it was told to do."""
    return actor is PORTAL or imports(actor, row)
