"""The words of the news room."""

from portal.core.vocabulary import Word
from portal.core.wording import N_


class ArticleState(Word):
    """How far an article has come. Whether readers see it yet is read from its instant."""

    PROPOSED = "proposed", N_("Proposed by a member"), "wait"
    DRAFT = "draft", N_("Draft")
    IN_REVIEW = "in_review", N_("In review"), "wait"
    PUBLISHED = "published", N_("Published"), "good"
    ARCHIVED = "archived", N_("Archived")
    DECLINED = "declined", N_("Not taken up"), "bad"
    WITHDRAWN = "withdrawn", N_("Withdrawn")


class ArticlePhase(Word):
    """Where an article stands at a moment: its state and its instant together."""

    PROPOSED = "proposed", N_("Proposed by a member"), "wait"
    DRAFT = "draft", N_("Draft")
    IN_REVIEW = "in_review", N_("In review"), "wait"
    SCHEDULED = "scheduled", N_("Scheduled"), "progress"
    PUBLISHED = "published", N_("Published"), "good"
    ARCHIVED = "archived", N_("Archived")
    DECLINED = "declined", N_("Not taken up"), "bad"
    WITHDRAWN = "withdrawn", N_("Withdrawn")


class Audience(Word):
    """Who may read an article once it is out."""

    PUBLIC = "public", N_("Everybody")
    MEMBERS = "members", N_("All members")
    TIER = "tier", N_("Members of one tier and those above it")
