"""Pages on which editors find articles and write them."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.models import Article, ArticlePhase, ArticleRevision
from portal.news import policy, rules
from portal.news.forms.publishing import DetailsForm
from portal.news.forms.texts import NewArticleForm, TextForm
from portal.news.presentation.compared import differences
from portal.news.queries import editing as queries
from portal.news.queries.editing import Wish
from portal.news.service import writing as service
from portal.news.service.writing import Details
from portal.news.views.blueprint import bp
from portal.news.workflow import ARTICLE
from portal.platform import audit
from portal.web.access import allows, arrived, current_actor, signed_in


@bp.get("/manage")
@signed_in(may=policy.editor)
def manage() -> ResponseReturnValue:
    """List all articles, the latest work first, by where they stand and by language."""
    wish, now = Wish.of(request.args), arrived()
    return render_template(
        "news/manage/list.html",
        wish=wish,
        phases=list(ArticlePhase),
        found=queries.articles(wish, request.args.get("mark"), now=now),
        phase_of=lambda row: rules.phase(row, now=now),
    )


@bp.route("/manage/new", methods=["GET", "POST"])
@signed_in(may=policy.editor, form=NewArticleForm)
def make_article(form: NewArticleForm) -> ResponseReturnValue:
    """Begin an article."""
    if not form.accepted:
        return form.page("news/manage/make.html")
    actor = current_actor()
    details = Details(language=form.language.data, byline=actor.name)
    article = service.make_article(form.text(), details, actor=actor, now=arrived())
    flash(_("The draft is kept. Only editors see it until it is published."), "good")
    return redirect(url_for(".article", id=article.id))


@bp.get("/manage/<uuid:id>")
@allows(policy.edits, on=queries.article)
def article(article: Article) -> ResponseReturnValue:
    """Show editors an article as it stands, and what can be done with it."""
    actor, now, newest = current_actor(), arrived(), queries.newest(article)
    return render_template(
        "news/manage/article.html",
        article=article,
        newest=newest,
        phase=rules.phase(article, now=now),
        lacking=rules.lacks(newest, pictured=newest.picture_id is not None),
        editable=rules.closed(article) is None,
        moves={move.name for move in ARTICLE.open_to(article, actor=actor)},
        history=audit.timeline(article, request.args.get("mark"), internal=True, most=20),
    )


@bp.route("/manage/<uuid:id>/text", methods=["GET", "POST"])
@allows(policy.edits, on=queries.article, form=TextForm)
def edit_text(article: Article, form: TextForm) -> ResponseReturnValue:
    """Write another version."""
    if not form.accepted:
        return form.page("news/manage/text.html", article=article)
    version, actor = form.edited_version.data, current_actor()
    service.edit_text(article, form.text(), version=version, actor=actor, now=arrived())
    flash(_("The new version is kept."), "good")
    return redirect(url_for(".article", id=article.id))


@bp.route("/manage/<uuid:id>/details", methods=["GET", "POST"])
@allows(policy.edits, on=queries.article, form=DetailsForm)
def edit_details(article: Article, form: DetailsForm) -> ResponseReturnValue:
    """Change what is said around an article."""
    if not form.accepted:
        return form.page("news/manage/details.html", article=article)
    version, actor = form.edited_version.data, current_actor()
    service.edit_details(article, form.details(), version=version, actor=actor, now=arrived())
    flash(_("Saved."), "good")
    return redirect(url_for(".article", id=article.id))


@bp.get("/manage/<uuid:id>/versions")
@allows(policy.edits, on=queries.article)
def versions(article: Article) -> ResponseReturnValue:
    """List what an article has said, the newest first."""
    found = queries.versions(article, request.args.get("mark"))
    newest = queries.newest(article)
    return render_template("news/manage/versions.html", article=article, newest=newest, found=found)


@bp.get("/manage/<uuid:id>/versions/<int(max=999999):number>")
@allows(policy.edits, on=queries.revision)
def version(revision: ArticleRevision) -> ResponseReturnValue:
    """Show one version, and what is different from the one before."""
    before = queries.one_before(revision)
    return render_template(
        "news/manage/version.html",
        article=revision.article,
        revision=revision,
        before=before,
        changes=differences(before, revision) if before else (),
    )
