"""How members propose news about themselves, and what editors answer."""

import pytest
from sqlalchemy import select, update

from portal.models import Affiliation, Article, OutgoingMail
from tests.factories.members import LONG_AGO

WORDS = {
    "title": "We won a prize",
    "standfirst": "For the best subtitles.",
    "body": "In Amsterdam.",
}


@pytest.fixture
def ours(browser, colleague):
    browser.sign_in(colleague)
    return browser


@pytest.fixture
def theirs(another_browser, editor):
    another_browser.sign_in(editor)
    return another_browser


@pytest.fixture
def proposal(ours, session):
    ours.fill("news.propose", WORDS)
    return session.scalars(select(Article)).one()


def subjects(session):
    to_proposer = OutgoingMail.recipient == "kari@fjord.example"
    found = select(OutgoingMail.subject).where(to_proposer)
    return session.scalars(found.order_by(OutgoingMail.created_at, OutgoingMail.id)).all()


def test_a_proposal_is_received_and_stands_on_both_desks(ours, theirs, session, proposal, member):
    assert (proposal.state, proposal.byline) == ("proposed", "Fjord Media")
    assert [each.slug for each in proposal.organisations] == ["fjord-media"]
    assert subjects(session) == ["We received your news: “We won a prize”"]
    page = ours.get("news.proposal", id=proposal.id)
    assert page.select_one(".lead .status").text == "Proposed by a member"
    assert "In Amsterdam." in page.select_one(".prose").text
    assert "Your news: “We won a prize”" in ours.get("site.desk").text
    assert "Review “We won a prize”" in theirs.get("site.desk").text
    assert [a.text for a in ours.get("news.proposals").select(".rows a")] == ["We won a prize"]


def test_each_editor_hears_of_a_proposal_once(ours, make, session, editor):
    second = make.staff("editor")
    make.staff("programmes")
    ours.fill("news.propose", WORDS)
    article = session.scalars(select(Article)).one()
    ours.fill("news.edit_proposal", {"title": "We won two prizes"}, id=article.id)
    letters = session.scalars(select(OutgoingMail)).all()
    told = [each for each in letters if "proposes news" in each.subject]
    assert {each.recipient for each in told} == {editor.email, second.email}
    assert len(told) == 2
    assert told[0].subject == "Fjord Media proposes news: “We won a prize”"
    assert f"/news/manage/{article.id}" in told[0].text


def test_without_editors_those_who_run_the_portal_hear_of_it(ours, make, session):
    head = make.staff("administrator")
    ours.fill("news.propose", WORDS)
    assert (
        session.scalar(select(OutgoingMail.subject).where(OutgoingMail.recipient == head.email))
        == "Fjord Media proposes news: “We won a prize”"
    )


def test_a_title_alone_is_nothing_to_take_up(ours, session):
    page = ours.fill("news.propose", WORDS | {"body": ""}, expect=422)
    assert "Write the story itself." in page.select_one("#body-error").text
    assert page.select_one("#title")["value"] == "We won a prize"
    assert session.scalars(select(Article)).all() == []


def test_a_proposal_is_no_news_yet(ours, proposal):
    ours.get("news.story", slug=proposal.slug, expect=404)
    assert "We won a prize" not in ours.get("news.index").text


def test_a_proposal_becomes_a_story_and_its_proposer_follows_it(ours, theirs, session, proposal):
    theirs.press("news.article", "Take it up", id=proposal.id)
    page = ours.get("news.proposal", id=proposal.id)
    assert page.select_one(".lead .status").text == "Draft"
    theirs.fill("news.edit_text", {"body": "Unpolished words."}, id=proposal.id)
    assert "Unpolished words." not in ours.get("news.proposal", id=proposal.id).text
    theirs.press("news.article", "Send to review", id=proposal.id)
    theirs.fill("news.publish", id=proposal.id)
    page = ours.get("news.proposal", id=proposal.id)
    assert page.select_one(".lead .status").text == "Published"
    assert page.select_one(f"a[href='/news/{proposal.slug}']")
    assert subjects(session) == [
        "We received your news: “We won a prize”",
        "We take up your news: “We won a prize”",
        "Your news is published: “We won a prize”",
    ]


def test_the_page_of_the_organisation_tells_the_outcome_in_its_own_words(
    ours, theirs, member, proposal
):
    theirs.press("news.article", "Take it up", id=proposal.id)
    theirs.fill("news.edit_text", {"title": "A headline of the editors"}, id=proposal.id)
    theirs.press("news.article", "Send to review", id=proposal.id)
    theirs.fill("news.publish", id=proposal.id)
    told = ours.get("members.organisation", slug=member.slug).select_one(".timeline").text
    assert "A headline of the editors" not in told
    for said in ("News proposed", "Taken up by the editors", "Published"):
        assert said in told
    assert told.count("We won a prize") == 3


def test_a_proposal_is_declined_with_a_reason_that_the_proposer_reads(
    ours, theirs, session, proposal
):
    theirs.fill("news.decline", {"reason": ""}, id=proposal.id, expect=422)
    theirs.fill("news.decline", {"reason": "We told it last week."}, id=proposal.id)
    page = ours.get("news.proposal", id=proposal.id)
    assert "We told it last week." in page.text
    assert "In Amsterdam." in page.text
    letter = session.scalars(select(OutgoingMail).order_by(OutgoingMail.created_at.desc())).first()
    assert letter.subject == "About your news: “We won a prize”"
    assert "We told it last week." in letter.text
    assert letter.recipient == "kari@fjord.example"
    theirs.send("news.take_up", id=proposal.id, expect=409)


def test_a_proposal_is_changed_and_withdrawn_until_it_is_answered(ours, theirs, proposal):
    ours.fill("news.edit_proposal", {"title": "We won two prizes"}, id=proposal.id)
    assert "We won two prizes" in theirs.get("site.desk").text
    ours.press("news.proposal", "Withdraw the proposal", id=proposal.id)
    assert proposal.state == "withdrawn"
    ours.get("news.edit_proposal", id=proposal.id, expect=409)
    theirs.send("news.take_up", id=proposal.id, expect=409)


def test_who_may_see_and_change_a_proposal(another_browser, make, member, proposal):
    people = {
        make.colleague(member, "member"): (200, 403),
        make.colleague(member, "representative"): (200, 200),
        make.colleague(make.Organisation()): (404, 404),
        make.staff("programmes"): (404, 404),
        make.staff("editor"): (200, 403),
    }
    for person, (sees, edits) in people.items():
        another_browser.sign_in(person)
        another_browser.get("news.proposal", id=proposal.id, expect=sees)
        another_browser.get("news.edit_proposal", id=proposal.id, expect=edits)


def test_only_members_propose(browser, make, session):
    browser.sign_in(make.colleague(make.Organisation()))
    page = browser.fill("news.propose", WORDS, expect=409)
    assert "Only members propose news" in page.text
    browser.sign_in(make.Person())
    browser.get("news.propose", expect=403)
    assert session.scalars(select(Article)).all() == []


def test_nobody_proposes_for_others(ours, make, session):
    other = make.Organisation()
    answers = WORDS | {"language": "en", "organisation_id": str(other.id)}
    ours.send("news.propose", answers, expect=422)
    assert session.scalars(select(Article)).all() == []


def test_who_left_sees_nothing_of_it_any_more(ours, session, proposal):
    ours.get("news.proposal", id=proposal.id)
    session.execute(update(Affiliation).values(ends_at=LONG_AGO))
    ours.get("news.proposal", id=proposal.id, expect=404)
