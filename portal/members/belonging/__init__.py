"""Membership over the years: what it brings, how it is renewed, how it ends, how it stood."""

from portal.core.wording import N_
from portal.members import panels as of_room
from portal.members.belonging import jobs, panels, views
from portal.members.belonging.deeds import BelongingDeed
from portal.members.policy import membership_staff
from portal.platform import audit
from portal.web import panels as pages
from portal.web.panels import AdminEntry

__all__ = ["ENTRIES", "init_app", "jobs", "views"]

ENTRIES = (
    AdminEntry(
        label=N_("Terms of membership"),
        about=N_("Days of grace, notice, coming back, and who decides an exclusion."),
        endpoint="members.membership_terms",
        rank=52,
        may=membership_staff,
    ),
    AdminEntry(
        label=N_("Register of members"),
        about=N_("Members, tiers and roles as they were on any day, also as a file."),
        endpoint="members.member_register",
        rank=22,
        may=membership_staff,
    ),
    AdminEntry(
        label=N_("Renewals"),
        about=N_("Renew all memberships that run out, with a preview of each."),
        endpoint="members.renewals",
        rank=54,
        may=membership_staff,
    ),
    AdminEntry(
        label=N_("What members ask for"),
        about=N_("Members that ask for another year, or another kind of membership."),
        endpoint="members.tier_requests",
        rank=55,
        may=membership_staff,
    ),
    AdminEntry(
        label=N_("Exclusions"),
        about=N_("Members that somebody proposed to exclude."),
        endpoint="members.exclusions_list",
        rank=56,
        may=membership_staff,
    ),
)


def init_app() -> None:
    """Let timelines know what is done here, and the desk show what a membership brings."""
    audit.learn(BelongingDeed)
    if panels.own_benefits not in pages.DESK_PANELS:
        pages.DESK_PANELS.append(panels.own_benefits)
        of_room.OF_MEMBER.append(panels.of_organisation)
