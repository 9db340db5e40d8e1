"""An event's delegates for staff: numbers, a list to filter and act on, a file, messages."""

from collections.abc import Iterator, Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.core.errors import Refused
from portal.core.wording import N_, Sentence
from portal.events import accounts, places, policy, rules
from portal.events.forms.delegates import ChosenForm, CountAgainForm, MessageForm
from portal.events.queries import listing as queries
from portal.events.queries import staff
from portal.events.queries.listing import Wish
from portal.events.service import messages
from portal.events.views.blueprint import bp
from portal.models import Delegate, DelegateState, Event
from portal.platform.language import says
from portal.platform.paging import PageOfRows
from portal.web.access import allows, arrived, current_actor, signed_in
from portal.web.exports import download

TOO_MANY = Sentence(
    N_("These are more than %(most)s delegates, too many for one file. Filter the list first."),
    {"most": queries.MOST},
)


@bp.get("/<slug>/delegates")
@allows(policy.runs, on=staff.heading)
def delegates(event: Any) -> ResponseReturnValue:
    """List the delegates of an event, as somebody wishes to see them, below the numbers."""
    actor, wish = current_actor(), Wish.of(request.args)
    found = queries.delegates(event, wish, mark=request.args.get("mark"), actor=actor)
    tickets = queries.ticket_names(event.id)
    return render_template(
        "events/manage/delegates.html",
        event=event,
        phase=rules.phase(event, now=arrived()),
        wish=wish,
        page=found,
        ends=ends(event, wish, found, total=queries.count(event, wish, actor=actor)),
        numbers=queries.numbers(event.id),
        tickets=tickets,
        ticket_names={ticket.id: says(ticket, "name") for ticket in tickets},
        states=list(DelegateState),
    )


def ends(event: Any, wish: Wish, found: PageOfRows, *, total: int) -> dict[str, Any]:
    """Return what stands below the list: how many there are, and the pages before and after."""

    def to(mark: str | None) -> str | None:
        given: dict[str, Any] = {**wish.given(), "mark": mark}
        return url_for(".delegates", slug=event.slug, **given) if mark else None

    some = {"shown": len(found.rows), "total": min(total, queries.COUNTED)}
    if total > queries.COUNTED:
        told = _("%(shown)s of more than %(total)s shown", **some)
    else:
        told = _("%(shown)s of %(total)s shown", **some)
    return {"previous_url": to(found.previous), "next_url": to(found.next), "total_text": told}


@bp.get("/<slug>/delegates/<any(csv, xlsx):kind>")
@allows(policy.runs, on=lambda slug, kind, *, actor: staff.event(slug, actor=actor), fresh=True)
def export_delegates(event: Event) -> ResponseReturnValue:
    """Give the listed delegates as a file."""
    wish = Wish.of(request.args)
    rows = queries.exported(event, wish, most=queries.MOST + 1, actor=current_actor())
    if len(rows) > queries.MOST:
        raise Refused(TOO_MANY)
    kind = str((request.view_args or {})["kind"])
    return download(kind, f"{_('delegates')}-{event.slug}", written(rows))


def written(rows: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """Write the headings and one row for each delegate."""
    yield [
        _("Name"), _("E-mail"), _("Phone"), _("Job title"), _("Organisation"), _("Ticket"),
        _("Status"), _("Price excluding VAT"), _("Currency"), _("Value added tax"),
        _("Purchase reference"), _("Note"), _("Registered on"), _("Registered by"),
        _("Offer expires"),
    ]  # fmt: skip
    for row in rows:
        price = None if row.price_ore is None else row.price_ore / 100
        yield [
            row.name, row.email, row.phone, row.title, row.organisation_name, says(row, "name"),
            _(row.state.label), price, row.currency if price else None,
            _(row.vat_code.label) if row.vat_code else None, row.purchase_reference, row.note,
            row.created_at, row.registered_by, row.offer_expires_at,
        ]  # fmt: skip


@bp.post("/<slug>/delegates/ticked")
@allows(policy.runs, on=staff.event, form=ChosenForm)
def deal_with_ticked(event: Event, form: ChosenForm) -> ResponseReturnValue:
    """Let all come who were ticked and ask for it, in turn; or go on to write to them."""
    if not form.accepted:
        return form.page("events/manage/nobody.html", event=event)
    if request.form.get("deed") == "write":
        return redirect(url_for(".message_delegates", slug=event.slug, ids=form.ids.data))
    actor, now = current_actor(), arrived()
    chosen = queries.rows_of(event, form.ids.data, actor=actor)
    asking = [each for each in chosen if each.state is DelegateState.REQUESTED]
    for each in asking:
        places.approve(each, actor=actor, now=now)
    flash(counted(asking), "good" if asking else "wait")
    return redirect(url_for(".delegates", slug=event.slug))


def counted(approved: Sequence[Delegate]) -> str:
    """Say how many were approved, and how many of them wait."""
    if not approved:
        return str(_("None of them awaits approval. Nothing was changed."))
    waiting = sum(each.state is DelegateState.WAITLISTED for each in approved)
    number = len(approved) - waiting
    told = ngettext("%(num)s has a place now.", "%(num)s have a place now.", number)
    if waiting:
        wait = ngettext(
            "%(num)s is on the waiting list.", "%(num)s are on the waiting list.", waiting
        )
        return f"{told} {wait}"
    return str(told)


@bp.route("/<slug>/delegates/message", methods=["GET", "POST"])
@allows(policy.runs, on=staff.event, form=MessageForm)
def message_delegates(event: Event, form: MessageForm) -> ResponseReturnValue:
    """Write to delegates, to each an e-mail of their own."""
    if not form.accepted:
        return form.page("events/manage/message.html", event=event)
    words = {"subject": form.subject.data or "", "text": form.text.data or ""}
    number = messages.message_delegates(
        event, form.ids.data, **words, actor=current_actor(), now=arrived()
    )
    flash(ngettext("%(num)s e-mail is on its way.", "%(num)s e-mails are on their way.", number))
    return redirect(url_for(".delegates", slug=event.slug))


@bp.route("/audit", methods=["GET", "POST"])
@signed_in(may=policy.event_staff, form=CountAgainForm)
def audit(form: CountAgainForm) -> ResponseReturnValue:
    """Count every place again, from the rows, and show what does not agree."""
    findings = accounts.audit(now=arrived()) if form.asked else None
    return form.page("events/manage/audit.html", findings=findings)
