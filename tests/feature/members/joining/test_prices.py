"""Prices by size and day, and what is promised: kept by staff, read by everybody."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal.models import JoiningTerms, PriceBand, TierPrice, VatCode
from tests.factories.members import today

PRICE = {
    "band": "micro", "price_ore": "4 500,50", "vat_code": "standard", "from_on": "2026-01-01",
    "to_on": "2027-01-01",
}  # fmt: skip


@pytest.fixture
def gold(make):
    return make.MembershipTier(code="gold", name_en="Gold", name_nb="Gull")


def test_staff_set_a_price_and_let_it_end(browser, session, gold, staff):
    browser.sign_in(staff)
    browser.fill("members.tier_prices", PRICE | {"to_on": ""}, id=gold.id)
    row = session.scalars(select(TierPrice)).one()
    assert (row.band, row.price_ore, row.vat_code, row.from_on, row.to_on) == (
        PriceBand.MICRO, 450_050, VatCode.STANDARD, date(2026, 1, 1), None
    )  # fmt: skip
    assert "NOK 4,500.50" in browser.get("members.tier_prices", id=gold.id).main.text
    browser.fill("members.end_price", {"to_on": "2025-01-01"}, id=row.id, expect=422)
    browser.fill("members.end_price", {"to_on": "2030-01-01"}, id=row.id)
    assert session.scalars(select(TierPrice.to_on)).one() == date(2030, 1, 1)


@pytest.mark.parametrize(
    ("answers", "status"),
    [
        ({}, 422),
        ({"from_on": "2026-12-31", "to_on": ""}, 422),
        ({"from_on": "2025-01-01", "to_on": ""}, 422),
        ({"from_on": "2025-01-01", "to_on": "2026-01-02"}, 422),
        ({"from_on": "2025-01-01", "to_on": "2026-01-01"}, 302),
        ({"from_on": "2027-01-01", "to_on": ""}, 302),
        ({"band": "any"}, 302),
        ({"from_on": "2028-02-01", "to_on": "2028-01-01"}, 422),
        ({"from_on": "2028-02-01", "price_ore": "-1"}, 422),
        ({"from_on": "2028-02-01", "to_on": "", "price_ore": "0"}, 302),
    ],
)
def test_prices_of_one_size_never_overlap(browser, gold, staff, answers, status, session):
    browser.sign_in(staff)
    browser.send("members.tier_prices", PRICE, id=gold.id)
    browser.send("members.tier_prices", PRICE | answers, id=gold.id, expect=status)
    assert len(session.scalars(select(TierPrice)).all()) == (2 if status == 302 else 1)


def test_everybody_reads_the_price_of_their_size(browser, make, gold):
    make.TierPrice(tier=gold, band=PriceBand.ANY, price_ore=900_000)
    make.TierPrice(tier=gold, band=PriceBand.LARGE, price_ore=4_000_000)
    make.TierPrice(tier=gold, band=PriceBand.MICRO, price_ore=1, to_on=today())
    begins = today() + timedelta(days=50)
    make.TierPrice(tier=gold, band=PriceBand.LARGE, price_ore=5, from_on=begins + timedelta(days=9))
    closed = make.MembershipTier(code="old", name_en="Old kind", rank=2, open_to_apply=False)
    make.TierPrice(tier=closed)
    text = browser.get("members.join").main.text
    assert "NOK 9,000" in text
    assert "NOK 40,000" in text
    assert "NOK 0.01" not in text
    assert "Old kind" not in text
    text = browser.get("members.join", size="micro").main.text
    assert "NOK 9,000" in text
    assert "NOK 40,000" not in text
    text = browser.get("members.join", size="large").main.text
    assert "NOK 40,000" in text
    assert "NOK 0.05" in text
    browser.get("members.join", size="enormous")
    browser.language = "nb"
    assert "Gull" in browser.get("members.join").main.text


def test_a_stranger_gets_a_page_that_can_be_kept(browser, gold):
    browser.get("members.join")
    assert "no-store" not in browser.response.headers["Cache-Control"]
    assert "Set-Cookie" not in browser.response.headers


def test_staff_say_what_is_promised(browser, session, gold, staff, make):
    browser.sign_in(staff)
    page = browser.get("members.joining_terms")
    assert page.select_one("#promised_days")["value"] == "14"
    answers = {"promised_days": "21", "answer_days": "3", "who_en": "Everybody"}
    browser.fill("members.joining_terms", answers, expect=422)
    browser.fill("members.joining_terms", answers | {"answer_days": "30"})
    assert "within 21 days" in browser.get("members.join").main.text
    kept = session.scalars(select(JoiningTerms)).one()
    assert (kept.answer_days, kept.two_approve, kept.who_en) == (30, False, "Everybody")
    browser.fill("members.joining_terms", {"promised_days": "7"})
    browser.send("members.joining_terms", answers | {"edited_version": "1"}, expect={409, 422})
    session.rollback()
    assert session.scalars(select(JoiningTerms.promised_days)).one() == 7


@pytest.mark.parametrize("role", ["programmes", "editor", "events"])
def test_prices_are_for_membership_staff(browser, make, gold, role):
    price = make.TierPrice(tier=gold)
    browser.sign_in(make.staff(role))
    browser.get("members.tier_prices", id=gold.id, expect=403)
    browser.get("members.end_price", id=price.id, expect=403)
    browser.get("members.joining_terms", expect=403)
    browser.get("members.joining_queue", expect=403)
