"""Which versions of the texts a page showed whoever accepts them there."""

from uuid import UUID

from wtforms import HiddenField

from portal.members.queries.texts import standing_texts
from portal.members.service.accounts import is_hex


class TextsField(HiddenField):  # type: ignore[misc]  # WTForms has no type hints
    """Carries the versions that stand when the page is drawn; `shown` are those that came back."""

    def _value(self) -> str:
        return " ".join(sorted(id.hex for id in standing_texts()))

    @property
    def shown(self) -> frozenset[UUID]:
        """The versions that whoever sent the form was shown."""
        sent = str(self.raw_data[0]).split() if self.raw_data else []
        return frozenset(UUID(hex) for hex in sent if is_hex(hex))
