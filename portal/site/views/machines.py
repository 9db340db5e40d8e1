"""What search engines, browsers and phones ask for without anybody clicking."""

from collections.abc import Iterator
from itertools import islice

from flask import Response, current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.platform import cluster
from portal.site import queries
from portal.site.views.blueprint import bp
from portal.web import panels
from portal.web.access import arrived, everyone
from portal.web.statics import asset

MOST = 50_000  # the sitemap protocol's limit for one file
PRIVATE = (
    "/admin", "/account", "/desk", "/mailbox", "/setup", "/search",
    "/events/manage", "/events/registrations", "/news/manage", "/news/proposals", "/news/mine",
    "/programmes/manage", "/programmes/applications",
)  # fmt: skip


@bp.get("/sitemap.xml")
@everyone
def sitemap() -> ResponseReturnValue:
    """List every public page."""
    base = str(current_app.config["BASE_URL"])
    addresses = [base + path for path in islice(paths(), MOST)]
    text = render_template("site/sitemap.xml", addresses=addresses)
    return Response(text, content_type="application/xml; charset=utf-8")


def paths() -> Iterator[str]:
    """Name our own public pages, then those of the rooms."""
    yield url_for("site.home")
    yield from (url_for("site.page", key=key) for key in queries.PLAIN)
    for room in panels.SITEMAP:
        yield from room(now=arrived())


@bp.get("/robots.txt")
@everyone(when_empty=True)
def robots() -> ResponseReturnValue:
    """Keep search engines out of what is not for them; of a demo, out of all."""
    profile = cluster.profile()
    closed = PRIVATE if profile and not profile.demo else ("/",)
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    lines.append(f"Sitemap: {current_app.config['BASE_URL']}{url_for('site.sitemap')}")
    return Response("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@bp.get("/favicon.ico")
@everyone(when_empty=True)
def favicon() -> ResponseReturnValue:
    """Show browsers that ask by habit where our mark is."""
    return redirect(asset("pictures/favicon.ico"), code=302)


@bp.get("/site.webmanifest")
@everyone
def manifest() -> ResponseReturnValue:
    """Say how the portal looks when somebody puts it on the first screen of a phone."""
    profile = cluster.profile()
    name = profile.name if profile else ""
    icon = {"src": asset("pictures/favicon.svg"), "type": "image/svg+xml", "sizes": "any"}
    return {
        "name": name,
        "start_url": url_for("site.desk"),
        "display": "browser",
        "icons": [icon],
    }, {"Content-Type": "application/manifest+json"}
