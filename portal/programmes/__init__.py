"""Programmes: calls, applications, decisions, cohorts."""

from flask import Flask

from portal.platform import audit
from portal.programmes.deeds import ApplicationDeed, CohortDeed, ProgrammeDeed
from portal.programmes.jobs import applying as _applying_jobs  # noqa: F401 - registers its jobs
from portal.programmes.panels import applying, public
from portal.programmes.views import bp


def init_app(app: Flask) -> None:
    """Open the room."""
    for deeds in (ProgrammeDeed, ApplicationDeed, CohortDeed):
        audit.learn(deeds)
    public.init_app()
    applying.init_app()
    app.register_blueprint(bp)
