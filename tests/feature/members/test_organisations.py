"""How organisations come to exist, change and are shown."""

from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import func, select

from portal.models import (
    Affiliation,
    AffiliationRole,
    AuditEvent,
    JoinRequest,
    NumberKind,
    Organisation,
    RequestState,
    StoredFile,
)
from tests.feature.members.conftest import FACTS, NUMBER
from tests.support.statements import heard


@pytest.fixture
def founder(make, browser):
    person = make.Person(name="Ingrid Lie")
    browser.sign_in(person)
    return person


def begin(browser, kind="norwegian", number=NUMBER, country="NO", expect=302):
    answers = {"number_kind": kind, "number": number, "country": country}
    page = browser.fill("members.new_organisation", answers, expect=expect)
    return browser.response.location or page


def send(browser, address, answers, expect=302):
    page = browser.open("GET", address)
    token = page.select_one("main [name=csrf_token]")["value"]
    return browser.open("POST", address, data={"csrf_token": token} | answers, expect=expect)


def test_a_founder_registers_an_organisation_and_administers_it(browser, session, founder):
    address = begin(browser)
    send(browser, address, FACTS)
    organisation = session.scalar(select(Organisation))
    assert browser.response.location == "/organisations/nordlys-robotics"
    assert (organisation.number, organisation.country, organisation.confirmed_at) == (
        "923609016",
        "NO",
        None,
    )
    grant = session.scalar(select(Affiliation))
    assert (grant.person_id, grant.role) == (founder.id, AffiliationRole.ADMINISTRATOR)
    page = browser.get("members.organisation", slug="nordlys-robotics")
    assert "Not confirmed yet" in page.text
    assert "923\u00a0609\u00a0016" in page.text
    [told] = session.scalars(select(AuditEvent)).all()
    assert (told.action, told.organisation_id) == ("organisation.created", organisation.id)


@pytest.mark.parametrize(
    ("kind", "number", "country", "reason"),
    [
        ("norwegian", "923609017", "NO", "not a Norwegian organisation number"),
        ("norwegian", "92360901", "NO", "not a Norwegian organisation number"),
        ("norwegian", "", "NO", "Write the number"),
        ("foreign", "5560125790", "NO", "country other than Norway"),
        ("foreign", "§", "SE", "Write the number as your register gives it"),
    ],
)
def test_a_wrong_number_is_explained(browser, founder, kind, number, country, reason):
    page = begin(browser, kind, number, country, expect=422)
    assert reason in page.select_one("#number-error").text


@pytest.mark.parametrize(
    ("kind", "number", "country", "kept"),
    [
        ("foreign", " 556012-5790 ", "SE", ("556012-5790", "SE")),
        ("none", "", "DK", (None, "DK")),
        ("norwegian", "NO 923 609 016 MVA", "NO", ("923609016", "NO")),
    ],
)
def test_numbers_are_kept_in_one_way(browser, session, founder, kind, number, country, kept):
    send(browser, begin(browser, kind, number, country), FACTS)
    organisation = session.scalar(select(Organisation))
    assert (organisation.number, organisation.country) == kept


def test_two_organisations_of_one_name_get_two_addresses(browser, session, founder):
    for _ in range(2):
        send(browser, begin(browser, "none", ""), FACTS)
    send(browser, begin(browser, "none", ""), FACTS | {"display_name": "New"})
    assert set(session.scalars(select(Organisation.slug))) == {
        "nordlys-robotics",
        "nordlys-robotics-2",
        "new-2",
    }


def test_a_number_that_is_here_leads_to_asking(browser, session, make, founder, letters):
    there = make.Organisation(
        number_kind=NumberKind.NORWEGIAN, number="923609016", confirmed_at=None
    )
    boss = make.colleague(there)
    address = begin(browser)
    assert address == "/organisations/join/NO/923609016"
    send(browser, address, {"message": "I work here"})
    row = session.scalar(select(JoinRequest))
    assert (row.person_id, row.state) == (founder.id, RequestState.OPEN)
    assert "asks to join" in letters(boss.email)[0].subject
    send(browser, address, {"message": "again"}, expect=409)
    # The step that asks for the number cannot be skipped.
    details = "/organisations/new/details?kind=norwegian&number=923609016&country=NO"
    send(browser, details, FACTS, expect=422)
    assert session.scalar(select(func.count()).select_from(Organisation)) == 1


