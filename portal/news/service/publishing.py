"""How an article goes out: review, its instant, new versions of it, and its end."""

from datetime import datetime

from portal.core.errors import Refused
from portal.core.workflow import Step
from portal.models import Actor, Article
from portal.news import mails, rules
from portal.news.deeds import NewsDeed
from portal.news.queries import editing as queries
from portal.news.service.writing import note_change
from portal.news.workflow import ARTICLE
from portal.platform import audit, mail
from portal.platform.audit import About


def submit(article: Article, *, actor: Actor, now: datetime) -> None:
    """Send a draft to review."""
    insist_on_whole(article)
    step = ARTICLE.make("submit", article, actor=actor, now=now)
    article.edited_at = now
    audit.record(NewsDeed.SUBMITTED, article, actor=actor, now=now, about=About(step=step))


def send_back(article: Article, *, note: str = "", actor: Actor, now: datetime) -> None:
    """Ask for changes before an article is published."""
    step = ARTICLE.make("return", article, actor=actor, now=now)
    article.edited_at = now
    about = About(step=step, note=note, internal=True)
    audit.record(NewsDeed.RETURNED, article, actor=actor, now=now, about=about)


def publish(
    article: Article,
    *,
    at: datetime | None = None,
    zone: str | None = None,
    actor: Actor,
    now: datetime,
) -> None:
    """Let readers see the newest version from an instant on, which may lie ahead; else at once."""
    insist_on_whole(article)
    step = ARTICLE.make("publish", article, actor=actor, now=now)
    article.published_at = article.updated_at = at or now
    article.live_number = article.number
    article.zone = zone or article.zone
    article.edited_at = now
    note_change(article, was_public=False, now=now)
    out = rules.is_out(article, now=now)
    deed = NewsDeed.PUBLISHED if out else NewsDeed.SCHEDULED
    audit.record(deed, article, actor=actor, now=now, about=outcome(article, step))
    if article.proposed_for_id:
        mail.queue(mails.published(article, queries.newest(article).title))


def outcome(article: Article, step: Step) -> About:
    """Let the timeline of whoever proposed an article tell what became of it, in their words.

    What the editors call it is theirs until it is out.
    """
    if article.proposed_for_id is None:
        return About(step=step)
    title = queries.version(article, 1).title
    return About(organisation_id=article.proposed_for_id, step=step, details={"title": title})


def insist_on_whole(article: Article) -> None:
    """Refuse an article whose newest version lacks something, and say what first."""
    text = queries.newest(article)
    if lacking := rules.lacks(text, pictured=text.picture_id is not None):
        raise Refused(lacking[0])


def publish_version(article: Article, *, small: bool = False, actor: Actor, now: datetime) -> None:
    """Let readers of a live article see its newest version.

    A small correction tells nobody that the story changed: feeds keep the day of its last change.
    """
    if article.live_number is None or article.live_number == article.number:
        raise Refused(rules.NOT_YET_LIVE)
    if reason := rules.closed(article):
        raise Refused(reason)
    insist_on_whole(article)
    article.live_number, article.edited_at = article.number, now
    if not small and rules.is_out(article, now=now):
        article.updated_at = now
    note_change(article, was_public=False, now=now)
    about = About(details={"number": article.number})
    audit.record(NewsDeed.REVISED, article, actor=actor, now=now, about=about)


def call_back(article: Article, *, actor: Actor, now: datetime) -> None:
    """Take an article out of the schedule before anybody saw it."""
    step = ARTICLE.make("call_back", article, actor=actor, now=now)
    withhold(article, now=now)
    audit.record(NewsDeed.CALLED_BACK, article, actor=actor, now=now, about=About(step=step))


def archive(article: Article, *, actor: Actor, now: datetime) -> None:
    """Put an article away; readers find it no more, and feeds let it go."""
    was_public = rules.is_public(article, now=now)
    step = ARTICLE.make("archive", article, actor=actor, now=now)
    article.edited_at = now
    note_change(article, was_public=was_public, now=now)
    audit.record(NewsDeed.ARCHIVED, article, actor=actor, now=now, about=About(step=step))


def restore(article: Article, *, actor: Actor, now: datetime) -> None:
    """Bring an archived article back as a draft. It keeps its address and its versions."""
    step = ARTICLE.make("restore", article, actor=actor, now=now)
    withhold(article, now=now)
    audit.record(NewsDeed.RESTORED, article, actor=actor, now=now, about=About(step=step))


def withhold(article: Article, *, now: datetime) -> None:
    """Let an article be what nobody was shown."""
    article.published_at = article.updated_at = article.live_number = None
    article.edited_at = now
