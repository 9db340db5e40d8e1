"""What people are told when they cannot have what they asked for."""

import logging
from urllib.parse import quote

from flask import (
    Flask,
    Response,
    current_app,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, IntegrityError, OperationalError, TimeoutError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from portal.core.errors import Clash, Missing, Mistake, NotAllowed, Refused, TooOften
from portal.core.wording import N_, Sentence
from portal.platform import auth
from portal.platform.language import current, say
from portal.web.admission import Barred, NotSetUp
from portal.web.context import THEME, THEMES
from portal.web.visit import SAFE

log = logging.getLogger("portal")

#: What stands in the query of an address and means something there.
AS_SENT = "=&%+/:,;@!$'()*?"

NOTHING = Sentence(N_("There is no such page, or it is not for you. Check the address."))
QUICKER = Sentence(
    N_("Somebody else changed this at the same moment. Nothing of yours was saved: go back, look"
       " at it again, and send it once more.")
)  # fmt: skip
CLASH = Sentence(
    N_("This does not fit with what is already saved. Nothing was changed: go back and look again.")
)
UNFIT = Sentence(
    N_("Something that you sent cannot be kept: a number that is too large, or a character that"
       " nobody types. Nothing was changed. Go back and look at it again.")
)  # fmt: skip
BUSY = Sentence(
    N_("The portal is busy. Nothing was changed, and what you typed is still there when you go"
       " back. Try again in a moment.")
)  # fmt: skip
OTHERWISE = Sentence(N_("This page cannot be shown."))
BROKEN = Sentence(
    N_("Something went wrong on our side, and nothing was changed. We have made a note of it. Go"
       " back and try again; if it happens twice, write to us.")
)  # fmt: skip
BY_STATUS = {
    400: Sentence(
        N_("We could not tell that this came from our own page. Go back, load the page again, and"
           " repeat what you did.")
    ),
    401: Sentence(N_("Sign in first. What you typed is still there when you go back.")),
    403: Sentence(N_("This did not come from a page of ours.")),
    404: NOTHING,
    405: Sentence(N_("This cannot be done in that way. Open the page and use its buttons.")),
    413: Sentence(
        N_("What you sent is too large. Choose a file of at most %(most)s megabytes."), {"most": 20}
    ),
    500: BROKEN,
}  # fmt: skip


def init_app(app: Flask) -> None:
    """Give every refusal a page with a sentence on it."""
    app.before_request(refuse_what_no_address_holds)
    app.register_error_handler(Missing, lambda error: explain(NOTHING, 404))
    app.register_error_handler(NotAllowed, lambda error: explain(error.reason, 403))
    app.register_error_handler(Barred, lead_to_factors)
    app.register_error_handler(TooOften, explain_throttle)
    app.register_error_handler(Mistake, lambda error: explain(error.reason, 422))
    app.register_error_handler(Clash, lambda error: explain(error.reason, 409))
    app.register_error_handler(NotSetUp, lambda error: explain(error.reason, 503))
    app.register_error_handler(Refused, lambda error: explain(error.reason, 409))
    app.register_error_handler(StaleDataError, lambda error: explain(QUICKER, 409))
    app.register_error_handler(IntegrityError, lambda error: report(error, CLASH, 409))
    app.register_error_handler(DataError, lambda error: report(error, UNFIT, 422))
    app.register_error_handler(OperationalError, lambda error: report(error, BUSY, 503))
    app.register_error_handler(TimeoutError, lambda error: report(error, BUSY, 503))
    app.register_error_handler(CSRFError, lambda error: explain(BY_STATUS[400], 400))
    app.register_error_handler(HTTPException, explain_status)
    app.register_error_handler(Exception, explain_failure)


def refuse_what_no_address_holds() -> None:
    """Find nothing at an address with a zero byte in it, which PostgreSQL takes in no text."""
    if "\x00" in request.path or b"%00" in request.query_string:
        raise Missing


def explain(reason: Sentence, status: int) -> ResponseReturnValue:
    """Show the reason for a refusal on a page of its own."""
    if wants_json():
        return {"error": say(reason)}, status
    if status >= 500:
        return plainly(reason, status), status
    return render_template("errors/refused.html", reason=say(reason), status=status), status


def plainly(reason: Sentence, status: int) -> str:
    """Write the page without asking who reads it or whose portal it is: that may be what broke."""
    page = current_app.jinja_env.get_template("errors/refused.html")
    chosen = request.cookies.get(THEME)
    return page.render(
        reason=say(reason),
        status=status,
        language=current(),
        theme=chosen if chosen in THEMES else THEMES[0],
    )


def wants_json() -> bool:
    """Tell whether a script of ours is asking, which wants the sentence alone."""
    return request.accept_mimetypes.best == "application/json"


def explain_throttle(error: TooOften) -> Response:
    """Say how long to wait, to people and to programs."""
    response = make_response(explain(error.reason, 429))
    response.headers["Retry-After"] = str(error.seconds)
    return response


def report(error: Exception, reason: Sentence, status: int) -> ResponseReturnValue:
    """Explain what the database refused, and leave its own words in the log for us."""
    log.warning("the database refused", extra={"reason": type(error).__name__})
    return explain(reason, status)


def explain_status(error: HTTPException) -> ResponseReturnValue:
    """Explain a refusal that Flask made before any page of ours was reached."""
    status = error.code or 500
    if status < 400:
        return error.get_response()
    if status == 401 and request.method in SAFE and not wants_json():
        return lead_to_sign_in()
    response = make_response(explain(BY_STATUS.get(status, OTHERWISE), status))
    if isinstance(error, MethodNotAllowed):
        response.allow.update(error.valid_methods or ())
    return response


def lead_to_sign_in() -> Response:
    """Send a stranger to where people sign in, and from there to the page that they asked for.

    Whoever has shown the password already goes on where the second factor is asked.
    """
    query = quote(request.query_string, safe=AS_SENT)
    wanted = f"{quote(request.path)}?{query}" if query else quote(request.path)
    half = auth.half_session(now=auth.arrived())
    page = "members.second_step" if half else "members.sign_in"
    return make_response(redirect(url_for(page, next=wanted)))


def lead_to_factors(error: Barred) -> ResponseReturnValue:
    """Send somebody who needs a second factor to where it is set up; a deed is refused."""
    if request.method in SAFE and not wants_json():
        return redirect(url_for("members.security"))
    return explain(error.reason, 403)


def explain_failure(error: Exception) -> ResponseReturnValue:
    """Say that it was our fault, without the words of the failure, and keep them in the log."""
    log.error("a page failed", exc_info=error)
    return explain(BROKEN, 500)
