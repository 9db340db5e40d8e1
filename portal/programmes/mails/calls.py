"""Letters about a call as a whole."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from portal.core.wording import N_, InZone
from portal.models import Application, Person
from portal.platform.mail import Letter
from portal.programmes.mails.applying import letter


def call_cancelled(application: Application, people: Iterable[Person]) -> Sequence[Letter]:
    """Tell those who apply that there will be no decision, and why."""
    paragraphs = (
        N_("We have cancelled the call “%(call)s”, so %(applicant)s’s application ends here."),
        N_("Why: %(reason)s"),
        N_("What you wrote is kept, and you can read it whenever you like."),
    )
    subject = N_("“%(call)s” has been cancelled")
    return [
        letter(application, person, subject=subject, paragraphs=paragraphs) for person in people
    ]


def deadline_moved(
    application: Application, people: Iterable[Person], *, before: datetime
) -> Sequence[Letter]:
    """Tell those who are writing that they have longer than was announced."""
    was = InZone(before, application.call.zone)
    paragraphs = (
        N_("“%(call)s” closes later than we announced: on %(closes)s, and no longer on %(was)s."),
        N_("The application of %(applicant)s is not sent yet. What you wrote is kept, and you"
           " have until then to send it."),
        N_("You hear from us by %(promised)s."),
    )  # fmt: skip
    subject = N_("“%(call)s” closes later: on %(closes)s")
    return [
        letter(application, person, subject=subject, paragraphs=paragraphs, was=was)
        for person in people
    ]
