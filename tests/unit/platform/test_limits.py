"""How often what may be tried, written down a second time."""

from portal.platform.limits import LIMITS

TOLD = {
    ("sign-in", "account"): ("10 per 5 minutes",),
    ("sign-in-known", "browser"): ("10 per 5 minutes",),
    ("sign-in-from", "network"): ("30 per 5 minutes",),
    ("sign-ins", "everybody"): ("1000 per 5 minutes",),
    ("factor", "account"): ("5 per 5 minutes", "20 per 1 hour", "50 per 1 day"),
    ("factor-known", "browser"): ("5 per 5 minutes", "20 per 1 hour", "50 per 1 day"),
    ("factor-set-up", "account"): ("10 per 5 minutes", "40 per 1 hour"),
    ("passkey-from", "network"): ("30 per 5 minutes",),
    ("passkeys", "everybody"): ("1000 per 5 minutes",),
    ("challenge", "browser"): ("1 per 10 minutes",),
    ("add-address-by", "account"): ("10 per 1 hour",),
    ("issuer-from", "network"): ("30 per 5 minutes",),
    ("asking", "account"): ("20 per 1 hour",),
    ("…-to-from", "pair"): ("5 per 1 hour",),
    ("…-to", "address"): ("20 per 1 hour",),
    ("…-known", "browser"): ("5 per 1 hour",),
    ("…-from", "network"): ("20 per 1 hour",),
    ("…", "everybody"): ("1000 per 5 minutes",),
}


def test_every_limit_is_as_written_and_none_fails_open():
    assert {(limit.counts, limit.per.value): limit.allowed for limit in LIMITS} == TOLD
    assert [limit.counts for limit in LIMITS if not limit.closed] == []
