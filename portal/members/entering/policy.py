"""Who may link and unlink what."""

from portal.config import Issuer
from portal.models import Actor, IssuerIdentity


def links(actor: Actor, _issuer: Issuer) -> bool:
    """People who showed that their e-mail address is theirs."""
    return actor.verified


def unlinks(actor: Actor, identity: IssuerIdentity) -> bool:
    """The person whose account it is linked to."""
    return actor.verified and identity.person_id == actor.id
