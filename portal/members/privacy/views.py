"""Pages on which people look after their own data."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.members.privacy import consents, copies, mails, policy, queries, service, staff
from portal.members.privacy.forms import AcceptForm, AskForm
from portal.members.views.blueprint import bp
from portal.members.views.onward import heading
from portal.models import PageRevision, Person, PrivacyRequest
from portal.web.access import allows, arrived, current_actor, sees, signed_in
from portal.web.forms import Form

__all__ = ["staff"]


@bp.get("/account/privacy")
@signed_in
def privacy() -> ResponseReturnValue:
    """Show somebody what they accepted, their copies, and what they asked of us."""
    actor = current_actor()
    return render_template(
        "members/privacy/own.html",
        copies=queries.copies(actor=actor),
        requests=queries.own_requests(actor=actor),
        consents=queries.consents(actor=actor),
        to_read=queries.to_read(actor.id),
        asked=mails.ASKED,
    )


@bp.post("/account/privacy/copy")
@signed_in(form=Form, fresh=True)
def ask_for_copy(form: Form) -> ResponseReturnValue:
    """Ask for a copy of everything that is kept about oneself."""
    copies.ask(actor=current_actor(), now=arrived())
    flash(_("We put the copy together and write to you when it is ready."))
    return redirect(url_for(".privacy"))


@bp.route("/account/privacy/ask", methods=["GET", "POST"])
@signed_in(form=AskForm)
def ask_privacy(form: AskForm) -> ResponseReturnValue:
    """Ask something about one's own data."""
    if form.accepted:
        service.ask(form.kind.data, form.wish.data or "", actor=current_actor(), now=arrived())
        flash(_("We have your request. You find it below, with the day by which we answer."))
        return redirect(url_for(".privacy"))
    return form.page("members/privacy/ask.html")


@bp.post("/account/privacy/<uuid:id>/withdraw")
@allows(policy.withdraws, on=queries.own_request, form=Form)
def withdraw_privacy(row: PrivacyRequest, form: Form) -> ResponseReturnValue:
    """Take back what one asked."""
    service.withdraw(row, actor=current_actor(), now=arrived())
    flash(_("Your request is taken back."))
    return redirect(url_for(".privacy"))


@bp.get("/account/privacy/texts/<uuid:id>")
@sees(on=queries.accepted_text)
def accepted_text(text: PageRevision) -> ResponseReturnValue:
    """Show a text as it stood when somebody accepted it."""
    return render_template("members/privacy/text.html", text=text)


def what_is_new(person: Person, wanted: str) -> str | None:
    """Lead somebody who signs in past what is new in the texts, if anything is."""
    return url_for(".text_changes", next=wanted) if queries.to_read(person.id) else None


@bp.route("/account/privacy/changes", methods=["GET", "POST"])
@signed_in(form=AcceptForm)
def text_changes(form: AcceptForm) -> ResponseReturnValue:
    """Tell somebody what is new in the texts that they accepted, and let them accept it."""
    actor = current_actor()
    onward = heading() or url_for("site.desk")
    if form.accepted:
        consents.accept(form.accepts.shown, actor=actor, now=arrived())
        flash(_("Thank you. It is noted which version you accepted."))
        return redirect(onward)
    to_read = queries.to_read(actor.id)
    if not to_read and request.method == "GET":
        return redirect(onward)
    return form.page("members/privacy/changes.html", to_read=to_read, onward=onward)
