"""The life of an article."""

from portal.core.wording import N_
from portal.core.workflow import Move, Workflow
from portal.models import Actor, Article
from portal.models import ArticleState as S
from portal.news import policy, rules

ARTICLE: Workflow[Article, Actor] = Workflow(
    Move(name="take_up", label=N_("Take it up"), sources=(S.PROPOSED,), target=S.DRAFT,
         may=policy.edits),
    Move(name="decline", label=N_("Do not take it up"), sources=(S.PROPOSED,), target=S.DECLINED,
         may=policy.edits),
    Move(name="withdraw", label=N_("Withdraw the proposal"), sources=(S.PROPOSED,),
         target=S.WITHDRAWN, may=policy.speaks_for),
    Move(name="submit", label=N_("Send to review"), sources=(S.DRAFT,), target=S.IN_REVIEW,
         may=policy.edits),
    Move(name="return", label=N_("Ask for changes"), sources=(S.IN_REVIEW,), target=S.DRAFT,
         may=policy.edits),
    Move(name="publish", label=N_("Publish"), sources=(S.IN_REVIEW,), target=S.PUBLISHED,
         may=policy.edits),
    Move(name="call_back", label=N_("Take out of the schedule"), sources=(S.PUBLISHED,),
         target=S.DRAFT, may=policy.edits, unless=rules.out_already),
    Move(name="archive", label=N_("Archive"), sources=(S.DRAFT, S.IN_REVIEW, S.PUBLISHED),
         target=S.ARCHIVED, may=policy.edits),
    Move(name="restore", label=N_("Bring back as a draft"), sources=(S.ARCHIVED,), target=S.DRAFT,
         may=policy.edits),
)  # fmt: skip
