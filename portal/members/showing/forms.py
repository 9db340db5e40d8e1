"""The form about what others see."""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import SelectField
from wtforms.validators import InputRequired

from portal.members.showing import queries
from portal.models import Field, Reach
from portal.models.members.visibility import DEFAULTS
from portal.platform.auth import current_actor
from portal.web.forms import Form, WordField, choices


def reach_field(field: Field, **more: Any) -> SelectField:
    """Make the question for one detail."""
    return SelectField(
        _(field.label),
        [InputRequired(_("Choose one."))],
        choices=choices(Reach),
        coerce=WordField(Reach),
        **more,
    )


class ShownForm(Form):
    """Who sees which detail."""

    show_name = reach_field(
        Field.NAME, description=_("Colleagues in your organisations always see them.")
    )
    show_email = reach_field(
        Field.EMAIL,
        description=_("Whoever represents or administers your organisation sees it too."),
    )
    show_phone = reach_field(Field.PHONE)

    @classmethod
    def about(cls, *_subjects: Any) -> "ShownForm":
        """Fill in what is kept, or what is taken where nothing was chosen."""
        row = queries.choice(actor=current_actor())
        kept = {
            f"show_{field.value}": getattr(row, field.value) if row else DEFAULTS[field]
            for field in Field
        }
        return cls(data=kept)

    def chosen(self) -> dict[Field, Reach]:
        """Return what the service keeps."""
        return {field: self[f"show_{field.value}"].data for field in Field}
