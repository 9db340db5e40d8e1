"""Pages of offers: read, accepted and declined by applicants; made and taken back by staff."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.models import Offer
from portal.programmes import policy, rules
from portal.programmes.forms.offers import (
    AcceptForm,
    DeclineForm,
    PromoteForm,
    ReleaseForm,
    TakeBackForm,
)
from portal.programmes.queries import offers as queries
from portal.programmes.queries.offers import Turn
from portal.programmes.service import offers as service
from portal.programmes.views.blueprint import bp
from portal.programmes.workflow import OFFER
from portal.web.access import allows, arrived, current_actor, sees


@bp.get("/applications/<uuid:id>/offer")
@sees(on=queries.offer)
def offer(offer: Offer) -> ResponseReturnValue:
    """Show an offer with its agreement, and what became of it."""
    actor = current_actor()
    return render_template(
        "programmes/offers/offer.html",
        offer=offer,
        expired=rules.expired(offer, now=arrived()),
        signed_by=queries.name_of(offer.answered_by_id),
        moves={move.name for move in OFFER.open_to(offer, actor=actor)},
        may_assess=policy.offers(actor, offer),
    )


@bp.route("/applications/<uuid:id>/offer/accept", methods=["GET", "POST"])
@allows(policy.answers, on=queries.offer, form=AcceptForm)
def accept_offer(offer: Offer, form: AcceptForm) -> ResponseReturnValue:
    """Take the offered place and sign its agreement."""
    if form.accepted:
        name = form.name.data or ""
        joined = service.accept(offer, name=name, actor=current_actor(), now=arrived())
        flash(_("Welcome! The place is yours."))
        return redirect(url_for(".participation", id=joined.id))
    return form.page("programmes/offers/accept.html", offer=offer, closed=closed(offer, "accept"))


@bp.route("/applications/<uuid:id>/offer/decline", methods=["GET", "POST"])
@allows(policy.answers, on=queries.offer, form=DeclineForm)
def decline_offer(offer: Offer, form: DeclineForm) -> ResponseReturnValue:
    """Turn the offered place down."""
    if form.accepted:
        note = form.note.data or ""
        service.decline(offer, note=note, actor=current_actor(), now=arrived())
        flash(_("The offer is declined. Thank you for telling us."))
        return redirect(url_for(".application", id=offer.application_id))
    return form.page("programmes/offers/decline.html", offer=offer, closed=closed(offer, "decline"))


@bp.route("/manage/applications/<uuid:id>/offer/take-back", methods=["GET", "POST"])
@allows(policy.offers, on=queries.offer, form=TakeBackForm)
def take_back_offer(offer: Offer, form: TakeBackForm) -> ResponseReturnValue:
    """Take back an offer that was made by mistake."""
    if form.accepted:
        reason = form.reason.data or ""
        service.take_back(offer, reason=reason, actor=current_actor(), now=arrived())
        flash(_("The offer is taken back, and the applicant is told."))
        return redirect(url_for(".assess", id=offer.application_id))
    may = not closed(offer, "revoke")
    return form.page("programmes/offers/take_back.html", offer=offer, may=may)


def closed(offer: Offer, move: str) -> bool:
    """Tell whether an offer cannot be answered in this way any more."""
    over = move == "accept" and rules.expired(offer, now=arrived())
    return bool(over) or not OFFER.offers(move, offer, actor=current_actor())


@bp.route("/manage/applications/<uuid:id>/promote", methods=["GET", "POST"])
@allows(policy.assesses, on=queries.turn, form=PromoteForm)
def promote(turn: Turn, form: PromoteForm) -> ResponseReturnValue:
    """Offer a free place to somebody on the waiting list."""
    if form.accepted:
        reason = form.reason.data or ""
        service.promote(turn, reason=reason, actor=current_actor(), now=arrived())
        flash(_("The place is offered, and the applicant is told."))
        return redirect(url_for(".cohort", id=turn.cohort.id))
    return form.page("programmes/offers/promote.html", turn=turn)


@bp.route("/manage/applications/<uuid:id>/release", methods=["GET", "POST"])
@allows(policy.assesses, on=queries.turn, form=ReleaseForm)
def release(turn: Turn, form: ReleaseForm) -> ResponseReturnValue:
    """Take an applicant off the waiting list for good."""
    if form.accepted:
        message = form.message.data or ""
        service.release(turn.application, message=message, actor=current_actor(), now=arrived())
        flash(_("The applicant is off the waiting list, and is told why."))
        return redirect(url_for(".cohort", id=turn.cohort.id))
    return form.page("programmes/offers/release.html", turn=turn)
