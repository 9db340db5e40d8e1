"""What the stories of membership over the years share."""

from datetime import date

import pytest


@pytest.fixture
def gold(make):
    return make.MembershipTier(code="gold", name_en="Gold", name_nb="Gull", rank=1)


@pytest.fixture
def silver(make):
    return make.MembershipTier(code="silver", name_en="Silver", name_nb="Sølv", rank=2)


@pytest.fixture
def member(make, silver):
    """Make a member with periods, each as its first day and the first after it."""

    def made(*spans, tier=None, **answers):
        organisation = answers.pop("organisation", None) or make.Organisation()
        row = make.Membership(organisation=organisation, **answers)
        for first, after in spans:
            make.MembershipPeriod(
                membership=row,
                tier=tier or silver,
                from_on=date.fromisoformat(first),
                to_on=date.fromisoformat(after),
            )
        return row

    return made
