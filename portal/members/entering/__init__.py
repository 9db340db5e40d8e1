"""Ways in besides the password: links by mail, and others who vouch for people."""

from flask import Flask

from portal.members.entering import forms, jobs, views
from portal.members.entering.deeds import EnteringDeed
from portal.platform import audit

__all__ = ["init_app", "jobs", "views"]


def init_app(app: Flask) -> None:
    """Let timelines know what is done here, and the sign-in page who vouches for people."""
    audit.learn(EnteringDeed)
    app.add_template_global(forms.known_issuers, "known_issuers")
