"""Letters about a call as a whole."""

from portal.core.wording import N_, Sentence
from portal.models import Application, Call, Person
from portal.platform import mail
from portal.platform.mail import Letter


def call_cancelled(application: Application, call: Call, person: Person, *, reason: str) -> Letter:
    """Tell whoever leads an application that there will be no decision, and why."""
    title = call.title_nb if person.language == "nb" else call.title_en
    gone = N_("We have cancelled the call “%(title)s”, so your application ends here.")
    kept = N_("What you wrote is kept, and you can read it whenever you like.")
    return Letter(
        **mail.to(person),
        subject=Sentence(N_("%(title)s has been cancelled"), {"title": title}),
        paragraphs=(
            Sentence(gone, {"title": title}),
            Sentence(N_("Why: %(reason)s"), {"reason": reason}),
            Sentence(kept),
        ),
        button=(
            Sentence(N_("Open your application")),
            mail.link(f"/programmes/applications/{application.id}"),
        ),
        why=Sentence(N_("You get this because you lead this application.")),
    )
