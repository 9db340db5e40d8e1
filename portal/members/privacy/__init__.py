"""People's own data: copies of it, what they ask of us, erasing, and clearing what is old."""

from portal.core.wording import N_
from portal.members.policy import administrator, membership_staff
from portal.members.privacy import holdings, jobs, views
from portal.members.privacy.deeds import PrivacyDeed
from portal.members.privacy.queries import owns_copy
from portal.members.views import sign_in
from portal.platform import audit
from portal.web import files
from portal.web.panels import AdminEntry

__all__ = ["ENTRIES", "init_app", "jobs", "views"]

ENTRIES = (
    AdminEntry(
        label=N_("Privacy requests"),
        about=N_("What people ask about their own data, and by when we owe an answer."),
        endpoint="members.privacy_requests",
        rank=45,
        may=membership_staff,
    ),
    AdminEntry(
        label=N_("Clearing"),
        about=N_("What is kept no longer: counted first, then cleared."),
        endpoint="members.clearings",
        rank=46,
        may=administrator,
    ),
)


def init_app() -> None:
    """Let timelines, files and copies know of this part of the room."""
    audit.learn(PrivacyDeed)
    holdings.init_app()
    files.OWNERS["personal_export"] = owns_copy
    if views.what_is_new not in sign_in.DETOURS:
        sign_in.DETOURS.append(views.what_is_new)