def test_an_administrator_lets_somebody_in(browser, session, make):
    row = make.JoinRequest(message="I am new in sales")
    browser.sign_in(make.colleague(row.organisation))
    page = browser.get("members.people", slug=row.organisation.slug)
    assert "I am new in sales" in page.text
    browser.fill("members.answer_request", {"role": "representative"}, id=row.id)
    session.rollback()
    found = select(Affiliation.role).where(Affiliation.person_id == row.person_id)
    assert session.scalar(found) is AffiliationRole.REPRESENTATIVE
    browser.send("members.answer_request", {"role": "member"}, id=row.id, expect=409)


def test_a_request_can_be_declined_and_withdrawn(browser, session, make, letters):
    row, mine = make.JoinRequest(), make.JoinRequest()
    browser.sign_in(make.staff("membership"))
    browser.press("members.answer_request", "Decline", id=row.id)
    assert row.state is RequestState.DECLINED
    assert "did not let you join" in letters(row.person.email)[0].subject
    browser.sign_in(mine.person)
    browser.send("members.withdraw_request", id=mine.id)
    assert mine.state is RequestState.WITHDRAWN


@pytest.mark.parametrize(
    ("role", "seen", "answered"),
    [("member", 403, 403), ("representative", 403, 403), (None, 404, 404)],
)
def test_who_may_not_answer_a_request(browser, make, role, seen, answered):
    row = make.JoinRequest()
    person = make.colleague(row.organisation, role) if role else make.Person()
    browser.sign_in(person)
    browser.get("members.answer_request", id=row.id, expect=seen)
    browser.send("members.answer_request", {"role": "member"}, id=row.id, expect=answered)


def picture():
    content = BytesIO()
    Image.new("RGB", (40, 20), "teal").save(content, "PNG")
    return BytesIO(content.getvalue()), "logo.png"


def test_an_administrator_changes_the_page(browser, session, make, shown):
    organisation = shown(shows_size=False, display_name="Nordlys", slug="nordlys")
    make.Tag(key="robots")
    browser.sign_in(make.colleague(organisation))
    answers = FACTS | {"tags": ["robots"], "listed": "y", "shows_people": "y", "logo": picture()}
    browser.fill("members.edit_organisation", answers, slug=organisation.slug)
    assert organisation.display_name == "Nordlys"  # another name waits for staff
    assert organisation.place == "Bodø"
    assert [tag.key for tag in organisation.tags] == ["robots"]
    assert not organisation.shows_size
    assert session.scalar(select(StoredFile.media_type)) == "image/webp"
    page = browser.get("members.preview", slug=organisation.slug)
    assert "This is how everybody sees you" in page.text
    assert page.select_one(".prose strong").text == "outdoors"
    browser.sign_out()
    public = browser.get("members.show", slug=organisation.slug)
    browser.open("GET", public.select_one("main img")["src"])
    assert "Fewer than 10" not in public.text


def test_of_two_who_edit_the_second_sees_both_and_loses_nothing(browser, make):
    organisation = make.Organisation(display_name="Before", confirmed_at=None)
    browser.sign_in(make.colleague(organisation))
    where = {"slug": organisation.slug}
    page = browser.get("members.edit_organisation", **where)
    version = page.select_one("main [name=edited_version]")["value"]
    browser.fill("members.edit_organisation", FACTS | {"display_name": "First"}, **where)
    mine = FACTS | {"display_name": "Second", "edited_version": version}
    page = browser.send("members.edit_organisation", mine, expect=409, **where)
    assert "First" in page.select_one(".theirs").text
    assert page.select_one("#display_name")["value"] == "Second"


