"""From what a member proposes to the feed of a stranger: proposal, review, schedule, story."""

from datetime import timedelta
from io import BytesIO
from urllib.request import urlopen

import feedparser
import pytest
from PIL import Image

from tests.journeys.visitor import Visitor

PROPOSER, EDITOR = "kari@fjord.example", "eline@cluster.example"
TITLE = "We won a prize in Amsterdam"
STORY = "The jury liked **how quiet** it is.\n\n> Nobody noticed that we were there."


@pytest.fixture
def people(settled, make, known):
    """Somebody of a member, and an editor."""
    fjord = make.Organisation(display_name="Fjord Media", slug="fjord-media")
    make.MembershipPeriod(membership=make.Membership(organisation=fjord))
    make.colleague(fjord, "member", name="Kari Nes", email=PROPOSER, **known)
    make.staff("editor", name="Eline Vik", email=EDITOR, **known)
    settled.commit()


def picture() -> dict[str, object]:
    content = BytesIO()
    Image.new("RGB", (640, 360), "teal").save(content, "PNG")
    return {"name": "prize.png", "mimeType": "image/png", "buffer": content.getvalue()}


def propose(kari: Visitor) -> None:
    """Propose news with a picture, after a look at it."""
    kari.sign_in(PROPOSER)
    kari.go("/news")
    kari.follow("Propose news")
    kari.follow("Propose news")
    kari.fill("Title", TITLE)
    kari.fill("Standfirst", "For the quietest production of the year.")
    kari.fill("Story", STORY)
    kari.press("Preview")
    kari.says(kari.page.locator(".prose strong"), "how quiet")
    kari.page.locator("[name=picture]").set_input_files(picture())
    kari.press("Send to the editors")
    kari.sees(
        "Describe the picture for those who do not see it, or say that it is only decoration."
    )
    kari.page.locator("[name=picture]").set_input_files(picture())
    kari.fill("What the picture shows", "A small prize of glass")
    kari.press("Send to the editors")
    kari.sees("Thank you. The editors look at it and write to you.")


def edit(eline: Visitor) -> None:
    """Take it up from the desk, polish it, and schedule it."""
    eline.sign_in(EDITOR)
    eline.go("/desk")
    eline.follow("Review “%(title)s”", title=TITLE)
    eline.press("Take it up")
    eline.follow("Edit the text")
    eline.fill("Title", "A prize for Fjord Media")
    eline.press("Keep this version")
    eline.follow("Versions")
    eline.follow("Version %(number)s", number=2)
    eline.says(eline.page.locator("ins").last, "for Fjord Media")
    eline.page.go_back()
    eline.page.go_back()
    eline.press("Send to review")
    eline.follow("Publish")
    eline.press("Publish")
    eline.sees("It is published.")


def told(address: str) -> list[str]:
    with urlopen(f"{address}/news/feed.atom") as response:  # noqa: S310 - our own server
        return [entry.title for entry in feedparser.parse(response.read()).entries]


def test_a_proposal_becomes_a_story_in_a_feed(people, visitors, address, pass_time):
    kari, eline, stranger = visitors(), visitors(), visitors(script=False)
    propose(kari)
    assert told(address) == []
    edit(eline)
    kari.go(kari.letter(PROPOSER))
    kari.follow("Read the story")
    assert kari.heading() == "A prize for Fjord Media"
    stranger.go("/")
    stranger.follow("A prize for Fjord Media")
    stranger.says(stranger.page.locator(".prose"), "how quiet")
    stranger.follow("Fjord Media")
    stranger.follow("A prize for Fjord Media")
    assert told(address) == ["A prize for Fjord Media"]
    pass_time(timedelta(hours=1))
    eline.go("/news")
    eline.follow("A prize for Fjord Media")
    eline.follow("Manage this article")
    eline.follow("Archive")
    eline.press("Archive")
    assert told(address) == []
