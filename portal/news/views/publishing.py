"""Pages on which editors bring an article to its readers, and take it from them."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.models import Article
from portal.news import policy, rules
from portal.news.forms.publishing import DeclineForm, NewVersionForm, PublishForm, ReturnForm
from portal.news.queries import editing as queries
from portal.news.service import proposing
from portal.news.service import publishing as service
from portal.news.views.blueprint import bp
from portal.web.access import allows, arrived, current_actor
from portal.web.forms import Form


def back_to(article: Article) -> ResponseReturnValue:
    """Lead to the page of an article."""
    return redirect(url_for(".article", id=article.id))


@bp.post("/manage/<uuid:id>/submit")
@allows(policy.edits, on=queries.article)
def submit(article: Article) -> ResponseReturnValue:
    """Send a draft to review."""
    service.submit(article, actor=current_actor(), now=arrived())
    flash(_("It is in review now, and on the desk of every editor."), "good")
    return back_to(article)


@bp.route("/manage/<uuid:id>/return", methods=["GET", "POST"])
@allows(policy.edits, on=queries.article, form=ReturnForm)
def send_back(article: Article, form: ReturnForm) -> ResponseReturnValue:
    """Ask for changes."""
    if not form.accepted:
        return form.page("news/manage/return.html", article=article, newest=queries.newest(article))
    note = form.note.data or ""
    service.send_back(article, note=note, actor=current_actor(), now=arrived())
    flash(_("It is a draft again."), "good")
    return back_to(article)


@bp.route("/manage/<uuid:id>/publish", methods=["GET", "POST"])
@allows(policy.edits, on=queries.article, form=PublishForm)
def publish(article: Article, form: PublishForm) -> ResponseReturnValue:
    """Publish an article now, or schedule it."""
    if not form.accepted:
        newest = queries.newest(article)
        lacking = rules.lacks(newest, pictured=newest.picture_id is not None)
        page = "news/manage/publish.html"
        return form.page(page, article=article, newest=newest, lacking=lacking)
    actor, now = current_actor(), arrived()
    service.publish(article, at=form.at.data, zone=form.zone.data, actor=actor, now=now)
    out = rules.is_out(article, now=now)
    flash(_("It is published.") if out else _("It is scheduled."), "good")
    return back_to(article)


@bp.route("/manage/<uuid:id>/publish-version", methods=["GET", "POST"])
@allows(policy.edits, on=queries.article, form=NewVersionForm)
def publish_version(article: Article, form: NewVersionForm) -> ResponseReturnValue:
    """Let readers of a live article see its newest version."""
    if not form.accepted:
        newest = queries.newest(article)
        return form.page("news/manage/publish_version.html", article=article, newest=newest)
    small = bool(form.small.data)
    service.publish_version(article, small=small, actor=current_actor(), now=arrived())
    flash(_("Readers see the newest version now."), "good")
    return back_to(article)


@bp.post("/manage/<uuid:id>/call-back")
@allows(policy.edits, on=queries.article)
def call_back(article: Article) -> ResponseReturnValue:
    """Take an article out of the schedule."""
    service.call_back(article, actor=current_actor(), now=arrived())
    flash(_("It is a draft again, and will not be published by itself."), "good")
    return back_to(article)


@bp.route("/manage/<uuid:id>/archive", methods=["GET", "POST"])
@allows(policy.edits, on=queries.article, form=Form)
def archive(article: Article, form: Form) -> ResponseReturnValue:
    """Say what archiving does; then put an article away."""
    if not form.accepted:
        newest = queries.newest(article)
        return form.page("news/manage/archive.html", article=article, newest=newest)
    service.archive(article, actor=current_actor(), now=arrived())
    flash(_("It is archived. Readers find it no more."), "good")
    return back_to(article)


@bp.post("/manage/<uuid:id>/restore")
@allows(policy.edits, on=queries.article)
def restore(article: Article) -> ResponseReturnValue:
    """Bring an archived article back as a draft."""
    service.restore(article, actor=current_actor(), now=arrived())
    flash(_("It is a draft again. Publish it to show it to readers."), "good")
    return back_to(article)


@bp.post("/manage/<uuid:id>/take-up")
@allows(policy.edits, on=queries.article)
def take_up(article: Article) -> ResponseReturnValue:
    """Make a draft of what a member proposed."""
    proposing.take_up(article, actor=current_actor(), now=arrived())
    flash(_("It is a draft now, and its proposer is told."), "good")
    return back_to(article)


@bp.route("/manage/<uuid:id>/decline", methods=["GET", "POST"])
@allows(policy.edits, on=queries.article, form=DeclineForm)
def decline(article: Article, form: DeclineForm) -> ResponseReturnValue:
    """Say why a proposal becomes no article."""
    if not form.accepted:
        newest = queries.newest(article)
        return form.page("news/manage/decline.html", article=article, newest=newest)
    reason = form.reason.data or ""
    proposing.decline(article, reason, actor=current_actor(), now=arrived())
    flash(_("Its proposer is told why."), "good")
    return back_to(article)
