"""Letters of the members' room."""

from collections.abc import Iterable, Sequence
from urllib.parse import urlencode

from portal.core.wording import N_, Sentence
from portal.members.mails.entering import ACCOUNT, new_browser, still_yours
from portal.models import (
    Invitation,
    JoinRequest,
    MembershipEnquiry,
    Organisation,
    Person,
)
from portal.platform import mail
from portal.platform.mail import Letter

__all__ = ["new_browser", "still_yours"]

#: No page of ours that people head for has a longer address.
LONGEST_WAY = 300
NOT_YOU = Sentence(
    N_("If this was not you, you need do nothing: without this e-mail nobody can use your address.")
)
SIGNED_UP_HERE = Sentence(N_("You get this e-mail because somebody gave your address when signing"
                             " up."))  # fmt: skip
TASKS = Sentence(N_("You get this e-mail because you look after this."))


def verify(person: Person, token: str, *, after: str = "") -> Letter:
    """Ask somebody to show that their address is theirs, and to go on to where they wanted."""
    return Letter(
        **mail.to(person),
        subject=Sentence(N_("Confirm your e-mail address")),
        paragraphs=(
            Sentence(N_("Hello %(name)s,"), {"name": person.name}),
            Sentence(N_("Confirm that this address is yours, and your account is ready. The button"
                        " works once, and for three days.")),
            NOT_YOU,
        ),
        button=(Sentence(N_("Confirm the address")), mail.link(f"/verify/{token}{onward(after)}")),
        secret=True,
        why=SIGNED_UP_HERE,
    )  # fmt: skip


def already_here(person: Person, after: str = "", *, address: str) -> Letter:
    """Tell somebody that their address has an account, when it is used to sign up again."""
    return Letter(
        **{**mail.to(person), "address": address},
        subject=Sentence(N_("You already have an account")),
        paragraphs=(
            Sentence(N_("Hello %(name)s,"), {"name": person.name}),
            Sentence(N_("Somebody just signed up with this address, and it has an account already."
                        " If it was you, sign in. If you have forgotten your password, or never"
                        " chose one, ask for a new one on the same page.")),
            NOT_YOU,
        ),
        button=(Sentence(N_("Sign in")), mail.link(f"/sign-in{onward(after)}")),
        why=SIGNED_UP_HERE,
    )  # fmt: skip


def reset(person: Person, token: str, after: str = "", *, address: str) -> Letter:
    """Let somebody choose a new password, by the address of theirs that they gave."""
    return Letter(
        **{**mail.to(person), "address": address},
        subject=Sentence(N_("Choose a new password")),
        paragraphs=(
            Sentence(N_("Hello %(name)s,"), {"name": person.name}),
            Sentence(N_("Here you can choose a new password. The button works once, and for an"
                        " hour.")),
            Sentence(N_("If you did not ask for this, you need do nothing. Your password stays as"
                        " it is.")),
        ),
        button=(Sentence(N_("Choose a password")), mail.link(f"/reset/{token}{onward(after)}")),
        secret=True,
        why=ACCOUNT,
    )  # fmt: skip


def password_changed(person: Person) -> Letter:
    """Tell somebody that their password is another one now."""
    return Letter(
        **mail.to(person),
        subject=Sentence(N_("Your password was changed")),
        paragraphs=(
            Sentence(N_("Hello %(name)s,"), {"name": person.name}),
            Sentence(N_("Your password was changed just now, and every other browser was signed"
                        " out. If it was not you, ask for a new password at once.")),
        ),
        button=(Sentence(N_("Ask for a new password")), mail.link("/forgotten")),
        why=ACCOUNT,
    )  # fmt: skip


def added(person: Person, organisation: Organisation) -> Letter:
    """Tell somebody that staff registered an organisation on their behalf."""
    return Letter(
        **mail.to(person),
        subject=Sentence(N_("%(organisation)s is registered"), named(organisation)),
        paragraphs=(
            Sentence(N_("Hello %(name)s,"), {"name": person.name}),
            Sentence(N_("We registered %(organisation)s for you, as you asked, and made you its"
                        " administrator. If you have no password yet, ask for one with the button"
                        " below."), named(organisation)),
        ),
        button=(Sentence(N_("Choose a password")), mail.link("/forgotten")),
        why=Sentence(N_("You get this e-mail because you asked us to register your organisation.")),
    )  # fmt: skip


def confirmed(organisation: Organisation, administrators: Iterable[Person]) -> list[Letter]:
    """Tell an organisation's administrators that staff confirmed it."""
    return [
        Letter(
            **mail.to(person),
            subject=Sentence(N_("%(organisation)s is confirmed"), named(organisation)),
            paragraphs=(
                Sentence(N_("Hello %(name)s,"), {"name": person.name}),
                Sentence(N_("We have confirmed %(organisation)s. Everything here is open to it"
                            " now."), named(organisation)),
            ),
            button=(Sentence(N_("Open its page")), page_of(organisation)),
            why=ACCOUNT,
        )
        for person in administrators
    ]  # fmt: skip


