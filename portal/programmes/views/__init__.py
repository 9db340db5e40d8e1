"""Pages of the programmes, a module for each kind of page."""

from portal.programmes.views import calls, programmes, public, questions
from portal.programmes.views.blueprint import bp

__all__ = ["bp", "calls", "programmes", "public", "questions"]
