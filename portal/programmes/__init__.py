"""Programmes: calls, applications, decisions, cohorts."""

from flask import Flask

from portal.platform import audit
from portal.programmes.deeds import ApplicationDeed, CohortDeed, ProgrammeDeed
from portal.programmes.panels import public
from portal.programmes.views import bp


def init_app(app: Flask) -> None:
    """Open the room."""
    for deeds in (ProgrammeDeed, ApplicationDeed, CohortDeed):
        audit.learn(deeds)
    public.init_app()
    app.register_blueprint(bp)
