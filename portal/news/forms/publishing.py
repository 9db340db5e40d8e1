"""What editors say around an article, when it goes out, and what they answer to members."""

from typing import Any, Self
from uuid import UUID
from zoneinfo import available_timezones

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, SelectField, SelectMultipleField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, Length, Optional, StopValidation

from portal.core.alphabet import name_key
from portal.models import Article, Audience, Organisation
from portal.news.forms.texts import LANGUAGES
from portal.news.queries import editing as queries
from portal.news.service.writing import Details
from portal.platform import language
from portal.web.forms import BlankForm, Edited, Form, Prose, Trimmed, WordField, ZonedField, choices

MOST_RELATED = 25
#: Where the cluster and its shows are.
AREAS = ("Europe/", "America/")
ZONES = ["UTC", *sorted(name for name in available_timezones() if name.startswith(AREAS))]


class DetailsFields(Form):
    """What is said around an article: its address, for whom it is, and what it is about."""

    slug = Trimmed(
        _("Address"),
        description=_("Small letters, digits and hyphens. The old address leads here for good."),
        validators=[
            DataRequired(_("Write an address.")),
            Length(max=60, message=_("Write at most 60 characters.")),
        ],
    )
    language = SelectField(_("Language"), choices=LANGUAGES)
    byline = Trimmed(
        _("Written by"),
        description=_("As it stands below the title. Leave it empty for no name."),
        validators=[Length(max=140, message=_("Write at most 140 characters."))],
    )
    audience = SelectField(_("For whom"), coerce=WordField(Audience))
    tier_id = SelectField(_("Which tier"), description=_("Only where it is for one tier."))
    tags = SelectMultipleField(_("Tags"))
    members = Prose(
        _("Members that it is about"),
        description=_("One a line, by the name in the list of members."),
        validators=[Length(max=4000, message=_("Write at most 4,000 characters."))],
    )

    @classmethod
    def about(cls, *subjects: Any) -> Self:
        """Fill in what is kept, and offer the tags and tiers that there are."""
        article: Article = subjects[0]
        form = cls(
            slug=article.slug,
            language=article.language,
            byline=article.byline,
            audience=article.audience,
            tier_id=str(article.tier_id or ""),
            tags=[tag.key for tag in article.tags],
            members="\n".join(each.display_name for each in article.organisations),
        )
        form.audience.choices = choices(Audience)
        tiers = [SelectChoice(str(t.id), language.says(t, "name")) for t in queries.tiers()]
        form.tier_id.choices = [SelectChoice("", _("None")), *tiers]
        named = ((tag.key, language.says(tag, "label")) for tag in queries.tags())
        form.tags.choices = [
            SelectChoice(*each) for each in sorted(named, key=lambda each: name_key(each[1]))
        ]
        return form

    def validate_tier_id(self, field: SelectField) -> None:
        """Want a tier where an article is for one."""
        if self.audience.data is Audience.TIER and not field.data:
            raise StopValidation(_("Choose the tier that it is for."))

    def validate_members(self, field: Prose) -> None:
        """Find every member that is named."""
        names = [line.strip() for line in (field.data or "").splitlines() if line.strip()]
        if len(names) > MOST_RELATED:
            raise StopValidation(_("Name at most %(most)s members.", most=MOST_RELATED))
        named(names)

    def details(self) -> Details:
        """Return what was chosen; rows are read afresh in the unit that keeps them."""
        chosen = queries.tags(self.tags.data or [])
        names = [line.strip() for line in (self.members.data or "").splitlines() if line.strip()]
        tier = self.tier_id.data if self.audience.data is Audience.TIER else ""
        return Details(
            slug=self.slug.data or "",
            language=self.language.data,
            byline=self.byline.data or "",
            audience=self.audience.data,
            tier_id=UUID(tier) if tier else None,
            tags=chosen,
            organisations=named(names),
        )


def named(names: list[str]) -> list[Organisation]:
    """Return the organisations of some names or addresses. Raises StopValidation for an unknown."""
    rows = queries.organisations_called(names) if names else []
    found: dict[UUID, Organisation] = {}
    for name in names:
        fit = [row for row in rows if row.name_key == name_key(name) or row.slug == name]
        if not fit:
            raise StopValidation(_("There is no organisation called “%(name)s”.", name=name))
        if len(fit) > 1:
            addresses = ", ".join(sorted(row.slug for row in fit))
            raise StopValidation(
                _("Several are called “%(name)s”. Write one of: %(addresses)s.",
                  name=name, addresses=addresses)
            )  # fmt: skip
        found[fit[0].id] = fit[0]
    return list(found.values())


class DetailsForm(Edited, DetailsFields):
    """The same, remembering which version was on the screen."""


class PublishForm(Form):
    """From when on readers see an article."""

    at = ZonedField(
        _("From when on"),
        description=_("Leave it empty to publish now."),
        validators=[Optional()],
    )
    zone = SelectField(_("Time zone"), choices=[SelectChoice(name, name) for name in ZONES])

    def process(self, *given: Any, **more: Any) -> None:
        """Read the moment as clocks show it in the zone that was chosen with it."""
        sent = self.meta.wrap_formdata(self, given[0] if given else more.get("formdata"))
        chosen = sent.get("zone", "") if sent else ""
        zone = chosen if chosen in ZONES else language.zone()
        self.at.zone = lambda: zone
        super().process(*given, **more)

    @classmethod
    def about(cls, *_subjects: Any) -> Self:
        """Begin with the cluster's zone."""
        return cls(zone=language.zone())


class NewVersionForm(BlankForm):
    """Whether readers are told of a new version."""

    small = BooleanField(
        _("It is a small correction"),
        description=_("Feeds then do not show the story as changed."),
    )


class ReturnForm(BlankForm):
    """What a reviewer wants changed."""

    note = Prose(
        _("What should change?"),
        description=_("The editors read it in the history of the article."),
        validators=[Length(max=1000, message=_("Write at most 1,000 characters."))],
    )


class DeclineForm(BlankForm):
    """Why a proposal becomes no article."""

    reason = Prose(
        _("Why not?"),
        description=_("Whoever proposed it reads this."),
        validators=[
            DataRequired(_("Write a sentence that the proposer will understand.")),
            Length(max=1000, message=_("Write at most 1,000 characters.")),
        ],
    )
