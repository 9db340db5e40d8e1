"""Letters about becoming a member."""

from collections.abc import Iterable
from datetime import date, datetime

from portal.core.wording import N_, Sentence
from portal.members.queries import today
from portal.models import MembershipApplication, Organisation, Person
from portal.platform import mail
from portal.platform.mail import Letter

APPLIED = Sentence(N_("You get this e-mail because your organisation applies for membership."))
TASKS = Sentence(N_("You get this e-mail because you look after this."))
APPEAL = Sentence(
    N_("If you think that we are wrong, answer this within four weeks by writing to us: the board"
       " then looks at it again.")
)  # fmt: skip


def hello(person: Person) -> Sentence:
    """Greet somebody."""
    return Sentence(N_("Hello %(name)s,"), {"name": person.name})


def of(row: MembershipApplication) -> dict[str, object]:
    """Return the gaps that every letter about an application may fill."""
    return {"organisation": row.organisation.display_name, "reference": row.reference or ""}


def day_of(moment: datetime | None) -> date | None:
    """Return the day that it is where the cluster is, at a moment that was promised."""
    return moment and today(now=moment)


def to_applicants(
    row: MembershipApplication,
    readers: Iterable[Person],
    *,
    subject: Sentence,
    said: tuple[Sentence, ...],
    button: Sentence,
) -> list[Letter]:
    """Write to those who speak for the organisation; the button leads to the application."""
    return [
        Letter(
            **mail.to(person),
            subject=subject,
            paragraphs=(hello(person), *said),
            button=(button, mail.link(f"/join/applications/{row.id}")),
            why=APPLIED,
        )
        for person in readers
    ]


def to_staff(
    row: MembershipApplication,
    readers: Iterable[Person],
    *,
    subject: Sentence,
    said: tuple[Sentence, ...],
) -> list[Letter]:
    """Write to colleagues; the button leads to the page where it is handled."""
    return [
        Letter(
            **mail.to(person),
            subject=subject,
            paragraphs=said,
            button=(Sentence(N_("Open the application")), mail.link(f"/admin/joining/{row.id}")),
            why=TASKS,
        )
        for person in readers
    ]


def received(row: MembershipApplication, readers: Iterable[Person]) -> list[Letter]:
    """Confirm that an application is here, and say by when there is an answer."""
    promised = of(row) | {"day": day_of(row.promised_at)}
    return to_applicants(
        row,
        readers,
        subject=Sentence(N_("We have your application for membership (%(reference)s)"), of(row)),
        said=(
            Sentence(N_("Thank you: %(organisation)s has applied for membership. You have an answer"
                        " by %(day)s."), promised),
            Sentence(N_("The page of the application shows who looks after it, and how far we have"
                        " come.")),
        ),
        button=Sentence(N_("See the application")),
    )  # fmt: skip


def arrived(row: MembershipApplication, readers: Iterable[Person]) -> list[Letter]:
    """Tell staff that an organisation applies."""
    told = of(row) | {"day": day_of(row.promised_at)}
    return to_staff(
        row,
        readers,
        subject=Sentence(N_("%(organisation)s applies for membership"), of(row)),
        said=(Sentence(N_("%(organisation)s has applied for membership, and is promised an answer"
                          " by %(day)s."), told),),
    )  # fmt: skip


def given(row: MembershipApplication, handler: Person, who: str) -> list[Letter]:
    """Tell a colleague that an application is theirs now."""
    return to_staff(
        row,
        [handler],
        subject=Sentence(N_("The application of %(organisation)s is yours"), of(row)),
        said=(Sentence(N_("%(who)s asks you to look after it."), {"who": who}),),
    )


def asked(row: MembershipApplication, question: str, readers: Iterable[Person]) -> list[Letter]:
    """Put a question to the applicants, and say where to answer and until when."""
    told = of(row) | {"question": question, "day": day_of(row.answer_by)}
    return to_applicants(
        row,
        readers,
        subject=Sentence(N_("A question about your application (%(reference)s)"), of(row)),
        said=(
            Sentence(N_("Before we can decide about the membership of %(organisation)s, we would"
                        " like to know:"), told),
            Sentence(N_("“%(question)s”"), told),
            Sentence(N_("Answer by %(day)s. If we hear nothing by then, we take the application as"
                        " withdrawn."), told),
        ),
        button=Sentence(N_("Answer the question")),
    )  # fmt: skip


