"""Programmes: calls, applications, decisions, cohorts."""

from flask import Flask

from portal.platform import audit
from portal.programmes import personal, searchable
from portal.programmes.deeds import ApplicationDeed, CohortDeed, ProgrammeDeed
from portal.programmes.jobs import applying as _applying_jobs  # noqa: F401 - registers its jobs
from portal.programmes.jobs import milestones as _milestone_jobs  # noqa: F401 - likewise
from portal.programmes.jobs import offers as _offer_jobs  # noqa: F401 - likewise
from portal.programmes.panels import applying, deciding, milestones, public
from portal.programmes.views import bp


def init_app(app: Flask) -> None:
    """Open the room."""
    for deeds in (ProgrammeDeed, ApplicationDeed, CohortDeed):
        audit.learn(deeds)
    for panels in (public, applying, deciding, milestones):
        panels.init_app()
    searchable.init_app()
    personal.init_app()
    app.register_blueprint(bp)
