"""Fields that several forms of the room share."""

import re
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import EmailField, PasswordField, TextAreaField
from wtforms.validators import Email, InputRequired, Length, Regexp, StopValidation

from portal.members import rules
from portal.platform import cluster
from portal.platform.language import say
from portal.web.forms import Trimmed

LONGEST_NAME, LONGEST_TEXT = 120, 2000
#: We greet people by name, so strangers could have us send others an address to click on.
NO_WEB_ADDRESS = re.compile(r"(?!.*(://|www\.))", re.IGNORECASE)
#: “example.org” and “www.example.org/about”, as people write it on paper.
BARE_ADDRESS = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}(?:[/?#]\S*)?\Z", re.IGNORECASE)
CURRENT = {"autocomplete": "current-password"}
NEW = {"autocomplete": "new-password"}


def lower(text: str | None) -> str:
    """Write an e-mail address as it is kept."""
    return (text or "").replace("\x00", "").strip().lower()


def web(text: str | None) -> str:
    """Write a web address whole: people leave out how it begins."""
    address = (text or "").strip()
    return f"https://{address}" if BARE_ADDRESS.match(address) else address


def lines(text: str | None) -> str:
    """Keep line ends as we write them, and nothing that no person types."""
    return (text or "").replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n").strip()


def email_field(label: Any, **more: Any) -> EmailField:
    """Make a field for an e-mail address that must be given."""
    keys = {"autocomplete": "email", "maxlength": 254}
    return EmailField(
        label,
        [
            InputRequired(_("Write an e-mail address.")),
            Email(
                _("Write a whole e-mail address, such as name@example.org."),
                allow_smtputf8=False,  # mail servers that take other letters are few
            ),
            Length(max=254, message=_("This address is too long.")),
        ],
        filters=[lower],
        render_kw=keys,
        **more,
    )


def name_field(label: Any, **more: Any) -> Trimmed:
    """Make a field for a person's name."""
    return Trimmed(
        label,
        [
            InputRequired(_("Write a name.")),
            Length(max=LONGEST_NAME, message=_("Write at most %(max)d characters.")),
            Regexp(NO_WEB_ADDRESS, message=_("Write a name, without a web address.")),
        ],
        render_kw={"autocomplete": "name", "maxlength": LONGEST_NAME},
        **more,
    )


def text_field(
    label: Any, *validators: Any, most: int = LONGEST_TEXT, **more: Any
) -> TextAreaField:
    """Make a field for some lines of text."""
    return TextAreaField(
        label,
        [*validators, Length(max=most, message=_("Write at most %(max)d characters."))],
        filters=[lines],
        render_kw={"maxlength": most},
        **more,
    )


def line_field(label: Any, *validators: Any, most: int = LONGEST_NAME, **more: Any) -> Trimmed:
    """Make a field for one line of text."""
    return Trimmed(
        label,
        [*validators, Length(max=most, message=_("Write at most %(max)d characters."))],
        render_kw={"maxlength": most} | more.pop("render_kw", {}),
        **more,
    )


def new_password_field(label: Any) -> PasswordField:
    """Make a field for a password that is chosen now; the form checks it by `insist_on_strong`."""
    return PasswordField(
        label,
        [InputRequired(_("Choose a password."))],
        description=_("At least 12 characters. Three or four unrelated words make a good one."),
        render_kw=NEW,
    )


def insist_on_strong(password: str, *context: str) -> None:
    """Turn a weak password down with the reason, at the field."""
    profile = cluster.profile()
    known = (*context, profile.name if profile else "")
    if reason := rules.weakness(password, context=known):
        raise StopValidation(say(reason))
