"""Benefits: what a tier promises, and what a member used of it, as staff keep both."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.members import queries as of_room
from portal.members.belonging import policy
from portal.members.belonging.forms import BenefitForm, UseForm
from portal.members.belonging.queries import benefits as queries
from portal.members.belonging.service import benefits as service
from portal.members.views.blueprint import bp
from portal.models import Benefit, BenefitUse, Membership, MembershipTier
from portal.web.access import allows, arrived, current_actor
from portal.web.forms import Form


@bp.get("/admin/tiers/<uuid:id>/benefits")
@allows(policy.keeps_benefits, on=of_room.tier)
def benefits(tier: MembershipTier) -> ResponseReturnValue:
    """List what a tier promises."""
    found = queries.benefits(tier)
    return render_template("members/belonging/benefits.html", tier=tier, benefits=found)


@bp.route("/admin/tiers/<uuid:id>/benefits/new", methods=["GET", "POST"])
@allows(policy.keeps_benefits, on=of_room.tier, form=BenefitForm)
def new_benefit(tier: MembershipTier, form: BenefitForm) -> ResponseReturnValue:
    """Let a tier promise something."""
    if not form.accepted:
        return form.page("members/belonging/benefit.html", tier=tier, benefit=None)
    key, promise = form.key.data or "", form.promise()
    service.add_benefit(tier, key, promise, actor=current_actor(), now=arrived())
    flash(_("Saved."))
    return redirect(url_for(".benefits", id=tier.id))


@bp.route("/admin/benefits/<uuid:id>", methods=["GET", "POST"])
@allows(policy.keeps_benefit, on=queries.benefit, form=BenefitForm)
def edit_benefit(benefit: Benefit, form: BenefitForm) -> ResponseReturnValue:
    """Change what a benefit is, or withdraw it."""
    if not form.accepted:
        return form.page("members/belonging/benefit.html", tier=benefit.tier, benefit=benefit)
    service.change_benefit(
        benefit,
        form.promise(),
        withdrawn=form.withdrawn.data,
        actor=current_actor(),
        now=arrived(),
    )
    flash(_("Saved."))
    return redirect(url_for(".benefits", id=benefit.tier_id))


@bp.route("/organisations/<slug>/membership/benefits", methods=["GET", "POST"])
@allows(policy.records_use, on=of_room.membership, form=UseForm)
def use_benefit(membership: Membership, form: UseForm) -> ResponseReturnValue:
    """Note that a member used some of a benefit."""
    if not form.accepted:
        used = queries.ledger(membership, request.args.get("mark"))
        organisation = membership.organisation
        return form.page("members/belonging/use.html", organisation=organisation, used=used)
    actor, now = current_actor(), arrived()
    chosen = next(each for each in form.promised if str(each.id) == form.benefit.data)
    benefit = queries.benefit(chosen.id, actor=actor)
    service.use_benefit(membership, benefit, form.use(), actor=actor, now=now)
    flash(_("Noted."))
    return redirect(url_for(".use_benefit", slug=membership.organisation.slug))


@bp.post("/organisations/<slug>/membership/benefits/<uuid:id>/take-back")
@allows(policy.takes_back, on=queries.benefit_use, form=Form)
def take_back(use: BenefitUse, form: Form) -> ResponseReturnValue:
    """Take back that a benefit was used."""
    service.take_back(use, actor=current_actor(), now=arrived())
    flash(_("Taken back. Both lines stay in the list."))
    slug = (request.view_args or {})["slug"]
    return redirect(url_for(".use_benefit", slug=slug))
