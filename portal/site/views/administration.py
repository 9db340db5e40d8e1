"""The administration: what staff can reach, and the work that failed."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.core.legible import without_addresses
from portal.models import Job
from portal.site import policy, queries, rules, service
from portal.site.views.blueprint import bp
from portal.web import panels
from portal.web.access import allows, arrived, current_actor, signed_in


@bp.get("/admin")
@signed_in(may=policy.staff)
def admin() -> ResponseReturnValue:
    """Show the pages of the administration that this person may open."""
    return render_template("site/admin.html", parts=panels.administration(current_actor()))


@bp.get("/admin/jobs")
@signed_in(may=policy.administrator)
def failed_jobs() -> ResponseReturnValue:
    """List the work that nobody tries any more, with what went wrong."""
    shown = queries.failed_jobs(request.args.get("mark"), actor=current_actor())
    return render_template(
        "site/failed_jobs.html",
        shown=shown,
        impersonal=rules.impersonal,
        without_addresses=without_addresses,
    )


@bp.post("/admin/jobs/<uuid:id>/retry")
@allows(policy.mender, on=queries.failed_job)
def retry(job: Job) -> ResponseReturnValue:
    """Have failed work tried again."""
    service.retry(job, actor=current_actor(), now=arrived())
    flash(_("The worker will try again within seconds."), "good")
    return redirect(url_for("site.failed_jobs"))
