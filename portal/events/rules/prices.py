"""Prices: kept without value added tax, in hundredths."""

from portal.models import VatCode

#: Per cent, as the Norwegian VAT Act has them.
RATES = {
    VatCode.STANDARD: 25,
    VatCode.FOOD: 15,
    VatCode.LOW: 12,
    VatCode.ZERO: 0,
    VatCode.EXEMPT: 0,
}


def vat_of(price_ore: int, code: VatCode) -> int:
    """Return the value added tax on a price, rounded half up to a whole hundredth."""
    return (price_ore * RATES[code] + 50) // 100


def gross(price_ore: int, code: VatCode) -> int:
    """Return a price with value added tax."""
    return price_ore + vat_of(price_ore, code)
