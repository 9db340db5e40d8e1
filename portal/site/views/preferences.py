"""Language and appearance: chosen by anybody, kept in the browser.

Pages for strangers are the same for everybody, so these forms carry no token. Browsers say where
a request was sent from, and only our own pages may choose.
"""

from urllib.parse import urlsplit

from flask import current_app, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from portal.core.errors import NotAllowed
from portal.core.wording import N_, Sentence
from portal.extensions import csrf
from portal.platform.language import COOKIE, LANGUAGES
from portal.site import queries, rules, service
from portal.site.views.blueprint import bp
from portal.web.access import arrived, everyone, find_actor_if_known
from portal.web.context import THEME, THEMES
from portal.web.referrer import came_from

A_YEAR = 365 * 24 * 3600
ELSEWHERE = Sentence(N_("This did not come from a page of ours."))


@bp.post("/language")
@everyone(when_empty=True)
def set_language() -> ResponseReturnValue:
    """Speak another language from now on, in pages and in letters."""
    insist_on_our_own_page()
    chosen = request.form.get("language", "")
    response = back()
    if chosen in LANGUAGES:
        keep(response, COOKIE, chosen)
        if actor := find_actor_if_known():
            person = queries.person(actor=actor)
            service.choose_language(person, chosen, actor=actor, now=arrived())
    return response


@bp.post("/theme")
@everyone(when_empty=True)
def set_theme() -> ResponseReturnValue:
    """Show pages light, dark, or as the reader's device is set."""
    insist_on_our_own_page()
    chosen = request.form.get("theme", "")
    response = back()
    if chosen in THEMES:
        keep(response, THEME, chosen)
    return response


for chooser in (set_language, set_theme):
    csrf.exempt(chooser)  # guarded by where the request came from


def insist_on_our_own_page() -> None:
    """Turn away what was sent from another site."""
    ours = frozenset({request.host, urlsplit(str(current_app.config["BASE_URL"])).netloc})
    if not rules.came_from_us(request.headers, ours):  # type: ignore[arg-type]  # reads like a mapping
        raise NotAllowed(ELSEWHERE)


def back() -> Response:
    """Go back to the page that was open, if it is one of ours."""
    return redirect(rules.own_path(request.form.get("next") or came_from()))


def keep(response: Response, name: str, value: str) -> None:
    """Keep a choice in the browser for a year."""
    response.set_cookie(
        name,
        value,
        max_age=A_YEAR,
        secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
        httponly=True,
        samesite="Lax",
    )
