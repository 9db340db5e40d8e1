"""Who may do what about second factors."""

from portal.members import policy
from portal.models import Actor, Cluster, FactorRemoval, Passkey, RemovalState


def proven(actor: Actor) -> bool:
    """People who showed that their e-mail address is theirs."""
    return actor.verified


def keeps_passkey(actor: Actor, passkey: Passkey) -> bool:
    """The person whose passkey it is."""
    return passkey.person_id == actor.id


def sees_removal(actor: Actor, _row: FactorRemoval) -> bool:
    """Administrators of the portal."""
    return policy.administrator(actor)


def handles_removal(actor: Actor, row: FactorRemoval) -> bool:
    """Administrators of the portal, for anybody but themselves."""
    return policy.administrator(actor) and row.person_id != actor.id


def approves_removal(actor: Actor, row: FactorRemoval) -> bool:
    """Another administrator than the one who checked who is asking."""
    second = row.state is not RemovalState.CHECKED or row.checked_by_id != actor.id
    return handles_removal(actor, row) and second


def withdraws_removal(actor: Actor, row: FactorRemoval) -> bool:
    """The person who asked."""
    return row.person_id == actor.id


def demands(actor: Actor, _cluster: Cluster) -> bool:
    """Administrators of the portal."""
    return policy.administrator(actor)
