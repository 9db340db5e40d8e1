"""Numbers in a series without gaps: taken in the transaction that uses them."""

from sqlalchemy.dialects import postgresql, sqlite

from portal.extensions import db
from portal.models import Counter


def following(series: str) -> int:
    """Return the next number of a series, the first being 1.

    Whoever takes a number keeps others from taking the one after it until the deed is kept; a
    deed that is rolled back gives its number back.
    """
    dialect = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    first = dialect.insert(Counter).values(series=series, value=1)
    one_more = first.on_conflict_do_update(
        index_elements=[Counter.series], set_={"value": Counter.value + 1}
    )
    return int(db.session.execute(one_more.returning(Counter.value)).scalar_one())
