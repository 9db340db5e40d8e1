"""Pages of the news, a module for each kind of page."""

from portal.news.views import editing, feeding, proposing, publishing, reading, tagging
from portal.news.views.blueprint import bp

__all__ = ["bp", "editing", "feeding", "proposing", "publishing", "reading", "tagging"]
