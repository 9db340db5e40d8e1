"""The pages of those who apply: begin, write, send, see where it stands, answer, withdraw."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.core.errors import present
from portal.members.joining import policy, queries, rules, service
from portal.members.joining.forms import (
    AnswerForm,
    BeginForm,
    DraftForm,
    SendForm,
    WithdrawForm,
)
from portal.members.joining.views.standing import stages, what_next
from portal.members.joining.workflow import JOINING
from portal.members.queries import tier, today
from portal.members.views.blueprint import bp
from portal.models import JoiningState, MembershipApplication
from portal.platform import audit
from portal.web.access import allows, arrived, current_actor, sees, signed_in


@bp.route("/join/apply", methods=["GET", "POST"])
@signed_in(form=BeginForm)
def begin_joining(form: BeginForm) -> ResponseReturnValue:
    """Begin an application for one's organisation, or go on with the one that it has."""
    actor = current_actor()
    if not form.accepted:
        wanted = request.args.get("tier") or None
        back = url_for(".begin_joining", tier=wanted)
        return form.page("members/joining/begin.html", may=policy.applies(actor), back=back)
    organisation = queries.organisation(form.chosen(), actor=actor)
    kind = present(queries.tier_by_code(str(form.tier.data)))
    row = service.begin(organisation, kind, actor=actor, now=arrived())
    return redirect(url_for(".edit_joining", id=row.id))


@bp.get("/join/applications")
@signed_in
def joinings() -> ResponseReturnValue:
    """List the applications of one's organisations."""
    found = queries.own(actor=current_actor())
    return render_template("members/joining/applications.html", rows=found)


@bp.get("/join/applications/<uuid:id>")
@sees(on=queries.application)
def joining(row: MembershipApplication) -> ResponseReturnValue:
    """Tell where an application stands, what happens next, and when."""
    actor = current_actor()
    if policy.handles(actor, row) and not policy.speaks_for(actor, row):
        return redirect(url_for(".handle_joining", id=row.id))
    return render_template(
        "members/joining/application.html",
        row=row,
        next=what_next(row),
        stages=stages(row),
        place=queries.place(row) if rules.waits_for_us(row) else None,
        messages=queries.messages(row.id),
        timeline=audit.timeline(row, request.args.get("mark"), internal=False),
        price=price_of(row),
        moves={move.name for move in JOINING.open_to(row, actor=actor)},
    )


def price_of(row: MembershipApplication) -> Any:
    """Return what a year costs: as it was when it was sent, else as it is today."""
    if row.state is not JoiningState.DRAFT:
        return row if row.price_ore is not None else None
    prices = queries.prices_of(row.tier_id)
    return rules.price_for(prices, row.organisation.size, today=today(now=arrived()))


@bp.route("/join/applications/<uuid:id>/edit", methods=["GET", "POST"])
@allows(policy.speaks_for, on=queries.application, form=DraftForm)
def edit_joining(row: MembershipApplication, form: DraftForm) -> ResponseReturnValue:
    """Write a draft; it is looked over before it is sent."""
    if row.state is not JoiningState.DRAFT:
        return redirect(url_for(".joining", id=row.id))
    if not form.accepted:
        return form.page("members/joining/edit.html", row=row)
    actor = current_actor()
    draft = form.draft(tier(form.tier_id(), actor=actor))
    version = form.edited_version.data
    service.write(row, draft, version=version, actor=actor, now=arrived())
    return redirect(url_for(".send_joining", id=row.id))


@bp.route("/join/applications/<uuid:id>/send", methods=["GET", "POST"])
@allows(policy.speaks_for, on=queries.application, form=SendForm)
def send_joining(row: MembershipApplication, form: SendForm) -> ResponseReturnValue:
    """Look a draft over with its price, and send it."""
    if form.accepted:
        service.submit(row, actor=current_actor(), now=arrived())
        flash(_("Your application is here. An e-mail confirms it."))
        return redirect(url_for(".joining", id=row.id))
    if row.state is not JoiningState.DRAFT:
        return redirect(url_for(".joining", id=row.id))
    return form.page(
        "members/joining/send.html",
        row=row,
        lacks=rules.lacks(row),
        price=price_of(row),
        promise=queries.promise(),
    )


@bp.route("/join/applications/<uuid:id>/answer", methods=["GET", "POST"])
@allows(policy.speaks_for, on=queries.application, form=AnswerForm)
def answer_joining(row: MembershipApplication, form: AnswerForm) -> ResponseReturnValue:
    """Answer the question that holds an application up."""
    if not form.accepted:
        messages = queries.messages(row.id)
        may = row.state is JoiningState.ASKED
        return form.page("members/joining/answer.html", row=row, messages=messages, may=may)
    service.answer(row, form.text.data or "", actor=current_actor(), now=arrived())
    flash(_("Your answer is here. We go on with the application."))
    return redirect(url_for(".joining", id=row.id))


@bp.route("/join/applications/<uuid:id>/withdraw", methods=["GET", "POST"])
@allows(policy.speaks_for, on=queries.application, form=WithdrawForm)
def withdraw_joining(row: MembershipApplication, form: WithdrawForm) -> ResponseReturnValue:
    """Withdraw an application, whether it was sent or not."""
    actor = current_actor()
    if not form.accepted:
        may = JOINING.offers("withdraw", row, actor=actor)
        return form.page("members/joining/withdraw.html", row=row, may=may)
    service.withdraw(row, form.reason.data or "", actor=actor, now=arrived())
    flash(_("The application is withdrawn."))
    return redirect(url_for(".joining", id=row.id))
