"""Letters about addresses."""

from collections.abc import Iterable
from typing import Any

from portal.core.wording import N_, Sentence
from portal.models import Person
from portal.platform import mail
from portal.platform.mail import Letter

OURS = "/account/addresses"
ACCOUNT = Sentence(N_("You get this e-mail because you have an account here."))
GIVEN = Sentence(N_("You get this e-mail because somebody gave this address as theirs."))
NOT_YOU = Sentence(
    N_("If it was not you, choose a new password at once: then every browser is signed out.")
)


def at(person: Person, address: str) -> dict[str, Any]:
    """Return whom a letter goes to, at one of their addresses."""
    return {**mail.to(person), "address": address}


def prove(person: Person, address: str, token: str) -> Letter:
    """Ask somebody to show that another address is theirs too."""
    return Letter(
        address=address,
        language=person.language,
        subject=Sentence(N_("Confirm your new e-mail address")),
        paragraphs=(
            Sentence(N_("Somebody would like to add this address to an account here. If it was"
                        " you, press the button in the browser in which you are signed in. It works"
                        " once, and for three days.")),
            Sentence(N_("If it was not you, you need do nothing. Nothing happens without it.")),
        ),
        button=(Sentence(N_("Confirm the address")), mail.link(f"{OURS}/confirm/{token}")),
        secret=True,
        why=GIVEN,
    )  # fmt: skip


def taken(person: Person, address: str) -> Letter:
    """Tell whoever reads an address that it has an account, when another wants to add it."""
    return Letter(
        address=address,
        language=person.language,
        subject=Sentence(N_("Your e-mail address was to be added to another account")),
        paragraphs=(
            Sentence(N_("Somebody would like to add this address to an account here, and it belongs"
                        " to an account already. Nothing was changed.")),
            Sentence(N_("If both accounts are yours, write to us and we bring them together. If it"
                        " was not you, you need do nothing.")),
        ),
        button=(Sentence(N_("Sign in")), mail.link("/sign-in")),
        why=GIVEN,
    )  # fmt: skip


def claimed(person: Person, addresses: Iterable[str], new: str) -> list[Letter]:
    """Tell somebody at every address of theirs that another is to be added."""
    return [
        Letter(
            **at(person, address),
            subject=Sentence(N_("A new e-mail address for your account")),
            paragraphs=(
                Sentence(N_("Hello %(name)s,"), {"name": person.name}),
                Sentence(N_("The address %(address)s is to be added to your account. It counts as"
                            " soon as it is confirmed from there."), {"address": new}),
                NOT_YOU,
            ),
            button=(Sentence(N_("See your addresses")), mail.link(OURS)),
            why=ACCOUNT,
        )
        for address in addresses
    ]  # fmt: skip


def made_primary(person: Person, addresses: Iterable[str], new: str) -> list[Letter]:
    """Tell somebody, at the old and the new address, where we reach them from now on."""
    return [
        Letter(
            **at(person, address),
            subject=Sentence(N_("We reach you at another e-mail address now")),
            paragraphs=(
                Sentence(N_("Hello %(name)s,"), {"name": person.name}),
                Sentence(N_("From now on our letters go to %(address)s. You chose so on your"
                            " account’s page."), {"address": new}),
                NOT_YOU,
            ),
            button=(Sentence(N_("See your addresses")), mail.link(OURS)),
            why=ACCOUNT,
        )
        for address in addresses
    ]  # fmt: skip


def removed(person: Person, addresses: Iterable[str], old: str) -> list[Letter]:
    """Tell somebody, at the address itself too, that it is removed."""
    return [
        Letter(
            **at(person, address),
            subject=Sentence(N_("An e-mail address was removed from your account")),
            paragraphs=(
                Sentence(N_("Hello %(name)s,"), {"name": person.name}),
                Sentence(N_("The address %(address)s is no longer part of your account here."),
                         {"address": old}),
                NOT_YOU,
            ),
            button=(Sentence(N_("See your addresses")), mail.link(OURS)),
            why=ACCOUNT,
        )
        for address in addresses
    ]  # fmt: skip
