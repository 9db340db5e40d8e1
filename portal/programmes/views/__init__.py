"""Pages of the programmes, a module for each kind of page."""

from portal.programmes.views import answers, applying, calls, programmes, public, questions
from portal.programmes.views.blueprint import bp

__all__ = ["answers", "applying", "bp", "calls", "programmes", "public", "questions"]
