"""Letters about decisions, offers and the waiting list."""

from collections.abc import Iterable, Sequence

from portal.core.wording import N_, Bilingual, InZone, Sentence
from portal.models import Application, ApplicationDecision, Offer, Outcome, Participation, Person
from portal.platform import mail
from portal.platform.mail import Letter

BELONGING = N_("You get this because you belong to %(applicant)s, which applied.")
CONTACT = N_("You get this because applicants are told to ask you about this call.")
MANAGER = N_("You get this because you run this cohort.")
OPEN = Sentence(N_("Open the application"))
OPEN_OFFER = Sentence(N_("Open the offer"))
OPEN_PLACE = Sentence(N_("Open your place in the cohort"))

SUBJECTS = {
    Outcome.OFFER: N_("You are offered a place: “%(call)s”"),
    Outcome.WAITLIST: N_("You are on the waiting list for “%(call)s”"),
    Outcome.UNSUCCESSFUL: N_("Our answer to your application to “%(call)s”"),
    Outcome.INELIGIBLE: N_("Your application to “%(call)s” does not meet its terms"),
}
ANSWERS = {
    Outcome.OFFER: (
        N_("We would like %(applicant)s to join “%(cohort)s”, which starts on %(starts)s."),
        N_("Somebody who may bind %(applicant)s reads the agreement and answers by %(answer_by)s."
           " After that, the place goes to the next."),
    ),
    Outcome.WAITLIST: (
        N_("All places in “%(cohort)s” are held, and %(applicant)s is on the waiting list."),
        N_("When a place becomes free, we offer it to the next. You hear from us when it is your"
           " turn; there is nothing that you need to do until then."),
    ),
    Outcome.UNSUCCESSFUL: (
        N_("Thank you for applying. We cannot give %(applicant)s a place in “%(cohort)s” this"
           " time."),
    ),
    Outcome.INELIGIBLE: (
        N_("%(applicant)s’s application %(reference)s does not meet the terms of this call, so it"
           " was not compared with the others."),
    ),
}  # fmt: skip
FEEDBACK = N_("What we want to tell you: %(feedback)s")


def decided(
    application: Application,
    decision: ApplicationDecision,
    offer: Offer | None,
    *,
    people: Iterable[Person],
) -> Sequence[Letter]:
    """Tell the applicant what was decided, with what staff want it to know."""
    told = gaps(application, offer) | {"feedback": decision.feedback}
    paragraphs = ANSWERS[decision.outcome] + ((FEEDBACK,) if decision.feedback else ())
    return [
        letter(
            application, person, (SUBJECTS[decision.outcome], paragraphs), told=told, offer=offer
        )
        for person in people
    ]


def promoted(offer: Offer, people: Iterable[Person]) -> Sequence[Letter]:
    """Tell somebody on the waiting list that it is their turn."""
    paragraphs = (
        N_("A place in “%(cohort)s” has become free, and it is %(applicant)s’s turn."),
        N_("Somebody who may bind %(applicant)s reads the agreement and answers by %(answer_by)s."
           " After that, the place goes to the next."),
    )  # fmt: skip
    return to_applicant(offer, people, (SUBJECTS[Outcome.OFFER], paragraphs))


def reminder(offer: Offer, people: Iterable[Person]) -> Sequence[Letter]:
    """Remind of an offer before it ends."""
    paragraphs = (
        N_("%(applicant)s has not yet answered our offer of a place in “%(cohort)s”."),
        N_("The offer ends on %(answer_by)s. If you cannot take the place, please decline it, so"
           " that we can offer it to somebody else."),
    )  # fmt: skip
    subject = N_("Answer by %(answer_by)s: your place in “%(cohort)s”")
    return to_applicant(offer, people, (subject, paragraphs))


def lapsed(offer: Offer, people: Iterable[Person]) -> Sequence[Letter]:
    """Tell the applicant that the offer has ended without an answer."""
    paragraphs = (
        N_("Our offer of a place in “%(cohort)s” ended on %(answer_by)s, and %(applicant)s had not"
           " answered. The place goes to the next on the waiting list."),
        N_("If this was not what you wanted, ask %(contact)s soon."),
    )  # fmt: skip
    subject = N_("The offer of a place has ended: “%(call)s”")
    return to_applicant(offer, people, (subject, paragraphs), at_offer=False)


def taken_back(offer: Offer, people: Iterable[Person]) -> Sequence[Letter]:
    """Tell the applicant that the offer was a mistake, and why."""
    paragraphs = (
        N_("We have to take back our offer of a place in “%(cohort)s”. Your application is being"
           " assessed once more, and you hear from us again."),
        N_("Why: %(note)s"),
        N_("We are sorry. Ask %(contact)s whatever you want to know."),
    )  # fmt: skip
    subject = N_("We have to take back our offer: “%(call)s”")
    return to_applicant(offer, people, (subject, paragraphs), at_offer=False)


