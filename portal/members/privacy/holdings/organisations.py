"""What the members' room keeps of people in organisations."""

from portal.core.wording import N_
from portal.members.privacy.holdings.reasons import ACCOUNTABLE, AGREEMENT, OF_ORGANISATION
from portal.models import (
    Affiliation,
    ImportRow,
    Invitation,
    JoiningMessage,
    JoinRequest,
    MembershipApplication,
    MembershipEnquiry,
    MergeRecord,
    Organisation,
    OrganisationProposal,
    StaffGrant,
    Succession,
)
from portal.platform.personal import Fate, Holding, by, speaking_of, to

ORGANISATIONS = (
    Holding(
        key="affiliations",
        label=N_("Roles in organisations"),
        model=Affiliation,
        keys=(Affiliation.person_id,),
        mine=by(Affiliation.person_id),
        told=(
            Organisation.display_name.label("organisation"), Affiliation.role, Affiliation.title,
            Affiliation.starts_at, Affiliation.ends_at, Affiliation.reason,
        ),
        beside=lambda rows: rows.join(
            Organisation, Organisation.id == Affiliation.organisation_id
        ),
        fate=Fate.NAMELESS,
        because=OF_ORGANISATION,
        empties={"title": "", "reason": ""},
    ),
    Holding(
        key="successions",
        label=N_("Roles of theirs that need a successor"),
        model=Succession,
        keys=(Succession.person_id, Succession.successor_id),
        mine=by(Succession.person_id, Succession.successor_id),
        told=(
            Organisation.display_name.label("organisation"), Succession.role, Succession.cause,
            Succession.state, Succession.created_at,
        ),
        beside=lambda rows: rows.join(
            Organisation, Organisation.id == Succession.organisation_id
        ),
        fate=Fate.KEPT,
        because=N_("The task is the organisation’s. It holds no name."),
    ),
    Holding(
        key="staff_roles",
        label=N_("Roles in the cluster’s staff"),
        model=StaffGrant,
        keys=(StaffGrant.person_id,),
        mine=by(StaffGrant.person_id),
        told=(StaffGrant.role, StaffGrant.starts_at, StaffGrant.ends_at),
        fate=Fate.KEPT,
        because=N_("Who could do what, and when, must be shown (GDPR, article 5 no. 2)."),
    ),
    Holding(
        key="invitations",
        label=N_("Invitations to them"),
        model=Invitation,
        mine=to(Invitation.email),
        told=(
            Organisation.display_name.label("organisation"), Invitation.role,
            Invitation.message, Invitation.state, Invitation.created_at,
        ),
        beside=lambda rows: rows.join(Organisation, Organisation.id == Invitation.organisation_id),
        fate=Fate.DELETED,
        because=N_("Nobody needs them any more."),
    ),
    Holding(
        key="invitations_sent",
        label=N_("Invitations that they sent"),
        model=Invitation,
        keys=(Invitation.invited_by_id,),
        mine=by(Invitation.invited_by_id),
        told=(
            Organisation.display_name.label("organisation"), Invitation.role,
            Invitation.message, Invitation.state, Invitation.created_at,
        ),
        beside=lambda rows: rows.join(Organisation, Organisation.id == Invitation.organisation_id),
        fate=Fate.NAMELESS,
        because=N_("They are for others. What was written in them goes."),
        empties={"message": ""},
    ),
    Holding(
        key="requests_to_join",
        label=N_("Requests to join an organisation"),
        model=JoinRequest,
        keys=(JoinRequest.person_id,),
        mine=by(JoinRequest.person_id),
        told=(
            Organisation.display_name.label("organisation"), JoinRequest.message,
            JoinRequest.state, JoinRequest.created_at, JoinRequest.answered_at,
        ),
        beside=lambda rows: rows.join(
            Organisation, Organisation.id == JoinRequest.organisation_id
        ),
        fate=Fate.DELETED,
        because=N_("Nobody needs them any more."),
    ),
    Holding(
        key="proposed_changes",
        label=N_("Changes to an organisation that they proposed"),
        model=OrganisationProposal,
        keys=(OrganisationProposal.proposed_by_id,),
        mine=by(OrganisationProposal.proposed_by_id),
        told=(
            OrganisationProposal.display_name, OrganisationProposal.legal_name,
            OrganisationProposal.message, OrganisationProposal.state,
            OrganisationProposal.created_at,
        ),
        fate=Fate.NAMELESS,
        because=OF_ORGANISATION,
        empties={"message": ""},
    ),
    Holding(
        key="membership_applications",
        label=N_("Applications for membership"),
        model=MembershipApplication,
        keys=(MembershipApplication.applicant_id,),
        mine=by(MembershipApplication.applicant_id),
        told=(
            MembershipApplication.reference, MembershipApplication.state,
            Organisation.display_name.label("organisation"), MembershipApplication.answers,
            MembershipApplication.billing_email, MembershipApplication.invoice_reference,
            MembershipApplication.submitted_at, MembershipApplication.decided_at,
        ),
        beside=lambda rows: rows.join(
            Organisation, Organisation.id == MembershipApplication.organisation_id
        ),
        fate=Fate.KEPT,
        because=AGREEMENT,
    ),
    Holding(
        key="billing_addresses",
        label=N_("Their address as the one that invoices go to"),
        model=MembershipApplication,
        mine=to(MembershipApplication.billing_email),
        fate=Fate.NAMELESS,
        because=N_("The organisation names another."),
        empties={"billing_email": ""},
    ),
    Holding(
        key="membership_messages",
        label=N_("What they wrote about an application for membership"),
        model=JoiningMessage,
        keys=(JoiningMessage.person_id,),
        mine=by(JoiningMessage.person_id),
        told=(JoiningMessage.text, JoiningMessage.at),
        fate=Fate.KEPT,
        because=AGREEMENT,
    ),
    Holding(
        key="enquiries",
        label=N_("Enquiries about membership"),
        model=MembershipEnquiry,
        mine=to(MembershipEnquiry.email),
        told=(
            MembershipEnquiry.organisation_name, MembershipEnquiry.name, MembershipEnquiry.email,
            MembershipEnquiry.phone, MembershipEnquiry.message, MembershipEnquiry.created_at,
        ),
        fate=Fate.DELETED,
        because=N_("Nobody needs them any more."),
    ),
    Holding(
        key="merges",
        label=N_("That two accounts of theirs were brought together"),
        model=MergeRecord,
        keys=(MergeRecord.kept_person_id, MergeRecord.lost_person_id),
        mine=by(MergeRecord.kept_person_id, MergeRecord.lost_person_id),
        told=(MergeRecord.state, MergeRecord.created_at, MergeRecord.answered_at),
        fate=Fate.NAMELESS,
        because=ACCOUNTABLE,
        empties={"reason": "", "answer": ""},
    ),
    Holding(
        key="imported_rows",
        label=N_("Rows about them in lists that were imported"),
        model=ImportRow,
        mine=speaking_of(ImportRow.cells, ImportRow.steps, ImportRow.findings),
        fate=Fate.NAMELESS,
        because=N_("What was typed goes; how many rows a list had stays."),
        empties={"cells": [], "steps": [], "findings": []},
    ),
)  # fmt: skip
