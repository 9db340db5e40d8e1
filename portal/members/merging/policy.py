"""Who may bring people or organisations together."""

from portal.members.policy import comes_with_another_deed, membership_staff
from portal.models import Actor, MergeRecord, Organisation, Person

__all__ = ["comes_with_another_deed", "membership_staff"]


def proposes_person(actor: Actor, person: Person) -> bool:
    """Membership staff, for anybody's account but their own."""
    return membership_staff(actor) and person.id != actor.id


def proposes_organisation(actor: Actor, organisation: Organisation) -> bool:
    """Membership staff, for an organisation that they do not belong to."""
    return membership_staff(actor) and not actor.belongs_to(organisation.id)


def looks(actor: Actor, _row: MergeRecord) -> bool:
    """Membership staff."""
    return membership_staff(actor)


def concerns(actor: Actor, row: MergeRecord) -> bool:
    """Whoever is one of the two, or belongs to one of them."""
    organisations = (row.kept_organisation_id, row.lost_organisation_id)
    people = (row.kept_person_id, row.lost_person_id)
    return actor.id in people or any(actor.belongs_to(id) for id in organisations if id)


def may_propose(actor: Actor, row: MergeRecord) -> bool:
    """Membership staff whom it does not concern."""
    return membership_staff(actor) and not concerns(actor, row)


def approves(actor: Actor, row: MergeRecord) -> bool:
    """A second member of the membership staff whom it does not concern."""
    second = membership_staff(actor) and actor.id != row.proposed_by_id
    return second and not concerns(actor, row)


def declines(actor: Actor, row: MergeRecord) -> bool:
    """A second member of the membership staff."""
    return membership_staff(actor) and actor.id != row.proposed_by_id


def withdraws(actor: Actor, row: MergeRecord) -> bool:
    """Whoever proposed it."""
    return actor.id == row.proposed_by_id and membership_staff(actor)
