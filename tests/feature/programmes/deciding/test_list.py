"""The list of a call's applications as staff filter, sort and page it, and as a file."""

from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from portal.core import clock
from portal.models import ApplicationState, DecisionState, FormVersion, Outcome
from tests.support.statements import heard

S = ApplicationState


@pytest.fixture
def team(make):
    return make.staff("programmes")


@pytest.fixture
def call(make):
    found = make.Call(closed=True, slug="spring", title_en="Accelerator, spring")
    make.questions(found, "short", "number", "multiple", "yesno")
    return found


def sent(make, call, name, *, days=1, state=S.SUBMITTED, **more):
    return make.Application(
        call=call,
        organisation=make.Organisation(display_name=name),
        sent=True,
        state=state,
        submitted_at=clock.now() - timedelta(days=days),
        **more,
    )


def answered(make, session, application, answers):
    form = select(FormVersion.id).where(FormVersion.call_id == application.call_id)
    make.ApplicationRevision(
        application_id=application.id,
        form_version_id=session.scalar(form),
        submitted_by_id=make.Person().id,
        answers=answers,
    )


def names(page):
    return [link.text for link in page.select("main tbody td:first-child a")]


def test_what_was_sent_is_listed_the_newest_first(browser, make, call, team):
    sent(make, call, "Aurora", days=3)
    sent(make, call, "Brim", days=1)
    make.Application(call=call, organisation=make.Organisation(display_name="Draft AS"))
    sent(make, make.Call(closed=True), "Elsewhere")
    browser.sign_in(team)
    page = browser.get("programmes.call_applications", id=call.id)
    assert names(page) == ["Brim", "Aurora"]
    assert "2 of 2 shown" in page.text


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({"sort": "sent"}, ["Aurora", "Ærlig", "Brim"]),
        ({"sort": "name"}, ["Aurora", "Brim", "Ærlig"]),
        ({"sort": "-name"}, ["Ærlig", "Brim", "Aurora"]),
        ({"sort": "anything"}, ["Brim", "Ærlig", "Aurora"]),
        ({"state": "in_review"}, ["Ærlig"]),
        ({"state": "nothing"}, ["Brim", "Ærlig", "Aurora"]),
        ({"q": "ÆR"}, ["Ærlig"]),
        ({"q": "b"}, ["Brim"]),
        ({"q": "rim"}, []),
        ({"q": "%"}, []),
        ({"q": "app-2026-77"}, ["Brim"]),
        ({"q": "APP-2026"}, ["Aurora", "Ærlig", "Brim"]),
        ({"q": "a", "state": "submitted", "sort": "-sent"}, ["Aurora"]),
        ({"state": "draft"}, ["Half"]),
        ({"mark": "nonsense"}, ["Brim", "Ærlig", "Aurora"]),
    ],
)
def test_the_list_is_filtered_and_sorted(browser, make, call, team, given, found):
    sent(make, call, "Aurora", days=3, reference="APP-2026-7001")
    sent(make, call, "Ærlig", days=2, state=S.IN_REVIEW, reference="APP-2026-7002")
    sent(make, call, "Brim", days=1, reference="APP-2026-7701")
    make.Application(call=call, organisation=make.Organisation(display_name="Half"))
    browser.sign_in(team)
    assert names(browser.get("programmes.call_applications", id=call.id, **given)) == found


def test_a_filter_that_fits_nothing_says_so(browser, make, call, team):
    browser.sign_in(team)
    assert "Nothing was sent yet." in browser.get("programmes.call_applications", id=call.id).text
    page = browser.get("programmes.call_applications", id=call.id, q="zzz")
    assert "No application fits." in page.text


