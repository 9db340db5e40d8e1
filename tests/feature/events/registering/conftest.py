"""One who registers colleagues of a company, at an event in three months."""

from datetime import UTC, datetime, timedelta

import pytest

NOW = datetime(2027, 6, 1, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _june(at):
    at(NOW)


@pytest.fixture
def event(make):
    return make.Event(
        slug="ibc",
        title_en="Joint stand at IBC",
        starts_at=NOW + timedelta(days=90),
        registration_opens_at=NOW - timedelta(days=1),
        registration_closes_at=NOW + timedelta(days=60),
    )


@pytest.fixture
def ticket(make, event):
    found = make.ticket(event, 2, name_en="Exhibitor")
    found.quotas[0].name_en = "Places on the stand"
    return found


@pytest.fixture
def company(make):
    return make.Organisation(display_name="Nordlys AS")


@pytest.fixture
def boss(browser, make, company):
    somebody = make.colleague(
        company, "representative", name="Berit Boss", email="berit@nordlys.no"
    )
    browser.sign_in(somebody, now=NOW)
    return somebody


def named(row, name, email, **more):
    """Fill in the part of the form that names one person."""
    given = {"name": name, "email": email, **more}
    return {f"people-{row}-{key}": value for key, value in given.items()}
