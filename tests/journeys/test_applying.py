"""A founder who has never been here, from the public page to the receipt."""

from portal.models import Application, ApplicationState, OutgoingMail

EMAIL = "sunniva@skarv.example"


def test_from_sign_up_to_a_sent_application(settled, make, visitor, walk):
    call = make.Call(title_en="Spring accelerator", title_nb="Vårens akselerator")
    make.questions(call, "short", "long", "number", "single", "multiple", "yesno", "date", "link")
    settled.commit()

    visitor.go("/")
    visitor.go("/programmes")
    visitor.follow({"en": "Spring accelerator", "nb": "Vårens akselerator"}[walk.language])
    visitor.follow("Sign up to apply")
    visitor.sign_up("Sunniva Berge", EMAIL)
    register(visitor)
    visitor.follow("See what is open")
    visitor.follow({"en": "Spring accelerator", "nb": "Vårens akselerator"}[walk.language])
    visitor.press("Begin your application")
    fill_in(visitor)
    visitor.tick("What we wrote is true, and I may send it for the organisation")
    visitor.press("Send application")
    visitor.sees("Received")
    visitor.sees("APP-")

    settled.expire_all()
    settled.rollback()
    [application] = settled.query(Application)
    assert application.state is ApplicationState.SUBMITTED
    receipts = settled.query(OutgoingMail).filter_by(recipient=EMAIL)
    assert any(application.reference in mail.text for mail in receipts)
    visitor.go("/desk")
    visitor.sees({"en": "Spring accelerator", "nb": "Vårens akselerator"}[walk.language])


def register(visitor):
    """Register a company that has no number yet."""
    visitor.go("/organisations/new")
    visitor.tick("Not registered yet")
    visitor.press("Go on")
    visitor.fill("Name", "Skarv Story")
    visitor.fill("Full legal name", "Skarv Story AS")
    visitor.choose("What is it?", "Start-up")
    visitor.choose("How many people work there?", "Fewer than 10 people")
    visitor.press("Register the organisation")
    visitor.sees("Skarv Story")


def fill_in(visitor):
    """Answer everything of the one section, once wrongly, and go on to the last page."""
    if "/sections/" not in visitor.page.url:
        visitor.follow("Go on writing")
    page = visitor.page
    page.locator("[name=answer_short]").fill("Subtitles that read like speech")
    page.locator("[name=answer_long]").fill(
        "Broadcasters wait for hours; with us it takes minutes."
    )
    page.locator("[name=answer_number]").fill("ca 1,2 mill")
    page.locator("[name=answer_single]").first.check()
    page.locator("[name=answer_multiple]").first.check()
    page.locator("[name=answer_yesno]").first.check()
    page.locator("[name=answer_date]").fill("2026-03-01")
    page.locator("[name=answer_link]").fill("https://skarv.example")
    visitor.press("Save and go on")
    if page.locator("[name=answer_number]").count():
        assert page.locator("[name=answer_number]").input_value() == "ca 1,2 mill"
        page.locator("[name=answer_number]").fill("1 200 000")
        visitor.press("Save and go on")
    if "/send" not in page.url:
        visitor.follow("Check and send")
