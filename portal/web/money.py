"""The field that asks for an amount of money."""

from decimal import Decimal, InvalidOperation
from typing import Any

from flask_babel import lazy_gettext as _

from portal.web.forms import Trimmed

#: No price of ours has more figures.
MOST_ORE = 100_000_000


class Kroner(Trimmed):
    """An amount in kroner, kept in øre; people write it with a comma or a point."""

    data: Any

    def __init__(self, *args: Any, least_ore: int = 1, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.least_ore = least_ore

    def _value(self) -> str:
        """Show the amount as people write it."""
        if self.raw_data:
            return str(self.raw_data[0])
        if self.data is None:
            return ""
        kroner = Decimal(self.data) / 100
        return f"{kroner:f}" if self.data % 100 else str(self.data // 100)

    def process_formdata(self, valuelist: Any) -> None:
        """Read the amount. Raises ValueError for what is none."""
        text = "".join((valuelist[0] if valuelist else "").split()).replace(",", ".")
        self.data = None
        if not text:
            return
        try:
            ore = Decimal(text) * 100
        except InvalidOperation as error:
            raise ValueError(_("Write an amount in kroner, such as 4500 or 4500,50.")) from error
        whole = ore.is_finite() and ore == ore.to_integral_value()
        if not whole or not self.least_ore <= ore <= MOST_ORE:
            raise ValueError(_("Write an amount in kroner, such as 4500 or 4500,50."))
        self.data = int(ore)
