"""How members propose news about themselves, and how editors answer."""

from datetime import datetime

from portal.core.errors import NotAllowed, Refused
from portal.core.workflow import Step
from portal.models import Actor, Article, ArticleState, Organisation
from portal.news import mails, policy, rules
from portal.news.deeds import NewsDeed
from portal.news.queries import editing as queries
from portal.news.service.writing import Details, Text, begun, kept, write
from portal.news.workflow import ARTICLE
from portal.platform import audit, mail
from portal.platform.audit import About
from portal.platform.versions import unchanged


def propose(
    organisation: Organisation,
    text: Text,
    *,
    language: str = "en",
    actor: Actor,
    now: datetime,
) -> Article:
    """Propose news about an organisation of one's own, and get a receipt."""
    if not actor.belongs_to(organisation.id):
        raise NotAllowed
    if not queries.is_member(organisation.id, now=now):
        raise Refused(rules.NOT_A_MEMBER)
    details = Details(
        language=language, byline=organisation.display_name, organisations=[organisation]
    )
    article = begun(
        text,
        details,
        state=ArticleState.PROPOSED,
        proposed_for_id=organisation.id,
        actor=actor,
        now=now,
    )
    about = About(organisation_id=organisation.id, details={"title": text.title})
    audit.record(NewsDeed.PROPOSED, article, actor=actor, now=now, about=about)
    told = {"organisation": organisation.display_name}
    readers = (each for each in queries.editors(now=now) if each.id != actor.id)
    letters = [mails.proposed(article, text.title, editor=each, **told) for each in readers]
    mail.queue(mails.received(article, text.title), *letters)
    return article


def edit_proposal(
    article: Article, text: Text, *, version: int | None, actor: Actor, now: datetime
) -> None:
    """Change what was proposed, until an editor has answered."""
    unchanged(article, version, theirs=kept(queries.newest(article)))
    if not policy.speaks_for(actor, article):
        raise NotAllowed
    insist_on_open(article)
    write(article, text, actor=actor, now=now)
    about = About(organisation_id=article.proposed_for_id, details={"title": text.title})
    audit.record(NewsDeed.PROPOSAL_EDITED, article, actor=actor, now=now, about=about)


def insist_on_open(article: Article) -> None:
    """Refuse to change what an editor has answered, or its proposer withdrew."""
    if article.state is not ArticleState.PROPOSED:
        raise Refused(rules.SENT_ALREADY)


def withdraw(article: Article, *, actor: Actor, now: datetime) -> None:
    """Take back what was proposed."""
    step = ARTICLE.make("withdraw", article, actor=actor, now=now)
    article.edited_at = now
    about = told_of(article, step=step)
    audit.record(NewsDeed.WITHDRAWN, article, actor=actor, now=now, about=about)


def told_of(article: Article, *, step: Step, note: str = "") -> About:
    """Let the timeline of the organisation tell of its proposal by name."""
    title = queries.newest(article).title
    of = article.proposed_for_id
    return About(organisation_id=of, step=step, note=note, details={"title": title})


def take_up(article: Article, *, actor: Actor, now: datetime) -> None:
    """Make a draft of what was proposed, and tell the proposer."""
    step = ARTICLE.make("take_up", article, actor=actor, now=now)
    article.edited_at = now
    about = told_of(article, step=step)
    audit.record(NewsDeed.TAKEN_UP, article, actor=actor, now=now, about=about)
    mail.queue(mails.taken_up(article, queries.newest(article).title))


def decline(article: Article, reason: str, *, actor: Actor, now: datetime) -> None:
    """Say why a proposal becomes no article."""
    step = ARTICLE.make("decline", article, actor=actor, now=now)
    article.answer, article.edited_at = reason, now
    about = told_of(article, step=step, note=reason)
    audit.record(NewsDeed.DECLINED, article, actor=actor, now=now, about=about)
    mail.queue(mails.declined(article, queries.newest(article).title))
