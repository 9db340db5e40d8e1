"""Those who would like to join: what they write, and how staff answer."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.members import policy, queries, service
from portal.members.forms import EnquiryForm, EnquiryNoteForm
from portal.members.views.blueprint import bp
from portal.members.workflow import ENQUIRY
from portal.models import MembershipEnquiry
from portal.platform import audit
from portal.web.access import allows, arrived, current_actor, everyone, signed_in


@bp.route("/join/ask", methods=["GET", "POST"])
@everyone(form=EnquiryForm)
def enquire(form: EnquiryForm) -> ResponseReturnValue:
    """Let anybody tell the cluster that they would like to join, and ask first."""
    if form.accepted:
        service.enquire(form.enquiry(), now=arrived())
        return redirect(url_for(".joined"))
    return form.page("members/enquire.html")


@bp.get("/join/thank-you")
@everyone
def joined() -> ResponseReturnValue:
    """Thank somebody for asking, and say what happens next."""
    return render_template("members/joined.html")


@bp.get("/admin/enquiries")
@signed_in(may=policy.membership_staff)
def enquiries() -> ResponseReturnValue:
    """List those who would like to join."""
    everything = request.args.get("show") == "all"
    found = queries.enquiries(everything, request.args.get("mark"), actor=current_actor())
    return render_template("members/enquiries.html", found=found, everything=everything)


@bp.get("/admin/enquiries/<uuid:id>")
@allows(policy.handles_enquiry, on=queries.enquiry, form=EnquiryNoteForm)
def enquiry(row: MembershipEnquiry, form: EnquiryNoteForm) -> ResponseReturnValue:
    """Show an enquiry, and what can be done with it."""
    moves = ENQUIRY.open_to(row, actor=current_actor())
    told = audit.timeline(row, request.args.get("mark"), internal=True)
    return form.page("members/enquiry.html", row=row, moves=moves, timeline=told)


@bp.post("/admin/enquiries/<uuid:id>/<any('take', 'answer', 'close'):move>")
@allows(
    policy.handles_enquiry,
    on=lambda id, _move, *, actor: queries.enquiry(id, actor=actor),
    form=EnquiryNoteForm,
)
def handle_enquiry(row: MembershipEnquiry, form: EnquiryNoteForm) -> ResponseReturnValue:
    """Take an enquiry, say that it is answered, or close it."""
    move = str((request.view_args or {})["move"])
    note = form.note.data or ""
    service.handle_enquiry(row, move, note=note, actor=current_actor(), now=arrived())
    flash(_("Saved."))
    return redirect(url_for(".enquiry", id=row.id))
