"""The plain pages: read by everybody, written by editors."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.models import Page, PageRevision
from portal.site import policy, queries, service
from portal.site.forms import PageForm
from portal.site.views.blueprint import bp
from portal.web.access import allows, arrived, current_actor, sees, signed_in

PLAIN = ",".join(queries.PLAIN)
EVERY = ",".join(queries.EVERY_KEY)


@bp.get(f"/<any({PLAIN}):key>")
@sees(on=queries.plain_page, public=True)
def page(words: Any) -> ResponseReturnValue:
    """Show a plain page as it stands."""
    return render_template("site/page.html", words=words)


@bp.get("/admin/pages")
@signed_in(may=policy.editor)
def pages() -> ResponseReturnValue:
    """List the pages that can be edited."""
    return render_template("site/pages.html", pages=queries.pages())


@bp.route(f"/admin/pages/<any({EVERY}):key>", methods=["GET", "POST"])
@allows(policy.author, on=queries.page, form=PageForm)
def edit_page(subject: Page, form: PageForm) -> ResponseReturnValue:
    """Edit a page in both languages, with a look at it before it is published."""
    if not form.accepted:
        return form.page("site/edit_page.html", subject=subject)
    version = form.edited_version.data
    actor, now = current_actor(), arrived()
    service.edit_page(subject, form.words(), version=version, actor=actor, now=now)
    flash(_("The page is published."), "good")
    return redirect(address(subject.key))


@bp.get(f"/admin/pages/<any({EVERY}):key>/revisions")
@allows(policy.author, on=queries.page)
def revisions(subject: Page) -> ResponseReturnValue:
    """List what a page has said before."""
    shown = queries.revisions(subject.key, request.args.get("mark"))
    return render_template("site/revisions.html", subject=subject, shown=shown)


@bp.get(f"/admin/pages/<any({EVERY}):key>/revisions/<int(max=999999):number>")
@sees(on=queries.revision)
def revision(found: PageRevision) -> ResponseReturnValue:
    """Show what a page once said."""
    return render_template("site/revision.html", revision=found)


def address(key: str) -> str:
    """Return where a page is read."""
    return url_for("site.home") if key == queries.HOME else url_for("site.page", key=key)
