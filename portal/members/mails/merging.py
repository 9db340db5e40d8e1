"""Letters about accounts that became one."""

from portal.core.wording import N_, Sentence
from portal.models import Person
from portal.platform import mail
from portal.platform.mail import Letter

WHY = Sentence(N_("You get this e-mail because you have an account here."))
HAD = Sentence(N_("You get this e-mail because this address had an account here."))


def merged(kept: Person, lost: Person) -> list[Letter]:
    """Tell the addresses of both accounts. Neither letter names the other address."""
    return [
        Letter(
            **mail.to(kept),
            subject=Sentence(N_("Your two accounts are one now")),
            paragraphs=(
                Sentence(N_("Hello %(name)s,"), {"name": kept.name}),
                Sentence(N_("We found a second account of yours and brought the two together. You"
                            " sign in as before. Where the other account belonged to an"
                            " organisation and this one did not, we asked to join in your name.")),
                Sentence(N_("To use the address of the other account too, add it under “Your"
                            " account” and confirm it.")),
            ),
            button=(Sentence(N_("Open your account")), mail.link("/account")),
            why=WHY,
        ),
        Letter(
            address=lost.email,
            language=lost.language,
            name=lost.name,
            subject=Sentence(N_("Your account is closed: it is a part of another now")),
            paragraphs=(
                Sentence(N_("Hello %(name)s,"), {"name": lost.name}),
                Sentence(N_("We hold this account and another one to be yours, and kept the other."
                            " Nobody can sign in with this one any more. If this is wrong, write"
                            " to us at once.")),
            ),
            button=(Sentence(N_("Write to us")), mail.link("/contact")),
            why=HAD,
        ),
    ]  # fmt: skip
