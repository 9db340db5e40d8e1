"""The site: home, desk, plain pages, health, set-up, administration."""

from flask import Flask

from portal.core.wording import N_
from portal.platform import audit
from portal.site import policy, views
from portal.site.deeds import SiteDeed
from portal.site.views import lines
from portal.site.views.setting_up import show_empty
from portal.web import navigation, panels
from portal.web.admission import NotSetUp
from portal.web.files import OWNERS
from portal.web.markdown import render, summary

ENTRIES = (
    panels.AdminEntry(
        label=N_("Pages"),
        about=N_("The home page, and the plain ones: about, contact, privacy, terms."),
        endpoint="site.pages",
        rank=60,
        may=policy.editor,
    ),
    panels.AdminEntry(
        label=N_("The cluster"),
        about=N_("Its name, logo, place, sender address, first language and time zone."),
        endpoint="site.edit_cluster",
        rank=80,
        may=policy.administrator,
    ),
    panels.AdminEntry(
        label=N_("Failed work"),
        about=N_("E-mail and other work that the portal gave up on, to be tried again."),
        endpoint="site.failed_jobs",
        rank=90,
        may=policy.administrator,
    ),
)


DESK = navigation.Item(
    key="desk", label=N_("Desk"), endpoint="site.desk", rank=0, may=policy.somebody
)
ADMINISTRATION = navigation.Item(
    key="admin",
    label=N_("Administration"),
    endpoint="site.admin",
    rank=90,
    may=policy.colleague,
)


def init_app(app: Flask) -> None:
    """Open the room."""
    app.register_blueprint(views.bp)
    app.register_blueprint(views.health)
    app.register_error_handler(NotSetUp, show_empty)
    app.add_template_filter(render, "markdown")
    app.add_template_filter(summary, "summary")
    app.add_template_global(panels.show, "show")
    audit.learn(SiteDeed)
    OWNERS["cluster"] = lambda _id, *, actor: True
    navigation.add(DESK)
    navigation.add(ADMINISTRATION)
    if lines.first_pages not in panels.DESK:
        panels.DESK.append(lines.first_pages)
    for entry in ENTRIES:
        if entry not in panels.ADMINISTRATION:
            panels.ADMINISTRATION.append(entry)
