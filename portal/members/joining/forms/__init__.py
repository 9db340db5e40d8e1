"""The forms of joining."""

from portal.members.joining.forms.applying import (
    AnswerForm,
    BeginForm,
    DraftForm,
    SendForm,
    WithdrawForm,
)
from portal.members.joining.forms.handling import (
    ApproveForm,
    AskForm,
    AssignForm,
    DeclineForm,
    DeferForm,
)
from portal.members.joining.forms.prices import EndPriceForm, PriceForm, PromiseForm

__all__ = [
    "AnswerForm",
    "ApproveForm",
    "AskForm",
    "AssignForm",
    "BeginForm",
    "DeclineForm",
    "DeferForm",
    "DraftForm",
    "EndPriceForm",
    "PriceForm",
    "PromiseForm",
    "SendForm",
    "WithdrawForm",
]