def invitation(row: Invitation, token: str) -> Letter:
    """Invite somebody to an organisation; of one that nobody confirmed, in our own words alone."""
    confirmed = row.organisation.confirmed_at is not None
    subject, paragraphs = by_those_we_know(row) if confirmed else by_somebody(row)
    return Letter(
        address=row.email,
        language=row.language,
        subject=subject,
        paragraphs=(
            *paragraphs,
            Sentence(N_("The invitation is for this address alone, and good for two weeks.")),
        ),
        button=(Sentence(N_("See the invitation")), mail.link(f"/invitations/{token}")),
        secret=True,
        why=Sentence(N_("You get this e-mail because somebody who knows you gave us your address"
                        " for this invitation. We do not use it for anything else.")),
    )  # fmt: skip


def by_those_we_know(row: Invitation) -> tuple[Sentence, Sequence[Sentence]]:
    """Say who invites to which organisation, and what they write."""
    words = named(row.organisation) | {"who": row.invited_by.name, "role": row.role}
    invites = N_("%(who)s invites you to work here for %(organisation)s. Your role: %(role)s.")
    message = (Sentence(N_("They write: “%(message)s”"), {"message": row.message}),)
    subject = Sentence(N_("You are invited to join %(organisation)s"), words)
    return subject, (Sentence(invites, words), *(message if row.message else ()))


def by_somebody(row: Invitation) -> tuple[Sentence, Sequence[Sentence]]:
    """Say who invites by nothing but their proven address: names could be advertisements."""
    words = {"address": row.invited_by.email, "role": row.role}
    invites = N_(
        "%(address)s invites you to work here for their organisation. Your role: %(role)s."
    )
    unknown = N_("We have not looked at the organisation yet. Accept only if you know the address.")
    subject = Sentence(N_("You are invited to join an organisation"))
    return subject, (Sentence(invites, words), Sentence(unknown))


def asked_to_join(request: JoinRequest, readers: Iterable[Person]) -> list[Letter]:
    """Tell whoever may answer that somebody asks to join their organisation."""
    words = named(request.organisation) | {"who": request.person.name}
    return [
        Letter(
            **mail.to(person),
            subject=Sentence(N_("%(who)s asks to join %(organisation)s"), words),
            paragraphs=(
                Sentence(N_("%(who)s asks to belong to %(organisation)s here."), words),
                Sentence(N_("Let them join if you know them; decline if you do not.")),
            ),
            button=(Sentence(N_("Answer")), people_of(request.organisation)),
            why=TASKS,
        )
        for person in readers
    ]


def join_answered(request: JoinRequest, *, accepted: bool) -> Letter:
    """Tell somebody what became of their request to join."""
    words = named(request.organisation)
    good = Sentence(N_("You belong to %(organisation)s now"), words)
    bad = Sentence(N_("%(organisation)s did not let you join"), words)
    then = Sentence(N_("You can work for it from your desk."))
    otherwise = Sentence(N_("If you think this is a mistake, talk to its administrator."))
    return Letter(
        **mail.to(request.person),
        subject=good if accepted else bad,
        paragraphs=(
            Sentence(N_("Hello %(name)s,"), {"name": request.person.name}),
            then if accepted else otherwise,
        ),
        button=(Sentence(N_("Open your desk")), mail.link("/desk")),
        why=Sentence(N_("You get this e-mail because you asked to join an organisation.")),
    )


def enquiry_received(row: MembershipEnquiry) -> Letter:
    """Thank somebody for asking about membership."""
    words = {"organisation": row.organisation_name}
    return Letter(
        address=row.email,
        language=row.language,
        name=row.name,
        subject=Sentence(N_("We have your message")),
        paragraphs=(
            Sentence(N_("Hello %(name)s,"), {"name": row.name}),
            Sentence(N_("Thank you for asking about membership for %(organisation)s. One of us"
                        " reads your message and answers you within a few working days."), words),
        ),
        button=(Sentence(N_("See our members")), mail.link("/members")),
        why=Sentence(N_("You get this e-mail because this address was given on our page for new"
                        " members.")),
    )  # fmt: skip


def enquiry_to_staff(row: MembershipEnquiry, readers: Iterable[Person]) -> list[Letter]:
    """Tell staff that somebody would like to join."""
    words = {"organisation": row.organisation_name, "who": row.name}
    return [
        Letter(
            **mail.to(person),
            subject=Sentence(N_("%(organisation)s would like to join"), words),
            paragraphs=(Sentence(N_("%(who)s of %(organisation)s asks about membership."), words),),
            button=(Sentence(N_("Read the enquiry")), mail.link(f"/admin/enquiries/{row.id}")),
            why=TASKS,
        )
        for person in readers
    ]


def onward(after: str) -> str:
    """Return what a link says of the page that follows; nothing of one with too long an address."""
    return f"?{urlencode({'next': after})}" if after and len(after) <= LONGEST_WAY else ""


def named(organisation: Organisation) -> dict[str, object]:
    """Return the gap that names an organisation."""
    return {"organisation": organisation.display_name}


def page_of(organisation: Organisation) -> str:
    """Return where an organisation's people find it."""
    return mail.link(f"/organisations/{organisation.slug}")


def people_of(organisation: Organisation) -> str:
    """Return where an organisation's people are managed."""
    return mail.link(f"/organisations/{organisation.slug}/people")
