"""Companies in their cohorts: joining from elsewhere, who is responsible, going on, leaving."""

from datetime import datetime
from uuid import UUID

from portal.core.errors import Mistake, NotAllowed, Refused
from portal.core.wording import N_, Sentence
from portal.extensions import db
from portal.models import Actor, Cohort, Organisation, Participation, Person
from portal.platform import audit, mail
from portal.platform.audit import About
from portal.programmes import places, policy, rules
from portal.programmes.deeds import CohortDeed
from portal.programmes.mails import cohorts as letters
from portal.programmes.queries import cohorts as queries
from portal.programmes.service.holding import hold
from portal.programmes.workflow import PARTICIPATION

THERE_ALREADY = Sentence(N_("This company is in the cohort already, or was."))
NOT_OURS = Sentence(N_("Choose somebody who belongs to the company."))
DEEDS = {
    "begin": CohortDeed.BEGAN,
    "pause": CohortDeed.PAUSED,
    "resume": CohortDeed.RESUMED,
    "graduate": CohortDeed.GRADUATED,
    "leave": CohortDeed.LEFT,
    "terminate": CohortDeed.TERMINATED,
}


def admit(
    cohort: Cohort, organisation: Organisation, *, reason: str, actor: Actor, now: datetime
) -> Participation:
    """Take a company into a cohort without an application, and say why."""
    if not policy.runs(actor, cohort) or actor.belongs_to(organisation.id):
        raise NotAllowed
    if refused := rules.cohort_over(cohort):
        raise Refused(refused)
    if queries.takes_part_already(cohort.id, organisation.id):
        raise Mistake("organisation", THERE_ALREADY)
    places.take(cohort.id)
    participation = Participation(
        cohort=cohort, organisation=organisation, joined_on=now.date(), reason=reason
    )
    db.session.add(participation)
    about = About(organisation_id=organisation.id, note=reason)
    audit.record(CohortDeed.JOINED, participation, actor=actor, now=now, about=about)
    mail.queue(*letters.welcome(participation, queries.responsible(participation, now=now)))
    return participation


def name_responsible(
    participation: Participation, person_id: UUID, *, actor: Actor, now: datetime
) -> None:
    """Say who of the company is responsible for its part in the cohort."""
    if not policy.takes_part(actor, participation):
        raise NotAllowed
    hold(participation)
    if reason := rules.gone(participation):
        raise Refused(reason)
    ours = {person.id for person in queries.people(participation.organisation_id, now=now)}
    if person_id not in ours:
        raise Mistake("responsible_id", NOT_OURS)
    person = db.session.get_one(Person, person_id)
    participation.responsible = person
    about = told(participation, actor=actor, note=person.name)
    audit.record(CohortDeed.RESPONSIBLE_NAMED, participation, actor=actor, now=now, about=about)
    if person.id != actor.id:
        mail.queue(letters.named(participation, person))


def move(participation: Participation, name: str, *, actor: Actor, now: datetime) -> None:
    """Let a company begin, pause, go on or graduate. A graduate has used its place and keeps it."""
    hold(participation)
    with db.session.no_autoflush:  # the row is whole again only when all is written
        step = PARTICIPATION.make(name, participation, actor=actor, now=now)
        if name == "graduate":
            participation.left_on = now.date()
    about = About(organisation_id=participation.organisation_id, step=step)
    audit.record(DEEDS[name], participation, actor=actor, now=now, about=about)


def leave(participation: Participation, *, reason: str, actor: Actor, now: datetime) -> None:
    """Let a company leave before the end. Its place is free for another."""
    depart(participation, "leave", reason=reason, actor=actor, now=now)
    if not policy.guides(actor, participation):
        mail.queue(letters.left(participation))
    else:
        tell_company(participation, now=now)


def terminate(participation: Participation, *, reason: str, actor: Actor, now: datetime) -> None:
    """End a company's participation, and say why. Its place is free for another."""
    depart(participation, "terminate", reason=reason, actor=actor, now=now)
    tell_company(participation, now=now)


def depart(
    participation: Participation, name: str, *, reason: str, actor: Actor, now: datetime
) -> None:
    """Make the move that ends a participation early, and let its place go, once."""
    hold(participation)
    with db.session.no_autoflush:  # the row is whole again only when all is written
        step = PARTICIPATION.make(name, participation, actor=actor, now=now)
        participation.left_on, participation.reason = now.date(), reason
    db.session.flush()
    places.give_back(participation.cohort_id)
    about = told(participation, actor=actor, note=reason)
    about = About(
        organisation_id=about.organisation_id,
        on_behalf_of_id=about.on_behalf_of_id if name == "leave" else None,
        step=step,
        note=reason,
    )
    audit.record(DEEDS[name], participation, actor=actor, now=now, about=about)


def tell_company(participation: Participation, *, now: datetime) -> None:
    """Write to the company that its part has ended."""
    mail.queue(*letters.ended(participation, queries.responsible(participation, now=now)))


def told(participation: Participation, *, actor: Actor, note: str = "") -> About:
    """Say in the audit for whom staff act, when they do."""
    id = participation.organisation_id
    return About(
        organisation_id=id, on_behalf_of_id=None if actor.belongs_to(id) else id, note=note
    )
