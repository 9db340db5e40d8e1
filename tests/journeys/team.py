"""What the programme team does on its pages, step by step."""

from datetime import datetime, timedelta

from tests.journeys.visitor import Visitor

TITLE = {"en": "Harbour accelerator 2027", "nb": "Havneakseleratoren 2027"}
COHORT = {"en": "Spring 2027", "nb": "Vår 2027"}
NAME = {"en": "Harbour accelerator", "nb": "Havneakseleratoren"}
#: kind of answer, question in English and in Norwegian.
QUESTIONS = (
    ("Short text", "What do you make?", "Hva lager dere?"),
    ("Long text", "Who needs it, and why now?", "Hvem trenger det, og hvorfor nå?"),
    ("A number", "How many people work with you?", "Hvor mange er dere?"),
)


def make_programme(visitor: Visitor) -> None:
    """From the administration to a programme with a cohort of one place and its agreement."""
    visitor.go("/admin")
    visitor.follow("Programmes and calls")
    visitor.follow("Make a programme")
    both(visitor, "Name", NAME["en"], NAME["nb"])
    both(visitor, "In one sentence,", "Twelve weeks on the quay.", "Tolv uker på kaia.")
    visitor.press("Make programme")
    visitor.follow("Plan a cohort")
    both(visitor, "Name", COHORT["en"], COHORT["nb"])
    visitor.fill("First day", "2027-03-01")
    visitor.fill("Last day", "2027-05-28")
    visitor.fill("Places", "none")
    visitor.press("Plan cohort")
    visitor.sees("Something needs another look")
    visitor.fill("Places", "1")
    visitor.press("Plan cohort")
    visitor.follow("Write the agreement")
    both(visitor, "The agreement", "You come, we **help**.", "Dere kommer, vi **hjelper**.")
    visitor.press("Keep as a new version")


def draft_call(visitor: Visitor, *, opens: datetime, closes: datetime) -> None:
    """Draft the call of the cohort that is open, with a term and questions."""
    visitor.follow("Draft a call")
    both(visitor, "Title", TITLE["en"], TITLE["nb"])
    both(visitor, "The whole text", "For companies at sea.", "For selskaper på havet.")
    visitor.fill("Opens", f"{opens:%Y-%m-%dT%H:%M}")
    visitor.fill("Closes", f"{closes:%Y-%m-%dT%H:%M}")
    visitor.fill("Decision promised by", f"{closes + timedelta(days=30):%Y-%m-%d}")
    visitor.press("Draft call")
    visitor.sees("Before you can publish:")
    visitor.follow("Terms")
    both(visitor, "Term", "You have a product.", "Dere har et produkt.")
    visitor.press("Add term")
    back(visitor)
    ask(visitor)
    back(visitor)


def ask(visitor: Visitor) -> None:
    """Write a page of questions."""
    visitor.follow("Questions")
    both(visitor, "Title", "Your company", "Selskapet")
    visitor.press("Add page")
    for kind, english, norwegian in QUESTIONS:
        visitor.page.locator("main details > summary").click()
        visitor.follow(kind)
        both(visitor, "Question", english, norwegian)
        visitor.press("Add question")


def publish_call(visitor: Visitor) -> None:
    """Look at the preview, say that it is right, and publish."""
    visitor.follow("Preview")
    visitor.sees(QUESTIONS[1][1 if visitor.walk.language == "en" else 2])
    visitor.press("I have read it, it is right")
    visitor.follow("Publish")
    visitor.press("Publish")
    visitor.sees("The call is public.")


def prepare(visitor: Visitor, company: str, outcome: str) -> None:
    """Check one application of the list that is open, and prepare what is decided about it."""
    visitor.follow(company)
    visitor.tick("Meets it")
    visitor.press("Save the checklist")
    visitor.press("Take into assessment")
    visitor.follow("Prepare a decision")
    visitor.tick(outcome)
    visitor.fill("What the applicant reads", f"We liked what {company} showed us.")
    visitor.press("Prepare the decision")
    visitor.sees("You prepared it, so somebody else on the team has to approve it.")
    visitor.follow("Applications")


def approve(visitor: Visitor, company: str) -> None:
    """Approve what somebody else prepared, and return to the list."""
    visitor.follow(company)
    visitor.follow("Read and approve")
    visitor.press("Approve")
    visitor.follow("Applications")


def both(visitor: Visitor, label: str, english: str, norwegian: str) -> None:
    """Fill in what is asked in two languages."""
    visitor.fill(f"{label} in English", english)
    visitor.fill(f"{label} in Norwegian", norwegian)


def back(visitor: Visitor) -> None:
    """Follow the way back that stands above the page's name."""
    visitor.take("main .above a")
