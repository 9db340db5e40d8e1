"""People whom many stories of the programmes are about."""

import pytest


@pytest.fixture
def team(make):
    return make.staff("programmes", name="Ingrid Vik")


@pytest.fixture
def colleague(make):
    return make.staff("programmes", name="Jon Lie")


@pytest.fixture
def company(make):
    return make.Organisation(display_name="Nordlys Graphics")


@pytest.fixture
def founder(make, company):
    return make.colleague(company, "administrator", name="Kari Nes")
