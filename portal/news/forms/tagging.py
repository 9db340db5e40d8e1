"""What a tag is called, and which other it becomes a part of."""

from typing import Any, Self
from uuid import UUID

from flask_babel import lazy_gettext as _
from wtforms import SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, Length

from portal.core.alphabet import name_key
from portal.news.queries import tagging as queries
from portal.news.service.tagging import Labels
from portal.platform import language
from portal.web.forms import Edited, Form, Trimmed

SHORT = Length(max=60, message=_("Write at most 60 characters."))


class NewTagForm(Form):
    """What a tag is called in both languages."""

    label_en = Trimmed(
        _("Name in English"), validators=[DataRequired(_("Write the name in English.")), SHORT]
    )
    label_nb = Trimmed(
        _("Name in Norwegian"), validators=[DataRequired(_("Write the name in Norwegian.")), SHORT]
    )

    def labels(self) -> Labels:
        """Return what was written."""
        return Labels(label_en=self.label_en.data or "", label_nb=self.label_nb.data or "")


class TagForm(Edited, NewTagForm):
    """The same of a tag that there is."""


class MergeForm(Form):
    """Which other tag one becomes a part of."""

    into = SelectField(
        _("Which tag does it become a part of?"),
        validators=[DataRequired(_("Choose the tag that stays."))],
    )

    @classmethod
    def about(cls, *subjects: Any) -> Self:
        """Offer the other tags as the reader calls them."""
        form = cls()
        named = ((str(t.id), language.says(t, "label")) for t in queries.others(subjects[0]))
        found = sorted(named, key=lambda each: name_key(each[1]))
        first = SelectChoice("", _("Choose a tag"))
        form.into.choices = [first, *(SelectChoice(*each) for each in found)]
        return form

    @property
    def chosen(self) -> UUID:
        """The tag that stays."""
        return UUID(self.into.data)
