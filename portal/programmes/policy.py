"""Who may do what with a programme."""

from typing import Protocol

from portal.models import (
    PORTAL,
    Actor,
    Application,
    ApplicationDecision,
    Call,
    Cohort,
    Criterion,
    FormVersion,
    Milestone,
    Offer,
    Participation,
    Programme,
    Question,
    Section,
    StaffRole,
)


class PartOfApplication(Protocol):
    """A sheet, a page or a question of an application."""

    @property
    def application(self) -> Application:
        """The application that it belongs to."""


Run = Programme | Cohort | Call | Criterion | FormVersion | Section | Question


def runs_programmes(actor: Actor) -> bool:
    """The programme team."""
    return actor.works_on(StaffRole.PROGRAMMES)


def runs(actor: Actor, _thing: Run) -> bool:
    """The programme team, for anything that a programme is made of."""
    return runs_programmes(actor)


def applies(actor: Actor) -> bool:
    """People with a confirmed address who belong to an organisation."""
    return actor.verified and bool(actor.standings)


def fills_in(actor: Actor, application: Application) -> bool:
    """People of the organisation, and the programme team on its behalf."""
    return actor.belongs_to(application.organisation_id) or runs_programmes(actor)


def binds(actor: Actor, application: Application) -> bool:
    """Representatives and administrators of the organisation that applies."""
    return actor.represents(application.organisation_id)


def fills_in_part(actor: Actor, part: PartOfApplication) -> bool:
    """Those who fill in the application, for anything that is a part of it."""
    return fills_in(actor, part.application)


def assesses(actor: Actor, application: Application) -> bool:
    """The programme team, except on an application of an organisation of their own."""
    return runs_programmes(actor) and not actor.belongs_to(application.organisation_id)


def calls_off(actor: Actor, _application: Application) -> bool:
    """The programme team, when it cancels the call that was answered."""
    return runs_programmes(actor)


def prepares(actor: Actor, decision: ApplicationDecision) -> bool:
    """Those who assess the application."""
    return assesses(actor, decision.application)


def withdraws_from(actor: Actor, decision: ApplicationDecision) -> bool:
    """Those who bind the organisation, whose withdrawal leaves nothing to decide."""
    return binds(actor, decision.application)


def approves(actor: Actor, decision: ApplicationDecision) -> bool:
    """Those who assess the application, but for whoever prepared the decision."""
    return prepares(actor, decision) and actor.id != decision.prepared_by_id


def answers(actor: Actor, offer: Offer) -> bool:
    """Representatives and administrators of the organisation that was offered the place."""
    return binds(actor, offer.application)


def offers(actor: Actor, offer: Offer) -> bool:
    """Those who assess the application."""
    return assesses(actor, offer.application)


def is_the_portal(actor: Actor, _thing: object) -> bool:
    """Nobody: what a date demands, the portal does."""
    return actor is PORTAL


def portal_or_assesses(actor: Actor, application: Application) -> bool:
    """The portal when a date demands it, and those who assess."""
    return actor is PORTAL or assesses(actor, application)


def guides(actor: Actor, participation: Participation) -> bool:
    """The programme team, except for an organisation of their own."""
    return runs_programmes(actor) and not actor.belongs_to(participation.organisation_id)


def takes_part(actor: Actor, participation: Participation) -> bool:
    """People of the company, and the programme team."""
    return actor.belongs_to(participation.organisation_id) or guides(actor, participation)


def leaves(actor: Actor, participation: Participation) -> bool:
    """Those who bind the company, and the programme team."""
    return actor.represents(participation.organisation_id) or guides(actor, participation)


def works_towards(actor: Actor, milestone: Milestone) -> bool:
    """People of the company, and the programme team."""
    return takes_part(actor, milestone.participation)


def judges(actor: Actor, milestone: Milestone) -> bool:
    """The programme team, except for an organisation of their own."""
    return guides(actor, milestone.participation)


def portal_or_judges(actor: Actor, milestone: Milestone) -> bool:
    """The portal when a date demands it, and those who judge."""
    return actor is PORTAL or judges(actor, milestone)
