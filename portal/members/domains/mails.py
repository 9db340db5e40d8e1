"""Letters about domains."""

from collections.abc import Iterable

from portal.core.wording import N_, Sentence
from portal.models import OrganisationDomain, Person
from portal.platform import mail
from portal.platform.mail import Letter

TASKS = Sentence(N_("You get this e-mail because you look after this."))


def verified(row: OrganisationDomain, readers: Iterable[Person]) -> list[Letter]:
    """Tell an organisation's administrators that people of a domain are offered to ask."""
    organisation = row.organisation
    words = {"domain": row.domain, "organisation": organisation.display_name}
    return [
        Letter(
            **mail.to(person),
            subject=Sentence(N_("%(domain)s belongs to %(organisation)s"), words),
            paragraphs=(
                Sentence(N_("Hello %(name)s,"), {"name": person.name}),
                Sentence(N_("Whoever has a confirmed address at %(domain)s is offered to ask for a"
                            " place in %(organisation)s. You decide about each; nobody joins by"
                            " the address alone."), words),
            ),
            button=(
                Sentence(N_("See the domains")),
                mail.link(f"/organisations/{organisation.slug}/domains"),
            ),
            why=TASKS,
        )
        for person in readers
    ]  # fmt: skip
