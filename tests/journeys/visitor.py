"""Somebody before a browser who reads every page with axe's eyes."""

import os
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import axe_playwright_python
from babel.messages.pofile import read_po
from flask import Flask
from playwright.sync_api import Browser, Locator, Page, expect
from sqlalchemy import select

from portal.extensions import db
from portal.models import OutgoingMail

ROOT = Path(__file__).parents[2]
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
CATALOGUE = ROOT / "translations" / "nb" / "LC_MESSAGES" / "messages.po"
PATIENCE = 15_000  # milliseconds
LINK = re.compile(r"http://127\.0\.0\.1:\d+(/\S+)")
PASSWORD = "a quiet harbour at 5"
#: What makes a page another page: its address without keys, and which parts it is made of.
OUTLINE = """() => location.pathname.replace(/[0-9a-f-]{36}/g, "") + " " +
    [...document.querySelectorAll("main *")].map(part => part.tagName + part.className).join()"""
#: What axe finds, and no more than that: to bring all that it tells over here takes seconds.
VIOLATIONS = """async () => {
  const found = await axe.run(document, {resultTypes: ["violations"]});
  return found.violations.map(each => [each.id, each.nodes.map(node => node.html.slice(0, 200))]);
}"""
#: A folder for pictures of every page that is visited, to look at.
PICTURES = os.environ.get("JOURNEY_PICTURES")


@dataclass(frozen=True)
class Walk:
    """How a journey is made: in which language, how wide, in which theme."""

    language: str
    width: int
    theme: str

    def __str__(self) -> str:
        return f"{self.language}-{self.width}-{self.theme}"


#: The pages that axe has read in each walk; it reads each of them once.
READ: defaultdict[Walk, set[str]] = defaultdict(set)


@cache
def read_catalogue() -> dict[str, str]:
    """Read what every text is called in Norwegian."""
    words: dict[str, str] = {}
    with CATALOGUE.open("rb") as file:
        for message in read_po(file, locale="nb"):
            if message.pluralizable:
                words |= dict(zip(message.id, message.string, strict=True))
            else:
                words[message.id] = message.string
    return words


