"""Who and what the stories of calls are about."""

from datetime import UTC, date, datetime

import pytest

from tests.feature.programmes.calls.told import NOW


@pytest.fixture
def team(make, browser, at):
    """Somebody of the programme team, signed in, on 2 March 2026."""
    at(NOW)
    person = make.staff("programmes", name="Pia Team", email="pia@cluster.example")
    browser.sign_in(person, now=NOW)
    return person


@pytest.fixture
def cohort(make, team):
    programme = make.Programme(slug="accelerator", name_en="Accelerator")
    return make.Cohort(
        programme=programme, name_en="Autumn 2026", capacity=8, manager=team,
        starts_on=date(2026, 9, 1), ends_on=date(2026, 12, 18),
    )  # fmt: skip


@pytest.fixture
def draft(make, team, cohort):
    """A call that lacks nothing but being published."""
    make.Agreement(cohort_id=cohort.id)
    call = make.Call(
        cohort=cohort, draft=True, slug="spring", title_en="Spring intake", contact=team,
        opens_at=datetime(2026, 3, 10, 7, tzinfo=UTC),
        closes_at=datetime(2026, 4, 10, 10, tzinfo=UTC), decision_on=date(2026, 5, 4),
    )  # fmt: skip
    form = make.FormVersion(call=call, state="draft", published_at=None)
    section = make.Section(form_version_id=form.id, position=1)
    make.Question(form_version_id=form.id, section_id=section.id, key="idea")
    return call
