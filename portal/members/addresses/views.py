"""The pages about one's own addresses, and what staff mark about them."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.members import policy as room
from portal.members import queries as of_room
from portal.members.addresses import policy, queries, service
from portal.members.addresses.forms import AddressForm, AgainForm
from portal.members.views.blueprint import bp
from portal.models import Actor, AddressClaim, EmailAddress, Person
from portal.web.access import allows, arrived, current_actor, signed_in
from portal.web.forms import Form


@bp.get("/account/addresses")
@signed_in(may=room.proven, even_barred=True)
def addresses() -> ResponseReturnValue:
    """List the addresses that somebody has, and those that wait to be proven."""
    actor = current_actor()
    return render_template(
        "members/addresses/addresses.html",
        addresses=of_room.addresses(actor.id),
        claims=of_room.claims(actor.id),
        now=arrived(),
    )


@bp.route("/account/addresses/add", methods=["GET", "POST"])
@signed_in(may=room.proven, form=AddressForm, fresh=True, even_barred=True)
def add_address(form: AddressForm) -> ResponseReturnValue:
    """Ask to add an address. What is shown is the same for an address of somebody else."""
    if not form.accepted:
        return form.page("members/addresses/add.html")
    service.claim_address(form.email.data, actor=current_actor(), now=arrived())
    flash(_("We have sent an e-mail to %(email)s. Press its button.", email=form.email.data))
    return redirect(url_for(".addresses"))


@bp.route("/account/addresses/confirm/<token>", methods=["GET", "POST"])
@allows(policy.claims, on=queries.claim_by_letter, form=Form, even_barred=True)
def confirm_claim(claim: AddressClaim, form: Form) -> ResponseReturnValue:
    """Take an address as proven; mail scanners open links, so it takes a button."""
    if not form.accepted:
        return form.page("members/addresses/confirm.html", address=claim.address)
    service.confirm_claim(claim, actor=current_actor(), now=arrived())
    flash(_("The address is yours. You can sign in with it too."))
    return redirect(url_for(".addresses"))


@bp.post("/account/addresses/claims/<uuid:id>/again")
@allows(policy.claims, on=queries.claim, form=AgainForm, fresh=True, even_barred=True)
def claim_again(claim: AddressClaim, form: AgainForm) -> ResponseReturnValue:
    """Send the letter once more; the one before no longer works."""
    service.claim_address(claim.address, actor=current_actor(), now=arrived())
    flash(_("We have sent you another e-mail. Use the newest one."))
    return redirect(url_for(".addresses"))


@bp.post("/account/addresses/claims/<uuid:id>/drop")
@allows(policy.claims, on=queries.claim, form=Form, even_barred=True)
def drop_claim(claim: AddressClaim, form: Form) -> ResponseReturnValue:
    """Do not add an address after all."""
    service.drop_claim(claim, actor=current_actor(), now=arrived())
    flash(_("The address is not added."))
    return redirect(url_for(".addresses"))


@bp.post("/account/addresses/<uuid:id>/primary")
@allows(policy.keeps, on=queries.address, form=Form, fresh=True, even_barred=True)
def primary_address(row: EmailAddress, form: Form) -> ResponseReturnValue:
    """Be reached at another address from now on."""
    service.make_primary(row, actor=current_actor(), now=arrived())
    flash(_("From now on we reach you at %(email)s.", email=row.address))
    return redirect(url_for(".addresses"))


@bp.post("/account/addresses/<uuid:id>/remove")
@allows(policy.keeps, on=queries.address, form=Form, fresh=True, even_barred=True)
def remove_address(row: EmailAddress, form: Form) -> ResponseReturnValue:
    """Have an address no longer."""
    service.remove_address(row, actor=current_actor(), now=arrived())
    flash(_("The address is removed."))
    return redirect(url_for(".addresses"))


@bp.get("/admin/people/<uuid:id>/addresses")
@allows(room.looks_into_person, on=of_room.person)
def person_addresses(person: Person) -> ResponseReturnValue:
    """List the addresses of somebody, for staff."""
    return render_template(
        "members/addresses/person.html",
        person=person,
        addresses=of_room.addresses(person.id),
        may_mark=service.may_mark(person.id, actor=current_actor(), now=arrived()),
    )


def marked(id: UUID, address_id: UUID, _mark: str, *, actor: Actor) -> EmailAddress:
    """Find the address that staff mark."""
    return queries.address_of(id, address_id, actor=actor)


@bp.post(
    "/admin/people/<uuid:id>/addresses/<uuid:address_id>/<any('unreachable', 'reachable'):mark>"
)
@allows(policy.marks, on=marked, form=Form)
def mark_address(row: EmailAddress, form: Form) -> ResponseReturnValue:
    """Write down whether letters to an address get through."""
    actor, now = current_actor(), arrived()
    if request.path.endswith("/unreachable"):
        service.mark_unreachable(row, "", actor=actor, now=now)
    else:
        service.mark_reachable(row, actor=actor, now=now)
    flash(_("Saved."))
    return redirect(url_for(".person_addresses", id=row.person_id))
