"""Letters about roles that need somebody new."""

from collections.abc import Iterable

from portal.core.wording import N_, Sentence
from portal.models import Person, Succession
from portal.platform import mail
from portal.platform.mail import Letter

WHY = Sentence(N_("You get this e-mail because you administer this organisation here."))


def needed(row: Succession, readers: Iterable[Person]) -> list[Letter]:
    """Tell an organisation's administrators that a role needs somebody new."""
    words = {
        "organisation": row.organisation.display_name,
        "who": row.person.name,
        "role": row.role,
        "cause": row.cause,
    }
    return [
        Letter(
            **mail.to(person),
            subject=Sentence(N_("Name a successor for %(who)s at %(organisation)s"), words),
            paragraphs=(
                Sentence(N_("Hello %(name)s,"), {"name": person.name}),
                Sentence(N_("%(who)s was %(role)s of %(organisation)s here. %(cause)s, so nobody"
                            " can be reached in this role."), words),
                Sentence(N_("Choose a colleague or invite somebody: it takes one step.")),
            ),
            button=(
                Sentence(N_("Name a successor")),
                mail.link(f"/organisations/{row.organisation.slug}/successors/{row.id}"),
            ),
            why=WHY,
        )
        for person in readers
    ]  # fmt: skip
