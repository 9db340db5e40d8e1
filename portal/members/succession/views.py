"""Pages about successors, and about who was what."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.extensions import db
from portal.members import policy, queries
from portal.members.succession import queries as own
from portal.members.succession import service
from portal.members.succession.forms import SuccessorForm
from portal.members.views.blueprint import bp
from portal.models import Organisation, Person, Succession, SuccessionState
from portal.platform import language
from portal.web.access import allows, arrived, current_actor
from portal.web.forms import Form


@bp.route("/organisations/<slug>/successors/<uuid:id>", methods=["GET", "POST"])
@allows(policy.names_successor, on=own.succession, form=SuccessorForm, fresh=True)
def hand_over(row: Succession, form: SuccessorForm) -> ResponseReturnValue:
    """Name a successor: a colleague at once, or somebody who is invited."""
    if not form.accepted:
        waits = row.state is SuccessionState.OPEN
        still = service.live_of(row)
        page = "members/succession/hand_over.html"
        return form.page(page, row=row, waits=waits, still=still)
    pass_on(row, form)
    return redirect(url_for(".people", slug=row.organisation.slug))


def pass_on(row: Succession, form: SuccessorForm) -> None:
    """Do what was chosen."""
    actor, now = current_actor(), arrived()
    if id := form.chosen():
        successor = db.session.get_one(Person, id)
        service.hand_over(row, successor, ends=form.ends.data, actor=actor, now=now)
        flash(_("%(name)s has taken over.", name=successor.name))
        return
    email = form.email.data
    service.invite_successor(row, email, language=language.current(), actor=actor, now=now)
    flash(_("The invitation is on its way to %(email)s.", email=email))


@bp.post("/organisations/<slug>/successors/<uuid:id>/drop")
@allows(policy.names_successor, on=own.succession, form=Form)
def drop_succession(row: Succession, form: Form) -> ResponseReturnValue:
    """Say that nobody is needed."""
    service.drop(row, actor=current_actor(), now=arrived())
    flash(_("Noted: nobody is needed in this role."))
    return redirect(url_for(".people", slug=row.organisation.slug))


@bp.get("/organisations/<slug>/people/history")
@allows(policy.manages_people, on=queries.own_organisation)
def people_history(organisation: Organisation) -> ResponseReturnValue:
    """List who was what in an organisation, and when."""
    found = own.former(organisation, request.args.get("mark"), actor=current_actor())
    return render_template(
        "members/succession/history.html", organisation=organisation, found=found
    )
