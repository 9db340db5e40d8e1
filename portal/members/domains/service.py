"""Naming, confirming and removing the domains of organisations."""

from datetime import datetime

from portal.core.errors import Mistake, NotAllowed, Refused
from portal.extensions import db
from portal.members.domains import mails, policy, queries, rules
from portal.members.domains.deeds import DomainDeed
from portal.members.service import affiliations
from portal.models import Actor, DomainProof, Organisation, OrganisationDomain
from portal.platform import audit, mail
from portal.platform.audit import About


def add_domain(
    organisation: Organisation, domain: str, *, actor: Actor, now: datetime
) -> OrganisationDomain:
    """Name a domain of an organisation. It counts once it is confirmed.

    That it is at once for an administrator of a confirmed organisation who proved an address
    there by mail, and for staff, who vouch for it.
    """
    affiliations.lock(organisation.id)
    if reason := rules.wrong_domain(domain):
        raise Mistake("domain", reason)
    named = [row.domain for row in queries.domains_of(organisation.id, actor=actor)]
    if domain in named:
        raise Mistake("domain", rules.LISTED)
    if len(named) >= rules.MOST:
        raise Mistake("domain", rules.ENOUGH)
    if queries.is_verified(domain):
        raise Mistake("domain", rules.OTHERS)
    row = OrganisationDomain(
        organisation=organisation, domain=domain, added_by_id=actor.id, created_at=now
    )
    db.session.add(row)
    if method := proof_of(row, actor=actor):
        confirm(row, method, actor=actor, now=now)
    audit.record(DomainDeed.ADDED, row, actor=actor, now=now, about=told(row, actor=actor))
    return row


def proof_of(row: OrganisationDomain, *, actor: Actor) -> DomainProof | None:
    """Return by what a domain is shown to be an organisation's, if by anything yet."""
    db.session.flush()
    if policy.verifies(actor, row):
        return DomainProof.STAFF
    known = row.organisation.confirmed_at is not None and actor.administers(row.organisation_id)
    return DomainProof.MAIL if known and queries.is_reached_at(actor.id, row.domain) else None


def confirm(row: OrganisationDomain, method: DomainProof, *, actor: Actor, now: datetime) -> None:
    """Take a domain as the organisation's, and tell its administrators."""
    row.verified_at, row.verified_by_id, row.method = now, actor.id, method
    mail.queue(*mails.verified(row, affiliations.administrators_of(row.organisation_id)))


def verify_domain(row: OrganisationDomain, *, actor: Actor, now: datetime) -> None:
    """Confirm a domain that somebody named."""
    if not policy.verifies(actor, row):
        raise NotAllowed
    if row.verified_at is not None:
        return
    if queries.is_verified(row.domain):
        raise Refused(rules.OTHERS)
    confirm(row, DomainProof.STAFF, actor=actor, now=now)
    audit.record(DomainDeed.VERIFIED, row, actor=actor, now=now, about=told(row, actor=actor))


def remove_domain(row: OrganisationDomain, *, actor: Actor, now: datetime) -> None:
    """Name a domain no longer."""
    about, organisation = told(row, actor=actor), row.organisation
    db.session.delete(row)
    audit.record(DomainDeed.REMOVED, organisation, actor=actor, now=now, about=about)


def told(row: OrganisationDomain, *, actor: Actor) -> About:
    """Return what the organisation's timeline tells of a domain."""
    behalf = None if actor.belongs_to(row.organisation_id) else row.organisation_id
    return About(
        organisation_id=row.organisation_id, on_behalf_of_id=behalf, details={"part": row.domain}
    )
