"""Organisation numbers as people read them."""

import pytest

from portal.core.numbers import in_threes


@pytest.mark.parametrize(
    ("kept", "read"),
    [
        ("312345678", "312\u00a0345\u00a0678"),
        ("923609016", "923\u00a0609\u00a0016"),
        ("556677-8899", "556677-8899"),
        ("12345678", "12345678"),
        ("3123456789", "3123456789"),
        ("SE 312345678", "SE 312345678"),
        ("HRB 1234", "HRB 1234"),
        ("", ""),
    ],
)
def test_a_number_of_nine_digits_is_read_in_threes_and_any_other_as_it_is(kept, read):
    assert in_threes(kept) == read
