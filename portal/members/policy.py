"""Who may do what with people, organisations and membership."""

from portal.models import (
    Actor,
    Affiliation,
    Invitation,
    JoinRequest,
    LoginSession,
    Membership,
    MembershipEnquiry,
    MembershipTier,
    Organisation,
    OrganisationProposal,
    Person,
    StaffGrant,
    StaffRole,
    Succession,
)


def administrator(actor: Actor) -> bool:
    """Administrators of the portal."""
    return StaffRole.ADMINISTRATOR in actor.staff


def membership_staff(actor: Actor) -> bool:
    """Staff who look after membership."""
    return actor.works_on(StaffRole.MEMBERSHIP)


def any_staff(actor: Actor) -> bool:
    """Everybody who works for the cluster."""
    return actor.is_staff_of_any


def proven(actor: Actor) -> bool:
    """People who showed that their e-mail address is theirs."""
    return actor.verified


def edits_organisation(actor: Actor, organisation: Organisation) -> bool:
    """The organisation's administrators, and membership staff on its behalf."""
    return actor.administers(organisation.id) or membership_staff(actor)


def checks_identity(actor: Actor, organisation: Organisation) -> bool:
    """Membership staff, for an organisation that they do not belong to."""
    return membership_staff(actor) and not actor.belongs_to(organisation.id)


def answers_proposal(actor: Actor, row: OrganisationProposal) -> bool:
    """Membership staff, for an organisation that they do not belong to."""
    return membership_staff(actor) and not actor.belongs_to(row.organisation_id)


def withdraws_proposal(actor: Actor, row: OrganisationProposal) -> bool:
    """The organisation's administrators."""
    return actor.administers(row.organisation_id)


def sees_people(actor: Actor, organisation: Organisation) -> bool:
    """Everybody who belongs to the organisation, and staff."""
    return actor.belongs_to(organisation.id) or actor.is_staff_of_any


def manages_people(actor: Actor, organisation: Organisation) -> bool:
    """The organisation's administrators, and membership staff."""
    return actor.administers(organisation.id) or membership_staff(actor)


def confirms_organisation(actor: Actor, organisation: Organisation) -> bool:
    """Membership staff, for an organisation that nobody confirmed yet."""
    return membership_staff(actor) and organisation.confirmed_at is None


def keeps_membership(actor: Actor, organisation: Organisation) -> bool:
    """Membership staff, but not for an organisation of their own."""
    return membership_staff(actor) and not actor.belongs_to(organisation.id)


def changes_membership(actor: Actor, membership: Membership) -> bool:
    """Membership staff, but not for an organisation of their own."""
    return membership_staff(actor) and not actor.belongs_to(membership.organisation_id)


def resigns(actor: Actor, membership: Membership) -> bool:
    """Whoever may bind the organisation, and membership staff on behalf of any but their own."""
    return actor.represents(membership.organisation_id) or changes_membership(actor, membership)


def keeps_tier(actor: Actor, _tier: MembershipTier) -> bool:
    """Staff who look after membership."""
    return membership_staff(actor)


def changes_affiliation(actor: Actor, affiliation: Affiliation) -> bool:
    """The organisation's administrators, and membership staff, but not for themselves."""
    others = membership_staff(actor) and affiliation.person_id != actor.id
    return actor.administers(affiliation.organisation_id) or others


def ends_affiliation(actor: Actor, affiliation: Affiliation) -> bool:
    """Whoever manages the people of that organisation, and the person in question."""
    return changes_affiliation(actor, affiliation) or affiliation.person_id == actor.id


def manages_invitation(actor: Actor, invitation: Invitation) -> bool:
    """Whoever manages the people of the organisation that invites."""
    return actor.administers(invitation.organisation_id) or membership_staff(actor)


def comes_with_another_deed(
    _actor: Actor, _thing: Invitation | JoinRequest | OrganisationProposal | Person | Succession
) -> bool:
    """Whoever does the deed that brings it about: it is never done by itself."""
    return True


def names_successor(actor: Actor, row: Succession) -> bool:
    """The organisation's administrators, and membership staff."""
    return actor.administers(row.organisation_id) or membership_staff(actor)


def is_invited(actor: Actor, invitation: Invitation) -> bool:
    """The person whose proven address the invitation went to, if it is not from themselves."""
    theirs = actor.email == invitation.email or actor.id == invitation.holder_id
    return actor.verified and theirs and actor.id != invitation.invited_by_id


def answers_request(actor: Actor, request: JoinRequest) -> bool:
    """Administrators of the organisation that was asked, and membership staff but who asks."""
    others = membership_staff(actor) and request.person_id != actor.id
    return actor.administers(request.organisation_id) or others


def withdraws_request(actor: Actor, request: JoinRequest) -> bool:
    """The person who asked."""
    return request.person_id == actor.id


def handles_enquiry(actor: Actor, _enquiry: MembershipEnquiry) -> bool:
    """Staff who look after membership."""
    return membership_staff(actor)


def ends_session(actor: Actor, session: LoginSession) -> bool:
    """The person signed in there, and administrators."""
    return session.person_id == actor.id or administrator(actor)


def runs_account(actor: Actor, person: Person) -> bool:
    """Administrators of the portal, for anybody's account but their own."""
    return administrator(actor) and person.id != actor.id


def gives_grants(actor: Actor, _person: Person) -> bool:
    """Administrators of the portal."""
    return administrator(actor)


def ends_grant(actor: Actor, _grant: StaffGrant) -> bool:
    """Administrators of the portal."""
    return administrator(actor)


def looks_into_person(actor: Actor, _person: Person) -> bool:
    """Administrators, and staff who look after membership."""
    return membership_staff(actor)
