"""Who belongs to an organisation: invitations, requests, roles."""

from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.members import policy, queries, service
from portal.members.forms import AcceptRequestForm, InviteForm, RoleForm
from portal.members.views.blueprint import bp
from portal.models import Affiliation, Invitation, InvitationState, JoinRequest, Organisation
from portal.web.access import allows, arrived, current_actor, find_actor_if_known, sees
from portal.web.forms import Form


@bp.get("/organisations/<slug>/people")
@sees(on=queries.own_page)
def people(organisation: Any) -> ResponseReturnValue:
    """List who belongs to an organisation, who is invited, and who asks."""
    actor = current_actor()
    manages = policy.manages_people(actor, organisation)
    return render_template(
        "members/people.html",
        organisation=organisation,
        people=queries.active_people(organisation.id, actor=actor),
        invitations=queries.invitations(organisation.id, actor=actor) if manages else (),
        requests=queries.join_requests(organisation.id, actor=actor) if manages else (),
        manages=manages,
        seats=queries.seats(organisation.id, now=arrived()),
        now=arrived(),
    )


@bp.route("/organisations/<slug>/people/invite", methods=["GET", "POST"])
@allows(policy.manages_people, on=queries.own_organisation, form=InviteForm, fresh=True)
def invite(organisation: Organisation, form: InviteForm) -> ResponseReturnValue:
    """Invite somebody by mail."""
    if form.accepted:
        service.invite(organisation, form.wish(), actor=current_actor(), now=arrived())
        flash(_("The invitation is on its way to %(email)s.", email=form.email.data))
        return redirect(url_for(".people", slug=organisation.slug))
    return form.page("members/invite.html", organisation=organisation)


@bp.post("/organisations/<slug>/invitations/<uuid:id>/resend")
@allows(policy.manages_invitation, on=queries.pending_invitation, form=Form)
def resend_invitation(invitation: Invitation, form: Form) -> ResponseReturnValue:
    """Send an invitation once more."""
    service.resend(invitation, actor=current_actor(), now=arrived())
    flash(_("The invitation is on its way again. The first e-mail no longer works."))
    return redirect(url_for(".people", slug=invitation.organisation.slug))


@bp.post("/organisations/<slug>/invitations/<uuid:id>/revoke")
@allows(policy.manages_invitation, on=queries.pending_invitation, form=Form)
def revoke_invitation(invitation: Invitation, form: Form) -> ResponseReturnValue:
    """Take an invitation back."""
    service.revoke(invitation, actor=current_actor(), now=arrived())
    flash(_("The invitation is withdrawn."))
    return redirect(url_for(".people", slug=invitation.organisation.slug))


@bp.get("/invitations/<key>")
@sees(on=queries.invitation, public=True)
def invitation(row: Invitation) -> ResponseReturnValue:
    """Show an invitation to whoever holds its letter, and the buttons to whom it is meant for."""
    actor = find_actor_if_known()
    page = render_template(
        "members/invitation.html",
        invitation=row,
        key=(request.view_args or {})["key"],
        waiting=row.state is InvitationState.PENDING,
        expired=arrived() >= row.expires_at,
        meant=actor is not None and (actor.email == row.email or actor.id == row.holder_id),
        may_answer=actor is not None and policy.is_invited(actor, row),
    )
    response = make_response(page)
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.post("/invitations/<key>/accept")
@allows(policy.is_invited, on=queries.invitation, form=Form)
def accept_invitation(row: Invitation, form: Form) -> ResponseReturnValue:
    """Join the organisation that invites."""
    service.accept_invitation(row, actor=current_actor(), now=arrived())
    flash(_("You belong to %(name)s now.", name=row.organisation.display_name))
    return redirect(url_for(".organisation", slug=row.organisation.slug))


@bp.post("/invitations/<key>/decline")
@allows(policy.is_invited, on=queries.invitation, form=Form)
def decline_invitation(row: Invitation, form: Form) -> ResponseReturnValue:
    """Turn an invitation down."""
    service.decline_invitation(row, actor=current_actor(), now=arrived())
    flash(_("You have declined the invitation."))
    return redirect(url_for("site.desk"))


@bp.route("/organisations/<slug>/people/<uuid:id>/role", methods=["GET", "POST"])
@allows(policy.changes_affiliation, on=queries.affiliation, form=RoleForm, fresh=True)
def change_role(affiliation: Affiliation, form: RoleForm) -> ResponseReturnValue:
    """Make somebody something else in an organisation."""
    if form.accepted:
        service.change_role(affiliation, form.role.data, actor=current_actor(), now=arrived())
        flash(_("The role is changed."))
        return redirect(url_for(".people", slug=affiliation.organisation.slug))
    return form.page("members/role.html", affiliation=affiliation)


@bp.route("/organisations/<slug>/people/<uuid:id>/end", methods=["GET", "POST"])
@allows(policy.ends_affiliation, on=queries.affiliation, form=Form, fresh=True)
def end_affiliation(affiliation: Affiliation, form: Form) -> ResponseReturnValue:
    """End what somebody is in an organisation."""
    actor = current_actor()
    if not form.accepted:
        return form.page("members/end_affiliation.html", affiliation=affiliation)
    service.end_affiliation(affiliation, actor=actor, now=arrived())
    flash(_("The role has ended."))
    if affiliation.person_id == actor.id and not actor.is_staff_of_any:
        return redirect(url_for("site.desk"))
    return redirect(url_for(".people", slug=affiliation.organisation.slug))


@bp.route("/requests/<uuid:id>", methods=["GET", "POST"])
@allows(policy.answers_request, on=queries.join_request, form=AcceptRequestForm, fresh=True)
def answer_request(row: JoinRequest, form: AcceptRequestForm) -> ResponseReturnValue:
    """Show a request to join, and let the person in."""
    if form.accepted:
        service.accept_request(row, form.role.data, actor=current_actor(), now=arrived())
        flash(_("%(name)s belongs to the organisation now.", name=row.person.name))
        return redirect(url_for(".people", slug=row.organisation.slug))
    return form.page("members/request.html", row=row)


@bp.post("/requests/<uuid:id>/decline")
@allows(policy.answers_request, on=queries.join_request, form=Form)
def decline_request(row: JoinRequest, form: Form) -> ResponseReturnValue:
    """Do not let somebody join."""
    service.decline_request(row, actor=current_actor(), now=arrived())
    flash(_("The request is declined."))
    return redirect(url_for(".people", slug=row.organisation.slug))
