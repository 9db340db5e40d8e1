"""Memberships as staff keep them: terms, another kind within the year, exclusions."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.members import policy as room
from portal.members import queries as of_room
from portal.members import service as of_members
from portal.members.agreeing.telling import kept_as_first
from portal.members.belonging import policy, rules
from portal.members.belonging.forms import ChangeTierForm, ExcludeForm, TermsForm
from portal.members.belonging.queries import exclusions as queries
from portal.members.belonging.service import exclusions, terms
from portal.members.belonging.views.own import back
from portal.members.views.blueprint import bp
from portal.models import Exclusion, ExclusionState, Membership
from portal.web.access import allows, arrived, current_actor, sees, signed_in
from portal.web.forms import Form


@bp.route("/admin/membership/terms", methods=["GET", "POST"])
@signed_in(may=room.membership_staff, form=TermsForm)
def membership_terms(form: TermsForm) -> ResponseReturnValue:
    """Say what the statutes say of membership."""
    if not form.accepted:
        return form.page("members/belonging/terms.html")
    terms.keep_terms(form.terms(), actor=current_actor(), now=arrived())
    flash(_("Saved. It holds from now on, for every membership."))
    return redirect(url_for(".membership_terms"))


@bp.route("/organisations/<slug>/membership/kind", methods=["GET", "POST"])
@allows(room.changes_membership, on=of_room.membership, form=ChangeTierForm)
def change_tier(membership: Membership, form: ChangeTierForm) -> ResponseReturnValue:
    """Give a membership another tier from a day on."""
    if not form.accepted:
        organisation = membership.organisation
        return form.page("members/belonging/change_tier.html", organisation=organisation)
    of_members.change_tier_at_once(
        membership,
        form.chosen(),
        from_on=form.from_on.data,
        actor=current_actor(),
        now=arrived(),
    )
    flash(_("The kind of membership is changed. The earlier period keeps its own."))
    return back(membership)


@bp.route("/organisations/<slug>/membership/exclude", methods=["GET", "POST"])
@allows(policy.excludes, on=of_room.membership, form=ExcludeForm, fresh=True)
def exclude(membership: Membership, form: ExcludeForm) -> ResponseReturnValue:
    """Propose to exclude a member, or exclude it where one person may."""
    if not form.accepted:
        two, organisation = of_room.terms().two_exclude, membership.organisation
        return form.page("members/belonging/exclude.html", organisation=organisation, two=two)
    row = exclusions.exclude(
        membership,
        form.reason.data or "",
        from_on=form.from_on.data,
        actor=current_actor(),
        now=arrived(),
    )
    decided = row.state is ExclusionState.DECIDED
    flash(_("The member is excluded.") if decided else _("Proposed. A second person decides it."))
    return back(membership)


@bp.get("/admin/exclusions")
@signed_in(may=room.membership_staff)
def exclusions_list() -> ResponseReturnValue:
    """List the exclusions that wait for a second person."""
    rows = queries.proposed(actor=current_actor())
    return render_template("members/belonging/exclusions.html", rows=rows)


@bp.get("/admin/exclusions/<uuid:id>")
@sees(on=queries.exclusion)
def exclusion(row: Exclusion) -> ResponseReturnValue:
    """Show an exclusion that was proposed."""
    actor = current_actor()
    another = rules.needs_another(row, actor.id, two=of_room.terms().two_exclude)
    return render_template(
        "members/belonging/exclusion.html",
        row=row,
        waits=row.state is ExclusionState.PROPOSED,
        may_decide=policy.decides(actor, row) and not another,
        may_drop=policy.decides(actor, row),
    )


@bp.post("/admin/exclusions/<uuid:id>/decide")
@allows(policy.decides, on=queries.exclusion, form=Form, fresh=True)
def decide_exclusion(row: Exclusion, form: Form) -> ResponseReturnValue:
    """Exclude a member as somebody else proposed."""
    before = row.proposed_by
    if exclusions.decide(row, actor=current_actor(), now=arrived()):
        flash(_("The member is excluded, and its representatives get an e-mail."))
    else:
        flash(kept_as_first(before))
    return redirect(url_for(".exclusions_list"))


@bp.post("/admin/exclusions/<uuid:id>/drop")
@allows(policy.decides, on=queries.exclusion, form=Form)
def drop_exclusion(row: Exclusion, form: Form) -> ResponseReturnValue:
    """Let a member stay."""
    exclusions.drop(row, actor=current_actor(), now=arrived())
    flash(_("The exclusion is dropped. The member stays."))
    return redirect(url_for(".exclusions_list"))
