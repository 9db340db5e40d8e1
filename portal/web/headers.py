"""What every answer tells browsers and caches."""

from collections.abc import Iterable
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask, Request, Response, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from itsdangerous import URLSafeTimedSerializer

NOTHING_INLINE = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",  # Bootstrap draws its marks as data: pictures in its stylesheet
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
ALWAYS = {
    "Content-Security-Policy": NOTHING_INLINE,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), interest-cohort=()",
}


def init_app(app: Flask) -> None:
    """Put the headers on every answer."""
    app.session_interface = Sessions()
    always = dict(ALWAYS)
    if hsts := int(app.config["HSTS_SECONDS"]):
        always["Strict-Transport-Security"] = f"max-age={hsts}; includeSubDomains"
    app.wsgi_app = Dressed(app.wsgi_app, always)  # type: ignore[method-assign]


class Dressed:
    """Puts the headers on every answer; what a file or an e-mail says by itself is stricter."""

    def __init__(self, answer: WSGIApplication, always: dict[str, str]) -> None:
        self.answer, self.always = answer, always

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer, dressed."""

        def started(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            given = {name.lower() for name, _value in headers}
            more = [pair for pair in self.always.items() if pair[0].lower() not in given]
            return start_response(status, headers + more, *rest)

        return self.answer(environ, started)


class Sessions(SecureCookieSessionInterface):
    """Flask's sessions, which also know best whether an answer looked at one.

    They are saved last of all, so nothing can look at the session any more after that is decided.
    """

    signing: URLSafeTimedSerializer | None = None

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Read the session of a browser that has one; a stranger's is empty."""
        if self.get_cookie_name(app) not in request.cookies:
            return self.session_class()
        return super().open_session(app, request)

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """Return what signs, made once: the key does not change while the portal runs."""
        if self.signing is None:
            self.signing = super().get_signing_serializer(app)
        return self.signing

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Save the session, then say who may keep the answer."""
        if session or session.modified:
            super().save_session(app, session, response)
        if "Cache-Control" not in response.headers:
            keep_or_not(response, touched=session.accessed)


def keep_or_not(response: Response, *, touched: bool) -> None:
    """Let anybody keep what is the same for everybody, and nobody what is not.

    A page for strangers touches no session, so it is the same for all who read its language and
    theme; it may be kept and asked for again by its ETag.
    """
    if touched or request.method not in {"GET", "HEAD"} or response.status_code != 200:
        response.headers["Cache-Control"] = "no-store"
        return
    response.headers["Cache-Control"] = "public, no-cache"
    response.headers["Vary"] = "Accept-Language, Cookie"
    response.add_etag(weak=True)
    if "HTTP_IF_NONE_MATCH" in request.environ:
        response.make_conditional(request)