def accepted(
    offer: Offer, participation: Participation, people: Iterable[Person]
) -> Sequence[Letter]:
    """Confirm that the place is taken, what was signed and what comes next."""
    paragraphs = (
        N_("%(applicant)s has a place in “%(cohort)s”, which starts on %(starts)s."),
        N_("%(name)s accepted version %(number)s of the agreement on %(answered)s. You can read it"
           " whenever you like."),
        N_("Name the person who is responsible for it on your side, so that we know whom to"
           " write to."),
    )  # fmt: skip
    told = gaps(offer.application, offer)
    subject = N_("Welcome to “%(cohort)s”")
    button = (OPEN_PLACE, mail.link(f"/programmes/participations/{participation.id}"))
    return [
        letter(offer.application, person, (subject, paragraphs), told=told, button=button)
        for person in people
    ]


def released(application: Application, people: Iterable[Person]) -> Sequence[Letter]:
    """Tell somebody on the waiting list that no place became free."""
    paragraphs = (
        N_("%(applicant)s is not on the waiting list for “%(cohort)s” any more: we could not give"
           " you a place this time."),
        N_("What we want to tell you: %(reason)s"),
    )  # fmt: skip
    subject = N_("The waiting list for “%(call)s” has ended for you")
    told = gaps(application, None)
    return [letter(application, person, (subject, paragraphs), told=told) for person in people]


def joined(offer: Offer, participation: Participation) -> Letter:
    """Tell whoever runs the cohort that a company has joined."""
    told = gaps(offer.application, offer)
    return Letter(
        **mail.to(offer.cohort.manager),
        subject=Sentence(N_("%(applicant)s joins “%(cohort)s”"), told),
        paragraphs=(
            Sentence(N_("%(name)s accepted the offer for %(applicant)s on %(answered)s."), told),
        ),
        button=(
            Sentence(N_("Open the company’s page")),
            mail.link(f"/programmes/participations/{participation.id}"),
        ),
        why=Sentence(MANAGER),
    )


def declined(offer: Offer) -> Letter:
    """Tell the contact of a call that a place was turned down."""
    said = (N_("What they say about it: %(note)s"),) if offer.answer_note else ()
    paragraphs = (
        N_("%(applicant)s declined the place in “%(cohort)s”. It is free for the next."),
        *said,
    )
    return to_contact(offer, (N_("%(applicant)s declined a place in “%(cohort)s”"), paragraphs))


def not_answered(offer: Offer) -> Letter:
    """Tell the contact of a call that an offer has ended without an answer."""
    paragraphs = (
        N_("%(applicant)s did not answer the offer in time. The place in “%(cohort)s” is free for"
           " the next."),
    )  # fmt: skip
    return to_contact(offer, (N_("No answer from %(applicant)s: a place is free"), paragraphs))


def to_contact(offer: Offer, words: tuple[str, Iterable[str]]) -> Letter:
    """Write to the contact of a call, with the way to the cohort whose place is free."""
    told = gaps(offer.application, offer)
    return Letter(
        **mail.to(offer.application.call.contact),
        subject=Sentence(words[0], told),
        paragraphs=tuple(Sentence(text, told) for text in words[1]),
        button=(
            Sentence(N_("Open the waiting list")),
            mail.link(f"/programmes/cohorts/{offer.cohort_id}"),
        ),
        why=Sentence(CONTACT),
    )


def to_applicant(
    offer: Offer,
    people: Iterable[Person],
    words: tuple[str, Iterable[str]],
    *,
    at_offer: bool = True,
) -> Sequence[Letter]:
    """Write to those who hear about an application, about its offer."""
    application = offer.application
    told, at = gaps(application, offer), offer if at_offer else None
    return [letter(application, person, words, told=told, offer=at) for person in people]


def letter(
    application: Application,
    person: Person,
    words: tuple[str, Iterable[str]],
    *,
    told: dict[str, object],
    offer: Offer | None = None,
    button: tuple[Sentence, str] | None = None,
) -> Letter:
    """Put a letter together: subject, paragraphs, and the way to the page that it speaks of."""
    at = f"/programmes/applications/{application.id}"
    way = (OPEN_OFFER, mail.link(f"{at}/offer")) if offer else (OPEN, mail.link(at))
    return Letter(
        **mail.to(person),
        subject=Sentence(words[0], told),
        paragraphs=tuple(Sentence(text, told) for text in words[1]),
        button=button or way,
        why=Sentence(BELONGING, told),
    )


def gaps(application: Application, offer: Offer | None) -> dict[str, object]:
    """Return what stands in the gaps of these letters."""
    call = application.call
    told: dict[str, object] = {
        "applicant": application.applicant_name,
        "call": Bilingual.of(call, "title"),
        "cohort": Bilingual.of(call.cohort, "name"),
        "starts": call.cohort.starts_on,
        "reference": application.reference or "",
        "contact": call.contact.name,
        "reason": application.closed_reason,
    }
    return told | (about_offer(offer, zone=call.zone) if offer else {})


def about_offer(offer: Offer, *, zone: str) -> dict[str, object]:
    """Return what letters tell of an offer."""
    return {
        "answer_by": InZone(offer.expires_at, zone),
        "answered": InZone(offer.answered_at, zone) if offer.answered_at else "",
        "name": offer.accepted_name or "",
        "number": offer.agreement.number,
        "note": offer.answer_note,
    }
