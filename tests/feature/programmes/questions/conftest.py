"""Who and what the stories of questions are about."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select

from portal.models import FormVersion, Section
from tests.feature.programmes.questions.told import CLOSES, NOW


@pytest.fixture
def call(make, browser, at):
    """A call in draft with an empty form, on 2 March 2026; somebody of the team is signed in."""
    at(NOW)
    team = make.staff("programmes")
    browser.sign_in(team, now=NOW)
    call = make.Call(
        draft=True, contact=team, opens_at=datetime(2026, 3, 1, tzinfo=UTC), closes_at=CLOSES,
        decision_on=date(2026, 5, 4), previewed_at=NOW,
    )  # fmt: skip
    make.Agreement(cohort_id=call.cohort_id)
    make.FormVersion(call=call, state="draft", published_at=None)
    return call


@pytest.fixture
def page_of(session, call, make):
    """Add a page of questions to the form: `page_of("Team", "idea", "people")`."""
    form = session.scalars(select(FormVersion)).one()

    def add(title, *keys):
        last = session.scalar(select(func.coalesce(func.max(Section.position), 0)))
        section = make.Section(form_version_id=form.id, title_en=title, position=last + 1)
        for position, key in enumerate(keys, 1):
            make.Question(
                form_version_id=form.id, section_id=section.id, key=key, position=position
            )
        session.commit()
        return section

    return add
