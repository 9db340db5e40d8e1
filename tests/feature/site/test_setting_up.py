"""The first visit to an empty portal."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import func, select

from portal.cli.setup import fresh_code
from portal.core import clock
from portal.extensions import db
from portal.models import (
    AuditEvent,
    Cluster,
    OneTimeToken,
    Page,
    PageRevision,
    Person,
    StaffGrant,
    StaffRole,
)
from portal.platform import passwords
from tests.support.browser import Browser

PASSWORD = "four unlikely otters sing"
ANSWERS = {
    "name": "Fjord Media Cluster",
    "place": "Bergen",
    "sender_address": "Post@Fjord.example",
    "language": "nb",
    "zone": "Europe/Oslo",
    "person_name": "Ada Admin",
    "email": "Ada@Fjord.example",
    "password": PASSWORD,
    "again": PASSWORD,
}


@pytest.fixture
def visitor(empty):
    return Browser(empty)


@pytest.fixture
def code(empty):
    with empty.app_context():
        return fresh_code(now=clock.now())


def kept(app, *selects):
    with app.app_context():
        return [db.session.scalar(found) for found in selects]


def test_every_page_of_an_empty_portal_leads_to_where_it_is_opened(visitor):
    for path in ("/", "/desk", "/about", "/privacy", "/admin", "/mailbox", "/sitemap.xml"):
        page = visitor.open("GET", path)
        assert page.h1.text == "This portal is new and empty"
        assert page.select_one("main a")["href"] == "/setup"
        assert visitor.response.headers["Cache-Control"] == "no-store"
        assert "Set-Cookie" not in visitor.response.headers


def test_an_empty_portal_speaks_norwegian_too(visitor):
    visitor.language = "nb"
    visitor.open("GET", "/")
    visitor.open("GET", "/setup")


def test_the_code_opens_the_portal_and_makes_the_first_administrator(visitor, code, empty):
    visitor.fill("site.setup", ANSWERS | {"code": code})
    assert visitor.response.headers["Location"] == "/desk"
    visitor.language = "nb"
    assert visitor.get("site.desk").h1.text.endswith("Ada")
    assert visitor.get("site.page", key="privacy").text.count("Fjord Media Cluster")
    with empty.app_context():
        cluster = db.session.scalars(select(Cluster)).one()
        assert (cluster.name, cluster.place, cluster.language, cluster.zone, cluster.demo) == (
            "Fjord Media Cluster",
            "Bergen",
            "nb",
            "Europe/Oslo",
            False,
        )
        assert cluster.sender_address == "post@fjord.example"
        person = db.session.scalars(select(Person)).one()
        assert (person.email, person.language) == ("ada@fjord.example", "nb")
        assert person.verified_at
        assert passwords.fits(person.password_hash, PASSWORD)
        grant = db.session.scalars(select(StaffGrant)).one()
        assert (grant.person_id, grant.role) == (person.id, StaffRole.ADMINISTRATOR)
        events = db.session.scalars(select(AuditEvent)).all()
        assert [(event.action, event.actor_id) for event in events] == [
            ("cluster.set_up", person.id)
        ]
        assert set(db.session.scalars(select(Page.key))) == {
            "home",
            "about",
            "contact",
            "privacy",
            "terms",
            "accessibility",
        }
    visitor.get("site.admin")


def test_the_first_pages_have_no_gaps_left(visitor, code, empty):
    visitor.fill("site.setup", ANSWERS | {"code": code})
    with empty.app_context():
        for row in db.session.scalars(select(PageRevision)):
            for text in (row.title_en, row.title_nb, row.body_en, row.body_nb):
                assert not re.search(r"\[(cluster|address|in_place)\](?!\()", text), row.page_key
                assert text


def test_the_code_from_the_link_in_the_terminal_is_filled_in(visitor):
    page = visitor.open("GET", "/setup?code=abcde-fghjk")
    assert page.select_one("input[name=code]")["value"] == "abcde-fghjk"


def test_a_wrong_code_opens_nothing(visitor, code, empty):
    page = visitor.fill("site.setup", ANSWERS | {"code": "wrong"}, expect=422)
    assert "This code does not open the portal." in page.text
    assert page.select_one("input[name=name]")["value"] == "Fjord Media Cluster"
    assert kept(empty, select(func.count(Cluster.id)), select(func.count(Person.id))) == [0, 0]


def test_a_code_works_for_a_week(visitor, code, at, empty):
    at(datetime.now(UTC) + timedelta(days=7, minutes=1))
    visitor.fill("site.setup", ANSWERS | {"code": code}, expect=422)
    assert kept(empty, select(func.count(Cluster.id))) == [0]


def test_only_the_newest_code_works(visitor, code, empty):
    with empty.app_context():
        fresh_code(now=clock.now())
    visitor.fill("site.setup", ANSWERS | {"code": code}, expect=422)


def test_codes_cannot_be_guessed_for_long(visitor, code):
    for _ in range(10):
        visitor.fill("site.setup", ANSWERS | {"code": "guess"}, expect=422)
    visitor.fill("site.setup", ANSWERS | {"code": code}, expect=429)
    assert int(visitor.response.headers["Retry-After"]) <= 301


@pytest.mark.parametrize(
    ("field", "answer", "words"),
    [
        ("name", "", "Write what the cluster is called."),
        ("sender_address", "nobody", "Write a whole e-mail address."),
        ("email", "nobody@", "Write a whole e-mail address."),
        ("person_name", " ", "Write your name."),
        ("password", "short", "12"),
        ("password", "password1234", "guessed"),
        ("password", "fjord media otters sing", "“fjord”"),
        ("again", "something else", "The two passwords differ."),
        ("zone", "Mars/Olympus", ""),
        ("language", "xx", ""),
    ],
)
def test_a_wrong_answer_is_told_at_its_field(visitor, code, empty, field, answer, words):
    page = visitor.fill("site.setup", ANSWERS | {"code": code, field: answer}, expect=422)
    box = page.select_one(f"main [name={field}]")
    assert box["aria-invalid"] == "true"
    told = page.select_one(f"#{box['aria-describedby'].split()[-1]}") or page
    assert words in page.text, told
    assert kept(empty, select(func.count(Cluster.id)), select(func.count(Person.id))) == [0, 0]


def test_a_portal_is_opened_once(visitor, code, empty):
    stale = Browser(empty)
    late = filled(stale.open("GET", "/setup"))
    visitor.fill("site.setup", ANSWERS | {"code": code})
    page = stale.open("POST", "/setup", data=late | ANSWERS | {"code": code}, expect=409)
    assert "This portal has been set up already." in page.text
    stale.open("GET", "/setup", expect=409)
    assert kept(
        empty,
        select(func.count(Cluster.id)),
        select(func.count(Person.id)),
        select(func.count(OneTimeToken.id)).where(OneTimeToken.used_at.is_(None)),
    ) == [1, 1, 0]


def filled(page: BeautifulSoup) -> dict[str, str]:
    return {box["name"]: box["value"] for box in page.select("main input[type=hidden]")}


def test_an_administrator_changes_the_details_later(browser, make, session):
    admin = make.staff("administrator")
    browser.sign_in(admin)
    browser.fill("site.edit_cluster", {"name": "Kystklyngen", "place": "Ålesund"})
    assert "Kystklyngen" in browser.get("site.home").title.text
    [event] = session.scalars(select(AuditEvent).where(AuditEvent.action == "cluster.changed"))
    assert (event.actor_id, event.details) == (admin.id, {"changed": ["name", "place"]})


def test_two_administrators_at_once_see_both_names(browser, another_browser, make):
    browser.sign_in(make.staff("administrator"))
    another_browser.sign_in(make.staff("administrator"))
    version = browser.get("site.edit_cluster").select_one("input[name=edited_version]")["value"]
    another_browser.fill("site.edit_cluster", {"name": "Theirs"})
    mine = {
        "name": "Mine", "sender_address": "a@b.example", "language": "en", "zone": "Europe/Oslo",
        "edited_version": version,
    }  # fmt: skip
    page = browser.send("site.edit_cluster", mine, expect=409)
    assert page.select_one("input[name=name]")["value"] == "Mine"
    assert "Theirs" in page.select_one("main").text


@pytest.mark.parametrize("role", ["programmes", "events", "membership", "editor"])
def test_only_administrators_change_the_details(browser, make, role):
    browser.sign_in(make.staff(role))
    browser.get("site.edit_cluster", expect=403)
    browser.send("site.edit_cluster", {"name": "Mine"}, expect=403)


def test_the_logo_is_drawn_anew_and_seen_by_everybody(browser, make, session):
    from io import BytesIO  # noqa: PLC0415 - here alone

    from PIL import Image  # noqa: PLC0415 - heavy

    picture = BytesIO()
    Image.new("RGB", (40, 20), "#0b6b66").save(picture, "PNG")
    browser.sign_in(make.staff("administrator"))
    answers = {"logo": (BytesIO(picture.getvalue()), "logo.png")}
    browser.fill("site.edit_cluster", answers)
    browser.sign_out()
    logo = browser.get("site.home").select_one("header img")["src"]
    assert browser.client.get(logo).content_type == "image/webp"


def test_a_logo_must_be_a_picture(browser, make):
    from io import BytesIO  # noqa: PLC0415 - here alone

    browser.sign_in(make.staff("administrator"))
    answers = {"logo": (BytesIO(b"<svg onload='alert(1)'/>"), "logo.png")}
    page = browser.fill("site.edit_cluster", answers, expect=422)
    assert "This is not a picture that we can read." in page.text


def test_of_two_who_open_the_portal_at_once_exactly_one_does(code, empty):
    visitors = [Browser(empty), Browser(empty)]
    forms = [
        filled(visitor.open("GET", "/setup"))
        | ANSWERS
        | {"code": code, "email": f"first{number}@fjord.example"}
        for number, visitor in enumerate(visitors)
    ]
    together = Barrier(2)

    def send(visitor, answers):
        together.wait()
        return visitor.client.post("/setup", data=answers).status_code

    with ThreadPoolExecutor(2) as both:
        statuses = sorted(both.map(send, visitors, forms))
    assert statuses[0] == 302
    assert statuses[1] in {409, 422}
    assert kept(empty, select(func.count(Cluster.id)), select(func.count(Person.id))) == [1, 1]
