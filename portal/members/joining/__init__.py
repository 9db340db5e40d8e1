"""Becoming a member: what it costs, the application, its way to an answer."""

from flask import Flask

from portal.core.wording import N_
from portal.members.joining import jobs, views
from portal.members.joining.deeds import JoiningDeed
from portal.members.policy import membership_staff
from portal.platform import audit, money
from portal.web.navigation import Item
from portal.web.panels import AdminEntry

__all__ = ["ENTRY", "ITEM", "init_app", "jobs", "views"]

ITEM = Item(
    key="join",
    label=N_("Become a member"),
    endpoint="members.join",
    rank=90,
    may=lambda actor: actor is None,
)
ENTRY = AdminEntry(
    label=N_("Applications for membership"),
    about=N_("Organisations that would like to join, those who wait too long first."),
    endpoint="members.joining_queue",
    rank=35,
    may=membership_staff,
)


def init_app(app: Flask) -> None:
    """Let timelines know what is done here, and templates write amounts."""
    audit.learn(JoiningDeed)
    app.add_template_filter(money.amount, "amount")
    app.add_template_filter(money.vat, "vat")
