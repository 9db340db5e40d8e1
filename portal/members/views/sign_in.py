"""The way in and the way out."""

from collections.abc import Callable
from uuid import UUID

from flask import (
    Response,
    current_app,
    flash,
    make_response,
    redirect,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from portal.members import queries, rules, service
from portal.members.forms import ActForForm, SignInForm, known_to, remember_browser
from portal.members.views.blueprint import bp
from portal.members.views.onward import heading, way_to
from portal.models import Person
from portal.platform import auth
from portal.platform.language import COOKIE
from portal.web.access import (
    arrived,
    current_actor,
    everyone,
    find_actor_if_known,
    signed_in,
)
from portal.web.forms import Form
from portal.web.referrer import came_from

#: Where something stands in the way of going on: each returns a page to see first, or nothing.
DETOURS: list[Callable[[Person, str], str | None]] = []

A_YEAR = 365 * 24 * 3600


@bp.route("/sign-in", methods=["GET", "POST"])
@everyone(form=SignInForm)
def sign_in(form: SignInForm) -> ResponseReturnValue:
    """Let somebody in who knows the password."""
    if not form.accepted or form.proof is None:
        return form.page("members/sign_in.html", after=heading())
    visitor = visiting(form.proof.person_id)
    before = find_actor_if_known()
    return go_in(service.sign_in(form.proof, visitor, replacing=before, now=arrived()))


def visiting(person_id: UUID) -> service.Visitor:
    """Tell what browser somebody comes with."""
    return service.Visitor(
        browser=request.user_agent.string,
        address=request.remote_addr or "",
        known=known_to(person_id) is not None,
    )


def go_in(entered: service.Entered) -> BaseResponse:
    """Give the browser its session; one that is half leads to where the second factor is asked."""
    if entered.half:
        auth.keep_half(entered.token)
        return redirect(way_to(".second_step"))
    auth.keep_in_browser(entered.token)
    return welcomed(entered)


def welcomed(entered: service.Entered) -> Response:
    """Send somebody to where they wanted, in their language, from a browser that we know again."""
    for address in queries.unreachable_addresses(entered.person.id):
        told = _("We cannot reach you at %(email)s: our letters come back.", email=address)
        flash(told + " " + _("Look after your addresses on your account’s page."), "warning")
    proven = entered.person.verified_at is not None
    wanted = heading() or url_for("site.desk") if proven else way_to(".confirm_address")
    if proven:
        first = (detour(entered.person, wanted) for detour in DETOURS)
        wanted = next((page for page in first if page), wanted)
    response = make_response(redirect(wanted))
    keep_language(response, entered.person.language)
    remember_browser(response, entered.person.id)
    return response


def keep_language(response: BaseResponse, language: str) -> None:
    """Let a browser speak somebody's language from now on."""
    response.set_cookie(
        COOKIE,
        language,
        max_age=A_YEAR,
        secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
        httponly=True,
        samesite="Lax",
    )


@bp.post("/sign-out")
@signed_in(form=Form, even_barred=True)
def sign_out(form: Form) -> ResponseReturnValue:
    """End this browser's session, and let it forget what it kept of our pages."""
    service.sign_out(actor=current_actor(), now=arrived())
    session.clear()
    auth.forget_rights()
    response = make_response(redirect(url_for("site.home")))
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@bp.post("/act-for")
@signed_in(form=ActForForm)
def act_for(form: ActForForm) -> ResponseReturnValue:
    """Choose for which organisation to act, in this browser."""
    if not form.accepted:
        flash(_("You do not belong to this organisation any more."), "error")
        return redirect(url_for("site.desk"))
    service.act_for(form.chosen(), actor=current_actor(), now=arrived())
    page = came_from().partition("?")[0]
    return redirect(rules.own_path(page, url_for("site.desk")))
