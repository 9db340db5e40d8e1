"""Letters to those who apply."""

from collections.abc import Iterable, Sequence

from portal.core.wording import N_, Bilingual, InZone, Sentence
from portal.models import Application, Person
from portal.platform import mail
from portal.platform.mail import Letter
from portal.programmes.rules import Progress

BELONGING = N_("You get this because you belong to %(applicant)s, which applies.")
OPEN = Sentence(N_("Open the application"))
GO_ON = Sentence(N_("Go on with the application"))


def received(application: Application, people: Iterable[Person]) -> Sequence[Letter]:
    """Write the receipt: what arrived, when, under which reference, and when an answer comes."""
    paragraphs = (
        N_("The application of %(applicant)s to “%(call)s” arrived on %(sent)s."),
        N_("Its reference is %(reference)s. Give it whenever you ask us about the application."),
        N_("What you sent is kept as it is. You hear from us by %(promised)s."),
    )
    subject = N_("We received your application %(reference)s to “%(call)s”")
    return [
        letter(application, person, subject=subject, paragraphs=paragraphs) for person in people
    ]


def withdrawn(application: Application, people: Iterable[Person]) -> Sequence[Letter]:
    """Confirm that an application is withdrawn."""
    paragraphs = (
        N_("The application of %(applicant)s to “%(call)s” is withdrawn. Nobody decides on it."),
        N_("What you wrote is kept, and you can read it whenever you like."),
    )
    subject = N_("Your application to “%(call)s” is withdrawn")
    return [
        letter(application, person, subject=subject, paragraphs=paragraphs) for person in people
    ]


def left(application: Application, contact: Person) -> Letter:
    """Tell the contact of a call that an applicant withdrew."""
    paragraphs = (
        N_("%(applicant)s withdrew its application %(reference)s to “%(call)s”."),
        *([N_("What they say about it: %(reason)s")] if application.closed_reason else []),
    )
    return Letter(
        **mail.to(contact),
        subject=Sentence(N_("%(applicant)s withdrew from “%(call)s”"), gaps(application)),
        paragraphs=tuple(Sentence(text, gaps(application)) for text in paragraphs),
        button=(OPEN, mail.link(f"/programmes/manage/applications/{application.id}")),
        why=Sentence(N_("You get this because applicants are told to ask you about this call.")),
    )


def lapsed(application: Application, people: Iterable[Person]) -> Sequence[Letter]:
    """Say kindly that a draft was not sent in time."""
    paragraphs = (
        N_("“%(call)s” closed on %(closes)s, and the application of %(applicant)s was not sent."),
        N_("Nobody reads it now. Your answers are kept, so that you can use them another time."),
    )
    subject = N_("Your application to “%(call)s” was not sent")
    return [
        letter(application, person, subject=subject, paragraphs=paragraphs) for person in people
    ]


def reminder(
    application: Application, found: Progress, people: Iterable[Person]
) -> Sequence[Letter]:
    """Remind of a draft before its deadline, and say what it still lacks."""
    open_ones = {"missing": len(found.lacks), "total": found.total}
    still = N_("Of its %(total)s questions, %(missing)s still need you.")
    ready = N_("Every question is answered. A representative of %(applicant)s has to send it.")
    paragraphs = (
        N_("The application of %(applicant)s to “%(call)s” is not sent yet."),
        N_("The call closes on %(closes)s. What comes after that is not taken."),
        ready if found.ready else still,
    )
    subject = N_("“%(call)s” closes on %(closes)s, and your application is not sent")
    return [
        letter(application, each, subject=subject, paragraphs=paragraphs, **open_ones)
        for each in people
    ]


def letter(
    application: Application,
    person: Person,
    *,
    subject: str,
    paragraphs: Iterable[str],
    **more: object,
) -> Letter:
    """Put an applicant's letter together."""
    told = gaps(application) | more
    button = GO_ON if application.reference is None else OPEN
    return Letter(
        **mail.to(person),
        subject=Sentence(subject, told),
        paragraphs=tuple(Sentence(text, told) for text in paragraphs),
        button=(button, mail.link(f"/programmes/applications/{application.id}")),
        why=Sentence(BELONGING, told),
    )


def gaps(application: Application) -> dict[str, object]:
    """Return what stands in the gaps of these letters."""
    call = application.call
    return {
        "applicant": application.applicant_name,
        "call": Bilingual.of(call, "title"),
        "reference": application.reference or "",
        "sent": InZone(application.submitted_at, call.zone) if application.submitted_at else "",
        "closes": InZone(call.closes_at, call.zone),
        "promised": call.decision_on,
        "reason": application.closed_reason,
    }
