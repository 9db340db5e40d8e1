"""The pages of staff about prices, and about what is promised to new members."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.members import policy as room
from portal.members import queries as room_queries
from portal.members.joining import policy, queries, rules, service
from portal.members.joining.forms import EndPriceForm, PriceForm, PromiseForm
from portal.members.queries import today
from portal.members.views.blueprint import bp
from portal.models import MembershipTier, TierPrice
from portal.web.access import allows, arrived, current_actor, signed_in


@bp.route("/admin/tiers/<uuid:id>/prices", methods=["GET", "POST"])
@allows(policy.keeps_prices, on=room_queries.tier, form=PriceForm)
def tier_prices(tier: MembershipTier, form: PriceForm) -> ResponseReturnValue:
    """Show what a kind of membership costs, costed and will cost, and add a price."""
    if not form.accepted:
        day = today(now=arrived())
        prices = queries.prices_of(tier.id)
        now = {row.id for row in prices if rules.in_force(row, today=day)}
        return form.page(
            "members/joining/prices.html", tier=tier, prices=prices, in_force=now, day=day
        )
    service.add_price(tier, form.terms(), actor=current_actor(), now=arrived())
    flash(_("The price is set."))
    return redirect(url_for(".tier_prices", id=tier.id))


@bp.route("/admin/prices/<uuid:id>", methods=["GET", "POST"])
@allows(policy.keeps_price, on=queries.price, form=EndPriceForm)
def end_price(price: TierPrice, form: EndPriceForm) -> ResponseReturnValue:
    """Say until when a price holds."""
    if not form.accepted:
        return form.page("members/joining/end_price.html", price=price)
    service.end_price(price, form.to_on.data, actor=current_actor(), now=arrived())
    flash(_("The price ends as you said."))
    return redirect(url_for(".tier_prices", id=price.tier_id))


@bp.route("/admin/joining/terms", methods=["GET", "POST"])
@signed_in(may=room.membership_staff, form=PromiseForm)
def joining_terms(form: PromiseForm) -> ResponseReturnValue:
    """Change what is promised to those who would like to join."""
    if not form.accepted:
        return form.page("members/joining/terms.html")
    row = queries.terms(actor=current_actor())
    version = form.edited_version.data
    service.keep_promise(row, form.terms(), version=version, actor=current_actor(), now=arrived())
    flash(_("Saved."))
    return redirect(url_for(".tiers"))
