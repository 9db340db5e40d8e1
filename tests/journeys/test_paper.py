"""Pages on paper, and pages enlarged."""

import pytest

from portal.models import ApplicationState

EMAIL = "frode@sval.example"
FURNITURE = "header .menu, footer form, footer a, main .buttons, .skip"
DARK_ON_LIGHT = """() => {
  const brightness = colour => colour.match(/[0-9.]+/g).slice(0, 3).reduce((a, b) => a + +b, 0);
  const text = getComputedStyle(document.querySelector("main dd"));
  const paper = getComputedStyle(document.body);
  return brightness(text.color) < 200 && brightness(paper.backgroundColor) > 700;
}"""


@pytest.fixture
def sent(settled, make, known):
    """An application that was sent, and one of those who sent it."""
    organisation = make.Organisation(display_name="Sval")
    frode = make.colleague(organisation, name="Frode Lie", email=EMAIL, **known)
    call = make.Call()
    version = make.questions(call)
    application = make.Application(call=call, organisation=organisation, sent=True)
    assert application.state is ApplicationState.SUBMITTED
    answers = {"short": "Cold stores without power", "long": "Salt melts and keeps the fish. " * 9}
    make.ApplicationRevision(
        application_id=application.id, form_version_id=version.id, answers=answers,
        submitted_by_id=frode.id,
    )  # fmt: skip
    settled.commit()
    return f"/programmes/applications/{application.id}"


def test_an_application_on_paper_is_its_text_alone(sent, visitor):
    visitor.sign_in(EMAIL)
    visitor.page.locator("footer button[value=dark]").click()
    visitor.go(sent)
    visitor.page.emulate_media(media="print")
    furniture = visitor.page.locator(FURNITURE)
    assert furniture.count() > 5
    assert not any(each.is_visible() for each in furniture.all())
    assert visitor.page.locator("h1").is_visible()
    assert visitor.page.get_by_text("Cold stores without power").is_visible()
    assert visitor.page.evaluate(DARK_ON_LIGHT), "dark text on white, whatever the theme"
    visitor.picture()


def test_a_story_on_paper_is_its_text_alone(make, settled, visitor):
    make.story(
        slug="ferry", title="A ferry", standfirst="It sails.", language=visitor.walk.language,
        body="It **sailed** at noon. See [the plan](https://sea.example/plan).",
    )  # fmt: skip
    settled.commit()
    visitor.go("/news/ferry")
    visitor.page.emulate_media(media="print")
    furniture = visitor.page.locator(FURNITURE)
    assert furniture.count() > 2
    assert not any(each.is_visible() for each in furniture.all())
    for words in ("A ferry", "It sails.", "sailed"):
        assert visitor.page.locator("main").get_by_text(words, exact=True).first.is_visible()
    assert visitor.page.evaluate(DARK_ON_LIGHT.replace("main dd", "main .prose p"))
    visitor.picture()


@pytest.mark.parametrize("path", ["/", "/programmes", "/sign-up", "/members"])
def test_everybodys_pages_can_be_enlarged_to_twice_their_size(settled, visitor, path):
    visitor.enlarge()
    visitor.go(path)
    assert visitor.page.locator("h1").is_visible()


def test_an_application_can_be_enlarged_to_twice_its_size(sent, visitor):
    visitor.enlarge()
    visitor.sign_in(EMAIL)
    visitor.go(sent)
    visitor.sees("Received")
    visitor.menu()
    visitor.look()
