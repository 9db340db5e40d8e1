"""The text of an article: written by editors, and proposed by members."""

from typing import Any, Self

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, SelectField, SubmitField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, Length, StopValidation

from portal.models import Article
from portal.news import rules
from portal.news.queries import editing as queries
from portal.news.service.writing import Text, kept
from portal.platform import language, throttle
from portal.platform.auth import current_actor
from portal.platform.language import NAMES, say
from portal.web.forms import Edited, Form, PictureField, Prose, Trimmed

MARKS = _(
    "An empty line begins a paragraph, ## a heading, - a list; **strong**, and [words](address)"
    " for a link."
)
PROPOSALS = "10 per 1 hour"
LENGTH_OF_STORY = Length(max=40_000, message=_("Write at most 40,000 characters."))
LANGUAGES = [SelectChoice(key, name) for key, name in NAMES.items()]


class TextFields(Form):
    """What an article says, with its picture; `preview` shows it without keeping it."""

    title = Trimmed(
        _("Title"),
        [
            DataRequired(_("Write a title.")),
            Length(max=140, message=_("Write at most 140 characters.")),
        ],
    )
    standfirst = Prose(
        _("Standfirst"),
        description=_("One or two sentences that make people read on. They stand in lists."),
        validators=[Length(max=400, message=_("Write at most 400 characters."))],
    )
    body = Prose(
        _("Story"),
        description=MARKS,
        validators=[LENGTH_OF_STORY],
    )
    picture = PictureField(
        _("Picture"),
        description=_("PNG, JPEG or WebP, at most 8 megabytes. Choose it last: a preview does not"
                      " keep it."),
    )  # fmt: skip
    unpictured = BooleanField(_("Take the present picture away"))
    alternative = Trimmed(
        _("What the picture shows"),
        description=_("Read aloud to people who do not see it."),
        validators=[Length(max=300, message=_("Write at most 300 characters."))],
    )
    decorative = BooleanField(_("The picture is only decoration and says nothing"))
    credit = Trimmed(
        _("Credit"),
        description=_("Who took the picture, as it should stand beside it."),
        validators=[Length(max=140, message=_("Write at most 140 characters."))],
    )
    preview = SubmitField(_("Preview"))
    shown = False
    pictured = False

    def validate_alternative(self, field: Trimmed) -> None:
        """Want words for a picture, or that it needs none."""
        stays = self.pictured and not self.unpictured.data
        if not (stays or self.picture.data):
            return
        if reason := rules.undescribed(self.text()):
            raise StopValidation(say(reason))

    def read(self) -> None:
        """Keep nothing when only a preview was asked for."""
        super().read()
        self.shown = self.accepted and bool(self.preview.data)
        self.accepted = self.accepted and not self.shown

    def text(self) -> Text:
        """Return what was written."""
        return Text(
            title=self.title.data or "",
            standfirst=self.standfirst.data or "",
            body=self.body.data or "",
            picture=self.picture.upload,
            unpictured=bool(self.unpictured.data),
            alternative=self.alternative.data or "",
            decorative=bool(self.decorative.data),
            credit=self.credit.data or "",
        )


class WrittenText(TextFields):
    """A text that there is already."""

    @classmethod
    def about(cls, *subjects: Any) -> Self:
        """Fill in the newest version."""
        article: Article = subjects[0]
        newest = queries.newest(article)
        form = cls(data=kept(newest))
        form.pictured = newest.picture_id is not None
        return form


class TextForm(Edited, WrittenText):
    """Another version of an article."""


class NewArticleForm(TextFields):
    """The first version of an article."""

    language = SelectField(_("Language"), choices=LANGUAGES)

    @classmethod
    def about(cls, *_subjects: Any) -> Self:
        """Begin in the language that the editor reads."""
        return cls(language=language.current())


class ProposalForm(NewArticleForm):
    """What somebody proposes about an organisation of theirs."""

    organisation_id = SelectField(_("About"))
    body = Prose(
        _("Story"),
        description=MARKS,
        validators=[DataRequired(_("Write the story itself.")), LENGTH_OF_STORY],
    )

    @classmethod
    def about(cls, *_subjects: Any) -> Self:
        """Offer the organisations that somebody belongs to, the one they act for first."""
        actor = current_actor()
        acting = actor.acting
        form = cls(
            language=language.current(),
            organisation_id=str(acting.organisation_id) if acting else "",
        )
        form.organisation_id.choices = [
            SelectChoice(str(each.organisation_id), each.organisation_name)
            for each in actor.standings
        ]
        return form

    def read(self) -> None:
        """Count what is sent: each stands on every editor's desk. Raises TooOften."""
        super().read()
        if self.accepted:
            throttle.hit(PROPOSALS, "propose", str(current_actor().id))
