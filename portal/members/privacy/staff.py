"""Pages on which staff answer requests about people's data, and clear what is old."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.members.agreeing.telling import to_check_anew
from portal.members.policy import administrator, membership_staff
from portal.members.privacy import consents, erasing, policy, queries, runs, service
from portal.members.privacy.clearing import BY_KEY, RULES
from portal.members.privacy.forms import (
    AnnounceForm,
    CountForm,
    EnterForm,
    EraseForm,
    StepForm,
)
from portal.members.privacy.workflow import CLEARING, REQUEST
from portal.members.views.blueprint import bp
from portal.models import Actor, PageRevision, PrivacyRequest, RetentionRun, RunState
from portal.platform import audit, personal
from portal.web.access import allows, arrived, current_actor, sees, signed_in
from portal.web.forms import Form

STEPS = ("check", "extend", "refuse", "finish")


@bp.get("/admin/privacy")
@signed_in(may=membership_staff)
def privacy_requests() -> ResponseReturnValue:
    """List what people ask about their data, the first due first."""
    everything = request.args.get("show") == "all"
    found = queries.queue(everything, request.args.get("mark"), actor=current_actor())
    return render_template(
        "members/privacy/queue.html", found=found, everything=everything, now=arrived()
    )


@bp.route("/admin/privacy/new", methods=["GET", "POST"])
@signed_in(may=membership_staff, form=EnterForm)
def enter_privacy_request(form: EnterForm) -> ResponseReturnValue:
    """Write down what somebody asked by letter or by phone."""
    if not form.accepted:
        return form.page("members/privacy/enter.html")
    row = service.enter(
        form.email.data,
        form.kind.data,
        form.wish.data or "",
        received_at=form.received_at(),
        actor=current_actor(),
        now=arrived(),
    )
    return redirect(url_for(".privacy_request", id=row.id))


@bp.get("/admin/privacy/<uuid:id>")
@allows(policy.handles, on=queries.request)
def privacy_request(row: PrivacyRequest) -> ResponseReturnValue:
    """Show a request, what would be erased, and what can be done next."""
    actor, now = current_actor(), arrived()
    moves = [move.name for move in REQUEST.open_to(row, actor=actor)]
    return render_template(
        "members/privacy/request.html",
        row=row,
        moves=moves,
        may_extend=row.closed_at is None and row.extended_at is None and now < row.due_at,
        preview=previewed(row),
        timeline=audit.timeline(row, request.args.get("mark"), internal=True),
    )


def previewed(row: PrivacyRequest) -> list[tuple[personal.Holding, int]]:
    """Return what there was of somebody when it was counted, by what becomes of it."""
    order = list(personal.Fate)
    known = ((personal.HOLDINGS.get(key), number) for key, number in row.preview.items())
    there = [(holding, number) for holding, number in known if holding]
    return sorted(there, key=lambda each: order.index(each[0].fate))


def request_at(id: str, _move: str, *, actor: Actor) -> PrivacyRequest:
    """Find the request that a step is about."""
    return queries.request(id, actor=actor)  # type: ignore[arg-type]  # the address has a UUID


@bp.route(
    "/admin/privacy/<uuid:id>/<any('check', 'extend', 'refuse', 'finish'):move>",
    methods=["GET", "POST"],
)
@allows(policy.handles, on=request_at, form=StepForm)
def step_privacy_request(row: PrivacyRequest, form: StepForm) -> ResponseReturnValue:
    """Take a request one step further, and say how or why."""
    move = (request.view_args or {})["move"]
    if not form.accepted:
        return form.ask(move).page("members/privacy/step.html", row=row, move=move)
    deed = {name: getattr(service, name) for name in STEPS}[move]
    deed(row, form.words.data, actor=current_actor(), now=arrived())
    flash(_("Saved."))
    return redirect(url_for(".privacy_request", id=row.id))


@bp.route("/admin/privacy/<uuid:id>/erase", methods=["GET", "POST"])
@allows(policy.finishes, on=queries.request, form=EraseForm, fresh=True)
def erase_person(row: PrivacyRequest, form: EraseForm) -> ResponseReturnValue:
    """Erase somebody, as the second of two."""
    now = arrived()
    if form.accepted:
        before = row.checked_by
        if erasing.erase(row, form.answer.data or "", actor=current_actor(), now=now):
            flash(_("The data is erased. One last letter says so."))
        else:
            flash(to_check_anew(before), "warning")
        return redirect(url_for(".privacy_request", id=row.id))
    return form.page(
        "members/privacy/erase.html",
        row=row,
        preview=previewed(row),
        obstacle=erasing.stands_in_the_way(row.person, now=now),
    )


@bp.route("/admin/clearing", methods=["GET", "POST"])
@signed_in(may=administrator, form=CountForm)
def clearings(form: CountForm) -> ResponseReturnValue:
    """Say what is kept for how long and why, and count what is older."""
    actor = current_actor()
    if form.accepted:
        row = runs.count_all(form.rules.data or (), actor=actor, now=arrived())
        return redirect(url_for(".clearing", id=row.id))
    found = queries.runs(request.args.get("mark"), actor=actor)
    return form.page("members/privacy/clearings.html", found=found, rules=RULES)


@bp.get("/admin/clearing/<uuid:id>")
@sees(on=queries.run)
def clearing(row: RetentionRun) -> ResponseReturnValue:
    """Show what was counted, how far its clearing has come, and what it did."""
    template = "working" if row.state is RunState.RUNNING else "clearing"
    return render_template(
        f"members/privacy/{template}.html",
        row=row,
        lines=[(BY_KEY[key], row.tallies[key]) for key in row.rules if key in BY_KEY],
        may_run=CLEARING.offers("run", row, actor=current_actor()),
    )


@bp.post("/admin/clearing/<uuid:id>/run")
@allows(policy.clears, on=queries.run, form=Form, fresh=True)
def run_clearing(row: RetentionRun, form: Form) -> ResponseReturnValue:
    """Have cleared what was counted."""
    runs.start(row, actor=current_actor(), now=arrived())
    return redirect(url_for(".clearing", id=row.id))


@bp.get("/admin/privacy/texts")
@signed_in(may=administrator)
def announceable_texts() -> ResponseReturnValue:
    """List the texts that everybody accepts, and whether they were asked to."""
    return render_template("members/privacy/texts.html", texts=queries.announceable())


@bp.route("/admin/privacy/texts/<uuid:id>/announce", methods=["GET", "POST"])
@allows(policy.announces, on=queries.standing_text, form=AnnounceForm)
def announce_text(text: PageRevision, form: AnnounceForm) -> ResponseReturnValue:
    """Ask everybody to accept a text as it stands, and say what is new."""
    if not form.accepted:
        return form.page("members/privacy/announce.html", text=text)
    words = {"summary_en": form.summary_en.data, "summary_nb": form.summary_nb.data}
    consents.announce(text, **words, actor=current_actor(), now=arrived())
    flash(_("Everybody is asked at their next sign-in."))
    return redirect(url_for(".announceable_texts"))
