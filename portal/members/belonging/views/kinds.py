"""The list of the kinds of membership, with how many members each has and what it costs."""

from flask import render_template
from flask.typing import ResponseReturnValue

from portal.members import policy as room
from portal.members import queries as of_room
from portal.members.belonging.queries import kinds as queries
from portal.members.belonging.queries import register
from portal.members.views.blueprint import bp
from portal.web.access import arrived, signed_in


@bp.get("/admin/tiers")
@signed_in(may=room.membership_staff)
def tiers() -> ResponseReturnValue:
    """List the kinds of membership."""
    day = of_room.today(now=arrived())
    return render_template(
        "members/belonging/kinds.html",
        kinds=register.counts(register.tiers(), day),
        counted=register.COUNTED,
        costs=queries.costs(day),
    )
