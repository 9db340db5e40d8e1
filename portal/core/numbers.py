"""Numbers that are names: kept in one way, and written so that people can read them out."""

import re

NINE = re.compile(r"\A([0-9]{3})([0-9]{3})([0-9]{3})\Z")


def in_threes(number: str) -> str:
    """Write a number of nine digits as registers print it, “312 345 678”; any other as it is.

    The spaces do not break, so that a number stays on its line.
    """
    return NINE.sub("\\1\u00a0\\2\u00a0\\3", number)
