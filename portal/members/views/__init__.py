"""Pages of the members' room."""

from portal.members.views import (
    accounts,
    directory,
    enquiries,
    organisations,
    people,
    sign_in,
    staff_memberships,
    staff_organisations,
    staff_people,
)
from portal.members.views.blueprint import bp

__all__ = [
    "accounts",
    "bp",
    "directory",
    "enquiries",
    "organisations",
    "people",
    "sign_in",
    "staff_memberships",
    "staff_organisations",
    "staff_people",
]
