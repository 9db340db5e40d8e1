"""Organisations as staff see them: all of them, those to confirm, one for somebody by phone."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.core.vocabulary import Word
from portal.members import policy, queries, service
from portal.members.forms import RegisterForForm
from portal.members.views.blueprint import bp
from portal.models import Organisation, Person
from portal.platform import language
from portal.web import exports
from portal.web.access import allows, arrived, current_actor, signed_in
from portal.web.forms import Form


@bp.get("/admin/organisations")
@signed_in(may=policy.membership_staff)
def staff_organisations() -> ResponseReturnValue:
    """List organisations, perhaps those alone that nobody confirmed."""
    wanted = request.args.get("begins", "").strip()
    unconfirmed = request.args.get("show") == "unconfirmed"
    found = queries.organisations(
        wanted, unconfirmed, mark=request.args.get("mark"), actor=current_actor()
    )
    return render_template(
        "members/staff_organisations.html", found=found, wanted=wanted, unconfirmed=unconfirmed
    )


@bp.get("/admin/organisations/export")
@signed_in(may=policy.membership_staff, fresh=True)
def export_organisations() -> ResponseReturnValue:
    """Give the list as a file for a spreadsheet, narrowed like the page."""
    wanted = request.args.get("begins", "").strip()
    unconfirmed = request.args.get("show") == "unconfirmed"
    rows = queries.every_organisation(wanted, unconfirmed, actor=current_actor())
    kind = request.args.get("kind", "csv")
    return exports.download(kind, "organisations", [headings(), *(told(row) for row in rows)])


def headings() -> list[str]:
    """Name the columns."""
    return [
        _("Name"),
        _("Full legal name"),
        _("Number"),
        _("Country"),
        _("Kind"),
        _("Size"),
        _("Town"),
        _("Website"),
        _("Registered"),
        _("Confirmed"),
    ]


def told(row: Any) -> list[Any]:
    """Put the words of a row into the reader's language."""
    return [_(cell.label) if isinstance(cell, Word) else cell for cell in row]


@bp.route("/admin/organisations/new", methods=["GET", "POST"])
@signed_in(may=policy.membership_staff, form=RegisterForForm)
def register_for(form: RegisterForForm) -> ResponseReturnValue:
    """Register an organisation on behalf of somebody who becomes its administrator."""
    if not form.accepted:
        return form.page("members/register_for.html")
    organisation = registered(form)
    flash(_("%(name)s is registered.", name=organisation.display_name))
    return redirect(url_for(".organisation", slug=organisation.slug))


def registered(form: RegisterForForm) -> Organisation:
    """Register the organisation for the person."""
    return service.create_organisation(
        form.registration(),
        form.facts(),
        tags=form.chosen_tags(),
        logo=form.logo.upload,
        person=holder(form),
        actor=current_actor(),
        now=arrived(),
    )


def holder(form: RegisterForForm) -> Person:
    """Find the person, or add them."""
    name, email = form.person_name.data or "", form.person_email.data
    speaks = language.current()
    return service.find_or_add(name, email, language=speaks, actor=current_actor(), now=arrived())


@bp.post("/organisations/<slug>/confirm")
@allows(policy.confirms_organisation, on=queries.own_organisation, form=Form)
def confirm(organisation: Organisation, form: Form) -> ResponseReturnValue:
    """Say that an organisation is what it says it is."""
    service.confirm(organisation, actor=current_actor(), now=arrived())
    flash(_("The organisation is confirmed, and its administrators get an e-mail."))
    return redirect(url_for(".organisation", slug=organisation.slug))


@bp.get("/admin/requests")
@signed_in(may=policy.membership_staff)
def staff_requests() -> ResponseReturnValue:
    """List the requests to join an organisation that nobody answered."""
    found = queries.waiting_requests(request.args.get("mark"), actor=current_actor())
    return render_template("members/staff_requests.html", found=found)
