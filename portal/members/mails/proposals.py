"""Letters about changes that an organisation proposed of its names and number."""

from collections.abc import Iterable

from portal.core.wording import N_, Sentence
from portal.models import OrganisationProposal, Person
from portal.platform import mail
from portal.platform.mail import Letter

TASKS = Sentence(N_("You get this e-mail because you look after this."))
ASKED = Sentence(N_("You get this e-mail because you asked for the change."))


def proposed(row: OrganisationProposal, readers: Iterable[Person]) -> list[Letter]:
    """Tell staff that an organisation asks for another name or number."""
    words = words_of(row)
    return [
        Letter(
            **mail.to(person),
            subject=Sentence(N_("%(organisation)s asks for another name or number"), words),
            paragraphs=(
                Sentence(N_("%(who)s asks us to change how %(organisation)s is called or"
                            " registered."), words),
                Sentence(N_("Compare it with the register, then make the change or decline it.")),
            ),
            button=(Sentence(N_("Look at it")), page_of(row)),
            why=TASKS,
        )
        for person in readers
    ]  # fmt: skip


def accepted(row: OrganisationProposal, person: Person) -> Letter:
    """Tell whoever asked, or looks after the organisation now, that the change is made."""
    words = words_of(row)
    return Letter(
        **mail.to(person),
        subject=Sentence(N_("The change to %(organisation)s is made"), words),
        paragraphs=(
            Sentence(N_("Hello %(name)s,"), {"name": person.name}),
            Sentence(N_("We have checked what you asked for, and %(organisation)s is called and"
                        " registered so from now on. Its address here stays."), words),
        ),
        button=(
            Sentence(N_("Open its page")), mail.link(f"/organisations/{row.organisation.slug}"),
        ),
        why=ASKED if person.id == row.proposed_by_id else TASKS,
    )  # fmt: skip


def declined(row: OrganisationProposal, person: Person) -> Letter:
    """Tell whoever asked, or looks after the organisation now, why the change is not made."""
    words = words_of(row) | {"reason": row.answer}
    return Letter(
        **mail.to(person),
        subject=Sentence(N_("The change to %(organisation)s is not made"), words),
        paragraphs=(
            Sentence(N_("Hello %(name)s,"), {"name": person.name}),
            Sentence(N_("We looked at what you asked for, and left %(organisation)s as it is. We"
                        " write: “%(reason)s”"), words),
            Sentence(N_("If this is a mistake, ask again and tell us more.")),
        ),
        button=(Sentence(N_("See what you asked for")), page_of(row)),
        why=ASKED if person.id == row.proposed_by_id else TASKS,
    )  # fmt: skip


def words_of(row: OrganisationProposal) -> dict[str, object]:
    """Return the gaps that name who asks, and for which organisation."""
    return {"organisation": row.organisation.display_name, "who": row.proposed_by.name}


def page_of(row: OrganisationProposal) -> str:
    """Return where a proposal is looked at."""
    return mail.link(f"/organisations/{row.organisation.slug}/proposals/{row.id}")
