"""Forms: the base of each, and the fields that we add."""

from portal.web.forms.fields import DayField, Prose, Trimmed, WholeField, ZonedField, is_meant
from portal.web.forms.form import BlankForm, Edited, EditedVersion, Form
from portal.web.forms.uploads import PictureField, UploadField
from portal.web.forms.words import WordField, choices

__all__ = [
    "BlankForm",
    "DayField",
    "Edited",
    "EditedVersion",
    "Form",
    "PictureField",
    "Prose",
    "Trimmed",
    "UploadField",
    "WholeField",
    "WordField",
    "ZonedField",
    "choices",
    "is_meant",
]
