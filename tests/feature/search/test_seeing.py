"""Nobody finds what they may not open: no title, no piece of text, no number."""

from datetime import UTC, datetime

import pytest

from portal.models import CallState
from tests.factories.members import LONG_AGO

#: What each kind of visitor finds of a world in which every text has the same rare word.
FINDS = {
    "stranger": {"Programmes": ["Running"], "Calls": ["Out"], "Organisations": ["Public"]},
    "newcomer": {"Programmes": ["Running"], "Calls": ["Out"], "Organisations": ["Public"]},
    "member": {
        "Programmes": ["Running"],
        "Calls": ["Out"],
        "Organisations": ["Unconfirmed", "Public"],
        "People": ["Member"],
    },
    "member of the public one": {
        "Programmes": ["Running"],
        "Calls": ["Out"],
        "Organisations": ["Public"],
        "People": ["Member of the public one"],
    },
    "programmes": {
        "Programmes": ["Running", "Archived"],
        "Calls": ["Out", "Draft"],
        "Organisations": ["No member", "Unconfirmed", "Unlisted", "Public"],
        "People": ["Member of the public one", "Member"],
    },
    "editor": {
        "Programmes": ["Running"],
        "Calls": ["Out"],
        "Organisations": ["No member", "Unconfirmed", "Unlisted", "Public"],
        "People": ["Member of the public one", "Member"],
    },
    "membership": {
        "Programmes": ["Running"],
        "Calls": ["Out"],
        "Organisations": ["No member", "Unconfirmed", "Unlisted", "Public"],
        "People": ["Membership", "Editor", "Programmes", "Former", "Member of the public one"],
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

    def named(name):
        return {"name": name, "email": f"canary.{name.replace(' ', '.').lower()}@example.org"}

    people = {
        "newcomer": make.Person(**named("Newcomer")),
        "member": make.colleague(hidden, **named("Member")),
        "member of the public one": make.colleague(public, **named("Member of the public one")),
        "former": make.Person(**named("Former")),
        "programmes": make.staff("programmes", **named("Programmes")),
        "editor": make.staff("editor", **named("Editor")),
        "membership": make.staff("membership", **named("Membership")),
    }
    make.Affiliation(person=people["former"], organisation=hidden, ends_at=LONG_AGO)
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
