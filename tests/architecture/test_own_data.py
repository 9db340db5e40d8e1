"""Every column that names a person: is it in their copy, and if not, why not. Written by hand."""

from portal.models import Base
from portal.platform import personal

#: Through these columns a row is somebody's, and their copy has it.
IN_A_COPY = {
    "address_claim.person_id", "affiliation.person_id", "application.lead_id",
    "article.author_id", "article_revision.by_id", "audit_event.actor_id",
    "authenticator_app.person_id", "calendar_feed.person_id", "consent_event.person_id",
    "delegate.person_id", "email_address.person_id", "factor_removal.person_id",
    "former_delegate.person_id", "invitation.invited_by_id", "issuer_identity.person_id",
    "join_request.person_id", "joining_message.person_id", "login_session.person_id",
    "membership_application.applicant_id", "merge_record.kept_person_id",
    "merge_record.lost_person_id", "milestone.owner_id", "news_feed.person_id",
    "offer.answered_by_id", "one_time_token.person_id", "organisation_proposal.proposed_by_id",
    "outgoing_mail.person_id", "passkey.person_id", "person_visibility.person_id",
    "personal_export.person_id", "privacy_request.person_id", "recovery_code.person_id",
    "registration.registered_by_id", "sign_in_link.person_id", "staff_grant.person_id",
    "stored_file.uploaded_by_id", "succession.person_id", "succession.successor_id",
}  # fmt: skip

DEED = "that they did it is in their copy as a line of what they did in the portal"
CONTACT = "whom a page names to be asked; the page is public, and the deed is in the audit"
KEY = "a key beside another row of theirs, which is in their copy"
NOT_IN_A_COPY = {
    "affiliation.ended_by_id": DEED,
    "affiliation.granted_by_id": DEED,
    "agreement.written_by_id": DEED,
    "answer.edited_by_id": "an answer is the organisation's; who typed it last is in the audit",
    "application_decision.approved_by_id": DEED,
    "application_decision.prepared_by_id": DEED,
    "application_revision.submitted_by_id": DEED,
    "audit_redaction.person_id": "there is one only of somebody who was erased",
    "benefit_use.recorded_by_id": DEED,
    "call.contact_id": CONTACT,
    "cohort.manager_id": CONTACT,
    "delegate_history.actor_id": DEED,
    "eligibility_check.checked_by_id": DEED,
    "event.contact_id": CONTACT,
    "exclusion.decided_by_id": DEED,
    "exclusion.proposed_by_id": DEED,
    "factor_removal.approved_by_id": DEED,
    "factor_removal.checked_by_id": DEED,
    "join_request.answered_by_id": DEED,
    "material_change.announced_by_id": DEED,
    "member_import.confirmed_by_id": DEED,
    "member_import.first_confirmed_by_id": DEED,
    "member_import.uploaded_by_id": DEED,
    "membership_application.decided_by_id": DEED,
    "membership_application.first_approved_by_id": DEED,
    "membership_application.handler_id": DEED,
    "membership_enquiry.handled_by_id": DEED,
    "merge_record.answered_by_id": DEED,
    "merge_record.proposed_by_id": DEED,
    "milestone.assessed_by_id": DEED,
    "organisation.confirmed_by_id": DEED,
    "organisation_domain.added_by_id": DEED,
    "organisation_domain.verified_by_id": DEED,
    "organisation_proposal.answered_by_id": DEED,
    "page_revision.edited_by_id": DEED,
    "participation.responsible_id": CONTACT,
    "person.merged_into_id": KEY,
    "privacy_request.asked_by_id": KEY,
    "privacy_request.checked_by_id": DEED,
    "privacy_request.closed_by_id": DEED,
    "renewal_run.confirmed_by_id": DEED,
    "renewal_run.made_by_id": DEED,
    "retention_run.counted_by_id": DEED,
    "staff_grant.ended_by_id": DEED,
    "staff_grant.granted_by_id": DEED,
    "succession.closed_by_id": DEED,
    "tier_request.asked_by_id": DEED,
    "tier_request.decided_by_id": DEED,
    "tier_request.first_approved_by_id": DEED,
}
#: What is kept as it is when its person is erased: by key, because a law or the statutes say so.
KEPT = {
    "consents", "successions", "staff_roles", "membership_applications", "membership_messages",
    "files", "events_given_up", "articles", "article_versions", "applications", "agreements",
    "milestones",
}  # fmt: skip
#: No copy has what only proves or opens something: of these columns none is told.
SECRET = ("hash", "secret", "salt", "public_key", "credential_id", "token", "last_step")


def names_of_people():
    return {
        f"{table.name}.{column.name}"
        for table in Base.metadata.tables.values()
        for column in table.columns
        for key in column.foreign_keys
        if key.column.table.name == "person"
    }


def told():
    return {
        f"{key.class_.__tablename__}.{key.key}"
        for holding in personal.HOLDINGS.values()
        for key in holding.keys
        if holding.told
    }


def test_every_column_that_names_a_person_is_in_a_copy_or_says_why_not(stage):
    assert names_of_people() == IN_A_COPY | set(NOT_IN_A_COPY)
    assert set(NOT_IN_A_COPY) & IN_A_COPY == set()


def test_a_copy_has_what_the_table_says(stage):
    assert told() == IN_A_COPY


def test_a_copy_tells_no_secret(stage):
    columns = [
        f"{holding.key}.{column.name}"
        for holding in personal.HOLDINGS.values()
        for column in holding.told
        if any(word in column.name for word in SECRET)
    ]
    assert columns == []


def test_what_is_kept_as_it_is_when_somebody_is_erased_is_known(stage):
    kept = {key for key, each in personal.HOLDINGS.items() if each.fate is personal.Fate.KEPT}
    assert kept == KEPT
    assert [each.key for each in personal.HOLDINGS.values() if not each.because] == []
