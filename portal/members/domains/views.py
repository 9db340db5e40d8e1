"""The pages about domains: an organisation's own, all of them for staff, and the offer to ask."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.members import policy as room
from portal.members import queries as of_room
from portal.members import service as of_people
from portal.members.domains import policy, queries, service
from portal.members.domains.forms import DomainForm
from portal.members.forms import AskForm
from portal.members.views.blueprint import bp
from portal.models import Organisation, OrganisationDomain
from portal.web.access import allows, arrived, current_actor, sees, signed_in
from portal.web.forms import Form


@bp.route("/organisations/<slug>/domains", methods=["GET", "POST"])
@allows(room.edits_organisation, on=of_room.own_organisation, form=DomainForm)
def domains(organisation: Organisation, form: DomainForm) -> ResponseReturnValue:
    """List the domains of an organisation, and name another."""
    actor = current_actor()
    if form.accepted:
        row = service.add_domain(organisation, form.domain.data or "", actor=actor, now=arrived())
        flash(_("The domain is confirmed.") if row.verified_at else _("We look at it soon."))
        return redirect(url_for(".domains", slug=organisation.slug))
    found = queries.domains_of(organisation.id, actor=actor)
    return form.page(
        "members/domains/domains.html",
        organisation=organisation,
        found=found,
        verifiable={row.id for row in found if policy.verifies(actor, row)},
    )


@bp.post("/organisations/<slug>/domains/<uuid:id>/verify")
@allows(policy.verifies, on=queries.domain, form=Form)
def verify_domain(row: OrganisationDomain, form: Form) -> ResponseReturnValue:
    """Confirm a domain that an organisation named."""
    service.verify_domain(row, actor=current_actor(), now=arrived())
    flash(_("The domain is confirmed."))
    return redirect(url_for(".domains", slug=row.organisation.slug))


@bp.post("/organisations/<slug>/domains/<uuid:id>/remove")
@allows(policy.keeps, on=queries.domain, form=Form)
def remove_domain(row: OrganisationDomain, form: Form) -> ResponseReturnValue:
    """Name a domain no longer."""
    slug = row.organisation.slug
    service.remove_domain(row, actor=current_actor(), now=arrived())
    flash(_("The domain is removed."))
    return redirect(url_for(".domains", slug=slug))


@bp.get("/admin/domains")
@signed_in(may=room.membership_staff)
def every_domain() -> ResponseReturnValue:
    """List all domains, for staff."""
    found = queries.every_domain(request.args.get("mark"), actor=current_actor())
    return render_template("members/domains/every.html", found=found)


@bp.route("/organisations/offered/<slug>", methods=["GET", "POST"])
@sees(on=queries.offered, form=AskForm)
def ask_by_domain(organisation: Organisation, form: AskForm) -> ResponseReturnValue:
    """Ask to belong to an organisation at whose domain one has an address."""
    if form.accepted:
        message = form.message.data or ""
        of_people.ask_to_join(organisation, message, actor=current_actor(), now=arrived())
        flash(_("We have passed your request on. You get an e-mail when it is answered."))
        return redirect(url_for("site.desk"))
    return form.page("members/ask_to_join.html", organisation=organisation)
