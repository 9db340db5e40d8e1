"""Every change of state in the members' room. What is not listed here cannot happen."""

from portal.core.wording import N_
from portal.core.workflow import Move, Workflow
from portal.members import policy, rules
from portal.models import (
    Actor,
    EnquiryState,
    Invitation,
    InvitationState,
    JoinRequest,
    MembershipEnquiry,
    OrganisationProposal,
    Person,
    PersonState,
    ProposalState,
    RequestState,
    Succession,
    SuccessionState,
)

PERSON: Workflow[Person, Actor] = Workflow(
    Move(
        name="block",
        label=N_("Block"),
        sources=(PersonState.ACTIVE,),
        target=PersonState.BLOCKED,
        may=policy.runs_account,
    ),
    Move(
        name="unblock",
        label=N_("Unblock"),
        sources=(PersonState.BLOCKED,),
        target=PersonState.ACTIVE,
        may=policy.runs_account,
    ),
)

INVITATION: Workflow[Invitation, Actor] = Workflow(
    Move(
        name="accept",
        label=N_("Accept"),
        sources=(InvitationState.PENDING,),
        target=InvitationState.ACCEPTED,
        may=policy.is_invited,
        unless=rules.invitation_is_over,
    ),
    Move(
        name="decline",
        label=N_("Decline"),
        sources=(InvitationState.PENDING,),
        target=InvitationState.DECLINED,
        may=policy.is_invited,
    ),
    Move(
        name="revoke",
        label=N_("Withdraw"),
        sources=(InvitationState.PENDING,),
        target=InvitationState.REVOKED,
        may=policy.manages_invitation,
    ),
    Move(
        name="lapse",
        label=N_("Withdraw"),
        sources=(InvitationState.PENDING,),
        target=InvitationState.REVOKED,
        may=policy.comes_with_another_deed,
    ),
)

REQUEST: Workflow[JoinRequest, Actor] = Workflow(
    Move(
        name="accept",
        label=N_("Let them join"),
        sources=(RequestState.OPEN,),
        target=RequestState.ACCEPTED,
        may=policy.answers_request,
    ),
    Move(
        name="decline",
        label=N_("Decline"),
        sources=(RequestState.OPEN,),
        target=RequestState.DECLINED,
        may=policy.answers_request,
    ),
    Move(
        name="withdraw",
        label=N_("Withdraw"),
        sources=(RequestState.OPEN,),
        target=RequestState.WITHDRAWN,
        may=policy.withdraws_request,
    ),
    Move(
        name="lapse",
        label=N_("Withdraw"),
        sources=(RequestState.OPEN,),
        target=RequestState.WITHDRAWN,
        may=policy.comes_with_another_deed,
    ),
)

ENQUIRY: Workflow[MembershipEnquiry, Actor] = Workflow(
    Move(
        name="take",
        label=N_("I will answer"),
        sources=(EnquiryState.NEW,),
        target=EnquiryState.TAKEN,
        may=policy.handles_enquiry,
    ),
    Move(
        name="answer",
        label=N_("It is answered"),
        sources=(EnquiryState.NEW, EnquiryState.TAKEN),
        target=EnquiryState.ANSWERED,
        may=policy.handles_enquiry,
    ),
    Move(
        name="close",
        label=N_("Close without an answer"),
        sources=(EnquiryState.NEW, EnquiryState.TAKEN, EnquiryState.ANSWERED),
        target=EnquiryState.CLOSED,
        may=policy.handles_enquiry,
    ),
)

SUCCESSION: Workflow[Succession, Actor] = Workflow(
    Move(
        name="hand_over",
        label=N_("Hand over"),
        sources=(SuccessionState.OPEN,),
        target=SuccessionState.DONE,
        may=policy.names_successor,
    ),
    Move(
        name="drop",
        label=N_("Nobody is needed"),
        sources=(SuccessionState.OPEN,),
        target=SuccessionState.DROPPED,
        may=policy.names_successor,
    ),
    Move(
        name="fill",
        label=N_("Hand over"),
        sources=(SuccessionState.OPEN,),
        target=SuccessionState.DONE,
        may=policy.comes_with_another_deed,
    ),
    Move(
        name="return",
        label=N_("Nobody is needed"),
        sources=(SuccessionState.OPEN,),
        target=SuccessionState.DROPPED,
        may=policy.comes_with_another_deed,
    ),
)

PROPOSAL: Workflow[OrganisationProposal, Actor] = Workflow(
    Move(
        name="accept",
        label=N_("Make the change"),
        sources=(ProposalState.OPEN,),
        target=ProposalState.ACCEPTED,
        may=policy.answers_proposal,
    ),
    Move(
        name="decline",
        label=N_("Decline"),
        sources=(ProposalState.OPEN,),
        target=ProposalState.DECLINED,
        may=policy.answers_proposal,
    ),
    Move(
        name="withdraw",
        label=N_("Take it back"),
        sources=(ProposalState.OPEN,),
        target=ProposalState.WITHDRAWN,
        may=policy.withdraws_proposal,
    ),
    Move(
        name="replace",
        label=N_("Replace"),
        sources=(ProposalState.OPEN,),
        target=ProposalState.REPLACED,
        may=policy.comes_with_another_deed,
    ),
)
