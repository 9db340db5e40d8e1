"""The first visit to an empty portal, and the cluster's details later."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.core.errors import Refused
from portal.models import Cluster
from portal.platform import auth, cluster
from portal.site import policy, queries, service
from portal.site.forms import ClusterForm, SetUpForm
from portal.site.views.blueprint import bp
from portal.web.access import allows, arrived, current_actor, everyone
from portal.web.admission import NotSetUp


@bp.route("/setup", methods=["GET", "POST"])
@everyone(form=SetUpForm, when_empty=True)
def setup(form: SetUpForm) -> ResponseReturnValue:
    """Open an empty portal with the code from the terminal, once."""
    if cluster.profile():
        raise Refused(service.SET_UP_ALREADY)
    if not form.accepted:
        return form.page("site/setup.html")
    now, logo = arrived(), form.logo.upload
    administrator = form.newcomer()
    details, code = form.details(), form.code.data or ""
    person = service.set_up(code, details, administrator=administrator, now=now, logo=logo)
    browser = request.user_agent.string
    token = auth.open_session(person, browser=browser, address="", now=now)
    auth.keep_in_browser(token)
    flash(_("The portal is open. This is your desk."), "good")
    return redirect(url_for("site.desk"))


def show_empty(_error: NotSetUp) -> ResponseReturnValue:
    """Lead whoever comes to an empty portal to where it is opened."""
    status = 200 if request.method in {"GET", "HEAD"} else 503
    return render_template("site/empty.html"), status, {"Cache-Control": "no-store"}


@bp.route("/admin/cluster", methods=["GET", "POST"])
@allows(policy.keeper, on=queries.cluster, form=ClusterForm)
def edit_cluster(subject: Cluster, form: ClusterForm) -> ResponseReturnValue:
    """Change what the cluster says of itself."""
    if not form.accepted:
        return form.page("site/edit_cluster.html", subject=subject)
    service.change_cluster(
        subject,
        form.details(),
        version=form.edited_version.data,
        actor=current_actor(),
        now=arrived(),
        logo=form.logo.upload,
    )
    flash(_("The cluster’s details are saved."), "good")
    return redirect(url_for("site.edit_cluster"))
