"""The moves of an article, written a second time by hand, and who makes them."""

from uuid import UUID

import pytest

from portal.models import Actor, AffiliationRole, Article, ArticleState, StaffRole, Standing
from portal.news.workflow import ARTICLE

OURS, THEIRS = UUID(int=1), UUID(int=2)

MOVES = {
    "take_up": (["proposed"], "draft"),
    "decline": (["proposed"], "declined"),
    "withdraw": (["proposed"], "withdrawn"),
    "submit": (["draft"], "in_review"),
    "return": (["in_review"], "draft"),
    "publish": (["in_review"], "published"),
    "call_back": (["published"], "draft"),
    "archive": (["draft", "in_review", "published"], "archived"),
    "restore": (["archived"], "draft"),
}


def somebody(*staff: StaffRole, of: UUID | None = None, role: str = "member", id: int = 9) -> Actor:
    standings = ()
    if of:
        kind = AffiliationRole.of(role)
        standings = (Standing(organisation_id=of, organisation_name="", slug="", role=kind),)
    return Actor(id=UUID(int=id), name="", staff=frozenset(staff), standings=standings)


def test_an_article_moves_so_and_not_otherwise():
    told = {move.name: ([*move.sources], move.target) for move in ARTICLE}
    assert told == MOVES


@pytest.mark.parametrize("state", list(ArticleState))
def test_editors_may_do_all_that_a_state_allows_but_withdraw_for_others(state):
    article = Article(state=state, proposed_for_id=OURS, author_id=UUID(int=5))
    wanted = {name for name, (sources, _) in MOVES.items() if state in sources} - {"withdraw"}
    for role in (StaffRole.EDITOR, StaffRole.ADMINISTRATOR):
        moves = ARTICLE.open_to(article, actor=somebody(role))
        assert {move.name for move in moves} == wanted


@pytest.mark.parametrize("role", [StaffRole.PROGRAMMES, StaffRole.EVENTS, StaffRole.MEMBERSHIP])
@pytest.mark.parametrize("state", list(ArticleState))
def test_other_staff_may_do_nothing(role, state):
    article = Article(state=state, proposed_for_id=OURS, author_id=UUID(int=5))
    assert ARTICLE.open_to(article, actor=somebody(role)) == []


@pytest.mark.parametrize(
    ("actor", "may"),
    [
        (somebody(of=OURS, id=5), True),  # who proposed it
        (somebody(of=OURS), False),
        (somebody(of=OURS, role="representative"), True),
        (somebody(of=OURS, role="administrator"), True),
        (somebody(id=5), False),  # who proposed it and left
        (somebody(of=THEIRS, id=5), False),
        (somebody(of=THEIRS, role="administrator"), False),
    ],
)
def test_a_proposal_is_withdrawn_by_its_proposer_and_by_who_binds_the_organisation(actor, may):
    article = Article(state=ArticleState.PROPOSED, proposed_for_id=OURS, author_id=UUID(int=5))
    assert [move.name for move in ARTICLE.open_to(article, actor=actor)] == ["withdraw"] * may
