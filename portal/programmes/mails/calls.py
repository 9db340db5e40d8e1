"""Letters about a call as a whole."""

from collections.abc import Iterable, Sequence

from portal.core.wording import N_
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
