"""What the stories about joining share."""

import pytest

from portal.models import JoiningState


@pytest.fixture
def tier(make):
    """Gold, with a price for everybody."""
    row = make.MembershipTier(code="gold", name_en="Gold", name_nb="Gull", rank=1)
    make.TierPrice(tier=row)
    return row


@pytest.fixture
def firm(make):
    return make.Organisation(display_name="Nordlys")


@pytest.fixture
def founder(make, firm):
    return make.colleague(firm, "administrator", name="Kari Founder", email="kari@nordlys.example")


@pytest.fixture
def staff(make):
    return make.staff("membership", name="Tone Handler", email="tone@cluster.example")


@pytest.fixture
def sent(make, firm, founder, tier):
    """An application of Nordlys that was sent."""
    return make.MembershipApplication(organisation=firm, applicant=founder, tier=tier, sent=True)


@pytest.fixture
def asked(make, sent, staff):
    """The same with a question that waits for an answer."""
    sent.state, sent.handler = JoiningState.ASKED, staff
    sent.answer_by = make.days(60)
    make.JoiningMessage(application_id=sent.id, person_id=staff.id)
    return sent
