"""The picture of an event: the file, and what it shows, told in both languages."""

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, Field
from wtforms.validators import Length, StopValidation

from portal.events import rules
from portal.events.service.picturing import Picture
from portal.models import Event
from portal.platform.language import say
from portal.web.forms import Form, PictureField, Trimmed

SHORT = Length(max=300, message=_("Write at most 300 characters."))


class PictureFields(Form):
    """What is asked about the picture of an event."""

    picture = PictureField(
        _("Picture"),
        description=_("PNG, JPEG or WebP, at most 8 megabytes. It stands on the event’s page and"
                      " where the page is shared."),
    )  # fmt: skip
    unpictured = BooleanField(_("Take the present picture away"))
    alternative_en = Trimmed(
        _("What the picture shows, in English"),
        description=_("Read aloud to people who do not see it."),
        validators=[SHORT],
    )
    alternative_nb = Trimmed(_("What the picture shows, in Norwegian"), validators=[SHORT])
    decorative = BooleanField(_("The picture is only decoration and says nothing"))
    pictured = False

    def remember(self, event: Event) -> None:
        """Remember whether there is a picture, and that one without words is decoration."""
        self.pictured = event.picture_id is not None
        if self.pictured and not self.is_submitted():
            self.decorative.data = event.alternative_en is None

    def validate_alternative_en(self, field: Field) -> None:
        """Want words for a picture in both languages, or that it needs none."""
        stays = self.pictured and not self.unpictured.data
        if (stays or self.picture.data) and (reason := rules.undescribed(*self.described())):
            raise StopValidation(say(reason))

    def described(self) -> tuple[bool, list[str]]:
        """Return whether the picture is decoration, and what it is said to show."""
        texts = [field.data or "" for field in (self.alternative_en, self.alternative_nb)]
        return bool(self.decorative.data), texts

    def chosen_picture(self) -> Picture:
        """Return what was decided about the picture."""
        decorative, (english, norwegian) = self.described()
        return Picture(
            upload=self.picture.upload,
            taken_away=bool(self.unpictured.data),
            decorative=decorative,
            alternative_en=english,
            alternative_nb=norwegian,
        )
