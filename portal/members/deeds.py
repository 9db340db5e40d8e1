"""What is done in the members' room, as the audit keeps it and timelines tell it."""

from portal.core.wording import N_
from portal.platform.audit import Deed


class MemberDeed(Deed):
    """Every deed of this room."""

    SIGNED_UP = "person.signed_up", N_("Signed up")
    SIGNED_UP_AGAIN = "person.signed_up_again", N_("Somebody tried to sign up with this address")
    VERIFIED = "person.verified", N_("Confirmed the e-mail address")
    VERIFY_ASKED = "person.verify_asked", N_("Asked for a new e-mail to confirm the address")
    SIGNED_IN = "person.signed_in", N_("Signed in")
    HALF_WAY = "person.half_way", N_("Signed in, up to the second factor")
    SIGN_IN_REFUSED = "person.sign_in_refused", N_("A try to sign in was refused")
    SIGNED_OUT = "person.signed_out", N_("Signed out")
    RESET_ASKED = "person.reset_asked", N_("Asked for a new password")
    RESET_DONE = "person.reset_done", N_("Chose a new password by mail")
    PASSWORD_CHANGED = "person.password_changed", N_("Changed the password")
    PROFILE_CHANGED = "person.profile_changed", N_("Changed name, phone or language")
    SESSION_ENDED = "person.session_ended", N_("Ended a session")
    ACTED_FOR = "person.acted_for", N_("Chose which organisation to act for")
    SESSIONS_ENDED = "person.sessions_ended", N_("Ended the other sessions")
    BLOCKED = "person.blocked", N_("Blocked the account")
    UNBLOCKED = "person.unblocked", N_("Opened the account again")
    UNLOCKED = "person.unlocked", N_("Let the person try to sign in again")
    ADDED = "person.added", N_("Was added by staff")

    ORGANISATION_CREATED = "organisation.created", N_("Registered the organisation")
    ORGANISATION_EDITED = "organisation.edited", N_("Changed the organisation’s page")
    ORGANISATION_CONFIRMED = "organisation.confirmed", N_("Confirmed the organisation")

    AFFILIATED = "affiliation.granted", N_("Gave a person a role")
    ROLE_CHANGED = "affiliation.changed", N_("Changed a person’s role")
    AFFILIATION_ENDED = "affiliation.ended", N_("Ended a person’s role")
    INVITED = "invitation.sent", N_("Invited a person")
    INVITED_AGAIN = "invitation.sent_again", N_("Sent an invitation again")
    INVITATION_REVOKED = "invitation.revoked", N_("Withdrew an invitation")
    INVITATION_ACCEPTED = "invitation.accepted", N_("Accepted an invitation")
    INVITATION_DECLINED = "invitation.declined", N_("Declined an invitation")
    ASKED_TO_JOIN = "join_request.sent", N_("Asked to join")
    JOIN_ACCEPTED = "join_request.accepted", N_("Let a person join")
    JOIN_DECLINED = "join_request.declined", N_("Declined a request to join")
    JOIN_WITHDRAWN = "join_request.withdrawn", N_("Withdrew a request to join")

    GRANTED = "staff_grant.given", N_("Gave a staff role")
    GRANT_ENDED = "staff_grant.ended", N_("Ended a staff role")

    TIER_ADDED = "tier.added", N_("Added a kind of membership")
    TIER_CHANGED = "tier.changed", N_("Changed a kind of membership")
    MEMBERSHIP_STARTED = "membership.started", N_("Started the membership")
    MEMBERSHIP_RENEWED = "membership.renewed", N_("Renewed the membership")
    MEMBERSHIP_ENDED = "membership.ended", N_("Ended the membership")
    MEMBERSHIP_SUSPENDED = "membership.suspended", N_("Suspended the membership")
    SUSPENSION_LIFTED = "membership.suspension_lifted", N_("Lifted the suspension")
    ENQUIRED = "enquiry.sent", N_("Asked to become a member")
    ENQUIRY_TAKEN = "enquiry.taken", N_("Took the enquiry")
    ENQUIRY_ANSWERED = "enquiry.answered", N_("Answered the enquiry")
    ENQUIRY_CLOSED = "enquiry.closed", N_("Closed the enquiry")
