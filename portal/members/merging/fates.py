"""What becomes of every row that points to what is merged away: a table, written by hand.

A test compares it with the models: a new key to a person or an organisation needs a line here.
"""

from collections.abc import Mapping

from portal.core.vocabulary import Word
from portal.core.wording import N_


class Fate(Word):
    """What becomes of rows when what they point to becomes a part of another."""

    MOVES = "moves", N_("Moves"), "good"
    ENDS = "ends", N_("No longer valid"), "bad"
    STAYS = "stays", N_("Stays as history")


MOVES, ENDS, STAYS = Fate.MOVES, Fate.ENDS, Fate.STAYS

#: Keys to people. What gives access never moves: roles are asked for afresh, ways in end, and a
#: place at an event is found again by whoever proves its address.
OF_PEOPLE: Mapping[str, Fate] = {
    "address_claim.person_id": ENDS,
    "affiliation.ended_by_id": STAYS,
    "affiliation.granted_by_id": STAYS,
    "affiliation.person_id": MOVES,
    "agreement.written_by_id": STAYS,
    "answer.edited_by_id": STAYS,
    "application.lead_id": MOVES,
    "application_decision.approved_by_id": STAYS,
    "application_decision.prepared_by_id": STAYS,
    "application_revision.submitted_by_id": STAYS,
    "article.author_id": STAYS,
    "article_revision.by_id": STAYS,
    "audit_event.actor_id": STAYS,
    "audit_redaction.person_id": STAYS,
    "authenticator_app.person_id": ENDS,
    "benefit_use.recorded_by_id": STAYS,
    "calendar_feed.person_id": ENDS,
    "call.contact_id": STAYS,
    "cohort.manager_id": STAYS,
    "consent_event.person_id": STAYS,
    "delegate.person_id": ENDS,
    "delegate_history.actor_id": STAYS,
    "eligibility_check.checked_by_id": STAYS,
    "email_address.person_id": ENDS,
    "event.contact_id": STAYS,
    "exclusion.decided_by_id": STAYS,
    "exclusion.proposed_by_id": STAYS,
    "factor_removal.approved_by_id": STAYS,
    "factor_removal.checked_by_id": STAYS,
    "factor_removal.person_id": STAYS,
    "former_delegate.person_id": STAYS,
    "invitation.invited_by_id": STAYS,
    "issuer_identity.person_id": ENDS,
    "join_request.answered_by_id": STAYS,
    "join_request.person_id": MOVES,
    "joining_message.person_id": STAYS,
    "login_session.person_id": ENDS,
    "material_change.announced_by_id": STAYS,
    "member_import.confirmed_by_id": STAYS,
    "member_import.first_confirmed_by_id": STAYS,
    "member_import.uploaded_by_id": STAYS,
    "membership_application.applicant_id": STAYS,
    "membership_application.decided_by_id": STAYS,
    "membership_application.first_approved_by_id": STAYS,
    "membership_application.handler_id": STAYS,
    "membership_enquiry.handled_by_id": STAYS,
    "merge_record.answered_by_id": STAYS,
    "merge_record.kept_person_id": STAYS,
    "merge_record.lost_person_id": STAYS,
    "merge_record.proposed_by_id": STAYS,
    "milestone.assessed_by_id": STAYS,
    "milestone.owner_id": MOVES,
    "news_feed.person_id": ENDS,
    "offer.answered_by_id": STAYS,
    "one_time_token.person_id": ENDS,
    "organisation.confirmed_by_id": STAYS,
    "organisation_domain.added_by_id": STAYS,
    "organisation_domain.verified_by_id": STAYS,
    "organisation_proposal.answered_by_id": STAYS,
    "organisation_proposal.proposed_by_id": STAYS,
    "outgoing_mail.person_id": STAYS,
    "page_revision.edited_by_id": STAYS,
    "participation.responsible_id": MOVES,
    "passkey.person_id": ENDS,
    "person.merged_into_id": MOVES,
    "person_visibility.person_id": ENDS,
    "personal_export.person_id": STAYS,
    "privacy_request.asked_by_id": STAYS,
    "privacy_request.checked_by_id": STAYS,
    "privacy_request.closed_by_id": STAYS,
    "privacy_request.person_id": STAYS,
    "recovery_code.person_id": ENDS,
    "registration.registered_by_id": STAYS,
    "renewal_run.confirmed_by_id": STAYS,
    "renewal_run.made_by_id": STAYS,
    "retention_run.counted_by_id": STAYS,
    "sign_in_link.person_id": ENDS,
    "staff_grant.ended_by_id": STAYS,
    "staff_grant.granted_by_id": STAYS,
    "staff_grant.person_id": ENDS,
    "stored_file.uploaded_by_id": STAYS,
    "succession.closed_by_id": STAYS,
    "succession.person_id": MOVES,
    "succession.successor_id": MOVES,
    "tier_request.asked_by_id": STAYS,
    "tier_request.decided_by_id": STAYS,
    "tier_request.first_approved_by_id": STAYS,
}

#: Keys to organisations. Who belongs to it keeps what they are in the other, or asks to join it.
OF_ORGANISATIONS: Mapping[str, Fate] = {
    "affiliation.organisation_id": MOVES,
    "application.organisation_id": MOVES,
    "article.proposed_for_id": MOVES,
    "article_organisation.organisation_id": MOVES,
    "delegate.organisation_id": MOVES,
    "invitation.organisation_id": MOVES,
    "join_request.organisation_id": MOVES,
    "login_session.acting_id": ENDS,
    "membership.organisation_id": MOVES,
    "membership_application.organisation_id": MOVES,
    "merge_record.kept_organisation_id": STAYS,
    "merge_record.lost_organisation_id": STAYS,
    "organisation.merged_into_id": MOVES,
    "organisation_domain.organisation_id": ENDS,
    "organisation_proposal.organisation_id": MOVES,
    "organisation_service.organisation_id": STAYS,
    "organisation_tag.organisation_id": STAYS,
    "participation.organisation_id": MOVES,
    "registration.organisation_id": MOVES,
    "renewal_line.organisation_id": STAYS,
    "succession.organisation_id": MOVES,
}

#: What the tables hold, as a preview names it; tables without a line are named by none.
CALLED: Mapping[str, str] = {
    "affiliation": N_("Roles in organisations, as history"),
    "application": N_("Applications to programmes"),
    "article": N_("Proposed stories"),
    "article_organisation": N_("Stories about it"),
    "authenticator_app": N_("Authenticator apps"),
    "calendar_feed": N_("Private calendar"),
    "delegate": N_("Places at events"),
    "email_address": N_("E-mail addresses"),
    "invitation": N_("Invitations"),
    "issuer_identity": N_("Sign-in by others"),
    "join_request": N_("Requests to join"),
    "login_session": N_("Signed in"),
    "membership": N_("Memberships"),
    "membership_application": N_("Applications for membership"),
    "milestone": N_("Milestones"),
    "news_feed": N_("Private news feed"),
    "organisation_domain": N_("Domains"),
    "organisation_proposal": N_("Proposed names and numbers"),
    "participation": N_("Parts in cohorts"),
    "passkey": N_("Passkeys"),
    "recovery_code": N_("Recovery codes"),
    "registration": N_("Registrations for events"),
    "staff_grant": N_("Staff roles"),
    "succession": N_("Successors to name"),
}
