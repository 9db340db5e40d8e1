"""Members: sign-in, accounts, organisations, people, membership."""

from typing import TypeVar
from uuid import UUID

from flask import Flask

from portal.core.wording import N_
from portal.extensions import db
from portal.members import (
    addresses,
    belonging,
    domains,
    entering,
    factors,
    importing,
    jobs,
    joining,
    merging,
    panels,
    policy,
    privacy,
    proposing,
    rules,
    searchable,
    showing,
    succession,
    views,
)
from portal.members.agreeing import opening as agreeing
from portal.members.deeds import MemberDeed
from portal.models import Actor, Organisation
from portal.platform import audit
from portal.web import files, navigation
from portal.web import panels as pages
from portal.web.navigation import Item
from portal.web.panels import AdminEntry

T = TypeVar("T")

__all__ = ["init_app", "jobs", "showing", "succession"]

ENTRIES = (
    AdminEntry(
        label=N_("People"),
        about=N_("Accounts, staff roles, sessions, and who is locked out."),
        endpoint="members.staff_people",
        rank=10,
        may=policy.membership_staff,
    ),
    AdminEntry(
        label=N_("Organisations"),
        about=N_("All that are registered, and those to confirm."),
        endpoint="members.staff_organisations",
        rank=20,
        may=policy.membership_staff,
    ),
    AdminEntry(
        label=N_("Requests to join"),
        about=N_("People who ask to belong to an organisation."),
        endpoint="members.staff_requests",
        rank=30,
        may=policy.membership_staff,
    ),
    AdminEntry(
        label=N_("Enquiries"),
        about=N_("Companies that would like to become members."),
        endpoint="members.enquiries",
        rank=40,
        may=policy.membership_staff,
    ),
    AdminEntry(
        label=N_("Kinds of membership"),
        about=N_("The tiers that members choose from."),
        endpoint="members.tiers",
        rank=50,
        may=policy.membership_staff,
    ),
)


def init_app(app: Flask) -> None:
    """Open the room."""
    app.register_blueprint(views.bp)
    app.add_template_filter(rules.browser_name, "browser")
    app.add_template_filter(rules.host_of, "host")
    app.add_template_filter(rules.day_before)
    audit.learn(MemberDeed)
    factors.init_app(app)
    importing.init_app()
    privacy.init_app()
    joining.init_app(app)
    belonging.init_app()
    addresses.init_app()
    agreeing.init_app()
    domains.init_app()
    entering.init_app(app)
    searchable.init_app()
    files.OWNERS["organisation"] = sees_organisation
    navigation.add(Item(key="members", label=N_("Members"), endpoint="members.directory", rank=30))
    navigation.add(joining.ITEM)
    register(pages.DESK, panels.lines)
    register(pages.DESK, factors.panels.lines)
    register(pages.HOME, panels.on_home)
    register(pages.SITEMAP, panels.in_sitemap)
    for entry in (
        *ENTRIES,
        *privacy.ENTRIES,
        *belonging.ENTRIES,
        *factors.ENTRIES,
        importing.ENTRY,
        domains.ENTRY,
        joining.ENTRY,
        agreeing.ENTRY,
        proposing.ENTRY,
        merging.ENTRY,
    ):
        register(pages.ADMINISTRATION, entry)


def register(where: list[T], what: T) -> None:
    """Put something in a list once, however often an app is made."""
    if what not in where:
        where.append(what)


def sees_organisation(id: UUID, *, actor: Actor | None) -> bool:
    """Tell whether a visitor may see an organisation, and so its logo."""
    found = Organisation.visible_to(actor).where(Organisation.id == id)
    return db.session.scalar(found.with_only_columns(Organisation.id)) is not None
