"""The forms of the members' room."""

from portal.members.forms.accounts import (
    ForgottenForm,
    PasswordForm,
    ProfileForm,
    ResetForm,
    SignUpForm,
    VerifyAgainForm,
    VerifyForm,
)
from portal.members.forms.opening import remember_opening
from portal.members.forms.organisations import (
    AskForm,
    EnquiryForm,
    NumberForm,
    OrganisationForm,
    RegisterForForm,
    RegisterForm,
)
from portal.members.forms.people import AcceptRequestForm, ActForForm, InviteForm, RoleForm
from portal.members.forms.sign_in import SignInForm
from portal.members.forms.staff import (
    EndMembershipForm,
    EnquiryNoteForm,
    GrantForm,
    PeriodForm,
    SuspendForm,
    TierForm,
    UnlockForm,
)
from portal.members.forms.throttling import (
    PREFIX,
    TRIES,
    known_to,
    remember_browser,
)

__all__ = [
    "PREFIX",
    "TRIES",
    "AcceptRequestForm",
    "ActForForm",
    "AskForm",
    "EndMembershipForm",
    "EnquiryForm",
    "EnquiryNoteForm",
    "ForgottenForm",
    "GrantForm",
    "InviteForm",
    "NumberForm",
    "OrganisationForm",
    "PasswordForm",
    "PeriodForm",
    "ProfileForm",
    "RegisterForForm",
    "RegisterForm",
    "ResetForm",
    "RoleForm",
    "SignInForm",
    "SignUpForm",
    "SuspendForm",
    "TierForm",
    "UnlockForm",
    "VerifyAgainForm",
    "VerifyForm",
    "known_to",
    "remember_browser",
    "remember_opening",
]
