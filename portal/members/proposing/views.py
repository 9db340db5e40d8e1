"""Pages about names and numbers of organisations."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.members import policy, queries, service
from portal.members.proposing import queries as own
from portal.members.proposing.forms import DeclineForm, IdentityForm
from portal.members.views.blueprint import bp
from portal.members.workflow import PROPOSAL
from portal.models import Organisation, OrganisationProposal
from portal.web.access import allows, arrived, current_actor, sees, signed_in
from portal.web.forms import Form


@bp.route("/organisations/<slug>/name-and-number", methods=["GET", "POST"])
@allows(policy.edits_organisation, on=queries.own_organisation, form=IdentityForm)
def identity(organisation: Organisation, form: IdentityForm) -> ResponseReturnValue:
    """Propose another name or number; staff, who have checked it, change it at once."""
    at_once = policy.checks_identity(current_actor(), organisation)
    if not form.accepted:
        page = "members/proposing/identity.html"
        waits = own.waits_for(organisation)
        return form.page(page, organisation=organisation, at_once=at_once, waits=waits)
    keep(organisation, form, at_once=at_once)
    return redirect(url_for(".organisation", slug=organisation.slug))


def keep(organisation: Organisation, form: IdentityForm, *, at_once: bool) -> None:
    """Make the change, or pass it on to staff."""
    actor, now, wanted = current_actor(), arrived(), form.identity()
    if at_once:
        service.change_identity(organisation, wanted, actor=actor, now=now)
        flash(_("The change is made."))
        return
    message = form.message.data or ""
    service.propose(organisation, wanted, message=message, actor=actor, now=now)
    flash(_("The cluster’s staff look at it. You get an e-mail when they have."))


@bp.get("/organisations/<slug>/proposals/<uuid:id>")
@sees(on=own.proposal, form=DeclineForm)
def proposal(row: OrganisationProposal, form: DeclineForm) -> ResponseReturnValue:
    """Show what an organisation asks for, beside what is kept."""
    return shown(row, form)


def shown(row: OrganisationProposal, form: DeclineForm) -> ResponseReturnValue:
    """Draw the page, with what this person may do."""
    answers = policy.answers_proposal(current_actor(), row)
    return form.page(
        "members/proposing/proposal.html",
        row=row,
        moves={move.name for move in PROPOSAL.open_to(row, actor=current_actor())},
        taken=own.holder_of_number(row) if answers else None,
    )


@bp.post("/organisations/<slug>/proposals/<uuid:id>/accept")
@allows(policy.answers_proposal, on=own.proposal, form=Form)
def accept_proposal(row: OrganisationProposal, form: Form) -> ResponseReturnValue:
    """Make the change."""
    service.accept_proposal(row, actor=current_actor(), now=arrived())
    flash(_("The change is made, and they get an e-mail."))
    return redirect(url_for(".organisation", slug=row.organisation.slug))


@bp.post("/organisations/<slug>/proposals/<uuid:id>/decline")
@allows(policy.answers_proposal, on=own.proposal, form=DeclineForm)
def decline_proposal(row: OrganisationProposal, form: DeclineForm) -> ResponseReturnValue:
    """Leave the organisation as it is."""
    if not form.accepted:
        return shown(row, form)
    reason = form.reason.data or ""
    service.decline_proposal(row, reason, actor=current_actor(), now=arrived())
    flash(_("It stays as it is, and they get an e-mail with your reason."))
    return redirect(url_for(".organisation", slug=row.organisation.slug))


@bp.post("/organisations/<slug>/proposals/<uuid:id>/withdraw")
@allows(policy.withdraws_proposal, on=own.proposal, form=Form)
def withdraw_proposal(row: OrganisationProposal, form: Form) -> ResponseReturnValue:
    """Ask for it no longer."""
    service.withdraw_proposal(row, actor=current_actor(), now=arrived())
    flash(_("You have taken it back."))
    return redirect(url_for(".organisation", slug=row.organisation.slug))


@bp.get("/admin/proposals")
@signed_in(may=policy.membership_staff)
def proposals() -> ResponseReturnValue:
    """List the changes that wait for staff."""
    found = own.waiting(request.args.get("mark"), actor=current_actor())
    return render_template("members/proposing/proposals.html", found=found)
