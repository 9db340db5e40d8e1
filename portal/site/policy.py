"""Who may do what with the portal itself."""

from portal.models import Actor, Cluster, Job, Page, StaffRole


def administrator(actor: Actor) -> bool:
    """Somebody who looks after the portal itself."""
    return StaffRole.ADMINISTRATOR in actor.staff


def editor(actor: Actor) -> bool:
    """Somebody who writes for the cluster."""
    return actor.works_on(StaffRole.EDITOR)


def staff(actor: Actor) -> bool:
    """Anybody who works for the cluster."""
    return actor.is_staff_of_any


def somebody(actor: Actor | None) -> bool:
    """Anybody who is signed in."""
    return actor is not None


def colleague(actor: Actor | None) -> bool:
    """Anybody who is signed in and works for the cluster."""
    return actor is not None and staff(actor)


def author(actor: Actor, _page: Page) -> bool:
    """Somebody who may publish a new text of a page."""
    return editor(actor)


def keeper(actor: Actor, _cluster: Cluster) -> bool:
    """Somebody who may change the cluster's name, address and manners."""
    return administrator(actor)


def mender(actor: Actor, _job: Job) -> bool:
    """Somebody who may have failed work tried again."""
    return administrator(actor)
