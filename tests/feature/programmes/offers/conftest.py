"""An offer of one place that is held."""

from datetime import timedelta

import pytest

from portal.models import ApplicationState
from tests.feature.programmes.offers.told import ENDS


@pytest.fixture
def call(make):
    cohort = make.Cohort(name_en="Spring cohort", capacity=3, manager__name="Jon Lie")
    return make.Call(closed=True, cohort=cohort, title_en="Accelerator, spring")


@pytest.fixture
def agreement(make, call):
    return make.Agreement(cohort_id=call.cohort.id, text_en="You take part, and **we** help.")


@pytest.fixture
def offer(make, call, agreement, company, founder):
    """An offer that holds the one place that is held."""
    application = make.Application(
        call=call, organisation=company, lead_id=founder.id, sent=True,
        state=ApplicationState.OFFERED,
    )  # fmt: skip
    call.cohort.held = 1
    return make.Offer(
        application=application,
        agreement=agreement,
        offered_at=ENDS - timedelta(days=14),
        expires_at=ENDS,
    )


@pytest.fixture
def application(offer):
    return offer.application
