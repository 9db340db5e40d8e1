"""The demo's mailbox: the letters that a real portal would have sent, for whoever tries it.

Letters hold links that sign people in, so the box exists only in the demo, on this machine.
"""

from uuid import UUID

from flask import Response, make_response, render_template, request
from flask.typing import ResponseReturnValue

from portal.core.errors import Missing
from portal.models import Actor, OutgoingMail
from portal.platform import demo
from portal.site import queries
from portal.site.views.blueprint import bp
from portal.web.access import everyone, sees
from portal.web.headers import NOTHING_INLINE

#: A letter in a frame: its own style, nothing else, and its links open in the page around it.
LETTER = (
    "sandbox allow-top-navigation-by-user-activation; default-src 'none';"
    " style-src 'unsafe-inline'; frame-ancestors 'self'"
)


@bp.get("/mailbox")
@everyone
def mailbox() -> ResponseReturnValue:
    """List the letters, the newest first, perhaps those to one address."""
    insist_on_demo()
    recipient = request.args.get("to", "").strip().lower()
    shown = queries.letters(request.args.get("mark"), recipient)
    return private(render_template("site/mailbox.html", shown=shown, recipient=recipient))


def demo_letter(id: UUID, *, actor: Actor | None) -> OutgoingMail:
    """Find a letter of the demo. Raises Missing in every other portal."""
    insist_on_demo()
    return queries.letter(id)


@bp.get("/mailbox/<uuid:id>")
@sees(on=demo_letter, public=True)
def letter(found: OutgoingMail) -> ResponseReturnValue:
    """Show a letter as text and as it would look."""
    response = private(render_template("site/letter.html", letter=found))
    response.headers["Content-Security-Policy"] = f"{NOTHING_INLINE}; frame-src 'self'"
    return response


@bp.get("/mailbox/<uuid:id>/html")
@sees(on=demo_letter, public=True)
def letter_html(found: OutgoingMail) -> ResponseReturnValue:
    """Serve a letter's HTML where it can do nothing."""
    html = found.html.replace("<head>", '<head><base target="_top">', 1)
    response = private(html)
    response.headers["Content-Security-Policy"] = LETTER
    return response


def insist_on_demo() -> None:
    """Be nowhere but in the demo on this machine."""
    if not demo.is_open():
        raise Missing


def private(page: str) -> Response:
    """Let nobody keep what may hold somebody's links."""
    response = make_response(page)
    response.headers["Cache-Control"] = "no-store"
    return response
