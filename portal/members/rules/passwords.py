"""What a password must be: long, and not among those that are guessed first."""

import re
from collections.abc import Iterable, Iterator

from portal.core.wording import N_, Sentence

SHORTEST, LONGEST = 12, 200
#: A password of fewer guesses than this falls to somebody patient (zxcvbn's scale, 0 to 4).
STRONG_ENOUGH = 3
#: Shorter words than this would forbid too much.
SHORTEST_WORD = 4
#: The estimate takes time that grows with the length; what follows can only make it stronger.
LOOKED_AT = 72

TOO_SHORT = N_("Choose a password of at least %(least)s characters. This one has %(length)s.")
TOO_LONG = N_("Choose a password of at most %(most)s characters.")
CONTAINS = N_("Choose a password without “%(word)s”: whoever knows you would try that first.")
COMMON = Sentence(
    N_("This password is among the first that would be guessed. Three or four unrelated words"
       " make a good one.")
)  # fmt: skip


def weakness(password: str, *, context: Iterable[str] = ()) -> Sentence | None:
    """Say why a password is too weak. `context` is what others know: names, the address."""
    if len(password) < SHORTEST:
        return Sentence(TOO_SHORT, {"least": SHORTEST, "length": len(password)})
    if len(password) > LONGEST:
        return Sentence(TOO_LONG, {"most": LONGEST})
    known = list(words(context))
    folded = password.casefold()
    for word in known:
        if word in folded:
            return Sentence(CONTAINS, {"word": word})
    return None if is_hard_to_guess(password, known) else COMMON


def words(texts: Iterable[str]) -> Iterator[str]:
    """Return the words in some texts that are long enough to be worth forbidding."""
    for text in texts:
        for word in re.split(r"[\W_]+", text.casefold()):
            if len(word) >= SHORTEST_WORD:
                yield word


def is_hard_to_guess(password: str, known: list[str]) -> bool:
    """Estimate the guesses that a password needs from the lists that guessers use."""
    from zxcvbn import zxcvbn  # noqa: PLC0415 - its word lists take memory; few choose passwords

    score: int = zxcvbn(password[:LOOKED_AT], user_inputs=known)["score"]
    return score >= STRONG_ENOUGH
