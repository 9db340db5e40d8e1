"""Programmes, calls, applications and cohorts."""

from datetime import timedelta
from typing import Any

import factory

from portal import models
from portal.core import clock
from portal.models import (
    ApplicationState,
    CallState,
    FormState,
    OfferState,
    Outcome,
    ProgrammeKind,
    QuestionKind,
)
from tests.factories import base, members


class Programme(base.Maker):
    class Meta:
        model = models.Programme

    slug = factory.Sequence("accelerator-{}".format)
    kind = ProgrammeKind.ACCELERATOR
    name_en = factory.Sequence("Accelerator {}".format)
    name_nb = factory.Sequence("Akselerator {}".format)


class Cohort(base.Maker):
    class Meta:
        model = models.Cohort

    programme = factory.SubFactory(Programme)
    name_en = "Spring cohort"
    name_nb = "Vårkullet"
    starts_on = factory.LazyFunction(lambda: base.days(60).date())
    ends_on = factory.LazyFunction(lambda: base.days(150).date())
    capacity = 8
    manager = factory.SubFactory(members.Person)


class Agreement(base.Maker):
    class Meta:
        model = models.Agreement

    cohort_id = factory.LazyFunction(lambda: Cohort().id)
    number = 1
    text_en = "You take part, and we help."
    text_nb = "Dere deltar, og vi hjelper."
    at = members.LONG_AGO
    written_by_id = factory.LazyFunction(lambda: members.Person().id)


class Call(base.Maker):
    """A call that is open for a week more; `closed=True` for one that closed yesterday."""

    class Meta:
        model = models.Call

    class Params:
        closed = factory.Trait(
            opens_at=factory.LazyFunction(lambda: base.days(-30)),
            closes_at=factory.LazyFunction(lambda: base.days(-1)),
        )
        draft = factory.Trait(state=CallState.DRAFT, published_at=None)

    cohort = factory.SubFactory(Cohort)
    programme = factory.SelfAttribute("cohort.programme")
    slug = factory.Sequence("spring-{}".format)
    title_en = factory.Sequence("Spring intake {}".format)
    title_nb = factory.Sequence("Våropptak {}".format)
    summary_en = "Twelve weeks."
    summary_nb = "Tolv uker."
    text_en = "For companies with a product."
    text_nb = "For selskaper med et produkt."
    contact = factory.SubFactory(members.Person)
    opens_at = factory.LazyFunction(lambda: base.days(-7))
    closes_at = factory.LazyFunction(lambda: base.days(7))
    decision_on = factory.LazyFunction(lambda: base.days(30).date())
    state = CallState.PUBLISHED
    previewed_at = members.LONG_AGO
    published_at = factory.LazyFunction(lambda: base.days(-8))


class Criterion(base.Maker):
    class Meta:
        model = models.Criterion

    call_id = factory.LazyFunction(lambda: Call().id)
    position = factory.Sequence(lambda n: n)
    text_en = "Registered in the EEA"
    text_nb = "Registrert i EØS"


class FormVersion(base.Maker):
    class Meta:
        model = models.FormVersion

    call = factory.SubFactory(Call)
    number = 1
    state = FormState.PUBLISHED
    published_at = members.LONG_AGO


class Section(base.Maker):
    class Meta:
        model = models.Section

    form_version_id = factory.LazyFunction(lambda: FormVersion().id)
    position = factory.Sequence(lambda n: n)
    title_en = "Your company"
    title_nb = "Selskapet"


class Question(base.Maker):
    """A question; give `form_version_id` and `section_id`, or use `questions(call)`."""

    class Meta:
        model = models.Question

    position = factory.Sequence(lambda n: n)
    key = factory.Sequence("question-{}".format)
    kind = QuestionKind.SHORT
    label_en = factory.LazyAttribute(lambda q: f"What about {q.key}?")
    label_nb = factory.LazyAttribute(lambda q: f"Hva med {q.key}?")
    options_count = factory.LazyAttribute(lambda q: len(getattr(q, "options", None) or []))


CHOICES = [
    {"code": "no", "en": "Norway", "nb": "Norge"},
    {"code": "eu", "en": "Rest of Europe", "nb": "Resten av Europa"},
]


def questions(call: models.Call, *kinds: str) -> models.FormVersion:
    """Give a call published questions of these kinds (short and long by default), one section.

    The key of each question is its kind.
    """
    version = FormVersion(call=call)
    section = Section(form_version_id=version.id, position=1)
    for position, name in enumerate(kinds or ("short", "long"), 1):
        kind = QuestionKind.of(name)
        more: dict[str, Any] = {}
        if kind in {QuestionKind.SINGLE, QuestionKind.MULTIPLE}:
            more = {"options": CHOICES, "options_count": len(CHOICES)}
        if kind is QuestionKind.LONG:
            more = {"word_limit": 150}
        if kind is QuestionKind.NUMBER:
            more = {"unit": "NOK"}
        Question(
            form_version_id=version.id, section_id=section.id, position=position, key=name,
            kind=kind, **more,
        )  # fmt: skip
    return version


class Application(base.Maker):
    """A draft; `sent=True` for one that was sent yesterday, `reviewed=True` for one in review."""

    class Meta:
        model = models.Application

    class Params:
        sent = factory.Trait(
            state=ApplicationState.SUBMITTED,
            submitted_at=factory.LazyFunction(lambda: clock.now() - timedelta(days=1)),
            reference=factory.Sequence("APP-2026-{:04}".format),
        )
        reviewed = factory.Trait(sent=True, state=ApplicationState.IN_REVIEW)

    call = factory.SubFactory(Call)
    organisation = factory.SubFactory(members.Organisation)
    applicant_name = factory.SelfAttribute("organisation.display_name")
    applicant_key = factory.SelfAttribute("organisation.name_key")


class Answer(base.Maker):
    class Meta:
        model = models.Answer

    key = "short"
    value = "We make subtitles."
    edited_at = factory.LazyFunction(lambda: clock.now())


class ApplicationRevision(base.Maker):
    class Meta:
        model = models.ApplicationRevision

    number = 1
    answers = factory.LazyFunction(lambda: {"short": "We make subtitles."})
    checksum = "0" * 64
    submitted_at = factory.LazyFunction(lambda: clock.now() - timedelta(days=1))


class ApplicationDecision(base.Maker):
    class Meta:
        model = models.ApplicationDecision

    application = factory.SubFactory(Application, reviewed=True)
    outcome = Outcome.OFFER
    feedback = "You convinced us."
    prepared_by = factory.SubFactory(members.Person)


class Offer(base.Maker):
    """An open offer. The place that it holds is not counted: set the cohort's `held` as needed."""

    class Meta:
        model = models.Offer

    application = factory.SubFactory(Application, sent=True, state=ApplicationState.OFFERED)
    cohort = factory.SelfAttribute("application.call.cohort")
    agreement = factory.LazyAttribute(lambda o: Agreement(cohort_id=o.cohort.id))
    state = OfferState.OPEN
    offered_at = factory.LazyFunction(lambda: base.days(-1))
    expires_at = factory.LazyFunction(lambda: base.days(13))


class Participation(base.Maker):
    class Meta:
        model = models.Participation

    cohort = factory.SubFactory(Cohort)
    organisation = factory.SubFactory(members.Organisation)
    joined_on = factory.LazyFunction(lambda: base.days(-10).date())


class Milestone(base.Maker):
    class Meta:
        model = models.Milestone

    participation = factory.SubFactory(Participation)
    title = "First paying customer"
    due_on = factory.LazyFunction(lambda: base.days(30).date())
    original_due_on = factory.SelfAttribute("due_on")
