"""Showing again that it is you, before what would hurt most in wrong hands."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.members import rules
from portal.members.factors import ceremonies, queries, service
from portal.members.factors.forms import ConfirmForm, carry, read_carried
from portal.members.factors.views.entering import refuse_twin
from portal.members.views.blueprint import bp
from portal.members.views.onward import heading
from portal.platform import auth
from portal.web import answers
from portal.web.access import arrived, current_actor, signed_in
from portal.web.admission import Stale
from portal.web.visit import SAFE

PAGE = "members/factors/confirm.html"


@bp.route("/account/confirm", methods=["GET", "POST"])
@signed_in(form=ConfirmForm, even_barred=True)
def prove(form: ConfirmForm) -> ResponseReturnValue:
    """Ask somebody to show again that it is them, and lead them back to what they were doing."""
    if not form.accepted or form.shown is None:
        return form.page(PAGE, after=heading())
    if form.shown.twin:
        return refuse_twin(form.shown)
    actor = current_actor()
    auth.replace_in_browser(service.confirm(form.shown, actor=actor, now=arrived()))
    carried = read_carried(form.carried.data, actor.session_id)
    if carried is None:
        return redirect(heading() or url_for(".security"))
    path = rules.own_path(carried.path, url_for(".security"))
    return render_template("members/factors/again.html", carried=carried, path=path)


@bp.get("/account/confirm/challenge")
@signed_in(even_barred=True)
def prove_challenge() -> ResponseReturnValue:
    """Tell the browser what to have signed, by which passkeys."""
    held = queries.factors(current_actor().id).passkeys
    return ceremonies.to_sign(held, now=arrived())


def ask(error: Stale) -> ResponseReturnValue:
    """Have somebody whose proof is old prove it again; what they sent is kept in the page."""
    if answers.wants_json():
        return answers.explain(error.reason, 403)
    if request.method in SAFE:
        return redirect(url_for("members.prove", next=request.full_path.rstrip("?")))
    form = ConfirmForm.about(formdata=None)
    form.carried.data = carry(current_actor().session_id)
    address = url_for("members.prove")
    return render_template(PAGE, form=form, after="", address=address), 403
