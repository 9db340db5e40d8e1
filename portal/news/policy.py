"""Who may do what with news."""

from portal.models import Actor, Article, ArticleRevision, NewsFeed, StaffRole, Tag


def editor(actor: Actor) -> bool:
    """Editors."""
    return actor.works_on(StaffRole.EDITOR)


def edits(actor: Actor, _thing: Article | ArticleRevision) -> bool:
    """Editors, for every article and every version of it."""
    return editor(actor)


def keeps_tag(actor: Actor, _tag: Tag) -> bool:
    """Editors."""
    return editor(actor)


def proposes(actor: Actor) -> bool:
    """People with a confirmed address who belong to an organisation."""
    return actor.verified and bool(actor.standings)


def follows(actor: Actor, article: Article) -> bool:
    """Everybody of the organisation that proposed it, and editors."""
    return actor.belongs_to(article.proposed_for_id) or editor(actor)


def speaks_for(actor: Actor, article: Article) -> bool:
    """Whoever proposed it while they belong to the organisation, and those who bind it."""
    mine = actor.id == article.author_id and actor.belongs_to(article.proposed_for_id)
    return mine or actor.represents(article.proposed_for_id)


def keeps_feed(actor: Actor) -> bool:
    """Everybody with a confirmed address, for a feed of their own."""
    return actor.verified


def owns_feed(actor: Actor, feed: NewsFeed) -> bool:
    """The person whose feed it is."""
    return feed.person_id == actor.id
