"""Pages about what others see of people."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.members.showing import queries, service
from portal.members.showing.forms import ShownForm
from portal.members.views.blueprint import bp
from portal.members.views.organisations import chosen_viewer
from portal.models import Viewer
from portal.web.access import arrived, current_actor, sees, signed_in

#: Whom people can be while they look at their own page.
AS = (Viewer.PUBLIC, Viewer.MEMBER, Viewer.COLLEAGUE, Viewer.KEEPER, Viewer.STAFF)


@bp.route("/account/shown", methods=["GET", "POST"])
@signed_in(form=ShownForm)
def shown(form: ShownForm) -> ResponseReturnValue:
    """Choose who sees which detail."""
    if not form.accepted:
        return form.page("members/showing/shown.html", viewers=AS)
    service.choose(form.chosen(), actor=current_actor(), now=arrived())
    flash(_("Your choice counts from now on, on every page."))
    return redirect(url_for(".shown"))


@bp.get("/people/<uuid:id>")
@sees(on=queries.somebody, public=True)
def somebody(page: queries.Page) -> ResponseReturnValue:
    """Show somebody, as far as they let this visitor see them."""
    return render_template("members/showing/person.html", page=page, preview=None, viewers=AS)


@bp.get("/account/shown/as")
@signed_in
def shown_as() -> ResponseReturnValue:
    """Show people their own page as another would see it."""
    actor, now = current_actor(), arrived()
    viewer = chosen_viewer(AS)
    seen = queries.if_seen(actor.id, viewer=viewer, actor=actor, now=now)
    page = "members/showing/person.html" if seen else "members/showing/not_shown.html"
    return render_template(page, page=seen, preview=viewer, viewers=AS)
