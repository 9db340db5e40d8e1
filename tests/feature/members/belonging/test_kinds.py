"""The list of the kinds of membership: how many members each has, and what it costs."""

from datetime import date

from portal.models import PriceBand

YEAR = ("2026-01-01", "2027-01-01")


def told(page):
    return [
        [cell.get_text(" ", strip=True) for cell in row.select("td, th")]
        for row in page.select("tbody tr")
    ]


def test_each_kind_tells_its_members_of_today_and_its_prices(
    browser, make, member, gold, silver, session
):
    for spans in ((YEAR,), (YEAR,), (("2024-01-01", "2025-01-01"),)):
        member(*spans, tier=gold)
    for band, price in (("any", 4_000_000), ("small", 1_250_000)):
        make.TierPrice(tier=gold, band=PriceBand.of(band), price_ore=price)
    over = {"from_on": date(2020, 1, 1), "to_on": date(2026, 1, 1)}
    make.TierPrice(tier=gold, band=PriceBand.of("micro"), price_ore=100, **over)
    make.TierPrice(tier=silver, price_ore=0)
    silver.open_to_apply = False
    make.MembershipTier(code="bronze", name_en="Bronze", rank=3)
    browser.sign_in(make.staff("membership"))
    assert told(browser.get("members.tiers")) == [
        [
            "Gold",
            "2",
            "NOK 12,500 to NOK 40,000, by size",
            "Offered",
        ],
        ["Silver", "0", "Free", "Not offered any more"],
        ["Bronze", "0", "No price yet", "Offered"],
    ]
