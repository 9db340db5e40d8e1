"""Pages about what is here twice."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.core.errors import present
from portal.members import queries as room
from portal.members.agreeing.telling import kept_as_first
from portal.members.merging import policy, queries, service
from portal.members.merging.forms import KeepApartForm, MergeOrganisationForm, MergePersonForm
from portal.members.merging.telling import told_clashes, told_rows
from portal.members.merging.workflow import MERGE
from portal.members.views.blueprint import bp
from portal.models import MergeRecord, Organisation, Person
from portal.platform import audit
from portal.web.access import allows, arrived, current_actor, signed_in
from portal.web.forms import Form


@bp.get("/admin/merges")
@signed_in(may=policy.membership_staff)
def merges() -> ResponseReturnValue:
    """List what was and is to be brought together, the newest first."""
    found = queries.merges(request.args.get("mark"), actor=current_actor())
    return render_template("members/merging/merges.html", found=found)


@bp.route("/admin/people/<uuid:id>/merge", methods=["GET", "POST"])
@allows(policy.proposes_person, on=room.person, form=MergePersonForm)
def merge_person(person: Person, form: MergePersonForm) -> ResponseReturnValue:
    """Propose that an account becomes a part of another of the same person."""
    if not form.accepted:
        return form.page("members/merging/merge_person.html", person=person)
    return proposed(present(form.kept()), person, form.reason.data or "")


@bp.route("/organisations/<slug>/merge", methods=["GET", "POST"])
@allows(policy.proposes_organisation, on=room.own_organisation, form=MergeOrganisationForm)
def merge_organisation(
    organisation: Organisation, form: MergeOrganisationForm
) -> ResponseReturnValue:
    """Propose that an organisation becomes a part of another that it is."""
    if not form.accepted:
        return form.page("members/merging/merge_organisation.html", organisation=organisation)
    return proposed(present(form.kept()), organisation, form.reason.data or "")


def proposed(
    kept: Person | Organisation, lost: Person | Organisation, reason: str
) -> ResponseReturnValue:
    """Keep the proposal, and show what it would do."""
    row = service.propose(kept, lost, reason, actor=current_actor(), now=arrived())
    flash(_("Proposed. A second member of the staff looks at it and decides."))
    return redirect(url_for(".merge", id=row.id))


@bp.get("/admin/merges/<uuid:id>")
@allows(policy.looks, on=queries.merge, form=KeepApartForm)
def merge(row: MergeRecord, form: KeepApartForm) -> ResponseReturnValue:
    """Show what bringing the two together would do, or did."""
    return shown(row, form)


def shown(row: MergeRecord, form: KeepApartForm) -> ResponseReturnValue:
    """Draw the page, with what this person may do."""
    kept, lost = service.both(row)
    return form.page(
        "members/merging/merge.html",
        row=row,
        kept=kept,
        lost=lost,
        rows=told_rows(row),
        clashes=told_clashes(row),
        moves={move.name for move in MERGE.open_to(row, actor=current_actor())},
        timeline=audit.timeline(row, request.args.get("mark"), internal=True),
    )


@bp.post("/admin/merges/<uuid:id>/approve")
@allows(policy.approves, on=queries.merge, form=Form, fresh=True)
def approve_merge(row: MergeRecord, form: Form) -> ResponseReturnValue:
    """Bring the two together."""
    before = row.proposed_by
    done = service.approve(row, actor=current_actor(), now=arrived())
    flash(_("The two are one now.") if done else kept_as_first(before))
    return redirect(url_for(".merge", id=row.id))


@bp.post("/admin/merges/<uuid:id>/decline")
@allows(policy.declines, on=queries.merge, form=KeepApartForm)
def decline_merge(row: MergeRecord, form: KeepApartForm) -> ResponseReturnValue:
    """Keep the two apart."""
    if not form.accepted:
        return shown(row, form)
    service.decline(row, form.reason.data or "", actor=current_actor(), now=arrived())
    flash(_("The two stay apart."))
    return redirect(url_for(".merge", id=row.id))


@bp.post("/admin/merges/<uuid:id>/withdraw")
@allows(policy.withdraws, on=queries.merge, form=Form)
def withdraw_merge(row: MergeRecord, form: Form) -> ResponseReturnValue:
    """Take the proposal back."""
    service.withdraw(row, actor=current_actor(), now=arrived())
    flash(_("You have taken it back."))
    return redirect(url_for(".merges"))
