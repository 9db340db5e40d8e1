"""Pages on which members propose news about themselves and see what became of it."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.models import Article
from portal.news import policy, rules
from portal.news.forms.texts import ProposalForm, TextForm
from portal.news.queries import editing as queries
from portal.news.service import proposing as service
from portal.news.views.blueprint import bp
from portal.news.workflow import ARTICLE
from portal.web.access import allows, arrived, current_actor, signed_in


@bp.get("/proposals")
@signed_in
def proposals() -> ResponseReturnValue:
    """List what one's organisations have proposed, and where it stands."""
    actor, now = current_actor(), arrived()
    return render_template(
        "news/proposals/list.html",
        found=queries.proposals(request.args.get("mark"), actor=actor),
        phase_of=lambda row: rules.phase(row, now=now),
        may_propose=policy.proposes(actor),
    )


@bp.route("/proposals/new", methods=["GET", "POST"])
@signed_in(may=policy.proposes, form=ProposalForm)
def propose(form: ProposalForm) -> ResponseReturnValue:
    """Propose news about an organisation of one's own."""
    if not form.accepted:
        return form.page("news/proposals/make.html")
    actor = current_actor()
    organisation = queries.own_organisation(UUID(form.organisation_id.data), actor=actor)
    text, language = form.text(), form.language.data
    article = service.propose(organisation, text, language=language, actor=actor, now=arrived())
    flash(_("Thank you. The editors look at it and write to you."), "good")
    return redirect(url_for(".proposal", id=article.id))


@bp.get("/proposals/<uuid:id>")
@allows(policy.follows, on=queries.proposal)
def proposal(article: Article) -> ResponseReturnValue:
    """Show where a proposal stands."""
    actor, now = current_actor(), arrived()
    return render_template(
        "news/proposals/proposal.html",
        article=article,
        newest=queries.newest(article),
        phase=rules.phase(article, now=now),
        unanswered=article.state in rules.UNANSWERED,
        moves={move.name for move in ARTICLE.open_to(article, actor=actor)},
        may_edit=policy.editor(actor),
    )


@bp.route("/proposals/<uuid:id>/edit", methods=["GET", "POST"])
@allows(policy.speaks_for, on=queries.proposal, form=TextForm)
def edit_proposal(article: Article, form: TextForm) -> ResponseReturnValue:
    """Change a proposal that nobody has answered yet."""
    service.insist_on_open(article)
    if not form.accepted:
        return form.page("news/proposals/edit.html", article=article)
    version, actor = form.edited_version.data, current_actor()
    service.edit_proposal(article, form.text(), version=version, actor=actor, now=arrived())
    flash(_("Saved."), "good")
    return redirect(url_for(".proposal", id=article.id))


@bp.post("/proposals/<uuid:id>/withdraw")
@allows(policy.speaks_for, on=queries.proposal)
def withdraw(article: Article) -> ResponseReturnValue:
    """Take a proposal back."""
    service.withdraw(article, actor=current_actor(), now=arrived())
    flash(_("It is withdrawn. Nobody looks at it any more."), "good")
    return redirect(url_for(".proposal", id=article.id))
