"""Letters about ways in."""

from portal.core.wording import N_, Sentence
from portal.members.mails import onward
from portal.models import Person
from portal.platform import mail
from portal.platform.mail import Letter

ACCOUNT = Sentence(N_("You get this e-mail because you have an account here."))
NOT_YOU = Sentence(
    N_("If it was not you, choose a new password at once: then every browser is signed out.")
)
IDENTITIES = "/account/identities"


def link(person: Person, address: str, token: str, *, after: str) -> Letter:
    """Let somebody sign in by a button, in the browser in which they asked."""
    return Letter(
        **{**mail.to(person), "address": address},
        subject=Sentence(N_("Your link to sign in")),
        paragraphs=(
            Sentence(N_("Hello %(name)s,"), {"name": person.name}),
            Sentence(N_("Here you sign in without a password. The button works once, for ten"
                        " minutes, and only in the browser in which you asked for it.")),
            Sentence(N_("If you did not ask for this, you need do nothing: nobody comes in without"
                        " this e-mail. Pass it on to nobody.")),
        ),
        button=(Sentence(N_("Sign in")), mail.link(f"/sign-in/link/{token}{onward(after)}")),
        secret=True,
        why=ACCOUNT,
    )  # fmt: skip


def linked(person: Person, issuer: str) -> Letter:
    """Tell somebody that another issuer vouches for them from now on."""
    return Letter(
        **mail.to(person),
        subject=Sentence(N_("You can sign in with %(issuer)s now"), {"issuer": issuer}),
        paragraphs=(
            Sentence(N_("Hello %(name)s,"), {"name": person.name}),
            Sentence(N_("An account of %(issuer)s was linked to your account here just now, and"
                        " signs you in from now on."), {"issuer": issuer}),
            NOT_YOU,
        ),
        button=(Sentence(N_("See what is linked")), mail.link(IDENTITIES)),
        why=ACCOUNT,
    )  # fmt: skip


def unlinked(person: Person, issuer: str) -> Letter:
    """Tell somebody that another issuer vouches for them no longer."""
    return Letter(
        **mail.to(person),
        subject=Sentence(N_("%(issuer)s no longer signs you in"), {"issuer": issuer}),
        paragraphs=(
            Sentence(N_("Hello %(name)s,"), {"name": person.name}),
            Sentence(N_("The account of %(issuer)s was unlinked from your account here."),
                     {"issuer": issuer}),
            NOT_YOU,
        ),
        button=(Sentence(N_("See what is linked")), mail.link(IDENTITIES)),
        why=ACCOUNT,
    )  # fmt: skip
