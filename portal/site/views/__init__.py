"""Pages of the site."""

from portal.site.views import (
    administration,
    home,
    machines,
    mailbox,
    pages,
    preferences,
    setting_up,
)
from portal.site.views.blueprint import bp
from portal.site.views.health import bp as health

__all__ = [
    "administration",
    "bp",
    "health",
    "home",
    "machines",
    "mailbox",
    "pages",
    "preferences",
    "setting_up",
]
