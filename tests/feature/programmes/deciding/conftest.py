"""An application that was sent, as far as somebody may decide about it."""

import pytest
from sqlalchemy import select

from portal.models import ApplicationState, FormVersion


@pytest.fixture
def call(make):
    found = make.Call(closed=True, title_en="Accelerator, spring", offer_days=14)
    make.questions(found, "short", "number")
    make.Agreement(cohort_id=found.cohort.id)
    make.Criterion(call_id=found.id, text_en="Registered in the EEA", position=1)
    make.Criterion(call_id=found.id, text_en="Younger than five years", position=2)
    return found


@pytest.fixture
def sent(make, session, call, company, founder):
    found = make.Application(call=call, organisation=company, lead_id=founder.id, sent=True)
    form = session.scalar(select(FormVersion.id).where(FormVersion.call_id == call.id))
    make.ApplicationRevision(
        application_id=found.id,
        form_version_id=form,
        submitted_by_id=founder.id,
        answers={"short": "We make subtitles.", "number": "1200000"},
    )
    return found


@pytest.fixture
def reviewed(session, sent):
    sent.state = ApplicationState.IN_REVIEW
    return sent