class Visitor:
    """Opens pages, reads labels, presses buttons; every page it reaches must be fit for all."""

    def __init__(
        self, chrome: Browser, address: str, *, walk: Walk, app: Flask, script: bool
    ) -> None:
        self.walk, self.address, self.app = walk, address, app
        self.context = chrome.new_context(
            viewport={"width": walk.width, "height": 800},
            locale={"en": "en-GB", "nb": "nb-NO"}[walk.language],
            timezone_id="Europe/Oslo",
            color_scheme=walk.theme,
            java_script_enabled=script,
        )
        self.context.set_default_timeout(PATIENCE)
        self.page: Page = self.context.new_page()
        self.script = script
        self.problems: list[str] = []
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.page.on("console", self.listen)
        self.words = read_catalogue() if walk.language == "nb" else {}

    def listen(self, message) -> None:
        """Note what the browser complains of, but for answers that the story asks for."""
        if message.type in {"error", "warning"} and "status of 4" not in message.text:
            self.problems.append(message.text)

    def t(self, text: str, **gaps: object) -> str:
        """Say a text of the portal in the language of this walk."""
        said = self.words.get(text) or text if self.words else text
        return said % gaps if gaps else said.replace("%%", "%")

    def go(self, path: str) -> None:
        """Open a page."""
        self.page.goto(self.address + path)
        self.look()

    def look(self) -> None:
        """Mind that the page is fit for all: no overflow, nothing that axe finds."""
        width = self.page.evaluate("document.documentElement.scrollWidth")
        assert width <= self.page.viewport_size["width"], f"{self.page.url} is {width} px wide"
        outline = self.page.evaluate(OUTLINE)
        if self.script and outline not in READ[self.walk]:  # axe itself needs script
            READ[self.walk].add(outline)
            self.picture()
            self.read_with_axe()
        assert self.problems == []

    def read_with_axe(self) -> None:
        """Let axe read the page."""
        self.page.evaluate(AXE + "\nundefined")
        assert self.page.evaluate(VIOLATIONS) == [], self.page.url

    def picture(self) -> None:
        """Keep a picture of the page where somebody wants to look at it."""
        if PICTURES:
            name = re.sub(r"\W+", "-", self.heading()).strip("-")
            number = len(READ[self.walk])
            place = Path(PICTURES) / f"{self.walk}" / f"{number:03}-{name}.png"
            self.page.screenshot(path=place, full_page=True)

    def enlarge(self) -> None:
        """Zoom in to 200 %: to a page, that is a window half as wide and half as high."""
        width = max(self.walk.width // 2, 320)  # what is narrower need not be enlarged
        self.page.set_viewport_size({"width": width, "height": 400})

    def menu(self) -> None:
        """Open the menu where it is folded."""
        summary = self.page.locator("header details.menu > summary")
        if summary.is_visible():
            summary.click()

    def button(self, label: str, **gaps: object) -> Locator:
        return self.page.get_by_role("button", name=self.t(label, **gaps), exact=True)

    def press(self, label: str, **gaps: object) -> None:
        """Press a button that leads to another page."""
        with self.page.expect_navigation():
            self.button(label, **gaps).first.click()
        self.look()

    def confirm(self, label: str) -> None:
        """Press a button that asks once more, and say yes."""
        self.button(label).first.click()
        with self.page.expect_navigation():
            self.page.get_by_role("dialog").get_by_role("button", name=self.t(label)).click()
        self.look()

    def follow(self, label: str, **gaps: object) -> None:
        """Follow a link."""
        link = self.page.locator("main").get_by_role("link", name=self.t(label, **gaps), exact=True)
        with self.page.expect_navigation():
            link.first.click()
        self.look()

    def take(self, place: str) -> None:
        """Follow the first link that stands in a place."""
        with self.page.expect_navigation():
            self.page.locator(place).first.click()
        self.look()

    def fill(self, label: str, text: str) -> None:
        """Fill in the field with this label."""
        self.page.get_by_label(self.labelled(label)).first.fill(text)

    def choose(self, label: str, option: str) -> None:
        """Choose from a list by what it says."""
        self.page.get_by_label(self.labelled(label)).first.select_option(label=self.t(option))

    def tick(self, label: str) -> None:
        """Tick a box or a choice."""
        self.page.get_by_label(self.labelled(label)).first.check()

    def labelled(self, label: str) -> re.Pattern[str]:
        """Return what finds a label, which may end in a mark that the answer is optional."""
        return re.compile("^" + re.escape(self.t(label)))

    def sees(self, text: str, **gaps: object) -> None:
        """Insist that the page says this."""
        expect(self.page.locator("body")).to_contain_text(self.t(text, **gaps), timeout=PATIENCE)

    def says(self, part: Locator, text: str, **gaps: object) -> None:
        """Insist that a part of the page says this, now or in a moment."""
        expect(part).to_contain_text(self.t(text, **gaps), timeout=PATIENCE)

    def does_not_see(self, text: str) -> None:
        """Insist that the page does not say this."""
        expect(self.page.locator("body")).not_to_contain_text(self.t(text))

    def heading(self) -> str:
        """Return what the page is called."""
        return self.page.locator("h1").inner_text()

    def letter(self, address: str) -> str:
        """Open the newest letter to an address; return the path that its button leads to."""
        with self.app.app_context():
            newest = select(OutgoingMail.text).where(OutgoingMail.recipient == address)
            text = db.session.scalar(
                newest.order_by(OutgoingMail.created_at.desc(), OutgoingMail.id.desc()).limit(1)
            )
        assert text, f"there is no letter to {address}"
        links = LINK.findall(text)
        assert links, text
        return links[0]

    def sign_in(self, email: str, password: str = PASSWORD) -> None:
        """Sign in, on the page that is open if it asks for that."""
        if "/sign-in" not in self.page.url:
            self.go("/sign-in")
        self.fill("E-mail address", email)
        self.fill("Password", password)
        self.press("Sign in")

    def sign_out(self) -> None:
        """Sign out by the menu of the account, which stands open where the page is narrow."""
        self.menu()
        if not self.button("Sign out").is_visible():
            self.page.locator("details.account > summary").click()
        self.press("Sign out")

    def sign_up(self, name: str, email: str) -> None:
        """Open an account, press the button in the letter, and sign in."""
        if "/sign-up" not in self.page.url:
            self.go("/sign-up")
        self.fill("Your name", name)
        self.fill("Your e-mail address", email)
        self.fill("A password", PASSWORD)
        self.tick("I have read the privacy notice and accept the terms")
        self.press("Open an account")
        self.sees("Look in your mailbox")
        self.go(self.letter(email))
        self.press("Confirm the address")
        self.sign_in(email)

    def leave(self) -> None:
        """Close the browser."""
        self.context.close()
