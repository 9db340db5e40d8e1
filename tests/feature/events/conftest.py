"""A fair that the tests of several pages speak of."""

from datetime import UTC, datetime

import pytest


@pytest.fixture
def ibc(make):
    """IBC in Amsterdam, 10 to 13 September 2027, open for registration."""
    event = make.Event(
        slug="ibc-2027",
        show="IBC",
        title_en="Joint stand at IBC",
        title_nb="Fellesstand på IBC",
        place="Amsterdam",
        address="RAI, hall 5",
        starts_at=datetime(2027, 9, 10, 8, tzinfo=UTC),
        ends_at=datetime(2027, 9, 13, 16, tzinfo=UTC),
        registration_opens_at=datetime(2027, 5, 1, tzinfo=UTC),
        registration_closes_at=datetime(2027, 8, 20, 10, tzinfo=UTC),
        published_at=datetime(2027, 4, 1, tzinfo=UTC),
        contact=make.Person(name="Ingrid Vik", email="ingrid@cluster.example"),
    )
    make.ticket(event, 12, name_en="Exhibitor", price_ore=450_000, vat_code="standard",
                needs_purchase_reference=True)  # fmt: skip
    return event
