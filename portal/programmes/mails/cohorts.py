"""Letters about companies in cohorts and their milestones."""

from collections.abc import Iterable, Sequence

from portal.core.wording import N_, Bilingual, Sentence
from portal.models import Milestone, Participation, Person
from portal.platform import mail
from portal.platform.mail import Letter

TAKES_PART = N_("You get this because you look after %(company)s’s part in “%(cohort)s”.")
MANAGER = N_("You get this because you run this cohort.")
OPEN = Sentence(N_("Open the milestone"))
OPEN_PLACE = Sentence(N_("Open your place in the cohort"))
OPEN_COMPANY = Sentence(N_("Open the company’s page"))


def named(participation: Participation, person: Person) -> Letter:
    """Tell somebody that they are responsible for their company's part in a cohort."""
    paragraphs = (
        N_("You are now responsible for %(company)s’s part in “%(cohort)s”."),
        N_("We write to you about milestones and dates. You can see them all on one page."),
    )
    subject = N_("You are responsible for %(company)s in “%(cohort)s”")
    return about_company(participation, person, (subject, paragraphs))


def welcome(participation: Participation, people: Iterable[Person]) -> Sequence[Letter]:
    """Tell a company that staff have taken it into a cohort."""
    paragraphs = (
        N_("%(company)s has a place in “%(cohort)s”, which starts on %(starts)s."),
        N_("Name the person who is responsible for it on your side, so that we know whom to"
           " write to."),
    )  # fmt: skip
    words = (N_("Welcome to “%(cohort)s”"), paragraphs)
    return [about_company(participation, person, words) for person in people]


def ended(participation: Participation, people: Iterable[Person]) -> Sequence[Letter]:
    """Tell a company that its part in a cohort is over, and why."""
    paragraphs = (
        N_("%(company)s’s part in “%(cohort)s” has ended."),
        N_("Why: %(reason)s"),
        N_("What you reached is kept, and you can read it whenever you like."),
    )
    words = (N_("%(company)s’s part in “%(cohort)s” has ended"), paragraphs)
    return [about_company(participation, person, words) for person in people]


def left(participation: Participation) -> Letter:
    """Tell whoever runs a cohort that a company has left it."""
    paragraphs = (
        N_("%(company)s has left “%(cohort)s”. Its place is free."),
        N_("What they say about it: %(reason)s"),
    )
    words = (N_("%(company)s has left “%(cohort)s”"), paragraphs)
    manager = participation.cohort.manager
    return about_company(participation, manager, words, why=MANAGER)


def near(milestone: Milestone, people: Iterable[Person]) -> Sequence[Letter]:
    """Remind of a milestone before its day."""
    paragraphs = (
        N_("“%(title)s” is due on %(due)s."),
        N_("When you have reached it, hand it in and write in a few words what shows it. When you"
           " need more time, move the day and say so."),
    )  # fmt: skip
    subject = N_("“%(title)s” is due on %(due)s")
    return [about_milestone(milestone, person, (subject, paragraphs)) for person in people]


def missed(milestone: Milestone, people: Iterable[Person]) -> Sequence[Letter]:
    """Tell a company that a milestone counts as missed, and what to do about it."""
    paragraphs = (
        N_("“%(title)s” was due on %(due)s and was not handed in, so it counts as missed."),
        N_("Talk to %(manager)s, who can open it again with you."),
    )
    subject = N_("Missed: “%(title)s”")
    return [about_milestone(milestone, person, (subject, paragraphs)) for person in people]


def handed_in(milestone: Milestone) -> Letter:
    """Tell whoever runs a cohort that a milestone waits to be read."""
    paragraphs = (
        N_("%(company)s handed in “%(title)s”."),
        N_("What shows it: %(evidence)s"),
    )
    words = (N_("%(company)s handed in “%(title)s”"), paragraphs)
    manager = milestone.participation.cohort.manager
    return about_milestone(milestone, manager, words, why=MANAGER)


def judged(milestone: Milestone, people: Iterable[Person], *, achieved: bool) -> Sequence[Letter]:
    """Tell a company what came of a milestone that it handed in."""
    good = N_("“%(title)s” counts as achieved. Well done.")
    more = N_("We have read “%(title)s” and need more before it counts as achieved.")
    said = (N_("What we want to tell you: %(note)s"),) if milestone.note else ()
    subject = N_("Achieved: “%(title)s”") if achieved else N_("We ask for more: “%(title)s”")
    words = (subject, (good if achieved else more, *said))
    return [about_milestone(milestone, person, words) for person in people]


def about_company(
    participation: Participation,
    person: Person,
    words: tuple[str, Iterable[str]],
    *,
    why: str = TAKES_PART,
) -> Letter:
    """Put a letter about a company together: the subject and the paragraphs."""
    told = gaps(participation)
    return Letter(
        **mail.to(person),
        subject=Sentence(words[0], told),
        paragraphs=tuple(Sentence(text, told) for text in words[1]),
        button=(
            OPEN_PLACE if why == TAKES_PART else OPEN_COMPANY,
            mail.link(f"/programmes/participations/{participation.id}"),
        ),
        why=Sentence(why, told),
    )


def about_milestone(
    milestone: Milestone,
    person: Person,
    words: tuple[str, Iterable[str]],
    *,
    why: str = TAKES_PART,
) -> Letter:
    """Put a letter about a milestone together: the subject and the paragraphs."""
    told = gaps(milestone.participation) | {
        "title": milestone.title,
        "due": milestone.due_on,
        "evidence": milestone.evidence,
        "note": milestone.note,
    }
    return Letter(
        **mail.to(person),
        subject=Sentence(words[0], told),
        paragraphs=tuple(Sentence(text, told) for text in words[1]),
        button=(OPEN, mail.link(f"/programmes/milestones/{milestone.id}")),
        why=Sentence(why, told),
    )


def gaps(participation: Participation) -> dict[str, object]:
    """Return what stands in the gaps of these letters."""
    cohort = participation.cohort
    return {
        "company": participation.organisation.display_name,
        "cohort": Bilingual.of(cohort, "name"),
        "starts": cohort.starts_on,
        "manager": cohort.manager.name,
        "reason": participation.reason,
    }
