"""What people do with second factors. Each function is one deed: it changes, records, tells."""

from portal.members.factors.service.app import begin_app, confirm_app, remove_app
from portal.members.factors.service.codes import make_codes, try_code
from portal.members.factors.service.demand import change_demand
from portal.members.factors.service.passkeys import (
    add_passkey,
    remove_passkey,
    rename_passkey,
    tell_of_twin,
)
from portal.members.factors.service.proving import (
    USED,
    Shown,
    confirm,
    enter_with_passkey,
    finish,
    note_refused,
)
from portal.members.factors.service.removal import (
    approve_removal,
    ask_for_removal,
    check_removal,
    decline_removal,
    take_away,
)

__all__ = [
    "USED",
    "Shown",
    "add_passkey",
    "approve_removal",
    "ask_for_removal",
    "begin_app",
    "change_demand",
    "check_removal",
    "confirm",
    "confirm_app",
    "decline_removal",
    "enter_with_passkey",
    "finish",
    "make_codes",
    "note_refused",
    "remove_app",
    "remove_passkey",
    "rename_passkey",
    "take_away",
    "tell_of_twin",
    "try_code",
]
