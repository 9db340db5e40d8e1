"""The page about what two have to agree on."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.members.agreeing import policy, service
from portal.members.agreeing.forms import ByTwoForm
from portal.members.queries.terms import cluster
from portal.members.views.blueprint import bp
from portal.models import Cluster
from portal.web.access import allows, arrived, current_actor


@bp.route("/admin/decided-by-two", methods=["GET", "POST"])
@allows(policy.changes, on=cluster, form=ByTwoForm, fresh=True)
def decided_by_two(row: Cluster, form: ByTwoForm) -> ResponseReturnValue:
    """Say what nobody of the staff decides alone."""
    if not form.accepted:
        return form.page("members/agreeing/decided_by_two.html")
    service.change(row, form.chosen(), actor=current_actor(), now=arrived())
    flash(_("Saved."), "good")
    return redirect(url_for(".decided_by_two"))
