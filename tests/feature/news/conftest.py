"""Who reads, proposes and edits news."""

from datetime import UTC, date, datetime

import pytest

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)


@pytest.fixture
def member(make):
    """An organisation that is a member of the Gold tier."""
    organisation = make.Organisation(display_name="Fjord Media", slug="fjord-media")
    membership = make.Membership(organisation=organisation)
    gold = make.MembershipTier(code="gold", rank=1)
    days = {"from_on": date(2020, 1, 1), "to_on": date(2040, 1, 1)}
    make.MembershipPeriod(membership=membership, tier=gold, **days)
    return organisation


@pytest.fixture
def editor(make):
    return make.staff("editor", name="Eline Editor", email="editor@cluster.example")


@pytest.fixture
def colleague(make, member):
    return make.colleague(member, "member", name="Kari Nes", email="kari@fjord.example")


@pytest.fixture
def noon(at):
    at(NOON)


@pytest.fixture
def desk(browser, editor):
    browser.sign_in(editor)
    return browser
