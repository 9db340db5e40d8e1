"""Who may say what two have to agree on."""

from portal.members.policy import administrator
from portal.models import Actor, Cluster


def changes(actor: Actor, _cluster: Cluster) -> bool:
    """Administrators of the portal."""
    return administrator(actor)
