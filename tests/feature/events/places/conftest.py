"""A published event, a company with a coordinator, staff; and the accounts after every story."""

from datetime import timedelta

import pytest

from portal.core import clock
from tests.support.places import Deeds


@pytest.fixture
def deeds(app, session):
    doing = Deeds(app, session)
    yield doing
    assert doing.findings() == []


@pytest.fixture
def event(make):
    return make.Event()


@pytest.fixture
def ticket(make, event):
    """A ticket with two places."""
    return make.ticket(event, 2)


@pytest.fixture
def company(make):
    return make.Organisation()


@pytest.fixture
def coordinator(make, company):
    return make.colleague(company, "representative", name="Kari Nes")


@pytest.fixture
def staff(make):
    return make.staff("events")


@pytest.fixture
def later():
    """Return a moment so many hours from now."""
    return lambda hours: clock.now() + timedelta(hours=hours)
