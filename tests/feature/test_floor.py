"""The floor, through a page that every portal has."""


def test_the_process_says_that_it_is_there(browser):
    browser.open("GET", "/healthz")
    assert browser.response.json == {"ok": True}


def test_a_page_that_is_not_there_says_so(browser, make):
    make.Milestone()
    make.Offer()
    make.Application(reviewed=True)
    page = browser.open("GET", "/nothing-of-the-kind", expect=404)
    assert "There is no such page" in page.text
