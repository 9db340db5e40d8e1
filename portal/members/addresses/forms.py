"""The form for another address."""

from typing import Any

from flask_babel import lazy_gettext as _

from portal.members.forms import throttling
from portal.members.forms.fields import email_field
from portal.models import AddressClaim
from portal.platform import limits, throttle
from portal.platform.auth import current_actor
from portal.web.forms import Form

[BY_ONE] = limits.ADD_ADDRESS.allowed


def count_letters(address: str) -> None:
    """Count the letter that proves an address, by who asks and by where it goes."""
    throttle.hit(BY_ONE, limits.ADD_ADDRESS.counts, str(current_actor().id))
    throttling.count_letter("add-address", address)


class AddressForm(Form):
    """Another address of one's own."""

    email = email_field(
        _("Another e-mail address of yours"),
        description=_("We send an e-mail there. The address counts once you press its button."),
    )

    def read(self) -> None:
        """Count the letter, whoever’s address it is."""
        super().read()
        if self.accepted:
            count_letters(self.email.data)


class AgainForm(Form):
    """Have the letter sent once more."""

    claim: AddressClaim

    @classmethod
    def about(cls, *subjects: Any) -> "AgainForm":
        """Remember which letter."""
        form = cls()
        form.claim = subjects[0]
        return form

    def read(self) -> None:
        """Count the letter."""
        super().read()
        if self.accepted:
            count_letters(self.claim.address)
