"""Amounts of money, as people read them."""

from decimal import Decimal
from functools import lru_cache

from babel.numbers import format_decimal

from portal.core.wording import N_
from portal.models import VatCode
from portal.platform import language


def amount(ore: int, currency: str = "NOK") -> str:
    """Write an amount that is kept in hundredths, with its currency: NOK 4,500."""
    return _amount(ore, currency, language.current())


def vat(code: VatCode) -> str:
    """Write how value added tax is added to a price: 25 % VAT."""
    return language.tell(code.label)


@lru_cache(maxsize=4096)
def _amount(ore: int, currency: str, spoken: str) -> str:
    pattern = "#,##0" if ore % 100 == 0 else "#,##0.00"
    told = format_decimal(Decimal(ore) / 100, format=pattern, locale=language.LOCALES[spoken])
    if currency == "NOK":
        return language.tell(N_("NOK %(amount)s"), amount=told)
    return f"{currency} {told}"
