"""The pages of staff: the queue, one application with everything, and what can be done with it."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.members import policy as room
from portal.members import queries as room_queries
from portal.members.agreeing.telling import kept_as_first
from portal.members.joining import policy, queries, rules, service
from portal.members.joining.forms import (
    ApproveForm,
    AskForm,
    AssignForm,
    DeclineForm,
    DeferForm,
)
from portal.members.joining.queries import Wish
from portal.members.joining.workflow import JOINING
from portal.members.views.blueprint import bp
from portal.models import JoiningState, MembershipApplication
from portal.platform import audit
from portal.platform.language import says
from portal.web import exports
from portal.web.access import allows, arrived, current_actor, signed_in
from portal.web.forms import Form


def wished() -> Wish:
    """Read how the list is narrowed."""
    return Wish.of(request.args.get("show", ""), request.args.get("whose", ""))


@bp.get("/admin/joining")
@signed_in(may=room.membership_staff)
def joining_queue() -> ResponseReturnValue:
    """List the applications for membership; those that are late come first."""
    wish, now = wished(), arrived()
    found = queries.queue(wish, request.args.get("mark"), actor=current_actor(), now=now)
    late = {row.id for row in found.rows if rules.is_late(row.promised_at, row.state, now=now)}
    states = [state for state in JoiningState if state is not JoiningState.DRAFT]
    return render_template(
        "members/joining/queue.html", found=found, wish=wish, late=late, states=states
    )


@bp.get("/admin/joining/export")
@signed_in(may=room.membership_staff, fresh=True)
def export_joining() -> ResponseReturnValue:
    """Give the list as a file for a spreadsheet, narrowed like the page."""
    rows = queries.every_row(wished(), actor=current_actor(), now=arrived())
    kind = request.args.get("kind", "csv")
    return exports.download(kind, "applications", [headings(), *(cells(row) for row in rows)])


def headings() -> list[str]:
    """Name the columns."""
    return [
        _("Reference"),
        _("Organisation"),
        _("Kind of membership"),
        _("Size"),
        _("State"),
        _("Sent"),
        _("Answer promised by"),
        _("Who looks after it"),
        _("Price in kroner"),
    ]


def cells(row: Any) -> list[Any]:
    """Put a row into the reader's language."""
    return [
        row.reference,
        row.display_name,
        says(row, "name"),
        _(row.size.label),
        _(row.state.label),
        row.submitted_at,
        row.promised_at,
        row.handler or "",
        "" if row.price_ore is None else row.price_ore / 100,
    ]


@bp.get("/admin/joining/<uuid:id>")
@allows(policy.handles, on=queries.application, form=AssignForm)
def handle_joining(row: MembershipApplication, form: AssignForm) -> ResponseReturnValue:
    """Show an application with everything, and what can be done with it."""
    actor, now = current_actor(), arrived()
    return form.page(
        "members/joining/handle.html",
        row=row,
        late=rules.is_late(row.promised_at, row.state, now=now),
        is_first=service.waits_for_first(row, now=now),
        messages=queries.messages(row.id),
        timeline=audit.timeline(row, request.args.get("mark"), internal=True),
        moves={move.name for move in JOINING.open_to(row, actor=actor)},
    )


def back(row: MembershipApplication) -> ResponseReturnValue:
    """Go back to the page of an application."""
    return redirect(url_for(".handle_joining", id=row.id))


@bp.post("/admin/joining/<uuid:id>/assign")
@allows(policy.handles, on=queries.application, form=AssignForm)
def assign_joining(row: MembershipApplication, form: AssignForm) -> ResponseReturnValue:
    """Give an application to a colleague, or to oneself."""
    if not form.accepted:
        return back(row)
    actor, now = current_actor(), arrived()
    handler = room_queries.person(form.chosen(), actor=actor)
    service.assign(row, handler, actor=actor, now=now)
    flash(_("%(name)s looks after it now.", name=handler.name))
    return back(row)


@bp.route("/admin/joining/<uuid:id>/ask", methods=["GET", "POST"])
@allows(policy.handles, on=queries.application, form=AskForm)
def ask_joining(row: MembershipApplication, form: AskForm) -> ResponseReturnValue:
    """Put a question to the applicants."""
    if not form.accepted:
        return form.page("members/joining/ask.html", row=row, promise=queries.promise())
    service.ask(row, form.question.data or "", actor=current_actor(), now=arrived())
    flash(_("The question is sent. Until there is an answer, it is their turn."))
    return back(row)


@bp.route("/admin/joining/<uuid:id>/defer", methods=["GET", "POST"])
@allows(policy.handles, on=queries.application, form=DeferForm)
def defer_joining(row: MembershipApplication, form: DeferForm) -> ResponseReturnValue:
    """Put an application off to a day."""
    if not form.accepted:
        return form.page("members/joining/defer.html", row=row)
    day, reason = form.until.data, form.reason.data or ""
    service.defer(row, day, reason=reason, actor=current_actor(), now=arrived())
    flash(_("It is put off, and the applicants know why."))
    return back(row)


@bp.post("/admin/joining/<uuid:id>/resume")
@allows(policy.handles, on=queries.application, form=Form)
def resume_joining(row: MembershipApplication, form: Form) -> ResponseReturnValue:
    """Take an application up again before its day."""
    service.resume(row, actor=current_actor(), now=arrived())
    flash(_("It is back in the queue."))
    return back(row)


@bp.route("/admin/joining/<uuid:id>/approve", methods=["GET", "POST"])
@allows(policy.handles, on=queries.application, form=ApproveForm, fresh=True)
def approve_joining(row: MembershipApplication, form: ApproveForm) -> ResponseReturnValue:
    """Approve an application: the organisation is a member, or a second person has to agree."""
    if not form.accepted:
        first = service.waits_for_first(row, now=arrived())
        may = JOINING.offers("approve", row, actor=current_actor())
        return form.page("members/joining/approve.html", row=row, is_first=first, may=may)
    before = row.first_approved_by
    done = service.approve(row, form.from_on.data, actor=current_actor(), now=arrived())
    name = row.organisation.display_name
    if done:
        flash(_("%(name)s is a member.", name=name))
    else:
        flash(kept_as_first(before))
    return back(row)


@bp.route("/admin/joining/<uuid:id>/decline", methods=["GET", "POST"])
@allows(policy.handles, on=queries.application, form=DeclineForm)
def decline_joining(row: MembershipApplication, form: DeclineForm) -> ResponseReturnValue:
    """Decline an application, with a reason."""
    if not form.accepted:
        may = JOINING.offers("decline", row, actor=current_actor())
        return form.page("members/joining/decline.html", row=row, may=may)
    service.decline(row, form.reason.data or "", actor=current_actor(), now=arrived())
    flash(_("It is declined, and the applicants know why."))
    return back(row)
