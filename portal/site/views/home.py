"""What people see first: the public home, and the desk once they have signed in."""

from zoneinfo import ZoneInfo

from flask import current_app, render_template
from flask.typing import ResponseReturnValue

from portal.core.errors import Missing
from portal.platform import language
from portal.site import queries, rules
from portal.site.views.blueprint import bp
from portal.web import panels
from portal.web.access import arrived, current_actor, everyone, signed_in


@bp.get("/")
@everyone
def home() -> ResponseReturnValue:
    """Show who we are, what is open, and how to join."""
    return render_template(
        "site/home.html",
        words=queries.words(queries.HOME),
        panels=panels.of_home(now=arrived()),
    )


@bp.get("/desk")
@signed_in
def desk() -> ResponseReturnValue:
    """Show what needs this person and what comes next."""
    actor, now = current_actor(), arrived()
    waiting, coming = panels.desk(actor, now=now)
    hour = now.astimezone(ZoneInfo(language.zone())).hour
    return render_template(
        "site/desk.html",
        greeting=language.say(rules.greeting(rules.first_name(actor.name), hour)),
        waiting=waiting,
        coming=coming,
        overdue=sum(1 for line in waiting if line.due and line.due <= now),
        panels=panels.of_desk(actor, now=now),
    )


@bp.get("/components")
@everyone(when_empty=True)
def components() -> ResponseReturnValue:
    """Show every part that pages are made of, to those who build them."""
    if not current_app.config["DEVELOPMENT"]:
        raise Missing
    from portal.site import gallery  # noqa: PLC0415 - of no use but in development

    return render_template("site/components.html", **gallery.samples())
