"""Memberships: kinds, periods, endings, suspensions."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.members import policy, queries, service
from portal.members.forms import EndMembershipForm, PeriodForm, SuspendForm, TierForm
from portal.members.views.blueprint import bp
from portal.models import Membership, MembershipTier, Organisation
from portal.web.access import allows, arrived, current_actor, signed_in
from portal.web.forms import Form


@bp.route("/admin/tiers/new", methods=["GET", "POST"])
@signed_in(may=policy.membership_staff, form=TierForm)
def new_tier(form: TierForm) -> ResponseReturnValue:
    """Add a kind of membership."""
    if form.accepted:
        keep(form, None)
        return redirect(url_for(".tiers"))
    return form.page("members/tier.html", tier=None)


@bp.route("/admin/tiers/<uuid:id>", methods=["GET", "POST"])
@allows(policy.keeps_tier, on=queries.tier, form=TierForm)
def edit_tier(tier: MembershipTier, form: TierForm) -> ResponseReturnValue:
    """Change what a kind of membership is called. Its code stays."""
    if form.accepted:
        keep(form, tier)
        return redirect(url_for(".tiers"))
    return form.page("members/tier.html", tier=tier)


def keep(form: TierForm, tier: MembershipTier | None) -> None:
    """Add or change a kind of membership."""
    service.keep_tier(
        tier,
        form.code.data or "",
        names=(form.name_en.data or "", form.name_nb.data or ""),
        rank=form.rank.data,
        open_to_apply=form.open_to_apply.data,
        terms=form.terms(),
        actor=current_actor(),
        now=arrived(),
    )
    flash(_("Saved."))


def back(slug: str) -> ResponseReturnValue:
    """Go back to the page of the membership."""
    return redirect(url_for(".membership", slug=slug))


@bp.route("/organisations/<slug>/membership/start", methods=["GET", "POST"])
@allows(policy.keeps_membership, on=queries.own_organisation, form=PeriodForm, fresh=True)
def start_membership(organisation: Organisation, form: PeriodForm) -> ResponseReturnValue:
    """Make an organisation a member."""
    if not form.accepted:
        return form.page("members/period.html", organisation=organisation, renewing=False)
    service.start_at_once(
        organisation,
        form.chosen(),
        from_on=form.from_on.data,
        to_on=form.to_on.data,
        actor=current_actor(),
        now=arrived(),
    )
    flash(_("%(name)s is a member.", name=organisation.display_name))
    return back(organisation.slug)


@bp.route("/organisations/<slug>/membership/renew", methods=["GET", "POST"])
@allows(policy.changes_membership, on=queries.membership, form=PeriodForm)
def renew(membership: Membership, form: PeriodForm) -> ResponseReturnValue:
    """Add a period to a membership."""
    organisation = membership.organisation
    if not form.accepted:
        return form.page("members/period.html", organisation=organisation, renewing=True)
    service.renew_at_once(
        membership,
        form.chosen(),
        from_on=form.from_on.data,
        to_on=form.to_on.data,
        actor=current_actor(),
        now=arrived(),
    )
    flash(_("The membership is renewed."))
    return back(organisation.slug)


@bp.route("/organisations/<slug>/membership/end", methods=["GET", "POST"])
@allows(policy.changes_membership, on=queries.membership, form=EndMembershipForm, fresh=True)
def end_membership(membership: Membership, form: EndMembershipForm) -> ResponseReturnValue:
    """End a membership on a day."""
    if not form.accepted:
        return form.page("members/end_membership.html", organisation=membership.organisation)
    day, reason = form.ends_on.data, form.reason.data
    service.end_membership(membership, day, reason=reason, actor=current_actor(), now=arrived())
    flash(_("The membership ends as you said."))
    return back(membership.organisation.slug)


@bp.route("/organisations/<slug>/membership/suspend", methods=["GET", "POST"])
@allows(policy.changes_membership, on=queries.membership, form=SuspendForm)
def suspend(membership: Membership, form: SuspendForm) -> ResponseReturnValue:
    """Let a membership rest."""
    if not form.accepted:
        return form.page("members/suspend.html", organisation=membership.organisation)
    first, after = form.from_on.data, form.to_on.data
    service.suspend(membership, first, to_on=after, actor=current_actor(), now=arrived())
    flash(_("The membership is suspended."))
    return back(membership.organisation.slug)


@bp.post("/organisations/<slug>/membership/lift")
@allows(policy.changes_membership, on=queries.membership, form=Form)
def lift_suspension(membership: Membership, form: Form) -> ResponseReturnValue:
    """Let a suspended membership count again."""
    service.lift_suspension(membership, actor=current_actor(), now=arrived())
    flash(_("The suspension is lifted."))
    return back(membership.organisation.slug)
