"""Letters about second factors: each change is told to its owner, at every address of theirs."""

from collections.abc import Iterable
from dataclasses import replace

from portal.core.wording import N_, Sentence
from portal.models import FactorRemoval, Person
from portal.platform import mail
from portal.platform.mail import Letter

WHY = Sentence(N_("You get this e-mail because you have an account here."))
TASK = Sentence(N_("You get this e-mail because you are an administrator of the portal."))
NOT_YOU = Sentence(
    N_("If that was not you, somebody else is in your account: choose a new password at once, and"
       " write to us.")
)  # fmt: skip
PASSKEY_ADDED = Sentence(N_("A passkey was added to your account"))
PASSKEY_REMOVED = Sentence(N_("A passkey was removed from your account"))
PASSKEY_TWIN = Sentence(N_("We refused a passkey of yours"))
APP_ADDED = Sentence(N_("An authenticator app was set up for your account"))
APP_REMOVED = Sentence(N_("The authenticator app was removed from your account"))
CODES_MADE = Sentence(N_("Your account has new recovery codes"))
CODE_USED = Sentence(N_("A recovery code of yours was used"))
TWIN = Sentence(
    N_("The passkey “%(name)s” counted backwards, as a copy of it would. Somebody may have copied"
       " it: remove it from your account, and add a new one.")
)  # fmt: skip
USED = Sentence(
    N_("Somebody signed in with it just now. Each works once: make new ones before you run out.")
)


def changed(person: Person, subject: Sentence, told: Sentence = NOT_YOU) -> Letter:
    """Tell somebody that what they sign in with has changed, and what to do if it was not them."""
    return Letter(
        **mail.to(person),
        subject=subject,
        paragraphs=(
            Sentence(N_("Hello %(name)s,"), {"name": person.name}),
            *((told,) if told is not NOT_YOU else ()),
            NOT_YOU,
        ),
        button=(Sentence(N_("Open sign-in and security")), mail.link("/account/security")),
        why=WHY,
    )


def twin(person: Person, name: str) -> Letter:
    """Tell somebody that a passkey of theirs may have been copied."""
    return changed(person, PASSKEY_TWIN, Sentence(TWIN.text, {"name": name}))


def code_used(person: Person) -> Letter:
    """Tell somebody that a code of theirs was used up."""
    return changed(person, CODE_USED, USED)


def removal_asked(person: Person) -> Letter:
    """Tell somebody that their factors are asked to be taken away."""
    return about_removal(
        person,
        N_("Somebody asks us to take away your second factors"),
        N_("Somebody who knows your password tells us that they lost what they sign in with. Before"
           " we take anything away, one of us makes sure that it is you, and a second one agrees."),
        N_("If it is not you, answer to this cluster at once: somebody knows your password."),
    )  # fmt: skip


def removal_checked(person: Person) -> Letter:
    """Tell somebody that the first of two agreed."""
    return about_removal(
        person,
        N_("One of us has checked your request about lost factors"),
        N_("One of us made sure that it is you who asks. As soon as a second one agrees, your"
           " second factors are taken away."),
        N_("If you did not ask for this, write to us at once."),
    )  # fmt: skip


def removal_done(person: Person) -> Letter:
    """Tell somebody that their factors are gone."""
    return about_removal(
        person,
        N_("Your second factors are taken away"),
        N_("Two of us agreed. Your passkeys, your authenticator app and your recovery codes are no"
           " part of your account any more, and every browser is signed out. Sign in with your"
           " password and set up a new one at once."),
        N_("If you did not ask for this, write to us at once."),
    )  # fmt: skip


def removal_declined(person: Person) -> Letter:
    """Tell somebody that their factors stay."""
    return about_removal(
        person,
        N_("Your second factors stay as they are"),
        N_("We could not make sure that it is you who asks to have them taken away."),
        N_("Talk to us if you cannot sign in."),
    )


def about_removal(person: Person, subject: str, *paragraphs: str) -> Letter:
    """Write to somebody about their request."""
    return Letter(
        **mail.to(person),
        subject=Sentence(subject),
        paragraphs=(
            Sentence(N_("Hello %(name)s,"), {"name": person.name}),
            *(Sentence(text) for text in paragraphs),
        ),
        button=(Sentence(N_("Sign in")), mail.link("/sign-in")),
        why=WHY,
    )


def to_administrators(row: FactorRemoval, readers: Iterable[Person]) -> list[Letter]:
    """Ask administrators to look at a request."""
    words = {"who": row.person.name}
    return [
        Letter(
            **mail.to(person),
            subject=Sentence(N_("%(who)s lost what they sign in with"), words),
            paragraphs=(
                Sentence(N_("%(who)s asks to have all second factors taken away. Make sure that it"
                            " is really them, by a way that the request itself does not name. Two"
                            " of you have to agree."), words),
            ),
            button=(Sentence(N_("Open the request")), mail.link(f"/admin/lost-factors/{row.id}")),
            why=TASK,
        )
        for person in readers
    ]  # fmt: skip


def everywhere(letter: Letter, addresses: Iterable[str]) -> list[Letter]:
    """Send a letter to each address of its reader."""
    others = [address for address in addresses if address != letter.address]
    return [letter, *(replace(letter, address=address) for address in others)]
