"""Fields for files and pictures."""

from flask_wtf.file import FileField
from wtforms.validators import StopValidation

from portal.core.errors import Refused
from portal.platform import files
from portal.platform.language import say
from portal.web.forms.form import Form


class UploadField(FileField):  # type: ignore[misc]  # WTForms has no type hints
    """A file; after validation `upload` holds it checked and, if a picture, written anew."""

    check = staticmethod(files.checked)
    upload: files.Upload | None = None

    def pre_validate(self, form: Form) -> None:
        """Look at the content, before any write unit is open."""
        if not self.data:
            return
        try:
            self.upload = self.check(self.data.read(), self.data.filename or "")
        except Refused as refusal:
            raise StopValidation(say(refusal.reason)) from refusal


class PictureField(UploadField):
    """A picture, which is decoded and written anew."""

    check = staticmethod(files.picture)
