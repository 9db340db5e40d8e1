"""Who may do what with the portal itself, as a table."""

from uuid import UUID

import pytest

from portal.models import Actor, Page, StaffRole
from portal.site import policy

#                     administrator editor  staff
TABLE = {
    None:            (False,        False,  False),
    "programmes":    (False,        False,  True),
    "events":        (False,        False,  True),
    "membership":    (False,        False,  True),
    "editor":        (False,        True,   True),
    "administrator": (True,         True,   True),
}  # fmt: skip


@pytest.mark.parametrize(("role", "rights"), TABLE.items())
def test_what_each_role_opens(role, rights):
    staff = frozenset({StaffRole(role)}) if role else frozenset()
    actor = Actor(id=UUID(int=1), name="Somebody", staff=staff)
    administrator, editor, works_here = rights
    assert policy.administrator(actor) is administrator
    assert policy.editor(actor) is editor
    assert policy.staff(actor) is works_here
    assert policy.author(actor, Page()) is editor
    assert policy.keeper(actor, None) is administrator
    assert policy.mender(actor, None) is administrator