def reminded(row: MembershipApplication, readers: Iterable[Person]) -> list[Letter]:
    """Remind the applicants of a question before the time for an answer is over."""
    told = of(row) | {"day": day_of(row.answer_by)}
    return to_applicants(
        row,
        readers,
        subject=Sentence(N_("We still wait for your answer (%(reference)s)"), of(row)),
        said=(Sentence(N_("We asked you something about the application of %(organisation)s. If we"
                          " hear nothing by %(day)s, we take it as withdrawn."), told),),
        button=Sentence(N_("Answer the question")),
    )  # fmt: skip


def answered(row: MembershipApplication, readers: Iterable[Person]) -> list[Letter]:
    """Tell whoever handles it that the answer is here."""
    return to_staff(
        row,
        readers,
        subject=Sentence(N_("%(organisation)s has answered"), of(row)),
        said=(Sentence(N_("The answer to your question is on the page of the application.")),),
    )


def deferred(
    row: MembershipApplication, readers: Iterable[Person], *, until: date, reason: str
) -> list[Letter]:
    """Tell the applicants that it takes longer, until when and why."""
    told = of(row) | {"day": until, "reason": reason}
    return to_applicants(
        row,
        readers,
        subject=Sentence(N_("Your application is put off (%(reference)s)"), of(row)),
        said=(
            Sentence(N_("We take up the application of %(organisation)s again on %(day)s."), told),
            Sentence(N_("The reason: %(reason)s"), told),
            Sentence(N_("You need do nothing.")),
        ),
        button=Sentence(N_("See the application")),
    )


def to_confirm(row: MembershipApplication, first: str, readers: Iterable[Person]) -> list[Letter]:
    """Ask colleagues for the second word, where two have to approve."""
    told = of(row) | {"who": first}
    return to_staff(
        row,
        readers,
        subject=Sentence(N_("%(organisation)s waits for a second approval"), of(row)),
        said=(Sentence(N_("%(who)s has approved the application. Somebody else has to approve it"
                          " too."), told),),
    )  # fmt: skip


def approved(
    row: MembershipApplication, *, number: int, from_on: date, readers: Iterable[Person]
) -> list[Letter]:
    """Welcome a member."""
    told = of(row) | {"number": number, "day": from_on}
    return [
        Letter(
            **mail.to(person),
            subject=Sentence(N_("Welcome: %(organisation)s is a member"), told),
            paragraphs=(
                hello(person),
                Sentence(N_("%(organisation)s is a member from %(day)s, with number %(number)s."),
                         told),
                Sentence(N_("Look at your public page next, and invite your colleagues: what is for"
                            " members is open to all who belong to your organisation.")),
            ),
            button=(Sentence(N_("Open your organisation")), page_of(row.organisation)),
            why=APPLIED,
        )
        for person in readers
    ]  # fmt: skip


def declined(
    row: MembershipApplication, readers: Iterable[Person], *, reason: str, appeal: Sentence
) -> list[Letter]:
    """Say no, why, and what can be done about it."""
    told = of(row) | {"reason": reason}
    return to_applicants(
        row,
        readers,
        subject=Sentence(N_("Your application for membership (%(reference)s)"), told),
        said=(
            Sentence(N_("We have decided not to take %(organisation)s as a member."), told),
            Sentence(N_("The reason: %(reason)s"), told),
            appeal,
        ),
        button=Sentence(N_("See the application")),
    )


def withdrawn(row: MembershipApplication, readers: Iterable[Person]) -> list[Letter]:
    """Confirm to the applicants that it is withdrawn."""
    return to_applicants(
        row,
        readers,
        subject=Sentence(N_("Your application is withdrawn (%(reference)s)"), of(row)),
        said=(Sentence(N_("The application of %(organisation)s for membership is withdrawn. You can"
                          " apply again whenever you like."), of(row)),),
        button=Sentence(N_("See the application")),
    )  # fmt: skip


def gone(row: MembershipApplication, readers: Iterable[Person]) -> list[Letter]:
    """Tell whoever handles it that there is nothing to decide any more."""
    return to_staff(
        row,
        readers,
        subject=Sentence(N_("%(organisation)s has withdrawn its application"), of(row)),
        said=(Sentence(N_("You need do nothing more about it.")),),
    )


def lapsed(row: MembershipApplication, readers: Iterable[Person]) -> list[Letter]:
    """Say that the time for an answer is over."""
    return to_applicants(
        row,
        readers,
        subject=Sentence(N_("Your application is withdrawn (%(reference)s)"), of(row)),
        said=(Sentence(N_("We heard no answer to our question about %(organisation)s, so we take"
                          " the application as withdrawn. You can apply again whenever you like."),
                       of(row)),),
        button=Sentence(N_("See the application")),
    )  # fmt: skip


def page_of(organisation: Organisation) -> str:
    """Return where an organisation's people find it."""
    return mail.link(f"/organisations/{organisation.slug}")