@pytest.mark.parametrize("sort", ["-sent", "sent", "name", "-name"])
def test_every_application_is_on_one_page_and_on_one_only(browser, make, call, team, sort):
    for number in range(60):
        sent(make, call, f"Company {number:02}", days=number // 3)
    browser.sign_in(team)
    page, seen = browser.get("programmes.call_applications", id=call.id, sort=sort), []
    while True:
        seen.append(names(page))
        following = page.select_one("a[rel=next]")
        if following is None:
            break
        page = browser.open("GET", following["href"])
    assert [len(each) for each in seen] == [25, 25, 10]
    assert len({name for each in seen for name in each}) == 60
    page = browser.open("GET", page.select_one("a[rel=prev]")["href"])
    assert names(page) == seen[1]


def test_the_list_and_the_page_of_one_cost_the_same_however_many_there_are(
    browser, make, session, call, team
):
    application = sent(make, call, "Aurora")
    answered(make, session, application, {"short": "Yes."})
    make.Criterion(call_id=call.id)
    browser.sign_in(team)
    call_id, id, counts = call.id, application.id, []
    for _round in range(2):
        for number in range(5):
            sent(make, call, f"Company {_round}{number}", state=S.IN_REVIEW)
        session.commit()
        with heard() as of_list:
            browser.get("programmes.call_applications", id=call_id)
        with heard() as of_one:
            browser.get("programmes.assess", id=id)
        with heard() as of_desk:
            browser.get("site.desk")
        counts.append((len(of_list), len(of_one), len(of_desk)))
    assert counts[0] == counts[1]
    most_list, most_one, most_desk = counts[0]
    assert most_list <= 8, of_list
    assert most_one <= 8, of_one
    assert most_desk <= 12, of_desk


def test_the_decision_being_prepared_is_in_the_list(browser, make, call, team):
    application = sent(make, call, "Aurora", state=S.IN_REVIEW)
    make.ApplicationDecision(application=application, prepared_by=team, outcome=Outcome.WAITLIST)
    browser.sign_in(team)
    page = browser.get("programmes.call_applications", id=call.id)
    assert "Waiting list, prepared" in page.text


def test_the_list_can_be_saved_with_every_answer(browser, make, session, call, team):
    criterion = make.Criterion(call_id=call.id, text_en="Registered in the EEA")
    first = sent(make, call, "=Aurora()", days=2, reference="APP-2026-7001")
    answers = {"short": "@home; and away", "number": "1200000", "multiple": ["no", "eu"],
               "yesno": "no", "gone": "Asked no more"}  # fmt: skip
    answered(make, session, first, answers)
    sent(make, call, "Brim", days=1, reference="APP-2026-7002")
    from portal.models import EligibilityCheck  # noqa: PLC0415 - one use

    session.add(
        EligibilityCheck(
            application_id=first.id, criterion_id=criterion.id, met=True,
            checked_by_id=team.id, checked_at=clock.now(),
        )
    )  # fmt: skip
    browser.sign_in(team)
    browser.get("programmes.export_applications", id=call.id, kind="csv", sort="sent")
    assert browser.response.headers["Content-Disposition"] == (
        "attachment; filename=applications-spring.csv"
    )
    text = browser.response.data.decode("utf-8-sig")
    heading, aurora, brim = (line.split(";") for line in text.replace('"', "").splitlines())
    assert heading[:2] == ["Reference", "Applicant"]
    assert heading[7:] == [
        "Registered in the EEA", "What about short?", "What about number? (NOK)",
        "What about multiple?", "What about yesno?",
    ]  # fmt: skip
    assert aurora[:2] == ["APP-2026-7001", "'=Aurora()"]
    assert aurora[7] == "Yes"
    assert "'@home" in aurora[8]
    assert "Norway, Rest of Europe" in text
    assert brim[-4:] == ["NOT_ASKED"] * 4
    assert "Asked no more" not in text


def test_the_list_can_be_saved_for_a_spreadsheet(browser, make, session, call, team):
    application = sent(make, call, "Aurora", reference="APP-2026-7001")
    answered(make, session, application, {"short": "=cmd()", "number": "1200000"})
    browser.sign_in(team)
    browser.get("programmes.export_applications", id=call.id, kind="xlsx")
    sheet = load_workbook(BytesIO(browser.response.data)).active
    heading, row = sheet.iter_rows(values_only=True)
    told = dict(zip(heading, row, strict=True))
    assert told["What about number? (NOK)"] == 1200000
    assert told["What about short?"] == "'=cmd()"
    assert told["What about yesno?"] == "NOT_ANSWERED"
    assert told["Status"] == "Received"


def test_the_workbook_says_what_each_question_is(browser, make, session, call, team):
    browser.sign_in(team)
    browser.get("programmes.export_applications", id=call.id, kind="xlsx")
    book = load_workbook(BytesIO(browser.response.data))
    assert book.sheetnames == ["Sheet1", "Questions"]
    heading, short, number, multiple, yesno = book["Questions"].iter_rows(values_only=True)
    assert heading == (
        "Key", "Question in English", "Question in Norwegian", "Kind of answer", "Unit", "Choices",
    )  # fmt: skip
    assert short[:2] == ("short", "What about short?")
    assert (number[0], number[4]) == ("number", "NOK")
    assert (multiple[3], multiple[5]) == (
        "Several choices", "no: Norway / Norge; eu: Rest of Europe / Resten av Europa",
    )  # fmt: skip
    assert yesno[3:] == ("Yes or no", None, None)


def test_only_what_is_filtered_is_saved(browser, make, call, team):
    sent(make, call, "Aurora")
    sent(make, call, "Brim", state=S.IN_REVIEW)
    browser.sign_in(team)
    browser.get("programmes.export_applications", id=call.id, kind="csv", state="in_review")
    text = browser.response.data.decode("utf-8-sig")
    assert "Brim" in text
    assert "Aurora" not in text


def test_a_file_tells_nobody_what_is_decided_about_their_own(browser, make, call):
    application = sent(make, call, "Aurora", state=S.IN_REVIEW)
    partial = make.staff("programmes")
    make.Affiliation(person=partial, organisation=application.organisation)
    decided = {"state": DecisionState.DRAFT, "outcome": Outcome.OFFER}
    make.ApplicationDecision(
        application=application, prepared_by=make.staff("programmes"), **decided
    )
    browser.sign_in(partial)
    browser.get("programmes.export_applications", id=call.id, kind="csv")
    assert "Offer a place" not in browser.response.data.decode("utf-8-sig")
    browser.sign_in(make.staff("programmes"))
    browser.get("programmes.export_applications", id=call.id, kind="csv")
    assert "Offer a place (Prepared)" in browser.response.data.decode("utf-8-sig")
