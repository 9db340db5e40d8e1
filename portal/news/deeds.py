"""What is done in the news room, as the audit keeps it and a timeline tells it."""

from portal.core.wording import N_
from portal.platform.audit import Deed


class NewsDeed(Deed):
    """The deeds of an article, from a proposal or a draft until it is put away."""

    PROPOSED = "article.proposed", N_("News proposed")
    PROPOSAL_EDITED = "article.proposal_edited", N_("Proposal changed")
    TAKEN_UP = "article.taken_up", N_("Taken up by the editors")
    DECLINED = "article.declined", N_("Not taken up")
    WITHDRAWN = "article.withdrawn", N_("Proposal withdrawn")
    MADE = "article.made", N_("Article begun")
    WRITTEN = "article.written", N_("Text changed")
    SETTLED = "article.settled", N_("Details changed")
    SUBMITTED = "article.submitted", N_("Sent to review")
    RETURNED = "article.returned", N_("Changes asked for")
    PUBLISHED = "article.published", N_("Published")
    SCHEDULED = "article.scheduled", N_("Scheduled")
    CALLED_BACK = "article.called_back", N_("Taken out of the schedule")
    REVISED = "article.revised", N_("New version published")
    ARCHIVED = "article.archived", N_("Archived")
    RESTORED = "article.restored", N_("Brought back as a draft")
    TAG_ADDED = "tag.added", N_("Tag added")
    TAG_RENAMED = "tag.renamed", N_("Tag renamed")
    TAGS_MERGED = "tag.merged", N_("Another tag made a part of this one")
    FEED_RENEWED = "news_feed.renewed", N_("Private news feed renewed")
    FEED_ENDED = "news_feed.ended", N_("Private news feed ended")
