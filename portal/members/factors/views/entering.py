"""Getting in: the second step, a passkey alone, and what to do when everything is lost."""

from flask import flash, redirect, session
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.members import service as room
from portal.members.factors import ceremonies, queries, service
from portal.members.factors.forms import LostForm, PasskeyForm, SecondForm
from portal.members.views.blueprint import bp
from portal.members.views.onward import heading, way_to
from portal.members.views.sign_in import go_in, visiting
from portal.platform import auth
from portal.web.access import arrived, everyone, find_actor_if_known
from portal.web.forms import Form


@bp.get("/sign-in/passkey/challenge")
@everyone
def passkey_challenge() -> ResponseReturnValue:
    """Tell the browser what to have signed; at the second step, by which passkeys."""
    half = auth.half_session(now=arrived())
    held = queries.factors(half.person_id).passkeys if half else ()
    return ceremonies.to_sign(held, now=arrived())


@bp.post("/sign-in/passkey")
@everyone(form=PasskeyForm)
def sign_in_with_passkey(form: PasskeyForm) -> ResponseReturnValue:
    """Let somebody in with a passkey alone, which is both factors at once."""
    shown = form.shown
    if not form.accepted or shown is None:
        return form.page("members/factors/passkey.html", after=heading())
    if shown.twin:
        return refuse_twin(shown)
    before = find_actor_if_known()
    visitor = visiting(shown.person_id)
    return go_in(service.enter_with_passkey(shown, visitor, replacing=before, now=arrived()))


@bp.route("/sign-in/second", methods=["GET", "POST"])
@everyone(form=SecondForm)
def second_step(form: SecondForm) -> ResponseReturnValue:
    """Ask for the second factor of somebody who showed the first."""
    half, shown = form.half, form.shown
    if half is None:
        return redirect(way_to(".sign_in"))
    if not form.accepted or shown is None:
        return form.page("members/factors/second.html", half=half, after=heading())
    if shown.twin:
        return refuse_twin(shown)
    return go_in(service.finish(half, shown, visiting(half.person_id), now=arrived()))


def refuse_twin(shown: service.Shown) -> ResponseReturnValue:
    """Let nobody in with a passkey that may have a copy, and tell its owner."""
    row = queries.passkey_by_key(shown.id)
    service.tell_of_twin(row, now=arrived())
    flash(_("We refused this passkey, because there may be a copy of it. We have written to its"
            " owner. Sign in in another way."), "error")  # fmt: skip
    return redirect(way_to(".sign_in"))


@bp.post("/sign-in/second/leave")
@everyone(form=Form)
def leave_second_step(form: Form) -> ResponseReturnValue:
    """Go back to the beginning; where somebody was heading stays known."""
    half = auth.half_session(now=arrived())
    if half is not None:
        room.give_up(half, now=arrived())
    session.clear()
    return redirect(way_to(".sign_in"))


@bp.route("/sign-in/second/lost", methods=["GET", "POST"])
@everyone(form=LostForm)
def lost_factors(form: LostForm) -> ResponseReturnValue:
    """Let somebody who lost everything ask us to take it away."""
    half = form.half
    if half is None:
        return redirect(way_to(".sign_in"))
    if not form.accepted:
        waiting = queries.live_removal(half.person_id)
        return form.page("members/factors/lost.html", waiting=waiting, after=heading())
    service.ask_for_removal(half.person, form.reason.data or "", now=arrived())
    return redirect(way_to(".lost_factors"))