@pytest.mark.parametrize("website", ["javascript:alert(1)", "ftp://files.example", "nordlys"])
def test_only_addresses_on_the_web_are_linked(browser, make, website):
    organisation = make.Organisation()
    browser.sign_in(make.colleague(organisation))
    answers = FACTS | {"website": website}
    page = browser.fill("members.edit_organisation", answers, expect=422, slug=organisation.slug)
    assert "https://" in page.select_one("#website-error").text


@pytest.mark.parametrize("typed", ["nordlys.example/om", "www.nordlys.example"])
def test_how_an_address_on_the_web_begins_need_not_be_written(browser, session, make, typed):
    organisation = make.Organisation()
    browser.sign_in(make.colleague(organisation))
    where = {"slug": organisation.slug}
    browser.fill("members.edit_organisation", FACTS | {"website": typed}, expect=302, **where)
    session.refresh(organisation)
    assert organisation.website == f"https://{typed}"


def test_who_registers_is_asked_for_little_and_sees_the_rest_where_something_is_wrong(
    browser, founder
):
    address = begin(browser)
    more = browser.open("GET", address).select_one("main details")
    assert more.select_one("#description")
    assert not more.select_one("#display_name")
    assert not more.has_attr("open")
    page = send(browser, address, FACTS | {"standfirst": "s" * 201}, expect=422)
    assert page.select_one("main details").has_attr("open")


def test_what_a_form_does_not_ask_is_not_taken(browser, make):
    organisation = make.Organisation(confirmed_at=None)
    browser.sign_in(make.colleague(organisation))
    answers = FACTS | {"confirmed_at": "2026-01-01", "number": "1", "slug": "mine", "version": "9"}
    slug = organisation.slug
    browser.fill("members.edit_organisation", answers, slug=slug)
    assert (organisation.confirmed_at, organisation.number, organisation.slug) == (None, None, slug)


@pytest.mark.parametrize(
    ("who", "seen", "edited"),
    [
        ("administrator", 200, 200),
        ("representative", 200, 403),
        ("member", 200, 403),
        ("membership staff", 200, 200),
        ("programme staff", 200, 403),
        ("stranger", 404, 404),
    ],
)
def test_who_sees_and_who_edits_an_organisation(browser, make, who, seen, edited):
    organisation = make.Organisation()
    people = {
        "membership staff": lambda: make.staff("membership"),
        "programme staff": lambda: make.staff("programmes"),
        "stranger": make.Person,
    }
    person = people[who]() if who in people else make.colleague(organisation, who)
    browser.sign_in(person)
    for endpoint in ("organisation", "people", "preview"):
        browser.get(f"members.{endpoint}", slug=organisation.slug, expect=seen)
    browser.get("members.edit_organisation", slug=organisation.slug, expect=edited)


def test_a_stranger_signs_in_first(browser, make):
    browser.get("members.organisation", slug=make.Organisation().slug, expect=401)


@pytest.mark.parametrize("page", ["organisation", "people", "preview", "edit_organisation"])
def test_pages_of_an_organisation_stay_within_their_budget(browser, make, shown, page):
    organisation = shown(shows_people=True)
    boss = make.colleague(organisation)
    for _ in range(3):
        make.colleague(organisation, "member")
        make.Invitation(organisation=organisation, invited_by=boss)
        make.JoinRequest(organisation=organisation)
        organisation.tags.append(make.Tag())
    browser.sign_in(boss)
    slug = organisation.slug
    with heard() as statements:
        browser.get(f"members.{page}", slug=slug)
    assert len(statements) <= 8, statements


def test_every_page_of_the_room_speaks_norwegian(browser, make, shown):
    organisation = shown()
    browser.sign_in(make.colleague(organisation))
    browser.language = "nb"
    for page in ("organisation", "people", "preview", "edit_organisation", "invite"):
        browser.get(f"members.{page}", slug=organisation.slug)
    for page in ("account", "change_password", "new_organisation", "register", "directory"):
        browser.get(f"members.{page}")
