"""What everybody sees of the programmes."""

from datetime import UTC, date, datetime

import pytest

from tests.support.statements import heard

NOON = datetime(2026, 3, 10, 11, 0, tzinfo=UTC)
AN_HOUR_LATER = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)


@pytest.fixture
def call(make):
    """A call that closes at noon in Oslo on 10 March 2026."""
    programme = make.Programme(slug="accelerator", name_en="Accelerator", name_nb="Akselerator")
    return make.Call(
        cohort=make.Cohort(programme=programme, capacity=8),
        slug="spring",
        title_en="Spring intake",
        title_nb="Våropptak",
        opens_at=datetime(2026, 2, 1, 8, tzinfo=UTC),
        closes_at=NOON,
        decision_on=date(2026, 3, 27),
        published_at=datetime(2026, 1, 20, tzinfo=UTC),
        contact=make.Person(name="Ingrid Vik", email="ingrid@cluster.example"),
    )


def titles(page):
    return [link.text for link in page.select("main section:first-of-type .rows a")]


def test_open_calls_stand_first_with_the_time_left_soonest_first(browser, make, at, call):
    make.Call(
        cohort=call.cohort,
        title_en="Autumn intake",
        opens_at=datetime(2026, 2, 1, tzinfo=UTC),
        closes_at=datetime(2026, 5, 1, tzinfo=UTC),
    )
    at(datetime(2026, 3, 7, 11, tzinfo=UTC))
    page = browser.get("programmes.index")
    assert titles(page) == ["Spring intake", "Autumn intake"]
    assert [when.text for when in page.select(".rows .when")] == ["3 days left", "2 months left"]
    assert [when["class"] for when in page.select(".rows .when")] == [
        ["when", "when--soon"],
        ["when"],
    ]


def test_drafts_cancelled_and_closed_calls_are_not_listed(browser, make, at, call):
    at(datetime(2026, 3, 7, tzinfo=UTC))
    make.Call(cohort=call.cohort, title_en="Not yet", draft=True)
    make.Call(cohort=call.cohort, title_en="Called off", state="cancelled")
    make.Call(cohort=call.cohort, title_en="Last year", closes_at=datetime(2026, 3, 1, tzinfo=UTC),
              opens_at=datetime(2026, 1, 1, tzinfo=UTC))  # fmt: skip
    assert titles(browser.get("programmes.index")) == ["Spring intake"]


def test_without_anything_open_the_page_says_what_to_do(browser, session):
    page = browser.get("programmes.index")
    assert "No call is open at the moment." in page.select_one(".empty").text


def test_a_call_tells_its_dates_in_its_own_zone(browser, at, call, make):
    make.Criterion(call_id=call.id, text_en="Younger than five years")
    make.questions(call, "short", "long")
    at(datetime(2026, 3, 9, 11, tzinfo=UTC))
    page = browser.get("programmes.call", slug="spring")
    told = page.select_one("aside").get_text(" ", strip=True)
    assert "Tuesday 10 March 2026 at 12:00" in told
    assert "(time in Oslo)" in told
    assert "You have an answer by 27 March 2026" in told
    assert "Places 8" in told
    assert "ingrid@cluster.example" in told
    assert "Younger than five years" in page.select_one("main").text
    assert "Your company (2 questions)" in " ".join(page.select_one("main").text.split())


def test_a_call_closes_to_the_second_and_not_before(browser, at, call):
    at(datetime(2026, 3, 10, 10, 59, 59, tzinfo=UTC))
    page = browser.get("programmes.call", slug="spring")
    assert page.select_one("aside .status").text == "Open"
    assert page.select_one("aside a[href^='/sign-up?']")
    at(NOON)
    page = browser.get("programmes.call", slug="spring")
    assert page.select_one("aside .status").text == "In decision"
    assert not page.select("aside a[href^='/sign-up?']")


def test_a_member_begins_from_the_call_and_finds_the_way_back(browser, at, call, make):
    organisation = make.Organisation(display_name="Nordlys AS")
    browser.sign_in(make.colleague(organisation), now=datetime(2026, 3, 9, tzinfo=UTC))
    at(datetime(2026, 3, 9, tzinfo=UTC))
    page = browser.get("programmes.call", slug="spring")
    assert page.select_one("aside form")["action"] == "/programmes/calls/spring/apply"
    assert "You apply for Nordlys AS." in page.select_one("aside").text
    begun = make.Application(call=call, organisation=organisation)
    page = browser.get("programmes.call", slug="spring")
    assert not page.select("aside form")
    assert page.select_one("aside a.btn")["href"] == f"/programmes/applications/{begun.id}"


def test_somebody_without_an_organisation_is_told_to_name_one(browser, make, at, call):
    at(datetime(2026, 3, 9, tzinfo=UTC))
    browser.sign_in(make.Person())
    page = browser.get("programmes.call", slug="spring")
    assert (
        page.select_one("aside a.btn")["href"]
        == "/organisations/new?next=/programmes/calls/spring/apply"
    )


def test_a_draft_is_nobodys_business_but_the_teams(browser, make, session):
    make.Call(slug="secret", draft=True)
    browser.get("programmes.call", slug="secret", expect=404)
    browser.sign_in(make.colleague(make.Organisation()))
    browser.get("programmes.call", slug="secret", expect=404)
    browser.sign_in(make.staff("events"))
    browser.get("programmes.call", slug="secret", expect=404)
    browser.sign_in(make.staff("programmes"))
    assert browser.get("programmes.call", slug="secret")


