"""Organisations: how they come to exist, how they change, how staff confirm them."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from sqlalchemy import select

from portal.core.errors import Mistake, NotAllowed, Refused
from portal.core.wording import N_, Sentence
from portal.extensions import db
from portal.members import mails, policy, rules
from portal.members.deeds import MemberDeed
from portal.members.service import affiliations, proposals
from portal.models import (
    Actor,
    AffiliationRole,
    NumberKind,
    Organisation,
    OrganisationKind,
    Person,
    Service,
    SizeClass,
    Tag,
)
from portal.platform import audit, files, mail
from portal.platform.audit import About
from portal.platform.files import Upload
from portal.platform.versions import unchanged

CONFIRM_FIRST = Sentence(
    N_("Confirm your e-mail address first: we sent you a message with a button for it.")
)
#: Names that pages of ours have below /organisations.
RESERVED = {"new", "join", "offered"}

#: What staff check when it changes.
NAMES = ("display_name", "legal_name")

HERE_ALREADY = Sentence(
    N_("An organisation with this number is here already. Go back one step to ask to join it.")
)
CONFIRMED = Sentence(N_("This organisation is confirmed already."))
OWN = Sentence(N_("You belong to this organisation, so somebody else of the staff confirms it."))


@dataclass(frozen=True, kw_only=True)
class Registration:
    """Where an organisation is registered, if it is; settled when it is created."""

    number_kind: NumberKind
    number: str | None = None
    country: str = "NO"


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What an organisation tells of itself."""

    legal_name: str
    display_name: str
    kind: OrganisationKind
    size: SizeClass
    place: str = ""
    website: str = ""
    standfirst: str = ""
    description: str = ""
    language: str = "en"
    offered: tuple[Service, ...] = ()
    sought: tuple[Service, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What an organisation lets everybody see."""

    listed: bool = True
    shows_size: bool = True
    shows_website: bool = True
    shows_people: bool = False


def create_organisation(
    registration: Registration,
    facts: Facts,
    *,
    tags: Sequence[Tag] = (),
    logo: Upload | None = None,
    person: Person | None = None,
    actor: Actor,
    now: datetime,
) -> Organisation:
    """Register an organisation; whoever does it is its administrator, until staff confirm it.

    Staff may register one for `person`, who then is its administrator.
    """
    if not actor.verified:
        raise NotAllowed(CONFIRM_FIRST)
    if person and person.id != actor.id and not policy.membership_staff(actor):
        raise NotAllowed
    row = begun(registration, facts, now=now)
    row.tags = list(tags)
    if logo:
        put_logo(row, logo, actor=actor)
    holder = person or db.session.get_one(Person, actor.id)
    role = AffiliationRole.ADMINISTRATOR
    affiliations.grant(holder, row, role=role, actor=actor, now=now)
    behalf = row.id if holder.id != actor.id else None
    about = About(organisation_id=row.id, on_behalf_of_id=behalf)
    audit.record(MemberDeed.ORGANISATION_CREATED, row, actor=actor, now=now, about=about)
    if behalf:
        mail.queue(mails.added(holder, row))
    return row


def begun(registration: Registration, facts: Facts, *, now: datetime) -> Organisation:
    """Make the row of an organisation whose number nobody else has."""
    number = rules.tidy_number(registration.number_kind, registration.number or "")
    wrong = rules.wrong_number(registration.number_kind, number or "", registration.country)
    if wrong:
        raise Mistake("number", wrong)
    if number and by_number(registration.country, number):
        raise Mistake("number", HERE_ALREADY)
    row = Organisation(
        number_kind=registration.number_kind,
        number=number,
        country=registration.country,
        slug=free_slug(facts.display_name),
        created_at=now,
        **asdict(facts),
    )
    db.session.add(row)
    db.session.flush()
    return row


def by_number(country: str, number: str) -> Organisation | None:
    """Find the organisation that has a number: whoever knows the number may ask to join.

    The number of what became a part of another leads to the other.
    """
    found = db.session.scalar(
        select(Organisation).where(Organisation.country == country, Organisation.number == number)
    )
    if found is not None and found.merged_into_id is not None:
        return db.session.get(Organisation, found.merged_into_id)
    return found


def free_slug(name: str) -> str:
    """Return an address for a name that no other organisation has."""
    wish = rules.slug_of(name)
    taken = RESERVED | set(
        db.session.scalars(
            select(Organisation.slug).where(Organisation.slug.startswith(wish, autoescape=True))
        )
    )
    tries = (f"{wish}-{number}" for number in range(2, len(taken) + 3))
    return wish if wish not in taken else next(slug for slug in tries if slug not in taken)


def put_logo(row: Organisation, logo: Upload, *, actor: Actor) -> None:
    """Give an organisation its logo."""
    row.logo = files.keep(logo, owner_type="organisation", owner_id=row.id, actor=actor)


def edit_organisation(
    row: Organisation,
    facts: Facts,
    *,
    shown: Shown,
    tags: Sequence[Tag],
    logo: Upload | None = None,
    version: int | None,
    actor: Actor,
    now: datetime,
) -> None:
    """Change what an organisation tells of itself and shows. Its number stays as it is.

    Another name of a confirmed organisation is for staff to check: its people only propose it.
    """
    unchanged(row, version, theirs=as_saved(row))
    told = asdict(facts) | asdict(shown)
    if proposes_names(row, facts, actor=actor):
        identity = replace(proposals.identity_of(row), **{n: told.pop(n) for n in NAMES})
        proposals.proposed(row, identity, actor=actor, now=now)
    for name, value in told.items():
        setattr(row, name, value)
    row.tags = list(tags)
    if logo:
        put_logo(row, logo, actor=actor)
    behalf = None if actor.belongs_to(row.id) else row.id
    about = About(organisation_id=row.id, on_behalf_of_id=behalf)
    audit.record(MemberDeed.ORGANISATION_EDITED, row, actor=actor, now=now, about=about)


def proposes_names(row: Organisation, facts: Facts, *, actor: Actor) -> bool:
    """Tell whether names were changed by somebody who may only propose that."""
    changed = any(getattr(row, name) != getattr(facts, name) for name in NAMES)
    return changed and row.confirmed_at is not None and not policy.checks_identity(actor, row)


def as_saved(row: Organisation) -> dict[str, object]:
    """Return what is kept of an organisation, by field of the form."""
    names = (*Facts.__annotations__, *Shown.__annotations__)
    return {name: getattr(row, name) for name in names} | {"tags": [tag.key for tag in row.tags]}


def confirm(row: Organisation, *, actor: Actor, now: datetime) -> None:
    """Say that an organisation is what it says it is."""
    if row.confirmed_at is not None:
        raise Refused(CONFIRMED)
    if not policy.confirms_organisation(actor, row):
        raise NotAllowed
    if actor.belongs_to(row.id):
        raise Refused(OWN)
    row.confirmed_at, row.confirmed_by_id = now, actor.id
    mail.queue(*mails.confirmed(row, affiliations.administrators_of(row.id)))
    about = About(organisation_id=row.id)
    audit.record(MemberDeed.ORGANISATION_CONFIRMED, row, actor=actor, now=now, about=about)
