"""What an article must be before readers see it, and what may be done with one that they see."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from portal.core.wording import N_, Sentence
from portal.models import Article, ArticlePhase, ArticleState, Audience

NO_STANDFIRST = Sentence(N_("Write a standfirst: one or two sentences that stand in lists."))
NO_BODY = Sentence(N_("Write the story itself."))
NO_ALTERNATIVE = Sentence(
    N_("Describe the picture for those who do not see it, or say that it is only decoration.")
)
DESCRIBED_DECORATION = Sentence(
    N_("A picture that is only decoration has no description. Choose one of the two.")
)
OUT_ALREADY = Sentence(N_("Readers see this article already. Archive it if it should be gone."))
NOT_YET_LIVE = Sentence(N_("Nothing is waiting: readers see the newest version."))
CLOSED = Sentence(N_("This article is put away. Bring it back as a draft before you change it."))
SENT_ALREADY = Sentence(
    N_("The editors have answered this proposal, so it stays as you sent it. Write to them.")
)
NOT_A_MEMBER = Sentence(
    N_("Only members propose news, and this organisation is not a member at the moment.")
)

#: The states in which editors write.
OPEN = (ArticleState.DRAFT, ArticleState.IN_REVIEW, ArticleState.PUBLISHED)
#: The states in which a proposal is as its organisation wrote it.
UNANSWERED = (ArticleState.PROPOSED, ArticleState.DECLINED, ArticleState.WITHDRAWN)
#: What stands in addresses of our own below /news, and so is no article's.
RESERVED = frozenset({"feed", "manage", "members", "mine", "private", "proposals", "tags"})


class Told(Protocol):
    """A text with its picture, kept or about to be."""

    @property
    def standfirst(self) -> str:
        """What stands in lists."""

    @property
    def body(self) -> str:
        """The story."""

    @property
    def alternative(self) -> str:
        """What the picture shows."""

    @property
    def decorative(self) -> bool:
        """Whether the picture says nothing."""


def phase(article: Article, *, now: datetime) -> ArticlePhase:
    """Say where an article stands: what is published later is scheduled."""
    if article.state is ArticleState.PUBLISHED and not is_out(article, now=now):
        return ArticlePhase.SCHEDULED
    return ArticlePhase.of(article.state.value)


def is_out(article: Article, *, now: datetime) -> bool:
    """Tell whether those whom it is for see an article."""
    published = article.state is ArticleState.PUBLISHED
    return published and article.published_at is not None and article.published_at <= now


def is_public(article: Article, *, now: datetime) -> bool:
    """Tell whether everybody sees an article."""
    return is_out(article, now=now) and article.audience is Audience.PUBLIC


def lacks(text: Told, *, pictured: bool) -> Sequence[Sentence]:
    """Return everything that keeps a text from being published, in the order to mend it."""
    reasons = (
        None if text.standfirst.strip() else NO_STANDFIRST,
        None if text.body.strip() else NO_BODY,
        undescribed(text) if pictured else None,
    )
    return [reason for reason in reasons if reason]


def undescribed(text: Told) -> Sentence | None:
    """Say what is wrong with the words for a picture."""
    if text.decorative and text.alternative:
        return DESCRIBED_DECORATION
    return None if text.decorative or text.alternative.strip() else NO_ALTERNATIVE


def out_already(article: Article, *, now: datetime) -> Sentence | None:
    """Say why an article cannot be taken out of the schedule."""
    return OUT_ALREADY if is_out(article, now=now) else None


def closed(article: Article) -> Sentence | None:
    """Say why an article cannot be changed."""
    return None if article.state in OPEN else CLOSED
