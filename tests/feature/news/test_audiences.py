"""For whom a story is: to anybody else it does not exist, on any page and in any file."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from portal.models import Audience, MembershipTier
from tests.factories.members import LONG_AGO

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)
CANARY = "Zanzibarine"


@pytest.fixture
def for_members(make, member):
    return make.story(
        slug="for-members", title=f"{CANARY} title", standfirst=f"{CANARY} standfirst",
        body=f"{CANARY} body", audience=Audience.MEMBERS, organisations=[member],
        tags=[make.Tag(key="sea")], published_at=NOON - timedelta(days=1),
    )  # fmt: skip


@pytest.fixture
def noon(at):
    at(NOON)


def standard(make, organisation, *, rank, **days):
    membership = make.Membership(organisation=organisation)
    tier = make.MembershipTier(code=f"rank-{rank}", rank=rank)
    given = {"from_on": date(2020, 1, 1), "to_on": date(2040, 1, 1)} | days
    make.MembershipPeriod(membership=membership, tier=tier, **given)
    return membership


PLACES = (
    "/news", "/news/tags/sea", "/news/members/fjord-media", "/", "/sitemap.xml",
    "/news/feed.rss", "/news/feed.atom", "/news/feed.json", "/news/tags/sea/feed.atom",
    "/news/members/fjord-media/feed.json", "/members/fjord-media",
)  # fmt: skip


@pytest.mark.usefixtures("noon", "for_members")
@pytest.mark.parametrize("path", PLACES)
def test_a_stranger_reads_no_word_of_it_anywhere(browser, session, path):
    session.commit()
    response = browser.client.get(path)
    assert response.status_code == 200
    assert CANARY not in response.text
    assert "for-members" not in response.text


@pytest.mark.usefixtures("noon", "for_members")
def test_a_stranger_cannot_tell_it_from_what_never_was(browser, session):
    session.commit()
    there, never = (browser.client.get(f"/news/{name}") for name in ("for-members", "never-was"))
    assert (there.status_code, never.status_code) == (404, 404)
    assert there.text.replace("for-members", "") == never.text.replace("never-was", "")


@pytest.mark.usefixtures("noon", "for_members")
def test_people_of_a_member_read_it(browser, colleague):
    browser.sign_in(colleague)
    assert browser.get("news.story", slug="for-members").h1.text == f"{CANARY} title"
    row = browser.get("news.index").select_one(".rows li")
    assert CANARY in row.text
    assert "For members" in row.text
    assert CANARY in browser.get("members.show", slug="fjord-media").text


@pytest.mark.usefixtures("noon", "for_members")
@pytest.mark.parametrize("role", ["programmes", "events", "membership", "editor", "administrator"])
def test_everybody_who_works_for_the_cluster_reads_it(browser, make, role):
    browser.sign_in(make.staff(role))
    browser.get("news.story", slug="for-members")


@pytest.mark.usefixtures("noon", "for_members")
def test_people_without_a_current_membership_do_not_read_it(browser, make):
    never, lapsed, ended, suspended, future = (make.Organisation() for _ in range(5))
    standard(make, lapsed, rank=2, to_on=date(2026, 1, 9))  # sixty days of grace are over today
    standard(make, suspended, rank=3).suspended_from = date(2026, 3, 1)
    standard(make, future, rank=4, from_on=date(2026, 3, 11))
    gone = standard(make, ended, rank=5)
    gone.ends_on, gone.end_reason = date(2026, 3, 10), "resigned"
    for organisation in (never, lapsed, suspended, future, ended):
        browser.sign_in(make.colleague(organisation))
        browser.get("news.story", slug="for-members", expect=404)
        assert CANARY not in browser.get("news.index").text


@pytest.mark.usefixtures("noon", "for_members")
def test_in_its_days_of_grace_a_member_still_reads(browser, make):
    late = make.Organisation()
    standard(make, late, rank=2, to_on=date(2026, 1, 10))
    browser.sign_in(make.colleague(late))
    browser.get("news.story", slug="for-members")


@pytest.mark.usefixtures("noon", "for_members")
def test_who_left_a_member_or_never_proved_an_address_reads_nothing(browser, make, member):
    left = make.Person()
    make.Affiliation(person=left, organisation=member, ends_at=LONG_AGO)
    for person in (left, make.colleague(member, verified_at=None)):
        browser.sign_in(person)
        browser.get("news.story", slug="for-members", expect=404)


@pytest.fixture
def by_rank(make):
    """People of a member in each of three tiers, the highest first."""
    people = []
    for rank in (1, 2, 3):
        organisation = make.Organisation()
        standard(make, organisation, rank=rank)
        people.append(make.colleague(organisation))
    return people


@pytest.mark.usefixtures("noon")
def test_a_story_for_a_tier_is_for_that_tier_and_those_above(browser, make, session, by_rank):
    tier = session.scalar(select(MembershipTier).where(MembershipTier.rank == 2))
    make.story(
        slug="for-a-tier", audience=Audience.TIER, tier_id=tier.id,
        published_at=NOON - timedelta(days=1),
    )  # fmt: skip
    for person, status in zip(by_rank, (200, 200, 404), strict=True):
        browser.sign_in(person)
        browser.get("news.story", slug="for-a-tier", expect=status)


@pytest.mark.usefixtures("noon")
def test_who_changed_to_a_lower_tier_reads_as_that_tier_at_once(browser, make):
    firm = make.Organisation()
    membership = standard(make, firm, rank=1, to_on=date(2026, 3, 1))
    low = make.MembershipTier(code="low", rank=3)
    make.MembershipPeriod(
        membership=membership, tier=low, from_on=date(2026, 3, 1), to_on=date(2027, 3, 1)
    )
    gold = make.MembershipTier(code="mid", rank=2)
    make.story(
        slug="for-gold", audience=Audience.TIER, tier_id=gold.id,
        published_at=NOON - timedelta(days=1),
    )  # fmt: skip
    browser.sign_in(make.colleague(firm))
    browser.get("news.story", slug="for-gold", expect=404)
