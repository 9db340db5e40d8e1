"""Calendars: of the public events, of one delegate, and somebody's own by a secret address."""

from collections.abc import Sequence
from typing import Any

from flask import Response, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.events import calendar
from portal.events.calendar import Entry
from portal.events.presentation import entries
from portal.events.queries import calendars as queries
from portal.events.service import feeds as service
from portal.events.views.blueprint import bp
from portal.models import CalendarFeed
from portal.platform import cluster
from portal.platform.language import in_language
from portal.web.access import arrived, current_actor, everyone, sees, signed_in
from portal.web.forms import Form

MEDIA_TYPE = "text/calendar; charset=utf-8"


def base() -> str:
    """Return the portal's own address."""
    return str(current_app.config["BASE_URL"])


def named() -> str:
    """Return what the cluster is called."""
    profile = cluster.profile()
    return profile.name if profile else ""


def answered(found: Sequence[Entry], *, name: str, file: str, feed: bool = True) -> Response:
    """Return a calendar as a file, with the moment at which it last changed."""
    content = calendar.written(found, name=name, feed=feed)
    response = Response(content, content_type=MEDIA_TYPE)
    disposition = "inline" if feed else "attachment"
    response.headers.set("Content-Disposition", disposition, filename=f"{file}.ics")
    response.last_modified = calendar.modified(found)
    return response


def kept_by(whom: str, response: Response) -> Response:
    """Let whoever may keep a feed ask whether it has changed: by its tag, else by its date."""
    response.headers["Cache-Control"] = f"{whom}, no-cache"
    response.add_etag(weak=True)
    return response.make_conditional(request)  # type: ignore[return-value]  # it is itself


@bp.get("/calendar.ics")
@everyone
def calendar_of_all() -> ResponseReturnValue:
    """Give the public events as a calendar to follow."""
    found = [entries.of_event(row, base=base()) for row in queries.public(now=arrived())]
    name = _("Events of %(cluster)s", cluster=named())
    response = answered(found, name=name, file="events")
    response.headers["Vary"] = "Accept-Language, Cookie"
    return kept_by("public", response)


@bp.get("/delegates/<uuid:id>/calendar.ics")
@sees(on=queries.entry)
def calendar_entry(row: Any) -> ResponseReturnValue:
    """Give one delegate's entry, to be saved in a calendar."""
    found = [entries.of_delegate(row, base=base(), named=True)]
    return answered(found, name=named(), file=row.slug, feed=False)


@bp.get("/feeds/<token>.ics")
@sees(on=queries.holder, public=True)
def calendar_feed(holder: Any) -> ResponseReturnValue:
    """Give the holder of a secret address what is theirs, in their language."""
    with in_language(holder.language):
        rows = queries.of_person(holder.id, now=arrived())
        found = [entries.of_delegate(row, base=base(), named=False) for row in rows]
        gone = queries.given_away(holder.id, now=arrived())
        found += [entries.of_former(row, base=base()) for row in gone]
        name = _("%(cluster)s, %(name)s", cluster=named(), name=holder.name)
        response = answered(found, name=name, file="calendar")
    response.headers["X-Robots-Tag"] = "noindex"
    return kept_by("private", response)


@bp.route("/calendar", methods=["GET", "POST"])
@signed_in(form=Form)
def own_calendar(form: Form) -> ResponseReturnValue:
    """Show whether somebody has an address for their calendar; make one, or a fresh one.

    The address is shown once: only its hash is kept.
    """
    actor, now, address = current_actor(), arrived(), None
    if form.accepted:
        token = service.make_feed(actor=actor, now=now)
        address = base() + url_for(".calendar_feed", token=token)
    feed = queries.feed(actor=actor)
    page = "events/calendar/own.html"
    return render_template(page, form=form, feed=feed, address=address, of_all=all_events())


def all_events() -> str:
    """Return the address of the calendar of public events."""
    return base() + url_for(".calendar_of_all")


@bp.post("/calendar/end")
@sees(on=queries.own_feed)
def end_calendar(feed: CalendarFeed) -> ResponseReturnValue:
    """Let somebody's address go nowhere."""
    service.end_feed(feed, actor=current_actor(), now=arrived())
    flash(_("The address goes nowhere now. Calendars that followed it stay as they are."), "good")
    return redirect(url_for(".own_calendar"))
