"""Who comes through a door at all, and why somebody does not."""

from datetime import timedelta

from flask import current_app, request, session

from portal.core.errors import NotAllowed, Refused
from portal.core.wording import N_, Sentence
from portal.models import Actor
from portal.platform import cluster
from portal.platform.auth import arrived, current_actor, find_actor

NOT_OPENED = Sentence(N_("This portal has not been set up yet. Whoever started it can open it."))


#: How long ago somebody may have proved who they are, for what would hurt most in wrong hands.
FRESH = timedelta(minutes=15)
STALE = Sentence(N_("Confirm that it is you first."))
BARRED = Sentence(
    N_("Your role needs a second way to show that it is you, such as a passkey. Set one up first;"
       " then everything is open to you again.")
)  # fmt: skip


class NotSetUp(Refused):
    """The portal is empty: there is no cluster yet."""


class Stale(Refused):
    """It is too long ago that this person proved who they are, for this page."""


class Barred(NotAllowed):
    """Somebody must set up a second factor before anything else."""


def admitted(*, even_barred: bool) -> Actor:
    """Return who is signed in, once it is sure that this page is open to them at all."""
    known = find_actor()  # with whom the cluster is read, so that this is asked first
    insist_on_cluster()
    actor = known or current_actor()
    if actor.barred and not even_barred:
        raise Barred(BARRED)
    return actor


def insist_on_fresh(actor: Actor) -> None:
    """Turn away whoever proved too long ago that it is them. They prove it again and go on."""
    if actor.proved_at is None or arrived() - actor.proved_at > FRESH:
        raise Stale(STALE)


def insist_on_cluster() -> None:
    """Turn everybody away while the portal is empty."""
    if cluster.profile() is None:
        raise NotSetUp(NOT_OPENED)


def find_actor_if_known() -> Actor | None:
    """Return who is signed in on a page for everybody; a browser without a cookie is not asked."""
    name = current_app.config["SESSION_COOKIE_NAME"]
    return find_actor() if name in request.cookies and "_user_id" in session else None
