"""What can be a domain of an organisation."""

import pytest

from portal.members.domains import rules


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("firma.no", "firma.no"),
        (" Firma.NO ", "firma.no"),
        ("@firma.no", "firma.no"),
        ("kari@firma.no", "firma.no"),
        ("https://www.firma.no/om-oss", "firma.no"),
        ("www.firma.no", "firma.no"),
        ("blåbær.no", "blåbær.no"),
        (None, ""),
    ],
)
def test_what_people_paste_is_read_as_a_domain(typed, kept):
    assert rules.tidied(typed) == kept


@pytest.mark.parametrize("domain", ["firma.no", "a.firma.no", "blåbær.no", "x-y.example"])
def test_these_can_be_domains(domain):
    assert rules.wrong_domain(domain) is None


@pytest.mark.parametrize(
    "domain",
    ["", "firma", "firma.", "-a.no", "a-.no", "a b.no", "a.n", "192.168.0.1", "a" * 64 + ".no",
     "x." * 130 + "no", "<b>.no", "a..no"],
)  # fmt: skip
def test_these_cannot(domain):
    assert rules.wrong_domain(domain) is rules.NO_DOMAIN


@pytest.mark.parametrize("domain", ["gmail.com", "online.no", "proton.me", "co.uk", "priv.no"])
def test_where_anybody_has_an_address_is_nobodys_own(domain):
    assert rules.wrong_domain(domain).values == {"domain": domain}
