"""Letters about signing in: what its owner should know of, and can do something about."""

from datetime import datetime

from portal.core.wording import N_, Sentence
from portal.members import rules
from portal.models import Person
from portal.platform import mail
from portal.platform.mail import Letter

ACCOUNT = Sentence(N_("You get this e-mail because you have an account here."))


def new_browser(person: Person, browser: str, *, at: datetime) -> Letter:
    """Tell somebody that their account was used in a browser that we did not know."""
    words = {"browser": rules.browser_name(browser), "at": at}
    return Letter(
        **mail.to(person),
        subject=Sentence(N_("Your account was used in a new browser")),
        paragraphs=(
            Sentence(N_("Hello %(name)s,"), {"name": person.name}),
            Sentence(N_("Somebody signed in to your account on %(at)s with a browser that we did"
                        " not know: %(browser)s."), words),
            Sentence(N_("If that was you, you need do nothing. If it was not, ask for a new"
                        " password at once: that ends every session.")),
        ),
        button=(Sentence(N_("Ask for a new password")), mail.link("/forgotten")),
        why=ACCOUNT,
    )  # fmt: skip


def still_yours(person: Person, token: str) -> Letter:
    """Ask somebody who was away for a year to show that their address is still theirs."""
    return Letter(
        **mail.to(person),
        subject=Sentence(N_("Confirm that this address is still yours")),
        paragraphs=(
            Sentence(N_("Hello %(name)s,"), {"name": person.name}),
            Sentence(N_("You were not here for a year. Confirm that this address is still yours,"
                        " and you can go on where you left off. The button works once, and for"
                        " three days.")),
            Sentence(N_("If you did not just sign in, somebody else knows your password: ask for a"
                        " new one.")),
        ),
        button=(Sentence(N_("Confirm the address")), mail.link(f"/verify/{token}")),
        secret=True,
        why=ACCOUNT,
    )  # fmt: skip
