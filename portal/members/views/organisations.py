"""Organisations: registering one, asking to join one, what its own people see and change."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.core.errors import NotAllowed, present
from portal.members import policy, queries, service
from portal.members.forms import AskForm, NumberForm, OrganisationForm, RegisterForm
from portal.members.panels import OF_MEMBER
from portal.members.queries import companies
from portal.members.service.organisations import CONFIRM_FIRST
from portal.members.views.blueprint import bp
from portal.members.views.onward import heading, onward_from_former, way_to
from portal.models import Actor, AffiliationRole, JoinRequest, Organisation, Viewer
from portal.platform import audit
from portal.platform.paging import PageOfRows
from portal.web import panels
from portal.web.access import allows, arrived, current_actor, sees, signed_in
from portal.web.forms import Form
from portal.web.panels import Panel


def insist_on_proof(*, actor: Actor) -> None:
    """Send people whose address is not proven away before they fill in a form for nothing."""
    if not actor.verified:
        raise NotAllowed(CONFIRM_FIRST)


@bp.route("/organisations/new", methods=["GET", "POST"])
@signed_in(form=NumberForm)
def new_organisation(form: NumberForm) -> ResponseReturnValue:
    """Ask for the number first: an organisation that is here already is joined, not made twice."""
    insist_on_proof(actor=current_actor())
    if not form.accepted:
        return form.page("members/new_organisation.html")
    given = form.registration()
    if given.number and service.by_number(given.country, given.number):
        ask = url_for(".ask_to_join", country=given.country, number=given.number)
        return redirect(ask)
    kind, number, country = given.number_kind.value, given.number, given.country
    return redirect(way_to(".register", kind=kind, number=number, country=country))


@bp.route("/organisations/new/details", methods=["GET", "POST"])
@signed_in(form=RegisterForm)
def register(form: RegisterForm) -> ResponseReturnValue:
    """Register an organisation; whoever does becomes its administrator."""
    insist_on_proof(actor=current_actor())
    if not form.accepted:
        return form.page("members/register.html", registration=form.registration())
    organisation = service.create_organisation(
        form.registration(),
        form.facts(),
        tags=form.chosen_tags(),
        logo=form.logo.upload,
        actor=current_actor(),
        now=arrived(),
    )
    flash(_("%(name)s is registered. We look at it soon.", name=organisation.display_name))
    return redirect(heading() or url_for(".organisation", slug=organisation.slug))


def known_by_number(country: str, number: str, *, actor: Actor) -> Organisation:
    """Find the organisation with a number, for whoever knows the number and proved who they are.

    The number is what is needed to ask: nothing but the name is shown.
    """
    insist_on_proof(actor=actor)
    return present(service.by_number(country, number))


@bp.route("/organisations/join/<country>/<path:number>", methods=["GET", "POST"])
@sees(on=known_by_number, form=AskForm)
def ask_to_join(organisation: Organisation, form: AskForm) -> ResponseReturnValue:
    """Ask to belong to an organisation that is here already."""
    if form.accepted:
        message = form.message.data or ""
        service.ask_to_join(organisation, message, actor=current_actor(), now=arrived())
        flash(_("We have passed your request on. You get an e-mail when it is answered."))
        return redirect(url_for("site.desk"))
    return form.page("members/ask_to_join.html", organisation=organisation)


@bp.post("/requests/<uuid:id>/withdraw")
@allows(policy.withdraws_request, on=queries.join_request, form=Form)
def withdraw_request(row: JoinRequest, form: Form) -> ResponseReturnValue:
    """Ask no longer to join."""
    service.withdraw_request(row, actor=current_actor(), now=arrived())
    flash(_("Your request is withdrawn."))
    return redirect(url_for("site.desk"))


@bp.get("/organisations/<slug>")
@sees(on=queries.own_page)
def organisation(organisation: Any) -> ResponseReturnValue:
    """Show an organisation to its own people and to staff: how it stands, what happened."""
    if to_itself := onward_from_former(organisation, "members.organisation"):
        return to_itself
    actor, now = current_actor(), arrived()
    membership, status = queries.standing(organisation.id, actor=actor, now=now)
    return render_template(
        "members/organisation.html",
        organisation=organisation,
        membership=membership,
        status=status,
        **may(organisation, actor=actor),
        timeline=happened(organisation.id, actor=actor),
        beside=beside(organisation, now=now) if membership else (),
        waits=companies.waiting_at(organisation.id),
    )


def happened(organisation_id: UUID, *, actor: Actor) -> PageOfRows:
    """Return a page of what happened to an organisation, as far as this person may read it."""
    return audit.timeline_of(
        Organisation,
        organisation_id,
        request.args.get("mark"),
        internal=actor.is_staff_of_any,
        with_organisation=True,
    )


def may(organisation: Organisation, *, actor: Actor) -> dict[str, bool]:
    """Return what this person may do here, by the names that the page knows."""
    return {
        "may_edit": policy.edits_organisation(actor, organisation),
        "may_confirm": policy.confirms_organisation(actor, organisation),
        "may_keep_membership": policy.keeps_membership(actor, organisation),
    }


def beside(organisation: Organisation, *, now: datetime) -> Sequence[Panel]:
    """Return what parts of the room show of a member."""
    actor = current_actor()
    return panels.ranked(show(organisation, actor=actor, now=now) for show in OF_MEMBER)


@bp.route("/organisations/<slug>/edit", methods=["GET", "POST"])
@allows(policy.edits_organisation, on=queries.own_organisation, form=OrganisationForm)
def edit_organisation(organisation: Organisation, form: OrganisationForm) -> ResponseReturnValue:
    """Change what an organisation tells of itself, and what of it is public."""
    if not form.accepted:
        return form.page("members/edit_organisation.html", organisation=organisation)
    save(organisation, form)
    flash(_("The page is saved."))
    return redirect(url_for(".preview", slug=organisation.slug))


def save(organisation: Organisation, form: OrganisationForm) -> None:
    """Keep what was changed."""
    service.edit_organisation(
        organisation,
        form.facts(),
        shown=form.shown(),
        tags=form.chosen_tags(),
        logo=form.logo.upload,
        version=form.edited_version.data,
        actor=current_actor(),
        now=arrived(),
    )


@bp.get("/organisations/<slug>/preview")
@sees(on=queries.own_organisation)
def preview(organisation: Organisation) -> ResponseReturnValue:
    """Show an organisation's public page to its own people, as others see it.

    It may be public yet or not.
    """
    now, viewer = arrived(), chosen_viewer(AS)
    actor = in_place_of(viewer, organisation, actor=current_actor())
    return render_template(
        "members/show.html",
        organisation=organisation,
        profile=queries.profile(organisation.id, viewer=viewer, now=now),
        panels=panels.of_organisation(organisation, actor=actor, now=now),
        preview=viewer,
        viewers=AS,
    )


#: Whom an organisation's people can be while they look at its page.
AS = (Viewer.PUBLIC, Viewer.MEMBER, Viewer.COLLEAGUE, Viewer.STAFF)


def chosen_viewer(among: Sequence[Viewer]) -> Viewer:
    """Read from the address who is looking; by default everybody."""
    asked = request.args.get("viewer", "")
    return next((each for each in among if each.value == asked), Viewer.PUBLIC)


def in_place_of(viewer: Viewer, organisation: Organisation, *, actor: Actor) -> Actor | None:
    """Return somebody with the rights of a kind of viewer, never with more than this person's."""
    if viewer is Viewer.PUBLIC:
        return None
    own = [s for s in actor.standings if s.organisation_id == organisation.id]
    if viewer is Viewer.COLLEAGUE and own:
        as_member = replace(own[0], role=AffiliationRole.MEMBER)
        return replace(actor, staff=frozenset(), standings=(as_member,))
    return replace(actor, staff=frozenset(), standings=())
