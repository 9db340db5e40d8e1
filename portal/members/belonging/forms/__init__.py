"""Forms about membership over the years."""

from portal.members.belonging.forms.benefits import BenefitForm, UseForm
from portal.members.belonging.forms.keeping import (
    AgreeForm,
    ChangeTierForm,
    ExcludeForm,
    RefuseForm,
    TermsForm,
)
from portal.members.belonging.forms.own import AskForm, ResignForm
from portal.members.belonging.forms.renewals import RenewalsForm, StartForm

__all__ = [
    "AgreeForm",
    "AskForm",
    "BenefitForm",
    "ChangeTierForm",
    "ExcludeForm",
    "RefuseForm",
    "RenewalsForm",
    "ResignForm",
    "StartForm",
    "TermsForm",
    "UseForm",
]
