"""Pages on which editors keep the tags."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.models import Tag
from portal.news import policy
from portal.news.forms.tagging import MergeForm, NewTagForm, TagForm
from portal.news.queries import tagging as queries
from portal.news.service import tagging as service
from portal.news.views.blueprint import bp
from portal.platform import audit
from portal.platform.language import says
from portal.web.access import allows, arrived, current_actor, signed_in


@bp.get("/manage/tags")
@signed_in(may=policy.editor)
def tags() -> ResponseReturnValue:
    """List the tags with how much has each."""
    found = queries.tags(request.args.get("mark"))
    return render_template("news/manage/tags.html", found=found, most=queries.COUNTED)


@bp.route("/manage/tags/new", methods=["GET", "POST"])
@signed_in(may=policy.editor, form=NewTagForm)
def add_tag(form: NewTagForm) -> ResponseReturnValue:
    """Add a tag."""
    if not form.accepted:
        return form.page("news/manage/add_tag.html")
    tag = service.add_tag(form.labels(), actor=current_actor(), now=arrived())
    flash(_("The tag “%(name)s” can be chosen now.", name=says(tag, "label")), "good")
    return redirect(url_for(".tags"))


@bp.route("/manage/tags/<uuid:id>", methods=["GET", "POST"])
@allows(policy.keeps_tag, on=queries.tag, form=TagForm)
def edit_tag(tag: Tag, form: TagForm) -> ResponseReturnValue:
    """Call a tag otherwise, in both languages."""
    if not form.accepted:
        history = audit.timeline(tag, request.args.get("mark"), internal=True, most=20)
        return form.page("news/manage/tag.html", tag=tag, history=history)
    version, actor = form.edited_version.data, current_actor()
    service.rename_tag(tag, form.labels(), version=version, actor=actor, now=arrived())
    flash(_("Saved."), "good")
    return redirect(url_for(".tags"))


@bp.route("/manage/tags/<uuid:id>/merge", methods=["GET", "POST"])
@allows(policy.keeps_tag, on=queries.tag, form=MergeForm)
def merge_tag(tag: Tag, form: MergeForm) -> ResponseReturnValue:
    """Make a tag a part of another."""
    if not form.accepted:
        return form.page("news/manage/merge_tag.html", tag=tag)
    into = service.merge_tags(tag, form.chosen, actor=current_actor(), now=arrived())
    flash(_("The two are one now: “%(name)s”.", name=says(into, "label")), "good")
    return redirect(url_for(".tags"))
