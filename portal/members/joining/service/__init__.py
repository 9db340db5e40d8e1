"""What is done on the way to membership. Each function is one deed."""

from portal.members.joining.service.applying import (
    Draft,
    answer,
    as_saved,
    begin,
    submit,
    withdraw,
    write,
)
from portal.members.joining.service.handling import (
    OWN,
    approve,
    ask,
    assign,
    decline,
    defer,
    resume,
    waits_for_first,
)
from portal.members.joining.service.prices import (
    PriceTerms,
    PromiseTerms,
    add_price,
    end_price,
    keep_promise,
)

__all__ = [
    "OWN",
    "Draft",
    "PriceTerms",
    "PromiseTerms",
    "add_price",
    "answer",
    "approve",
    "as_saved",
    "ask",
    "assign",
    "begin",
    "decline",
    "defer",
    "end_price",
    "keep_promise",
    "resume",
    "submit",
    "waits_for_first",
    "withdraw",
    "write",
]
