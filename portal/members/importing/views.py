"""The pages of an import: upload, columns, preview, progress, result; and the list to download."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.members import policy as room
from portal.members.agreeing.queries import takes_two
from portal.members.agreeing.telling import kept_as_first
from portal.members.importing import exporting, policy, queries, rules, service
from portal.members.importing.forms import ColumnsForm, ConfirmForm, ImportForm
from portal.members.importing.telling import told
from portal.members.importing.workflow import BEFORE_WRITING
from portal.members.views.blueprint import bp
from portal.models import ImportState, MemberImport
from portal.platform.agreeing import still_counts
from portal.web import exports
from portal.web.access import allows, arrived, current_actor, sees, signed_in
from portal.web.forms import Form

WORKING = (ImportState.CHECKING, ImportState.WRITING)


@bp.get("/admin/imports")
@signed_in(may=room.membership_staff)
def imports() -> ResponseReturnValue:
    """List what was brought in, the newest first."""
    found = queries.imports(request.args.get("mark"), actor=current_actor())
    return render_template("members/imports.html", found=found)


@bp.route("/admin/imports/new", methods=["GET", "POST"])
@signed_in(may=room.membership_staff, form=ImportForm)
def new_import(form: ImportForm) -> ResponseReturnValue:
    """Upload a list. Nothing of it is written by that."""
    if not form.accepted:
        return form.page("members/import_new.html")
    row = service.upload(form.file.upload, actor=current_actor(), now=arrived())
    return redirect(url_for(".import_columns", id=row.id))


@bp.route("/admin/imports/<uuid:id>/columns", methods=["GET", "POST"])
@allows(policy.imports, on=queries.member_import, form=ColumnsForm)
def import_columns(row: MemberImport, form: ColumnsForm) -> ResponseReturnValue:
    """Match the columns, and have the list checked."""
    if not form.accepted:
        if row.state not in BEFORE_WRITING:
            return redirect(url_for(".member_import", id=row.id))
        return form.page("members/import_columns.html", row=row)
    actor, now = current_actor(), arrived()
    if form.moves_header:
        service.move_header(row, form.header.data, actor=actor, now=now)
        return redirect(url_for(".import_columns", id=row.id))
    service.match(row, form.columns(), form.defaults(), actor=actor, now=now)
    return redirect(url_for(".member_import", id=row.id))


@bp.get("/admin/imports/<uuid:id>")
@sees(on=queries.member_import, form=ConfirmForm)
def member_import(row: MemberImport, form: ConfirmForm) -> ResponseReturnValue:
    """Show how far a list has come: its preview, its progress or its result."""
    if row.state in WORKING:
        return render_template("members/import_working.html", row=row, total=of_all(row))
    if row.state is ImportState.MATCHING:
        return redirect(url_for(".import_columns", id=row.id))
    show = request.args.get("show", "")
    found = queries.rows(row, show, request.args.get("mark"))
    return render_template(
        "members/import.html",
        row=row,
        form=form,
        show=show,
        found=found,
        rows=[told(each, row.columns, row.headings) for each in found.rows],
        **by_two(row),
    )


def by_two(row: MemberImport) -> dict[str, Any]:
    """Tell how much there is to write, whether two have to confirm it, and who did first.

    Whoever may not any more did not.
    """
    counts = still_counts(row.first_confirmed_by_id, policy.imports, row, now=arrived())
    return {
        "to_write": rules.to_write(row),
        "two": row.state is ImportState.READY and takes_two(row.kinds),
        "first": row.first_confirmed_by if counts else None,
    }


def of_all(row: MemberImport) -> int:
    """Return how many rows there are to check or to write."""
    return row.total if row.state is ImportState.CHECKING else rules.to_write(row)


@bp.post("/admin/imports/<uuid:id>/confirm")
@allows(policy.imports, on=queries.member_import, form=ConfirmForm, fresh=True)
def confirm_import(row: MemberImport, form: ConfirmForm) -> ResponseReturnValue:
    """Have a list written as its preview says."""
    if not form.accepted:
        return redirect(url_for(".member_import", id=row.id))
    before = row.first_confirmed_by
    if not service.confirm(row, form.edited_version.data, actor=current_actor(), now=arrived()):
        flash(kept_as_first(before))
    return redirect(url_for(".member_import", id=row.id))


@bp.post("/admin/imports/<uuid:id>/discard")
@allows(policy.imports, on=queries.member_import, form=Form)
def discard_import(row: MemberImport, form: Form) -> ResponseReturnValue:
    """Throw a list away before it is written."""
    service.discard(row, actor=current_actor(), now=arrived())
    flash(_("The list is thrown away. Nothing of it was written."))
    return redirect(url_for(".imports"))


@bp.get("/admin/imports/<uuid:id>/refused")
@sees(on=queries.member_import)
def import_refused(row: MemberImport) -> ResponseReturnValue:
    """Give the rows that were not written as a file, each with the reason."""
    headings = [*row.headings, _("Row in the list"), _("Why it was not imported")]
    found = [told_refused(each, row) for each in queries.refused(row)]
    return exports.download(request.args.get("kind", "csv"), "refused", [headings, *found])


def told_refused(each: Any, row: MemberImport) -> list[Any]:
    """Return a row as it was typed, then its number and what is wrong with it."""
    width = len(row.headings)
    cells = [*each.cells, *[""] * width][:width]
    return [*cells, each.number, exporting.reasons(told(each, row.columns, row.headings))]


@bp.get("/admin/imports/list")
@signed_in(may=room.membership_staff, fresh=True)
def export_members() -> ResponseReturnValue:
    """Give organisations, people and memberships as a list that can be imported again."""
    empty = request.args.get("rows") == "none"
    rows = [] if empty else exporting.every_row(actor=current_actor())
    return exports.download(
        request.args.get("kind", "csv"), "members", [exporting.headings(), *rows]
    )
