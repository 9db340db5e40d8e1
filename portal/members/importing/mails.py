"""Letters about lists."""

from collections.abc import Iterable

from portal.core.wording import N_, Sentence
from portal.models import MemberImport, Person
from portal.platform import mail
from portal.platform.mail import Letter

TASK = Sentence(N_("You get this e-mail because you look after membership."))


def to_confirm(row: MemberImport, first: str, readers: Iterable[Person]) -> list[Letter]:
    """Ask colleagues for the second word about a list, where two have to make members."""
    told = {"who": first, "list": row.name}
    return [
        Letter(
            **mail.to(person),
            subject=Sentence(N_("A list of members waits for a second word")),
            paragraphs=(
                Sentence(N_("%(who)s has confirmed the list “%(list)s”. It makes members of a kind"
                            " that two have to approve: look at what it would do, and confirm it"
                            " as the second, or throw it away."), told),
            ),
            button=(Sentence(N_("Open the list")), mail.link(f"/admin/imports/{row.id}")),
            why=TASK,
        )
        for person in readers
    ]  # fmt: skip
