"""The forms of second factors."""

from portal.members.factors.forms.carried import Carried, carry, read_carried
from portal.members.factors.forms.having import (
    AppForm,
    CodesForm,
    NameForm,
    NewPasskeyForm,
    TryForm,
)
from portal.members.factors.forms.proving import ConfirmForm, PasskeyForm, SecondForm
from portal.members.factors.forms.staff import CheckForm, DeclineForm, DemandForm, LostForm

__all__ = [
    "AppForm",
    "Carried",
    "CheckForm",
    "CodesForm",
    "ConfirmForm",
    "DeclineForm",
    "DemandForm",
    "LostForm",
    "NameForm",
    "NewPasskeyForm",
    "PasskeyForm",
    "SecondForm",
    "TryForm",
    "carry",
    "read_carried",
]
