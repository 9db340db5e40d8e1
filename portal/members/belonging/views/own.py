"""A membership as its own people see it: how it stands, what it brings, asking, leaving."""

from datetime import date
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.members import policy as room
from portal.members import queries as of_room
from portal.members import rules as terms
from portal.members import service as of_members
from portal.members.belonging import policy, rules
from portal.members.belonging.forms import AskForm, ResignForm
from portal.members.belonging.queries import benefits, exclusions, requests
from portal.members.belonging.service import requests as service
from portal.members.views.blueprint import bp
from portal.models import Membership, MembershipStatus, TierRequest
from portal.platform import cluster
from portal.web.access import allows, arrived, current_actor, sees
from portal.web.forms import Form


def back(membership: Membership) -> ResponseReturnValue:
    """Go back to the page of the membership."""
    return redirect(url_for(".membership", slug=membership.organisation.slug))


@bp.get("/organisations/<slug>/membership")
@sees(on=of_room.own_page)
def membership(organisation: Any) -> ResponseReturnValue:
    """Show an organisation's membership: how it stands, what it brings, what was used of it."""
    found, status = of_room.standing(organisation.id, actor=current_actor(), now=arrived())
    if found is None:
        return render_template("members/belonging/none.html", organisation=organisation)
    return render_template(
        "members/belonging/membership.html",
        organisation=organisation,
        membership=found,
        status=status,
        asked=requests.latest(found),
        **dates(found, status=status),
        **permitted(found, organisation),
    )


def dates(found: Any, *, status: MembershipStatus | None) -> dict[str, Any]:
    """Return what a page tells of a membership; of one that lapsed, until when it may come back."""
    today = of_room.today(now=arrived())
    over = max((period.to_on for period in found.periods), default=today)
    lapses, lapsed = over + cluster.grace(), status is MembershipStatus.LAPSED
    months = of_room.terms().reinstatement_months if lapsed else 0
    return {
        "today": today,
        "soon_over": over if today < over <= today + terms.RENEWAL_NOTICE else None,
        "current": rules.period_on(found.periods, today) or next(iter(found.periods), None),
        "since": min((period.from_on for period in found.periods), default=None),
        "lapses_on": lapses,
        "back_until": terms.months_after(lapses, months),
        "promised": () if lapsed else promised(found, today),
        "used": benefits.ledger(found, request.args.get("mark")),
        "exclusion": exclusions.waiting(found, actor=current_actor()),
    }


def promised(found: Any, day: date) -> Any:
    """Return what a membership brings on a day: nothing once it has ended."""
    return () if found.ends_on and found.ends_on <= day else benefits.promised(found, today=day)


def permitted(found: Any, organisation: Any) -> dict[str, bool]:
    """Return what this person may do with a membership."""
    actor, today = current_actor(), of_room.today(now=arrived())
    live = found.ends_on is None or found.ends_on > today
    return {
        "may_take_back": policy.asks(actor, found),
        "may_ask": found.ends_on is None and policy.asks(actor, found),
        "may_resign": live and found.ends_on is None and room.resigns(actor, found),
        "may_withdraw": live and bool(found.notice_given_on) and room.resigns(actor, found),
        "may_keep": live and room.changes_membership(actor, found),
        "may_record": live and policy.records_use(actor, found),
        "may_exclude": live and policy.excludes(actor, found),
        "may_start": not live and room.keeps_membership(actor, organisation),
    }


@bp.route("/organisations/<slug>/membership/resign", methods=["GET", "POST"])
@allows(room.resigns, on=of_room.membership, form=ResignForm)
def resign(membership: Membership, form: ResignForm) -> ResponseReturnValue:
    """Give notice for a member."""
    if not form.accepted:
        given_on = of_room.today(now=arrived())
        ends_on = terms.resignation_takes_effect(
            membership.periods, given_on, terms=of_room.terms()
        )
        return form.page("members/belonging/resign.html", membership=membership, ends_on=ends_on)
    of_members.resign(membership, form.why.data or "", actor=current_actor(), now=arrived())
    flash(_("Notice is given. You can take it back until the membership ends."))
    return back(membership)


@bp.post("/organisations/<slug>/membership/withdraw-notice")
@allows(room.resigns, on=of_room.membership, form=Form)
def withdraw_notice(membership: Membership, form: Form) -> ResponseReturnValue:
    """Take a notice back."""
    of_members.withdraw_notice(membership, actor=current_actor(), now=arrived())
    flash(_("The notice is taken back. The membership goes on."))
    return back(membership)


@bp.route("/organisations/<slug>/membership/ask", methods=["GET", "POST"])
@allows(policy.asks, on=of_room.membership, form=AskForm)
def ask_about_membership(membership: Membership, form: AskForm) -> ResponseReturnValue:
    """Ask for another year, or for another kind of membership."""
    if not form.accepted:
        return form.page(
            "members/belonging/ask.html",
            organisation=membership.organisation,
            asked=requests.waits(membership),
        )
    service.ask(membership, form.wish(), actor=current_actor(), now=arrived())
    flash(_("We have it, and write as soon as it is decided."))
    return back(membership)


@bp.post("/organisations/<slug>/membership/requests/<uuid:id>/withdraw")
@allows(policy.withdraws, on=requests.own_request, form=Form)
def withdraw_tier_request(row: TierRequest, form: Form) -> ResponseReturnValue:
    """Take back what was asked for."""
    service.withdraw(row, actor=current_actor(), now=arrived())
    flash(_("Taken back. The membership stays as it is."))
    return back(row.membership)
