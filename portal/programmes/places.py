"""Places in cohorts. No other code changes how many are held.

A place is held by an open offer and by a company that takes part. The statement that counts also
asks whether there is room, so two offers cannot both get the last place.
"""

from uuid import UUID

from sqlalchemy import update

from portal.core.errors import Refused
from portal.core.wording import N_, Sentence
from portal.extensions import db
from portal.models import Cohort

FULL = Sentence(N_("Every place in this cohort is held. Nothing was changed."))
TOO_FEW = Sentence(N_("More places are held than that. Choose a higher number."))


def take(cohort_id: UUID) -> None:
    """Hold one place. Raises Refused when there is none."""
    with_room = (Cohort.id == cohort_id, Cohort.held < Cohort.capacity)
    one_more = update(Cohort).where(*with_room).values(held=Cohort.held + 1)
    if db.session.scalar(one_more.returning(Cohort.held)) is None:
        raise Refused(FULL)


def give_back(cohort_id: UUID) -> None:
    """Let one place go. Once for each departure: the caller has just made the move that ends it."""
    one_less = update(Cohort).where(Cohort.id == cohort_id, Cohort.held > 0)
    db.session.execute(one_less.values(held=Cohort.held - 1))


def resize(cohort_id: UUID, capacity: int) -> None:
    """Change how many places there are. Raises Refused below what is held."""
    enough = update(Cohort).where(Cohort.id == cohort_id, Cohort.held <= capacity)
    if db.session.scalar(enough.values(capacity=capacity).returning(Cohort.id)) is None:
        raise Refused(TOO_FEW)
