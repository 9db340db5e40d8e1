"""What the page of components shows: every part in every state, with invented content."""

from datetime import UTC, date, datetime, timedelta
from typing import Any, ClassVar

from flask_babel import lazy_gettext as _
from wtforms import (
    BooleanField,
    DateField,
    DecimalField,
    EmailField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    TextAreaField,
    URLField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired

from portal.core.vocabulary import Word
from portal.core.wording import N_
from portal.platform.audit import Entry
from portal.platform.paging import PageOfRows
from portal.web.forms import Form, Trimmed, UploadField, ZonedField

NEEDED = [InputRequired()]
MARKETS = [
    SelectChoice("no", _("Norway")),
    SelectChoice("nordic", _("Other Nordic countries")),
    SelectChoice("far", _("Further away")),
]


class Sample(Word):
    """A word of each tone."""

    NEUTRAL = "neutral", N_("Not sent yet")
    PROGRESS = "progress", N_("Being assessed"), "progress"
    GOOD = "good", N_("Accepted"), "good"
    WAIT = "wait", N_("Offer open"), "wait"
    BAD = "bad", N_("Unsuccessful"), "bad"


class SampleForm(Form):
    """A question of every kind."""

    class Meta:
        """It is never sent."""

        csrf = False

    name = Trimmed(_("Display name"), NEEDED, description=_("As people know you."))
    problem = TextAreaField(
        _("What problem do you solve, and for whom?"),
        NEEDED,
        description=_("Plain words. The reviewers may not know your market."),
    )
    revenue = DecimalField(
        _("Revenue in the last twelve months"),
        NEEDED,
        description=_("Excluding grants. Zero is an answer."),
    )
    country = SelectField(_("Country"), NEEDED, choices=MARKETS)
    stage = RadioField(_("Have you sold anything yet?"), NEEDED, choices=MARKETS[:2])
    markets = SelectMultipleField(_("Where are your customers?"), choices=MARKETS)
    founded = DateField(_("When was it founded?"))
    closes = ZonedField(_("Closes"), NEEDED)
    website = URLField(_("Website"))
    email = EmailField(_("E-mail address"), NEEDED)
    password = PasswordField(_("Password"), NEEDED)
    pitch = UploadField(_("Pitch deck"), description=_("PDF, at most 20 megabytes."))
    agreed = BooleanField(_("I may bind the organisation"), NEEDED)


class Samples:
    """The same form fresh, with mistakes, and after somebody else was first."""

    answers: ClassVar[dict[str, Any]] = {
        "name": "Nordlys Graphics",
        "problem": "Sports producers spend hours finding the one shot they need.",
        "markets": ["no", "nordic"],
        "stage": "no",
    }

    @classmethod
    def fresh(cls) -> SampleForm:
        """Return the form as somebody finds it."""
        return SampleForm(formdata=None, prefix="fresh-", data=cls.answers)

    @classmethod
    def mistaken(cls) -> SampleForm:
        """Return the form as it comes back."""
        form = SampleForm(formdata=None, prefix="wrong-", data=cls.answers)
        form.revenue.raw_data = ["ca 1,2 mill"]
        form.revenue.errors = [_("Write a number, such as 1 200 000. You wrote “ca 1,2 mill”.")]
        form.markets.errors = [_("Choose at least one.")]
        form.agreed.errors = [_("Tick this, or ask somebody who may.")]
        return form

    @classmethod
    def clashing(cls) -> SampleForm:
        """Return the form with what a colleague saved meanwhile."""
        form = SampleForm(formdata=None, prefix="both-", data=cls.answers)
        form.theirs = {"problem": "", "markets": []}
        form.problem.theirs = "Editors cannot find what was filmed. We listen and find it."
        form.markets.theirs = ["no", "far"]
        return form


def samples() -> dict[str, Any]:
    """Return everything that the page needs."""
    now = datetime.now(UTC)
    return {
        "fresh": Samples.fresh(),
        "mistaken": Samples.mistaken(),
        "clashing": Samples.clashing(),
        "words": list(Sample),
        "soon": now + timedelta(days=3),
        "later": now + timedelta(days=60),
        "entries": timeline(now=now),
        "steps_shown": STEPS,
        "months": MONTHS,
        "page": {"previous_url": "#", "next_url": "#", "total_text": _("61 in all")},
        "today": date(2026, 12, 2),
    }


STEPS = [
    {"label": _("Who you are"), "href": "#", "state": "done"},
    {"label": _("Your company"), "href": "#", "state": "current"},
    {"label": _("Your plan for twelve weeks"), "href": "#", "state": "todo"},
    {"label": _("Check and send"), "href": None, "state": "todo"},
]
MONTHS = [
    {"label": label, "value": value}
    for label, value in zip(
        ("Jun", "Jul", "Aug", "Sep", "Oct", "Nov"), (3, 5, 4, 8, 7, 11), strict=True
    )
]


def timeline(*, now: datetime) -> PageOfRows:
    """Return what might have happened."""
    told = [
        (1, N_("Offered a place"), "Ingrid Solberg", "", ""),
        (9, N_("Began the assessment"), "Ingrid Solberg", "", "Complete. Three readers asked."),
        (12, N_("Sent the application"), "Kari Lie", "Nordlys Graphics", ""),
        (30, N_("Began an application"), "Kari Lie", "", ""),
    ]
    entries = [
        Entry(at=now - timedelta(days=days), label=label, who=who, on_behalf=behalf, note=note)
        for days, label, who, behalf, note in told
    ]
    return PageOfRows(entries, next="on", previous=None)
