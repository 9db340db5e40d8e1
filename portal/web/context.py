"""What every template may use."""

from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from flask import Flask, current_app, has_request_context, request, url_for
from flask_babel import ngettext
from jinja2 import Environment, pass_environment
from markupsafe import Markup, escape

from portal.core.numbers import in_threes
from portal.core.vocabulary import Word
from portal.core.wording import N_
from portal.platform import cluster, language
from portal.platform.auth import arrived
from portal.web import navigation
from portal.web.access import find_actor_if_known
from portal.web.statics import asset, asset_bootstrap

THEME = "theme"
THEMES = ("auto", "light", "dark")
SOON = timedelta(days=10)


def init_app(app: Flask) -> None:
    """Teach templates our filters, and what they know of the request."""
    environment = app.jinja_env
    environment.filters.update(
        day=language.day,
        moment=language.moment,
        say=language.say,
        short=language.short,
        number=language.number,
        in_threes=in_threes,
        breaking=breaking,
        ago=ago,
        left=left,
        soon=is_soon,
    )
    environment.globals.update(
        says=language.says,
        asset=asset,
        asset_bootstrap=asset_bootstrap,
        ngettext=ngettext,
        status=status,
        span=span,
        names_of_languages=language.NAMES,
        url_for=address,
        here="",
    )
    app.context_processor(surroundings)


def surroundings() -> dict[str, Any]:
    """Return what a page knows of its reader; a stranger's page touches no session.

    A letter that a job writes is no page, and knows nothing but what it is given.
    """
    if not has_request_context():
        return {}
    actor = find_actor_if_known()
    chosen = request.cookies.get(THEME)
    base = str(current_app.config["BASE_URL"])
    return {
        "actor": actor,
        "cluster": cluster.profile(),
        "language": language.current(),
        "theme": chosen if chosen in THEMES else THEMES[0],
        "navigation": navigation.links(actor),
        "now": arrived(),
        "base_url": base,
        "canonical": base + request.path,
    }


def ago(value: datetime) -> str:
    """Write how long ago something was: “3 days ago”."""
    length = arrived() - value
    if length < timedelta(minutes=1):
        return language.tell(N_("a moment ago"))
    return language.tell(N_("%(length)s ago"), length=language.span(length))


def left(value: datetime) -> str:
    """Write how long there is until something: “9 days left”."""
    length = value - arrived()
    if length <= timedelta(0):
        return language.tell(N_("closed"))
    return language.tell(N_("%(length)s left"), length=language.span(length))


def is_soon(value: datetime) -> bool:
    """Tell whether a moment is near enough to be shown as a warning about time."""
    return timedelta(0) < value - arrived() < SOON


def breaking(address: str) -> Markup:
    """Let the line of an e-mail address that is too long break behind its @, not anywhere."""
    whole = str(escape(address))
    return Markup(whole.replace("@", "@<wbr>"))  # noqa: S704 - escaped above


@pass_environment
def status(environment: Environment, word: Word) -> Markup:
    """Draw where something stands (components/status.html): once for each word and language."""
    key = (environment, word.label, word.tone)
    if key not in DRAWN:
        component: Any = environment.get_template("components/status.html").module
        DRAWN[key] = component.status(word)
    return DRAWN[key]


@pass_environment
def span(environment: Environment, first: date, last: date) -> Markup:
    """Draw from a day to another (components/span.html): once for each pair and language."""
    return drawn_span(environment, first, last)


@lru_cache(maxsize=4096)
def drawn_span(environment: Environment, first: date, last: date) -> Markup:
    """Draw it."""
    component: Any = environment.get_template("components/span.html").module
    return Markup(component.span(first, last))  # noqa: S704 - a template has escaped it already


#: The words that were drawn; an environment speaks one language.
DRAWN: dict[tuple[Environment, str, str], Markup] = {}

#: Addresses that were worked out, so that no page with the same links does it again.
KNOWN: dict[tuple[object, ...], str] = {}
MOST_KNOWN = 20_000


def address(endpoint: str, **values: Any) -> str:
    """Return the address of a page below our own roof; the same one is worked out once.

    The portal is always at the root of its host: `PUBLIC_URL` takes no path.
    """
    if endpoint.startswith(".") and request.blueprint:
        endpoint = request.blueprint + endpoint
    key = (endpoint, *values.items())
    found = KNOWN.get(key)
    if found is None:
        if len(KNOWN) >= MOST_KNOWN:
            KNOWN.clear()
        found = KNOWN[key] = url_for(endpoint, **values)
    return found
