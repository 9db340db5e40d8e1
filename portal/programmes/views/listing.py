"""The list of a call's applications for staff, on pages and as a file."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask import current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.core.errors import Refused
from portal.core.wording import N_, Sentence
from portal.models import ApplicationState, Call, DecisionState, Question
from portal.platform.paging import PageOfRows
from portal.programmes import policy
from portal.programmes.queries import calls as call_queries
from portal.programmes.queries import deciding
from portal.programmes.queries import listing as queries
from portal.programmes.queries.listing import Wish
from portal.programmes.views.blueprint import bp
from portal.programmes.views.exporting import codebook, table_of
from portal.web.access import allows, current_actor
from portal.web.exports import download

#: How many applications fit in one file.
MOST = 5000
TOO_MANY = Sentence(
    N_("These are more than %(most)s applications, too many for one file. Filter the list first."),
    {"most": MOST},
)


@bp.get("/manage/calls/<uuid:id>/applications")
@allows(policy.runs, on=call_queries.heading)
def call_applications(call: Any) -> ResponseReturnValue:
    """List the applications to a call, as somebody wishes to see them."""
    actor, wish = current_actor(), Wish.of(request.args)
    found = queries.applications(call, wish, mark=request.args.get("mark"), actor=actor)
    pending = deciding.pending(call, actor=actor)
    return render_template(
        "programmes/deciding/applications.html",
        call=call,
        wish=wish,
        page=found,
        ends=ends(call, wish, found, total=queries.count(call, wish, actor=actor)),
        states=list(ApplicationState),
        approved=pending.get(DecisionState.APPROVED, 0),
        prepared=pending.get(DecisionState.DRAFT, 0),
    )


@bp.get("/manage/calls/<uuid:id>/applications/<any(csv, xlsx):kind>")
@allows(policy.runs, on=lambda id, kind, *, actor: call_queries.call(id, actor=actor), fresh=True)
def export_applications(call: Call) -> ResponseReturnValue:
    """Give the listed applications with their answers as a file."""
    actor, wish = current_actor(), Wish.of(request.args)
    rows = queries.exported(call, wish, most=MOST + 1, actor=actor)
    if len(rows) > MOST:
        raise Refused(TOO_MANY)
    kind = str((request.view_args or {})["kind"])
    asked = queries.questions(call)
    beside = {_("Questions"): codebook(asked)}
    name = f"{_('applications')}-{call.slug}"
    return download(kind, name, written(call, rows, asked), beside=beside)


def written(call: Call, rows: Sequence[Any], asked: Sequence[Question]) -> Iterable[Sequence[Any]]:
    """Return the rows of the file, the headings first."""
    actor, base = current_actor(), str(current_app.config["BASE_URL"])
    criteria, ticks = call_queries.criteria(call), queries.checks(call, actor=actor)
    return table_of(rows, asked, (criteria, ticks), base=base)


def ends(call: Any, wish: Wish, found: PageOfRows, *, total: int) -> dict[str, Any]:
    """Return what stands below the list: how many there are, and the pages before and after."""

    def to(mark: str | None) -> str | None:
        given: dict[str, Any] = {**wish.given(), "mark": mark}
        return url_for(".call_applications", id=call.id, **given) if mark else None

    some = {"shown": len(found.rows), "total": total}
    told = _("%(shown)s of %(total)s shown", **some)
    if total > queries.COUNTED:
        told = _("%(shown)s of more than %(total)s shown", **some | {"total": queries.COUNTED})
    return {"previous_url": to(found.previous), "next_url": to(found.next), "total_text": told}
