"""Letters about membership over the years."""

from datetime import date

from portal.core.wording import N_, Bilingual, Sentence
from portal.members.rules import day_before
from portal.models import (
    Actor,
    Membership,
    MembershipTurn,
    Organisation,
    Person,
    TierRequest,
    TierRequestTakes,
)
from portal.platform import mail
from portal.platform.mail import Letter

HELLO = N_("Hello %(name)s,")
WHY = Sentence(N_("You get this e-mail because you represent a member of ours."))
TASKS = Sentence(N_("You get this e-mail because you look after membership."))
OPEN = Sentence(N_("See your membership"))


def page_of(organisation: Organisation) -> str:
    """Return where an organisation's people find its membership."""
    return mail.link(f"/organisations/{organisation.slug}/membership")


def hello(person: Person) -> Sentence:
    """Greet somebody."""
    return Sentence(HELLO, {"name": person.name})


def excluded(membership: Membership, reason: str, from_on: date, *, to: Person) -> Letter:
    """Tell a member that it is excluded, and why."""
    words = {
        "organisation": membership.organisation.display_name, "day": from_on, "reason": reason,
    }  # fmt: skip
    return Letter(
        **mail.to(to),
        subject=Sentence(N_("%(organisation)s is excluded from membership"), words),
        paragraphs=(
            hello(to),
            Sentence(N_("We have excluded %(organisation)s from membership from %(day)s."), words),
            Sentence(N_("The reason: %(reason)s"), words),
            Sentence(N_("If you think this is wrong, answer this e-mail: the statutes say how a"
                        " decision is looked at again.")),
        ),
        button=(OPEN, page_of(membership.organisation)),
        why=WHY,
    )  # fmt: skip


#: What a member asks for, by from when.
WISHES = {
    TierRequestTakes.AT_ONCE: N_("%(who)s asks for “%(tier)s”, as soon as we agree."),
    TierRequestTakes.NEXT_PERIOD: N_("%(who)s asks for “%(tier)s”, with the next period."),
}


def words_of(row: TierRequest) -> dict[str, object]:
    """Return what letters about a request tell of it."""
    return {
        "organisation": row.membership.organisation.display_name,
        "tier": Bilingual.of(row.tier, "name"),
    }


def asked(row: TierRequest, *, who: Actor, to: Person) -> Letter:
    """Tell staff what a member asks for."""
    words = words_of(row) | {"who": who.name, "message": row.message}
    said = (Sentence(N_("They write: “%(message)s”"), words),) if row.message else ()
    return Letter(
        **mail.to(to),
        subject=Sentence(N_("%(organisation)s asks about its membership"), words),
        paragraphs=(Sentence(WISHES[row.takes], words), *said),
        button=(Sentence(N_("Answer it")), mail.link(f"/admin/membership/requests/{row.id}")),
        why=TASKS,
    )


def granted(row: TierRequest, first: date, *, to: Person) -> Letter:
    """Tell a member that it has what it asked for."""
    words = words_of(row) | {"first": first}
    return Letter(
        **mail.to(to),
        subject=Sentence(N_("The membership of %(organisation)s: we agree"), words),
        paragraphs=(
            hello(to),
            Sentence(N_("From %(first)s the membership of %(organisation)s is “%(tier)s”, as you"
                        " asked."), words),
        ),
        button=(OPEN, page_of(row.membership.organisation)),
        why=WHY,
    )  # fmt: skip


def declined(row: TierRequest, *, to: Person) -> Letter:
    """Tell a member why it does not have what it asked for."""
    words = words_of(row) | {"reason": row.answer}
    return Letter(
        **mail.to(to),
        subject=Sentence(N_("The membership of %(organisation)s: your request"), words),
        paragraphs=(
            hello(to),
            Sentence(N_("You asked for “%(tier)s”, and we do not agree to it."), words),
            Sentence(N_("The reason: %(reason)s"), words),
            Sentence(N_("The membership stays as it is.")),
        ),
        button=(OPEN, page_of(row.membership.organisation)),
        why=WHY,
    )


def renewed(
    organisation: Organisation, tier: Bilingual, span: tuple[date, date], *, to: Person
) -> Letter:
    """Tell a member that its membership goes on."""
    words = {
        "organisation": organisation.display_name, "tier": tier, "first": span[0],
        "last": day_before(span[1]),
    }  # fmt: skip
    return Letter(
        **mail.to(to),
        subject=Sentence(N_("The membership of %(organisation)s goes on"), words),
        paragraphs=(
            hello(to),
            Sentence(N_("The membership of %(organisation)s is renewed: %(tier)s, from %(first)s to"
                        " %(last)s. Thank you for being with us."), words),
            Sentence(N_("There you see what it brings, what of it is used, and how it can be"
                        " changed or ended.")),
        ),
        button=(OPEN, page_of(organisation)),
        why=WHY,
    )  # fmt: skip


#: What is told when a day begins: the subject, and what it means.
TURNS = {
    MembershipTurn.RENEWAL_DUE: (
        N_("The membership of %(organisation)s is due for renewal"),
        N_("The last period of its membership is over. It still counts until %(until)s. Tell us if"
           " it should go on, or if it should end."),
    ),
    MembershipTurn.LAPSED: (
        N_("The membership of %(organisation)s has lapsed"),
        N_("It was not renewed, and counts no longer. Until %(until)s it can be taken up again with"
           " the same number: tell us, and we renew it."),
    ),
    MembershipTurn.REINSTATED: (
        N_("The membership of %(organisation)s counts again"),
        N_("Everything that it brings is open to you as before."),
    ),
    MembershipTurn.OVER: (
        N_("The membership of %(organisation)s is over"),
        N_("Yesterday was its last day. Thank you for the time with us; you are welcome back."),
    ),
}  # fmt: skip


def turned(
    turn: MembershipTurn, organisation: Organisation, until: date | None, *, to: Person
) -> Letter:
    """Tell a member what became of its membership today."""
    subject, meaning = TURNS[turn]
    words = {
        "organisation": organisation.display_name, "until": until and day_before(until),
    }  # fmt: skip
    return Letter(
        **mail.to(to),
        subject=Sentence(subject, words),
        paragraphs=(hello(to), Sentence(meaning, words)),
        button=(OPEN, page_of(organisation)),
        why=WHY,
    )
