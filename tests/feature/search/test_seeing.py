"""Nobody finds what they may not open: no title, no piece of text, no number."""

from datetime import UTC, datetime

import pytest

from portal.models import Audience, CallState
from tests.factories.base import days
from tests.factories.members import LONG_AGO

#: What each kind of visitor finds of a world in which every text has the same rare word.
FINDS = {
    "stranger": {
        "Events": ["Open"],
        "News": ["For all"],
        "Programmes": ["Running"],
        "Calls": ["Out"],
        "Organisations": ["Public"],
    },
    "newcomer": {
        "Events": ["Open"],
        "News": ["For all"],
        "Programmes": ["Running"],
        "Calls": ["Out"],
        "Organisations": ["Public"],
    },
    "member": {
        "Events": ["Open"],
        "News": ["For members", "For all"],
        "Programmes": ["Running"],
        "Calls": ["Out"],
        "Organisations": ["Unconfirmed", "Public"],
        "People": ["Member"],
    },
    "member of the public one": {
        "Events": ["Open"],
        "News": ["For members", "For all"],
        "Programmes": ["Running"],
        "Calls": ["Out"],
        "Organisations": ["Public"],
        "People": ["Member of the public one"],
    },
    "programmes": {
        "Events": ["Open"],
        "News": ["For gold", "For members", "For all"],
        "Programmes": ["Running", "Archived"],
        "Calls": ["Out", "Draft"],
        "Organisations": ["No member", "Unconfirmed", "Unlisted", "Public"],
        "People": ["Member of the public one", "Member"],
    },
    "editor": {
        "Events": ["Open"],
        "News": ["For gold", "For members", "For all"],
        "Programmes": ["Running"],
        "Calls": ["Out"],
        "Organisations": ["No member", "Unconfirmed", "Unlisted", "Public"],
        "People": ["Member of the public one", "Member"],
    },
    "events": {
        "Events": ["Planned", "Open"],
        "News": ["For gold", "For members", "For all"],
        "Programmes": ["Running"],
        "Calls": ["Out"],
        "Organisations": ["No member", "Unconfirmed", "Unlisted", "Public"],
        "People": ["Member of the public one", "Member"],
    },
    "membership": {
        "Events": ["Open"],
        "News": ["For gold", "For members", "For all"],
        "Programmes": ["Running"],
        "Calls": ["Out"],
        "Organisations": ["No member", "Unconfirmed", "Unlisted", "Public"],
        "People": ["Membership", "Events", "Editor", "Programmes", "Former"],
    },
}


@pytest.fixture
def world(make, shown):
    """Something hidden and something public of every kind, all with one word."""
    word = {"standfirst": "Canary.", "description": "A canary."}
    public = shown(display_name="Public", slug="public", **word)
    shown(display_name="Unlisted", slug="unlisted", listed=False, **word)
    hidden = shown(display_name="Unconfirmed", slug="unconfirmed", confirmed_at=None, **word)
    make.Organisation(display_name="No member", slug="no-member", **word)
    texts = {"text_en": "A canary.", "text_nb": "En canary."}
    make.Programme(name_en="Archived", name_nb="Gammelt", archived_at=LONG_AGO, **texts)
    programme = make.Programme(name_en="Running", name_nb="Løper", **texts)
    draft = {"state": CallState.DRAFT, "published_at": None}
    make.Call(title_en="Draft", title_nb="Utkast", programme=programme, **draft, **texts)
    make.Call(title_en="Out", title_nb="Ute", programme=programme, **texts)

    make.Event(title_en="Open", title_nb="Åpen", **texts)
    make.Event(title_en="Planned", title_nb="Planlagt", draft=True, **texts)
    make.story(title="For all", body="A canary.")
    make.story(title="For members", body="A canary.", audience=Audience.MEMBERS)
    gold = make.MembershipTier(code="better", rank=0)
    make.story(title="For gold", body="A canary.", audience=Audience.TIER, tier_id=gold.id)
    make.article(title="Draft", body="A canary.")
    make.story(title="Tomorrow", body="A canary.", published_at=days(1))

    def named(name):
        return {"name": name, "email": f"canary.{name.replace(' ', '.').lower()}@example.org"}

    people = {
        "newcomer": make.Person(**named("Newcomer")),
        "member": make.Person(**named("Member")),
        "member of the public one": make.Person(**named("Member of the public one")),
        "former": make.Person(**named("Former")),
        "programmes": make.staff("programmes", **named("Programmes")),
        "editor": make.staff("editor", **named("Editor")),
        "events": make.staff("events", **named("Events")),
        "membership": make.staff("membership", **named("Membership")),
    }
    # Colleagues are found by name and title; addresses are for whom people show them to.
    titled = {"title": "Canary keeper"}
    make.Affiliation(person=people["member"], organisation=hidden, **titled)
    make.Affiliation(person=people["member of the public one"], organisation=public, **titled)
    make.Affiliation(person=people["former"], organisation=hidden, ends_at=LONG_AGO, **titled)
    return people


@pytest.mark.parametrize("kind", FINDS)
def test_everybody_finds_what_they_may_open_and_nothing_else(browser, find, index, world, kind):
    index()
    if kind != "stranger":
        browser.sign_in(world[kind])
    assert find("canary") == FINDS[kind]


@pytest.mark.parametrize("kind", FINDS)
def test_every_result_opens(browser, index, world, kind):
    index()
    if kind != "stranger":
        browser.sign_in(world[kind])
    page = browser.get("search.results", q="canary")
    links = [link["href"] for link in page.select("main li a")]
    assert links
    for link in links:
        browser.open("GET", link)


def test_a_membership_that_ended_ends_being_found_by_itself(at, find, index, shown):
    public = shown(display_name="Public", standfirst="Canary.")
    index()
    assert find("canary") == {"Organisations": ["Public"]}
    at(datetime(2031, 1, 1, tzinfo=UTC))
    assert public.confirmed_at
    assert find("canary") == {}


def test_news_is_found_from_its_instant_and_no_longer_than_it_is_out(at, find, index, make):
    make.story(title="Tomorrow", body="A canary.", published_at=days(1))
    index()
    assert find("canary") == {}
    at(days(2))
    assert find("canary") == {"News": ["Tomorrow"]}
