"""Who reads which secret: written by hand, from what each kind of visitor is for.

Every secret has a word of its own that stands nowhere else, and shares one word with all others,
so that a search for that one would find it.
"""

from hashlib import md5

SHARED = "lanternfish"
ENDING = "er"
LETTERS = "abdefgiklmnoprtu"

#: The columns: a stranger; a newcomer, somebody formerly of an organisation, somebody of another
#: one; administrator and member of the organisation that applies; members of the lower and of the
#: higher tier; staff for programmes, membership, events, the editor, administrator of the portal.
KINDS = (
    "stranger",
    "newcomer", "former", "outsider",
    "applicant", "colleague",
    "silver", "gold",
    "programmes", "membership", "events", "editor", "boss",
)  # fmt: skip
TABLE = """
#                              s nfo ac sg PMVEB
article for members          | . ... .. xx xxxxx
article for gold             | . ... .. .x xxxxx
article in draft             | . ... .. .. ...xx
article in review            | . ... .. .. ...xx
article of tomorrow          | . ... .. .. ...xx
article in the archive       | . ... .. .. ...xx
version to come              | . ... .. .. ...xx
version of before            | . ... .. .. ...xx
note to an author            | . ... .. .. ...xx
proposal                     | . ... xx .. ...xx
proposal taken back          | . ... xx .. ...xx
answer to a proposal         | . ... xx .. ...xx

event in draft               | . ... .. .. ..x.x
delegate                     | . ... x. .. ..x.x
delegate who is a colleague  | . ... xx .. ..x.x
name that was replaced       | . ... x. .. ..x.x
note of a registration       | . ... x. .. ..x.x
reason of a rejection        | . ... x. .. ..x.x
note about delegates         | . ... .. .. ..x.x

organisation unlisted        | . ... .. .. xxxxx
organisation unconfirmed     | . ... .. .. xxxxx
organisation that left       | . ... .. .. xxxxx
organisation suspended       | . ... .. .. xxxxx
organisation that applies    | . ... xx .. xxxxx
person of a member           | . ... .. xx xxxxx
enquiry                      | . ... .. .. .x..x
note on an enquiry           | . ... .. .. .x..x
wish to join                 | . ... x. .. .x..x
row of an import             | . ... .. .. .x..x
note on an organisation      | . ... .. .. xxxxx

application for membership   | . ... x. .. .x..x
question to an applicant     | . ... x. .. .x..x
note on an applicant         | . ... .. .. .x..x
name that is proposed        | . ... xx .. xxxxx
benefit that was used        | . ... .. .x xxxxx
wish for another kind        | . ... .. .. .x..x
reason of an exclusion       | . ... .. .. .x..x
reason of a merge            | . ... .. .. .x..x
wish about own data          | . ..x .. .. .x..x
reason of a lost phone       | . ... .. .. ....x
further address              | . ... .. .x .x..x
name of a passkey            | . ... .. .x .....
account elsewhere            | . ... .. .x .....
domain of a member           | . ... .. .x .x..x
invitation                   | . ... .. .x .x..x
detail for staff             | . ... .. .x xxxxx
detail for members           | . ... .. xx xxxxx
detail for public            | x xxx xx xx xxxxx

call in draft                | . ... .. .. x...x
programme in the archive     | . ... .. .. x...x
questions to come            | . ... .. .. x...x
answer in a draft            | . ... xx .. x...x
answer that was sent         | . ... xx .. x...x
file of an application       | . ... xx .. x...x
decision prepared            | . ... .. .. x...x
decision approved            | . ... .. .. x...x
rationale                    | . ... .. .. x...x
feedback                     | . ... xx .. x...x
note of a check              | . ... .. .. x...x
note on an application       | . ... .. .. x...x
milestone                    | . ... xx .. x...x

page of before               | . ... .. .. ...xx
work that failed             | . ... .. .. ....x
letter                       | . ... .. .. .....
"""


def table() -> dict[str, frozenset[str]]:
    """Return who reads each secret."""
    lines = [line.split("|") for line in TABLE.splitlines() if "|" in line]
    return {
        name.strip(): frozenset(
            kind for kind, sign in zip(KINDS, signs.replace(" ", ""), strict=True) if sign == "x"
        )
        for name, signs in lines
    }


READERS = table()


def root(secret: str) -> str:
    """Return the word of a secret without its ending: what may stand nowhere."""
    if secret not in READERS:
        raise KeyError(secret)
    digest = md5(secret.encode(), usedforsecurity=False).hexdigest()
    return "zq" + "".join(LETTERS[int(digit, 16)] for digit in digest[:9])


def word(secret: str) -> str:
    """Return the word of a secret."""
    return root(secret) + ENDING


def text(secret: str) -> str:
    """Return a text that holds a secret."""
    return f"{word(secret).capitalize()} {SHARED}"


def told(content: str) -> set[str]:
    """Return the secrets that a text gives away."""
    small = content.lower()
    return {secret for secret in READERS if root(secret) in small}
