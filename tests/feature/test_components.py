"""The parts that pages are made of, on the page that shows them all."""

import pytest


@pytest.fixture(params=["en", "nb"])
def page(app, browser, monkeypatch, request):
    monkeypatch.setitem(app.config, "DEVELOPMENT", True)
    browser.language = request.param
    return browser.open("GET", "/components")


def test_every_answer_is_described_by_what_stands_there(page):
    told = [
        word
        for part in page.select("[aria-describedby]")
        for word in part["aria-describedby"].split()
    ]
    assert len(told) > 10
    assert [word for word in told if page.find(id=word) is None] == []


def test_what_is_wrong_leads_to_the_answers(page):
    links = page.select(".errors a")
    assert [link["href"] for link in links] == [
        "#wrong-revenue",
        "#wrong-markets-0",
        "#wrong-agreed",
    ]
    for link in links:
        assert page.select_one(link["href"]).get("aria-invalid") == "true"


def test_a_wrong_answer_stands_as_it_was_typed(page):
    assert page.select_one("#wrong-revenue")["value"] == "ca 1,2 mill"


def test_a_clash_shows_both_texts(page):
    field = page.select_one("#both-problem").find_parent(class_="field")
    assert "Sports producers" in field.textarea.text
    assert "Editors cannot find" in field.select_one(".theirs").text


def test_a_clash_of_choices_is_told_in_their_words(page):
    theirs = page.select_one("#both-markets-0").find_parent(class_="field").select_one(".theirs p")
    assert len(theirs.text.split("\n")) == 2
    assert "far" not in theirs.text.split()


def test_only_what_need_not_be_answered_says_so(page):
    said = {
        label.get("for"): bool(label.select_one(".optional"))
        for label in page.select("#forms label.form-label")
    }
    assert said["fresh-website"]
    assert not said["fresh-email"]


def test_long_answers_are_counted_without_script(page):
    assert page.select_one("#fresh-problem-count").text.startswith("10 ")


def test_a_number_is_typed_as_people_type_it(page):
    box = page.select_one("#fresh-revenue")
    assert (box["type"], box["inputmode"]) == ("text", "decimal")
    assert not page.select("[type=number]")


def test_a_form_with_a_file_can_carry_it(page):
    assert page.select_one("#fresh-pitch").find_parent("form")["enctype"] == "multipart/form-data"


def test_a_chart_is_told_as_a_table_too(page):
    rows = page.select(".chart table tr")
    assert [row.td.text for row in rows] == ["3", "5", "4", "8", "7", "11"]
    assert page.select_one(".chart svg")["aria-hidden"] == "true"


def test_nothing_is_styled_or_scripted_inside_a_page(page):
    assert not page.select("[style], style, script:not([src]), [onclick], [onsubmit]")
