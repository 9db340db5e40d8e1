"""What staff must check of an organisation: its names, its number, its country."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import select

from portal.core.errors import Mistake, NotAllowed, Refused
from portal.core.wording import N_, Sentence
from portal.extensions import db
from portal.members import policy, rules
from portal.members.deeds import MemberDeed
from portal.members.mails import proposals as letters
from portal.members.service.affiliations import administrators_of, live, lock
from portal.members.service.staff import people_who_work_on
from portal.members.workflow import PROPOSAL
from portal.models import (
    Actor,
    NumberKind,
    Organisation,
    OrganisationProposal,
    Person,
    PersonState,
    ProposalState,
    StaffRole,
)
from portal.platform import audit, mail
from portal.platform.audit import About

NOTHING = Sentence(N_("This is what we have already. Change what should be different."))
TAKEN = Sentence(
    N_("Another organisation with this number is here already. If it is yours too, say so in the"
       " message: the cluster’s staff can bring the two together.")
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Identity:
    """What an organisation is called, and where it is registered."""

    display_name: str
    legal_name: str
    number_kind: NumberKind
    number: str | None
    country: str


def identity_of(row: Organisation | OrganisationProposal) -> Identity:
    """Return the identity that is kept, or that was proposed."""
    return Identity(**{name: getattr(row, name) for name in Identity.__annotations__})


def check(identity: Identity, organisation: Organisation) -> None:
    """Insist that a number can be one, and is nobody else's."""
    kind, number, country = identity.number_kind, identity.number, identity.country
    if wrong := rules.wrong_number(kind, number or "", country):
        raise Mistake("number", wrong)
    others = select(Organisation.id).where(
        Organisation.country == country,
        Organisation.number == number,
        Organisation.id != organisation.id,
    )
    if number and db.session.scalar(others):
        raise Mistake("number", TAKEN)


def propose(
    organisation: Organisation,
    identity: Identity,
    *,
    message: str = "",
    actor: Actor,
    now: datetime,
) -> OrganisationProposal:
    """Ask staff for another name, number or country. A proposal that still waits is replaced."""
    if not policy.edits_organisation(actor, organisation):
        raise NotAllowed
    row = proposed(organisation, identity, message=message, actor=actor, now=now)
    about = About(organisation_id=organisation.id)
    audit.record(MemberDeed.IDENTITY_PROPOSED, row, actor=actor, now=now, about=about)
    return row


def proposed(
    organisation: Organisation,
    identity: Identity,
    *,
    message: str = "",
    actor: Actor,
    now: datetime,
) -> OrganisationProposal:
    """Put a proposal in the place of the one that waits: part of a deed."""
    lock(organisation.id)
    if identity == identity_of(organisation):
        raise Mistake("display_name", NOTHING)
    check(identity, organisation)
    replace(organisation, actor=actor, now=now)
    row = OrganisationProposal(
        organisation=organisation,
        message=message,
        proposed_by=db.session.get_one(Person, actor.id),
        created_at=now,
        **asdict(identity),
    )
    db.session.add(row)
    db.session.flush()
    mail.queue(*letters.proposed(row, people_who_work_on(StaffRole.MEMBERSHIP, now=now)))
    return row


def replace(organisation: Organisation, *, actor: Actor, now: datetime) -> None:
    """Let the proposal that waits be over, since there is something newer: part of a deed."""
    waits = select(OrganisationProposal).where(
        OrganisationProposal.organisation_id == organisation.id,
        OrganisationProposal.state == ProposalState.OPEN,
    )
    for row in db.session.scalars(waits).all():
        PROPOSAL.make("replace", row, actor=actor, now=now)
        row.answered_at, row.answered_by_id = now, actor.id
    db.session.flush()


def apply(organisation: Organisation, identity: Identity) -> None:
    """Give an organisation its new identity. Its address stays, so that links go on working."""
    check(identity, organisation)
    for name, value in asdict(identity).items():
        setattr(organisation, name, value)
    db.session.flush()


def change_identity(
    organisation: Organisation, identity: Identity, *, actor: Actor, now: datetime
) -> None:
    """Change names, number or country at once: staff, who have checked them."""
    if not policy.checks_identity(actor, organisation):
        raise NotAllowed
    lock(organisation.id)
    if identity == identity_of(organisation):
        raise Mistake("display_name", NOTHING)
    apply(organisation, identity)
    replace(organisation, actor=actor, now=now)
    behalf = None if actor.belongs_to(organisation.id) else organisation.id
    about = About(organisation_id=organisation.id, on_behalf_of_id=behalf)
    audit.record(MemberDeed.IDENTITY_CHANGED, organisation, actor=actor, now=now, about=about)


def accept_proposal(row: OrganisationProposal, *, actor: Actor, now: datetime) -> None:
    """Make the change that an organisation asked for."""
    lock(row.organisation_id)
    db.session.refresh(row)
    step = PROPOSAL.make("accept", row, actor=actor, now=now)
    answered(row, actor=actor, now=now)
    try:
        apply(row.organisation, identity_of(row))
    except Mistake as mistake:
        raise Refused(mistake.reason) from mistake
    mail.queue(*(letters.accepted(row, person) for person in hearers(row)))
    about = About(organisation_id=row.organisation_id, step=step)
    audit.record(MemberDeed.IDENTITY_ACCEPTED, row, actor=actor, now=now, about=about)


def decline_proposal(
    row: OrganisationProposal, reason: str, *, actor: Actor, now: datetime
) -> None:
    """Leave an organisation as it is, and say why."""
    step = PROPOSAL.make("decline", row, actor=actor, now=now)
    row.answer = reason
    answered(row, actor=actor, now=now)
    mail.queue(*(letters.declined(row, person) for person in hearers(row)))
    about = About(organisation_id=row.organisation_id, step=step, note=reason)
    audit.record(MemberDeed.IDENTITY_DECLINED, row, actor=actor, now=now, about=about)


def hearers(row: OrganisationProposal) -> list[Person]:
    """Return who hears the answer: whoever asked; administrators if they belong there no more."""
    if (
        live(row.proposed_by_id, row.organisation_id)
        and row.proposed_by.state is PersonState.ACTIVE
    ):
        return [row.proposed_by]
    return administrators_of(row.organisation_id)


def withdraw_proposal(row: OrganisationProposal, *, actor: Actor, now: datetime) -> None:
    """Ask for the change no longer."""
    step = PROPOSAL.make("withdraw", row, actor=actor, now=now)
    answered(row, actor=actor, now=now)
    about = About(organisation_id=row.organisation_id, step=step)
    audit.record(MemberDeed.IDENTITY_WITHDRAWN, row, actor=actor, now=now, about=about)


def answered(row: OrganisationProposal, *, actor: Actor, now: datetime) -> None:
    """Write down who answered a proposal, and when."""
    row.answered_at, row.answered_by_id = now, actor.id
