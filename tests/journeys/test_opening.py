"""The first administrator opens an empty portal with the code from the terminal."""

import pytest

from portal.cli.setup import fresh_code
from portal.core import clock
from tests.journeys.visitor import PASSWORD, ROOT

EMAIL = "astrid@maritime.example"
LOGO = ROOT / "portal" / "static" / "pictures" / "touch.png"


@pytest.mark.usefixtures("empty")
def test_from_an_empty_portal_to_its_first_administrator(app, visitor, walk):
    with app.app_context():
        code = fresh_code(now=clock.now())

    visitor.go("/programmes")
    visitor.sees("This portal is new and empty")
    visitor.follow("Open the portal")
    fill_in(visitor, walk.language)
    visitor.fill("Code", "not-the-right-one")
    visitor.press("Open the portal")
    visitor.sees("Something needs another look")
    assert visitor.page.get_by_label(visitor.labelled("Name of the cluster")).input_value()
    visitor.fill("Code", code)
    give_again(visitor)
    visitor.press("Open the portal")

    visitor.sees("The portal is open. This is your desk.")
    visitor.go("/admin")
    visitor.sees("Administration")
    assert visitor.page.locator("header img").evaluate("logo => logo.naturalWidth") > 0
    visitor.sign_out()
    visitor.sign_in(EMAIL)
    visitor.go("/admin/cluster")
    assert visitor.page.locator("select[name=zone]").input_value() == "Europe/Helsinki"
    visitor.go("/setup")
    visitor.does_not_see("Code")


def fill_in(visitor, language):
    """Say what the cluster is, and who its first administrator."""
    visitor.fill("Name of the cluster", "Maritime North")
    visitor.fill("Place", "Bodø")
    visitor.fill("Sender address", "post@maritime.example")
    visitor.page.locator("select[name=language]").select_option(language)
    visitor.page.locator("select[name=zone]").select_option("Europe/Helsinki")
    visitor.fill("Your name", "Astrid Lund")
    visitor.fill("Your e-mail address", EMAIL)
    give_again(visitor)


def give_again(visitor):
    """Give what no browser gives back after a mistake: the passwords and the picture."""
    visitor.page.locator("[name=password]").fill(PASSWORD)
    visitor.page.locator("[name=again]").fill(PASSWORD)
    visitor.page.locator("[name=logo]").set_input_files(LOGO)
