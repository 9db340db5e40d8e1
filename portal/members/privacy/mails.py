"""The letters about people's own data."""

from portal.core.wording import N_, Sentence
from portal.models import Person, PersonalExport, PrivacyKind, PrivacyRequest
from portal.platform import mail
from portal.platform.mail import Letter

OWN = "/account/privacy"
WHY = Sentence(N_("You get this because you asked something about your own data."))
CLOSING = {
    "done": Sentence(N_("We have done what you asked.")),
    "refused": Sentence(N_("We cannot do what you asked.")),
}
#: What somebody asked for, as it is told to them; to staff the kinds tell it of a third person.
ASKED = {
    PrivacyKind.ACCESS: Sentence(N_("You asked to see what we hold about you.")),
    PrivacyKind.RECTIFY: Sentence(N_("You asked us to correct what we hold about you.")),
    PrivacyKind.ERASE: Sentence(N_("You asked us to erase your data and close your account.")),
    PrivacyKind.OBJECT: Sentence(N_("You object to a way in which we use your data.")),
}
COMPLAIN = Sentence(
    N_("If you do not agree, answer this letter. You can also complain to the Norwegian Data"
       " Protection Authority, www.datatilsynet.no.")
)  # fmt: skip


def copy_ready(person: Person, copy: PersonalExport) -> Letter:
    """Say that a copy can be fetched."""
    return Letter(
        **mail.to(person),
        subject=Sentence(N_("The copy of your data is ready")),
        paragraphs=(
            Sentence(
                N_("You can fetch it until %(moment)s. After that it is deleted."),
                {"moment": copy.expires_at},
            ),
        ),
        button=(Sentence(N_("Fetch the copy")), mail.link(OWN)),
        why=Sentence(N_("You get this because you asked for a copy of your data.")),
    )


def received(request: PrivacyRequest) -> Letter:
    """Say that a request came, and by when there will be an answer."""
    words = {"moment": request.due_at}
    return Letter(
        **mail.to(request.person),
        subject=Sentence(N_("We have received your request")),
        paragraphs=(
            ASKED[request.kind],
            Sentence(N_("We answer before %(moment)s."), words),
            Sentence(N_("If it was not you who asked, answer this letter at once.")),
        ),
        button=(Sentence(N_("See your request")), mail.link(OWN)),
        why=WHY,
    )


def extended(request: PrivacyRequest) -> Letter:
    """Say that the answer takes longer, and why."""
    words = {"moment": request.due_at, "reason": request.extension}
    return Letter(
        **mail.to(request.person),
        subject=Sentence(N_("Your request takes longer than we thought")),
        paragraphs=(
            Sentence(N_("We answer before %(moment)s."), words),
            Sentence(N_("The reason: %(reason)s"), words),
            COMPLAIN,
        ),
        button=(Sentence(N_("See your request")), mail.link(OWN)),
        why=WHY,
    )


def answered(request: PrivacyRequest) -> Letter:
    """Say what became of a request."""
    told = (Sentence(N_("%(answer)s"), {"answer": request.answer}),) if request.answer else ()
    return Letter(
        **mail.to(request.person),
        subject=Sentence(N_("The answer to your request")),
        paragraphs=(CLOSING[request.state.value], *told, COMPLAIN),
        button=(Sentence(N_("See your request")), mail.link(OWN)),
        why=WHY,
    )


def farewell(person: Person) -> Letter:
    """Say that everything is erased: the last letter, made before the address is gone."""
    return Letter(
        address=person.email,
        language=person.language,
        person_id=person.id,
        subject=Sentence(N_("Your data is erased")),
        paragraphs=(
            Sentence(N_("Your account is closed, and your name and addresses are gone from it.")),
            Sentence(
                N_("What the law or our statutes have us keep no longer has your name on it, but"
                   " for what you were told of before.")
            ),
            COMPLAIN,
        ),
        why=Sentence(N_("You get this because you asked us to erase your data. It is the last.")),
        secret=True,
    )  # fmt: skip


def still_there(person: Person, days: int) -> Letter:
    """Ask somebody who was not here for long whether the account is still needed."""
    return Letter(
        **mail.to(person),
        subject=Sentence(N_("Do you still need your account?")),
        paragraphs=(
            Sentence(N_("You have not been here for two years, and belong to no organisation.")),
            Sentence(
                N_("Sign in once within %(days)s days to keep the account. Otherwise we delete"
                   " your name and addresses."),
                {"days": days},
            ),
        ),
        button=(Sentence(N_("Sign in")), mail.link("/sign-in")),
        why=Sentence(N_("You get this because you have an account here.")),
    )  # fmt: skip
