"""The site's forms."""

from functools import lru_cache
from typing import Any, Self
from zoneinfo import available_timezones

from flask import request
from flask_babel import lazy_gettext as _
from wtforms import EmailField, PasswordField, SelectField, SubmitField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, Email, EqualTo, Length, StopValidation

from portal.members.rules.passwords import weakness
from portal.models import Cluster, Page
from portal.platform import passwords, throttle
from portal.platform.auth import arrived
from portal.platform.language import NAMES, say
from portal.site import service
from portal.web.forms import Edited, Form, PictureField, Trimmed

AREAS = ("Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
LONGEST_TEXT = 50_000
WANTED = _("Write this in both languages: people read the page in theirs.")
EMAIL = Email(_("Write a whole e-mail address."), allow_smtputf8=False)
WORDS = ("title_en", "title_nb", "body_en", "body_nb")


@lru_cache(maxsize=1)
def zones() -> list[SelectChoice]:
    """Return the zones of the world as choices, by the names that computers use."""
    named = (zone for zone in available_timezones() if zone.partition("/")[0] in AREAS)
    return [SelectChoice(zone, zone.replace("_", " ")) for zone in sorted(named)]


def lines(text: str | None) -> str:
    """Keep line ends as we write them, and nothing that no person types."""
    return (text or "").replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n").strip()


def lower(text: str | None) -> str:
    """Write an e-mail address as it is kept."""
    return (text or "").replace("\x00", "").strip().lower()


class CodeField:
    """The question that comes first, and first among what is wrong."""

    code = Trimmed(
        _("Code"),
        [DataRequired(_("Copy the code from the terminal."))],
        description=_("Four groups of letters, printed in the terminal when the portal started."),
    )


class ClusterFields:
    """What a cluster says of itself."""

    name = Trimmed(
        _("Name of the cluster"),
        [DataRequired(_("Write what the cluster is called.")), Length(max=80)],
    )
    place = Trimmed(
        _("Place"), [Length(max=80)], description=_("The town you are in. It stands in the foot.")
    )
    logo = PictureField(
        _("Logo"), description=_("PNG, JPEG or WebP, at most 8 megabytes. Wide ones fit best.")
    )
    sender_address = EmailField(
        _("Sender address"),
        [DataRequired(_("Write an e-mail address.")), EMAIL],
        filters=[lower],
        description=_("E-mail from the portal comes from here, and people answer to it."),
    )
    language = SelectField(
        _("First language"),
        [DataRequired()],
        choices=[SelectChoice(code, name) for code, name in NAMES.items()],
        description=_("Spoken to people of whom we do not know which they prefer."),
    )
    zone = SelectField(
        _("Time zone"),
        [DataRequired()],
        choices=zones,
        default="Europe/Oslo",
        description=_("Deadlines and other times are shown in it."),
    )

    def details(self) -> service.Details:
        """Return the answers as the service takes them."""
        return service.Details(
            name=self.name.data or "",
            place=self.place.data or "",
            sender_address=self.sender_address.data,
            language=self.language.data,
            zone=self.zone.data,
        )


class SetUpForm(CodeField, ClusterFields, Form):
    """Everything that an empty portal must know. Codes may be tried only so often."""

    person_name = Trimmed(
        _("Your name"), [DataRequired(_("Write your name.")), Length(max=120)],
        render_kw={"autocomplete": "name"},
    )  # fmt: skip
    email = EmailField(
        _("Your e-mail address"),
        [DataRequired(_("Write your e-mail address.")), EMAIL],
        filters=[lower],
        render_kw={"autocomplete": "username"},
    )
    password = PasswordField(
        _("Password"),
        [DataRequired(_("Choose a password."))],
        description=_("At least 12 characters. A sentence that only you would think of is good."),
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordField(
        _("Password again"),
        [EqualTo("password", _("The two passwords differ. Write the same one twice."))],
        render_kw={"autocomplete": "new-password"},
    )
    password_hash = ""

    @classmethod
    def about(cls, *subjects: Any) -> Self:
        """Take the code from the address when the terminal's link was followed."""
        form = cls()
        if not form.is_submitted():
            form.code.data = request.args.get("code", "")
        return form

    def validate_code(self, field: Trimmed) -> None:
        """Refuse a wrong code before anything is hashed or kept."""
        throttle.hit("10 per 5 minutes", "set-up", request.remote_addr or "")
        throttle.hit("100 per 5 minutes", "set-up")
        if not service.is_good_code(field.data or "", now=arrived()):
            raise StopValidation(say(service.WRONG_CODE))

    def validate_password(self, field: PasswordField) -> None:
        """Refuse a password that would soon be guessed."""
        known = (self.name.data or "", self.person_name.data or "", self.email.data or "")
        if reason := weakness(field.data, context=known):
            raise StopValidation(say(reason))

    def read(self) -> None:
        """Hash the password while no other writer waits."""
        super().read()
        if self.accepted:
            self.password_hash = passwords.hashed(self.password.data)

    def newcomer(self) -> service.Newcomer:
        """Return the first administrator as the service takes them."""
        return service.Newcomer(
            name=self.person_name.data or "",
            email=self.email.data,
            password_hash=self.password_hash,
        )


class ClusterForm(ClusterFields, Edited, Form):
    """The cluster's details, later."""

    @classmethod
    def about(cls, *subjects: Any) -> Self:
        """Show the picture's place empty: a new picture replaces the old one."""
        cluster: Cluster = subjects[0]
        form = cls(data={name: getattr(cluster, name) for name in asked()})
        if form.edited_version.data is None:
            form.edited_version.data = cluster.version
        return form


def asked() -> tuple[str, ...]:
    """Name what a cluster says of itself, but for its logo."""
    return ("name", "place", "sender_address", "language", "zone")


class PageForm(Edited, Form):
    """A page's text in both languages; `preview` shows it without publishing."""

    title_en = Trimmed(_("Heading in English"), [DataRequired(WANTED), Length(max=120)])
    body_en = TextAreaField(
        _("Text in English"),
        [DataRequired(WANTED), Length(max=LONGEST_TEXT)],
        filters=[lines],
        render_kw={"lang": "en"},
    )
    title_nb = Trimmed(_("Heading in Norwegian"), [DataRequired(WANTED), Length(max=120)])
    body_nb = TextAreaField(
        _("Text in Norwegian"),
        [DataRequired(WANTED), Length(max=LONGEST_TEXT)],
        filters=[lines],
        render_kw={"lang": "nb"},
    )
    preview = SubmitField(_("Preview"))
    shown = False

    @classmethod
    def about(cls, *subjects: Any) -> Self:
        """Fill in what is published now."""
        page: Page = subjects[0]
        form = cls(data={name: getattr(page.revision, name) for name in WORDS})
        if form.edited_version.data is None:
            form.edited_version.data = page.version
        return form

    def read(self) -> None:
        """Keep nothing when only a preview was asked for."""
        super().read()
        self.shown = self.accepted and bool(self.preview.data)
        self.accepted = self.accepted and not self.shown

    def words(self) -> dict[str, str]:
        """Return the text as it is kept."""
        return {name: self[name].data for name in WORDS}
