"""The cluster portal."""

from pathlib import Path

from flask import Flask
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from portal import (
    cli,
    events,
    extensions,
    members,
    news,
    programmes,
    reactions,
    search,
    site,
    web,
)
from portal.config import Settings
from portal.platform import auth, database, language
from portal.web import environment, requestlog, statics, turns

ROOT = Path(__file__).parent.parent


def create_app(settings: Settings | None = None) -> Flask:
    """Put the portal together: settings, extensions, what every room stands on, the rooms."""
    settings = settings or Settings.from_environment()
    requestlog.set_up(settings.log_level)
    app = environment.Portal("portal", template_folder=str(ROOT / "templates"), static_folder=None)
    app.config.from_mapping(configuration(settings))
    app.jinja_options = {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    extensions.db.init_app(app)
    extensions.csrf.init_app(app)
    extensions.migrate.init_app(app, extensions.db, directory=str(ROOT / "migrations"))
    database.init_app(app)
    language.init_app(app, ROOT / "translations")
    auth.init_app(app)
    web.init_app(app)
    search.init_app(app)
    for room in (site, members, events, news, programmes):
        room.init_app(app)
    reactions.init_app()
    cli.init_app(app)
    web.check_every_door_is_guarded(app)
    environment.settle(app)
    turns.init_app(app)
    statics.init_app(app)
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    return app


def configuration(settings: Settings) -> dict[str, object]:
    """Say the settings in Flask's own words."""
    secure = settings.secure_cookies
    return {
        "SETTINGS": settings,
        "SECRET_KEY": settings.secret_key,
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": database.engine_options(settings.database_url),
        "TESTING": settings.testing,
        "DEVELOPMENT": settings.development,
        "CHEAP_HASHING": settings.cheap_hashing,
        "BASE_URL": settings.base_url,
        "LOCAL": settings.local,
        "ISSUERS": {issuer.key: issuer for issuer in settings.issuers},
        "HSTS_SECONDS": settings.hsts_seconds,
        "MAIL_URL": settings.mail_url,
        "MAIL_FOLDER": str(settings.instance / "mail"),
        "FILES_URL": str(settings.files_folder or settings.files_url),
        "S3_ENDPOINT": settings.s3_endpoint,
        "MAX_CONTENT_LENGTH": 21 * 1024 * 1024,
        "WTF_CSRF_TIME_LIMIT": None,  # the token lives as long as its session
        "SESSION_COOKIE_NAME": "__Host-portal" if secure else "portal",
        "SESSION_COOKIE_SECURE": secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "BABEL_DEFAULT_LOCALE": "en",
    }
