"""The public list of members, and the page that each chose to show."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from portal.members import queries
from portal.members.views.blueprint import bp
from portal.models import Organisation
from portal.web import panels
from portal.web.access import arrived, everyone, find_actor_if_known, sees


@bp.get("/members")
@everyone
def directory() -> ResponseReturnValue:
    """List the members that chose to be shown."""
    found = queries.directory(request.args.get("mark"), now=arrived())
    return render_template("members/directory.html", found=found)


@bp.get("/members/<slug>")
@sees(on=queries.public_member, public=True)
def show(organisation: Organisation) -> ResponseReturnValue:
    """Show a member as it chose to be shown, with what other rooms say of it."""
    people = queries.people_shown(organisation.id) if organisation.shows_people else ()
    actor = find_actor_if_known()
    return render_template(
        "members/show.html",
        organisation=organisation,
        people=people,
        panels=panels.of_organisation(organisation, actor=actor, now=arrived()),
        preview=False,
    )
