"""What holds of ways in."""

from datetime import timedelta

from portal.core.wording import N_, Sentence

#: How long a link signs somebody in, and how long an issuer may take to answer.
LINK_VALID = ATTEMPT_VALID = timedelta(minutes=10)

LINK_OVER = Sentence(
    N_("This link has been used already, or it is older than ten minutes. Ask for a new one on the"
       " sign-in page.")
)  # fmt: skip
OTHER_BROWSER = Sentence(
    N_("This link works only in the browser in which you asked for it. Open it there, or ask for a"
       " new one here.")
)  # fmt: skip
ANSWER_OVER = Sentence(
    N_("This way of signing in was begun somewhere else, too long ago, or used already. Start again"
       " on the sign-in page.")
)  # fmt: skip
LAST_WAY = Sentence(
    N_("This is the only way in that you have. Choose a password or add an address first, then"
       " unlink it.")
)  # fmt: skip
OTHERS = Sentence(N_("This account of %(issuer)s is linked to another account here."))


def cannot_unlink(
    *, password: bool, passkey: bool, reachable: bool, identities: int
) -> Sentence | None:
    """Say why an account of another issuer stays linked: it is the last way in.

    A proven address that letters reach is a way in, by link.
    """
    return None if password or passkey or reachable or identities > 1 else LAST_WAY
