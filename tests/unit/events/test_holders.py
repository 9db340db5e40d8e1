"""Whether somebody has a place already is asked of their few places."""

from uuid import UUID

from sqlalchemy import create_engine, event

from portal.events.queries.holders import HOLDERS, NOBODY
from portal.models import Base


def test_sqlite_looks_up_places_by_the_person_and_not_all_of_an_event():
    """Else each registration took the longer, the more people were registered."""
    engine, asked = create_engine("sqlite://"), []
    with engine.connect() as connection:
        Base.metadata.create_all(connection)
        event.listen(engine, "before_cursor_execute", lambda *sent: asked.append(sent[2:4]))
        given = {"event_id": UUID(int=1), "emails": ["ola@example.org"], "but": NOBODY}
        connection.execute(HOLDERS, given)
        [(statement, values)] = asked
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
    steps = [step.detail for step in plan if "SEARCH delegate" in step.detail]
    assert [step.partition("(")[2] for step in steps] == ["event_id=? AND email=?)", "person_id=?)"]
