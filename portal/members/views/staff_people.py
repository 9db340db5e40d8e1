"""People as staff see them: accounts, roles, sessions."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.members import policy, queries, service
from portal.members.forms import PREFIX, TRIES, GrantForm, UnlockForm
from portal.members.views.blueprint import bp
from portal.members.workflow import PERSON
from portal.models import Person, StaffGrant
from portal.platform import audit
from portal.web.access import allows, arrived, current_actor, signed_in
from portal.web.forms import Form


@bp.get("/admin/people")
@signed_in(may=policy.membership_staff)
def staff_people() -> ResponseReturnValue:
    """List people; who is throttled stands above."""
    actor = current_actor()
    wanted = request.args.get("begins", "").strip()
    found = queries.people(wanted, request.args.get("mark"), actor=actor)
    locked = queries.locked_people(PREFIX, most=TRIES, now=arrived(), actor=actor)
    return render_template("members/staff_people.html", found=found, wanted=wanted, locked=locked)


@bp.get("/admin/people/<uuid:id>")
@allows(policy.looks_into_person, on=queries.person)
def staff_person(person: Person) -> ResponseReturnValue:
    """Show what somebody is, where they are signed in, and what happened."""
    actor, now = current_actor(), arrived()
    standings, grants = queries.roles(person.id, actor=actor)
    return render_template(
        "members/staff_person.html",
        person=person,
        standings=standings,
        grants=grants,
        sessions=queries.live_sessions(person.id, now=now, actor=actor),
        locked=queries.is_locked(person.id, PREFIX, most=TRIES, now=now),
        kinds=queries.kinds_of_factors(person.id),
        moves=PERSON.open_to(person, actor=actor),
        timeline=audit.timeline(person, request.args.get("mark"), internal=True),
        administers=policy.administrator(actor),
    )


@bp.post("/admin/people/<uuid:id>/<any('block', 'unblock'):move>")
@allows(
    policy.runs_account,
    on=lambda id, _move, *, actor: queries.person(id, actor=actor),
    form=Form,
    fresh=True,
)
def run_account(person: Person, form: Form) -> ResponseReturnValue:
    """Block somebody, which ends their sessions at once, or let them in again."""
    deed = service.block if request.path.endswith("/block") else service.unblock
    deed(person, actor=current_actor(), now=arrived())
    flash(_("Saved."))
    return redirect(url_for(".staff_person", id=person.id))


@bp.post("/admin/people/<uuid:id>/unlock")
@allows(policy.runs_account, on=queries.person, form=UnlockForm)
def unlock(person: Person, form: UnlockForm) -> ResponseReturnValue:
    """Let somebody try to sign in again before the wait is over."""
    service.unlocked(person, actor=current_actor(), now=arrived())
    flash(_("They can try to sign in again."))
    return redirect(url_for(".staff_person", id=person.id))


@bp.post("/admin/people/<uuid:id>/end-sessions")
@allows(policy.runs_account, on=queries.person, form=Form)
def end_sessions(person: Person, form: Form) -> ResponseReturnValue:
    """Sign somebody out everywhere."""
    service.end_other_sessions(person, actor=current_actor(), now=arrived())
    flash(_("They are signed out everywhere."))
    return redirect(url_for(".staff_person", id=person.id))


@bp.route("/admin/people/<uuid:id>/grant", methods=["GET", "POST"])
@allows(policy.gives_grants, on=queries.person, form=GrantForm, fresh=True)
def give_grant(person: Person, form: GrantForm) -> ResponseReturnValue:
    """Give somebody a role in the staff."""
    if form.accepted:
        service.give_grant(person, form.role.data, actor=current_actor(), now=arrived())
        flash(_("The role is given, from this moment on."))
        return redirect(url_for(".staff_person", id=person.id))
    return form.page("members/grant.html", person=person)


@bp.post("/admin/grants/<uuid:id>/end")
@allows(policy.ends_grant, on=queries.staff_grant, form=Form, fresh=True)
def end_grant(grant: StaffGrant, form: Form) -> ResponseReturnValue:
    """End a role in the staff, at once."""
    service.end_grant(grant, actor=current_actor(), now=arrived())
    flash(_("The role has ended."))
    return redirect(url_for(".staff_person", id=grant.person_id))
