"""Second factors: passkeys, authenticator apps, recovery codes, and what to do without them."""

from flask import Flask

from portal.core.wording import N_
from portal.members.factors import panels, views
from portal.members.factors.ceremonies import passkeys_elsewhere
from portal.members.factors.deeds import FactorDeed
from portal.members.factors.views.confirming import ask
from portal.members.policy import administrator
from portal.platform import audit
from portal.web.admission import Stale
from portal.web.panels import AdminEntry

__all__ = ["ENTRIES", "init_app", "panels", "views"]

ENTRIES = (
    AdminEntry(
        label=N_("Lost phones and keys"),
        about=N_("People who lost what they sign in with, and ask for help."),
        endpoint="members.removals",
        rank=12,
        may=administrator,
    ),
    AdminEntry(
        label=N_("Second factors"),
        about=N_("Who has to have one, and how long they have to set it up."),
        endpoint="members.demand_factors",
        rank=14,
        may=administrator,
    ),
)


def init_app(app: Flask) -> None:
    """Let timelines know what is done here, and ask for a fresh proof where a page wants one."""
    audit.learn(FactorDeed)
    app.register_error_handler(Stale, ask)
    app.jinja_env.globals["passkeys_elsewhere"] = passkeys_elsewhere
