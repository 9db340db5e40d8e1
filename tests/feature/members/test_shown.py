"""What is shown of people: the same on every page, to every kind of visitor."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.models import PersonState, PersonVisibility, Reach

#: What each kind of visitor sees by each choice; the first letter of the choice. By hand.
NAME = {
    "stranger": "p", "newcomer": "p", "member": "mp", "colleague": "smp",
    "representative": "smp", "staff": "smp", "oneself": "smp",
}  # fmt: skip
EMAIL = {
    "stranger": "p", "newcomer": "p", "member": "mp", "colleague": "mp",
    "representative": "smp", "staff": "smp", "oneself": "smp",
}  # fmt: skip
PHONE = {
    "stranger": "p", "newcomer": "p", "member": "mp", "colleague": "mp",
    "representative": "mp", "staff": "smp", "oneself": "smp",
}  # fmt: skip
KINDS = tuple(NAME)
ADDRESS, NUMBER, CALLED = "kari.hidden@example.org", "+47 99887766", "Kari Findable"


@pytest.fixture
def world(make, shown):
    """A company that shows its people, Kari in it, and one of every kind of visitor."""
    firm = shown(shows_people=True, display_name="Firm", slug="firm")
    kari = make.colleague(firm, "member", name=CALLED, email=ADDRESS, phone=NUMBER)
    visitors = {
        "stranger": None,
        "newcomer": make.Person(),
        "member": make.colleague(shown()),
        "colleague": make.colleague(firm, "member"),
        "representative": make.colleague(firm, "representative"),
        "staff": make.staff("events"),
        "oneself": kari,
    }
    return {"firm": firm, "kari": kari, "visitors": visitors}


def choose(session, person, **chosen):
    session.query(PersonVisibility).delete()
    if chosen:
        session.add(PersonVisibility(person_id=person.id, **chosen))
    session.commit()


def enter(browser, world, kind):
    visitor = world["visitors"][kind]
    browser.sign_out()
    if visitor is not None:
        browser.sign_in(visitor)


def letter(reach):
    return reach.value[0]


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    kind=st.sampled_from(KINDS),
    name=st.sampled_from(list(Reach)),
    email=st.sampled_from(list(Reach)),
    phone=st.sampled_from(list(Reach)),
)
def test_every_page_shows_exactly_what_was_chosen(
    browser, session, world, kind, name, email, phone
):
    kari, firm = world["kari"], world["firm"]
    choose(session, kari, name=name, email=email, phone=phone)
    enter(browser, world, kind)
    sees = letter(name) in NAME[kind]
    expected = {
        CALLED: sees,
        ADDRESS: sees and letter(email) in EMAIL[kind],
        NUMBER: sees and letter(phone) in PHONE[kind],
    }
    page = browser.get("members.somebody", id=kari.id, expect=200 if sees else 404)
    told = page.main.text if sees else ""
    assert {text: text in told for text in expected} == expected
    public = browser.get("members.show", slug=firm.slug).main.text
    assert (CALLED in public, ADDRESS in public, NUMBER in public) == (sees, False, False)
    belongs = kind in {"colleague", "representative", "staff", "oneself"}
    listed = browser.get("members.people", slug=firm.slug, expect={200, 401, 404})
    assert (browser.response.status_code == 200) is belongs
    if belongs:
        assert {text: text in listed.main.text for text in expected} == expected


@pytest.mark.parametrize(
    ("kind", "sees"),
    [("stranger", False), ("newcomer", False), ("member", True), ("colleague", True)],
)
def test_who_chose_nothing_is_known_to_members_by_name_alone(browser, world, kind, sees):
    enter(browser, world, kind)
    kari = world["kari"]
    page = browser.get("members.somebody", id=kari.id, expect=200 if sees else 404)
    assert ADDRESS not in page.text
    assert NUMBER not in page.text
    assert (CALLED in browser.get("members.show", slug="firm").main.text) is sees


@pytest.mark.parametrize("kind", ["member", "colleague", "representative"])
@pytest.mark.parametrize("words", [ADDRESS, NUMBER])
def test_the_search_finds_nobody_by_what_is_for_staff(browser, session, world, kind, words):
    session.commit()
    enter(browser, world, kind)
    page = browser.open("GET", f"/search?q={words.replace('+', '%2B').replace(' ', '+')}")
    assert CALLED not in page.main.text
    assert ADDRESS not in page.main.select_one("ul, ol, p").text


def test_people_look_at_their_page_as_others_do(browser, session, world):
    kari = world["kari"]
    browser.sign_in(kari)
    answers = {"show_name": "members", "show_email": "public", "show_phone": "staff"}
    browser.fill("members.shown", answers)
    page = browser.get("members.shown_as", viewer="public")
    assert "You are not shown" in page.text
    page = browser.get("members.shown_as", viewer="member")
    assert (ADDRESS in page.main.text, NUMBER in page.main.text) == (True, False)
    page = browser.get("members.shown_as", viewer="staff")
    assert NUMBER in page.main.text
    browser.get("members.shown_as", viewer="nonsense")
    page = browser.fill("members.shown", {"show_name": "nobody"}, expect=422)


def test_an_organisation_looks_at_its_page_as_others_do(browser, session, world):
    choose(session, world["kari"], name=Reach.MEMBERS)
    browser.sign_in(world["visitors"]["representative"])
    page = browser.get("members.preview", slug="firm", viewer="public")
    assert CALLED not in page.main.text
    page = browser.get("members.preview", slug="firm", viewer="member")
    assert CALLED in page.main.text
    browser.get("members.preview", slug="firm", viewer="staff")


def test_colleagues_are_registered_without_what_is_for_staff(browser, make, world):
    event = make.Event()
    make.ticket(event)
    browser.sign_in(world["visitors"]["representative"])
    page = browser.get("events.register", slug=event.slug)
    assert NUMBER not in str(page)


def test_a_page_of_somebody_blocked_is_not_there(browser, session, world):
    kari = world["kari"]
    choose(session, kari, name=Reach.PUBLIC)
    browser.sign_out()
    browser.get("members.somebody", id=kari.id)
    assert "Set-Cookie" not in browser.response.headers
    kari.state = PersonState.BLOCKED
    browser.get("members.somebody", id=kari.id, expect=404)
