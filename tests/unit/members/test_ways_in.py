"""Rules about addresses and ways in, without a database."""

import pytest

from portal.members.addresses import rules as of_addresses
from portal.members.entering import rules
from portal.members.entering.issuers import ALGORITHMS
from portal.models import Delivery
from portal.platform.smtp import is_for_good


@pytest.mark.parametrize(
    ("password", "passkey", "reachable", "identities", "stays"),
    [
        (False, False, False, 1, True),
        (True, False, False, 1, False),
        (False, True, False, 1, False),
        (False, False, True, 1, False),
        (False, False, False, 2, False),
    ],
)
def test_the_last_way_in_stays(password, passkey, reachable, identities, stays):
    reason = rules.cannot_unlink(
        password=password, passkey=passkey, reachable=reachable, identities=identities
    )
    assert (reason is rules.LAST_WAY) is stays


def test_an_address_is_added_once_and_not_without_end():
    eight = frozenset(f"{n}@example.org" for n in range(8))
    assert of_addresses.cannot_add("new@example.org", frozenset()) is None
    assert of_addresses.cannot_add("0@example.org", eight) is of_addresses.HAVE
    assert of_addresses.cannot_add("new@example.org", eight) is of_addresses.ENOUGH


def test_one_is_reached_where_letters_arrive():
    may = of_addresses.cannot_be_primary
    assert may(is_primary=False, delivery=Delivery.FINE) is None
    assert may(is_primary=True, delivery=Delivery.FINE) is of_addresses.IS_PRIMARY
    assert may(is_primary=False, delivery=Delivery.UNREACHABLE) is of_addresses.UNREACHABLE


@pytest.mark.parametrize(
    ("code", "said", "gone"),
    [
        (550, "5.1.1 No such user", True),
        (550, "No such user", True),
        (551, "User not local", True),
        (550, "5.2.1 Mailbox disabled", True),
        (550, "5.7.1 Rejected by policy", False),
        (550, "5.2.2 Mailbox full", False),
        (554, "Transaction failed", False),
        (450, "4.2.0 Greylisted", False),
        (421, "Not now", False),
    ],
)
def test_a_mailbox_is_gone_when_its_server_says_so(code, said, gone):
    assert is_for_good(code, said) is gone


def test_no_token_is_believed_that_nobody_or_we_could_have_signed():
    assert not [name for name in ALGORITHMS if name.lower() == "none" or name.startswith("HS")]