def test_a_call_cancelled_before_it_was_public_stays_unknown(browser, make, session):
    make.Call(slug="never", state="cancelled", published_at=None)
    browser.get("programmes.call", slug="never", expect=404)


def test_a_cancelled_call_says_so(browser, make, session):
    make.Call(slug="off", state="cancelled")
    page = browser.get("programmes.call", slug="off")
    assert "This call has been cancelled." in page.select_one(".banner").text
    assert "You have an answer by" not in page.text


def test_a_programme_tells_its_story_calls_and_cohorts(browser, make, at, call):
    at(datetime(2026, 3, 9, tzinfo=UTC))
    call.programme.text_en = "We meet **every week**.\n\n<script>alert(1)</script>"
    page = browser.get("programmes.programme", slug="accelerator")
    assert page.h1.text == "Accelerator"
    assert page.select_one(".prose strong").text == "every week"
    assert not page.select(".prose script")
    assert [link.text for link in page.select("main section .rows a")] == ["Spring intake"]
    assert page.select("aside .rows li")


def test_an_archived_programme_is_gone_for_the_public(browser, make, session):
    make.Programme(slug="old", archived_at=datetime(2025, 1, 1, tzinfo=UTC))
    browser.get("programmes.programme", slug="old", expect=404)
    assert not browser.get("programmes.index").select("a[href='/programmes/old']")


def test_pages_read_in_norwegian_too(browser, at, call):
    at(datetime(2026, 3, 9, tzinfo=UTC))
    browser.language = "nb"
    assert browser.get("programmes.call", slug="spring").h1.text == "Våropptak"
    assert titles(browser.get("programmes.index")) == ["Våropptak"]
    assert browser.get("programmes.programme", slug="accelerator").h1.text == "Akselerator"


def test_strangers_get_the_same_page_and_may_keep_it(browser, at, call):
    at(datetime(2026, 3, 9, tzinfo=UTC))
    for endpoint, address in (
        ("programmes.index", {}),
        ("programmes.call", {"slug": "spring"}),
        ("programmes.programme", {"slug": "accelerator"}),
    ):
        browser.get(endpoint, **address)
        assert browser.response.headers["Cache-Control"] == "public, no-cache"
        assert "ETag" in browser.response.headers
        assert "Set-Cookie" not in browser.response.headers


@pytest.mark.parametrize("many", [1, 12])
def test_public_pages_ask_the_database_little_however_much_there_is(browser, make, at, call, many):
    at(datetime(2026, 3, 9, tzinfo=UTC))
    for number in range(many):
        make.Call(cohort=call.cohort, opens_at=call.opens_at, closes_at=call.closes_at)
        make.Programme(slug=f"programme-{number}")
        make.Criterion(call_id=call.id)
    make.questions(call, "short", "long", "number")
    browser.get("programmes.index")
    addresses = {"index": {}, "call": {"slug": "spring"}, "programme": {"slug": "accelerator"}}
    asked = {}
    for name, address in addresses.items():
        with heard() as statements:
            browser.get(f"programmes.{name}", **address)
        asked[name] = len(statements)
    assert asked == {"index": 3, "call": 4, "programme": 4}


def test_the_home_page_shows_what_is_open(browser, at, call):
    at(datetime(2026, 3, 9, tzinfo=UTC))
    assert "Spring intake" in browser.get("site.home").select_one("main").text


def test_a_companys_page_tells_its_cohorts_and_no_failures(app, make, session):
    from portal.programmes.panels.public import cohorts_of_organisation  # noqa: PLC0415

    company = make.Organisation()
    for state in ("active", "onboarding", "paused"):
        cohort = make.Cohort(name_en=state)
        make.Participation(organisation=company, cohort=cohort, state=state)
    left = {"left_on": date(2026, 1, 1)}
    for state in ("graduated", "left_early", "terminated"):
        cohort = make.Cohort(name_en=state)
        make.Participation(organisation=company, cohort=cohort, state=state, **left)
    session.commit()
    with app.test_request_context():
        panel = cohorts_of_organisation(company, actor=None, now=NOON)
    assert {row.name_en for row in panel.context["cohorts"]} == {"active", "graduated"}


def test_search_engines_are_told_what_is_public_and_no_more(browser, make, call):
    make.Call(slug="secret", draft=True)
    make.Call(slug="off", state="cancelled")
    make.Programme(slug="old", archived_at=datetime(2025, 1, 1, tzinfo=UTC))
    browser.session.commit()
    listed = browser.client.get("/sitemap.xml").text
    for path in ("/programmes<", "/programmes/accelerator<", "/programmes/calls/spring<"):
        assert path in listed
    for path in ("secret", "/off<", "/programmes/old<"):
        assert path not in listed


def test_staff_come_from_the_public_pages_to_theirs(browser, make, at, call):
    at(datetime(2026, 3, 9, tzinfo=UTC))
    browser.sign_in(make.staff("programmes"), now=datetime(2026, 3, 9, tzinfo=UTC))
    ways = {
        ("programmes.index", None): "/programmes/manage",
        ("programmes.call", "spring"): f"/programmes/manage/calls/{call.id}",
        ("programmes.programme", "accelerator"): (
            f"/programmes/manage/programmes/{call.programme_id}"
        ),
    }
    for (endpoint, slug), way in ways.items():
        page = browser.get(endpoint, **({"slug": slug} if slug else {}))
        assert page.select(f"main a[href='{way}']"), endpoint
