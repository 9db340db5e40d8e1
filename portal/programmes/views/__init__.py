"""Pages of the programmes, a module for each kind of page."""

from portal.programmes.views import (
    answers,
    applying,
    calls,
    cohorts,
    deciding,
    listing,
    milestones,
    offers,
    programmes,
    public,
    questions,
)
from portal.programmes.views.blueprint import bp

__all__ = [
    "answers",
    "applying",
    "bp",
    "calls",
    "cohorts",
    "deciding",
    "listing",
    "milestones",
    "offers",
    "programmes",
    "public",
    "questions",
]
