"""Passkeys in a real browser, with a device that is made of software: from the first to the last.

Browsers make passkeys for names, so these people come by the name of this machine.
"""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.extensions import db
from portal.models import LoginSession, Passkey, StaffGrant
from tests.journeys.visitor import PASSWORD

DEVICE = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
    "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip
KEY_RING = DEVICE | {"transport": "usb"}


class Devices:
    """The devices that somebody has at hand, in the browser's own terms."""

    def __init__(self, visitor):
        self.chrome = visitor.context.new_cdp_session(visitor.page)
        self.chrome.send("WebAuthn.enable")

    def take(self, device):
        added = self.chrome.send("WebAuthn.addVirtualAuthenticator", {"options": device})
        return added["authenticatorId"]

    def put_away(self, id):
        self.chrome.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": id})

    def held(self, id):
        return self.chrome.send("WebAuthn.getCredentials", {"authenticatorId": id})["credentials"]

    def give(self, id, credential):
        given = {"authenticatorId": id, "credential": credential}
        self.chrome.send("WebAuthn.addCredential", given)

    def refuse(self, id):
        given = {"authenticatorId": id, "isUserVerified": False}
        self.chrome.send("WebAuthn.setUserVerified", given)


@pytest.fixture
def at_home(visitors):
    """Make people who come by the name of this machine, with devices: `at_home()`."""

    def made():
        visitor = visitors()
        visitor.address = visitor.address.replace("127.0.0.1", "localhost")
        return visitor, Devices(visitor)

    return made


def sign_in(visitor, email):
    visitor.sign_in(email)


def arrive(visitor, path):
    visitor.page.wait_for_url(f"**{path}")
    visitor.look()


def add(visitor, name):
    visitor.go("/account/security/passkeys/new")
    visitor.page.get_by_label(visitor.t("Name"), exact=True).fill(name)
    visitor.page.get_by_role("button", name=visitor.t("Make the passkey")).click()
    arrive(visitor, "/account/security")


def enter(visitor):
    visitor.go("/sign-in")
    visitor.page.get_by_role("button", name=visitor.t("Sign in with a passkey")).click()


def sign_out(visitor):
    visitor.context.clear_cookies()


def test_a_passkey_from_the_first_to_the_last(at_home, make, session, known):
    person = make.Person(**known)
    session.commit()
    visitor, devices = at_home()
    phone = devices.take(DEVICE)
    sign_in(visitor, person.email)
    add(visitor, "Phone")
    assert visitor.page.locator("main strong", has_text="Phone").count() == 1
    sign_out(visitor)
    enter(visitor)
    arrive(visitor, "/desk")

    held = devices.held(phone)
    devices.put_away(phone)
    key = devices.take(KEY_RING)
    add(visitor, "Key ring")
    sign_out(visitor)
    enter(visitor)
    arrive(visitor, "/desk")

    visitor.go("/account/security")
    remove = f"{visitor.t('Remove')} Phone"
    visitor.page.get_by_role("button", name=remove).click()
    visitor.page.get_by_role("dialog").get_by_role("button", name=remove).click()
    visitor.page.wait_for_load_state()
    assert visitor.page.locator("main strong", has_text="Phone").count() == 0

    devices.put_away(key)
    phone = devices.take(DEVICE)
    devices.give(phone, held[0])
    sign_out(visitor)
    enter(visitor)
    visitor.page.get_by_role("alert").wait_for()
    assert "/desk" not in visitor.page.url


def test_a_device_that_does_not_know_its_owner_opens_nothing(at_home, make, session, known):
    person = make.Person(**known)
    session.commit()
    visitor, devices = at_home()
    phone = devices.take(DEVICE)
    sign_in(visitor, person.email)
    add(visitor, "Phone")
    sign_out(visitor)
    devices.refuse(phone)
    enter(visitor)
    said = visitor.page.locator("form[data-passkey] [role=status]")
    said.filter(has_text=visitor.t("Nothing came of it. Try again, or use another way.")).wait_for()
    assert visitor.page.url.endswith("/sign-in")


def test_after_the_password_the_passkey_is_asked_and_before_grave_deeds_again(
    app, at_home, make, session, known
):
    boss, other = make.staff("administrator", **known), make.Person()
    session.commit()
    visitor, devices = at_home()
    devices.take(DEVICE)
    sign_in(visitor, boss.email)
    add(visitor, "Phone")
    sign_out(visitor)
    visitor.go("/sign-in")
    visitor.fill("E-mail address", boss.email)
    visitor.fill("Password", PASSWORD)
    visitor.press("Sign in")
    arrive(visitor, "/sign-in/second")
    visitor.page.get_by_role("button", name=visitor.t("Use a passkey")).click()
    arrive(visitor, "/desk")

    visitor.go(f"/admin/people/{other.id}/grant")
    visitor.page.get_by_role("combobox").select_option("editor")
    with app.app_context():  # an hour went by with this page open
        row = db.session.scalars(select(LoginSession).order_by(LoginSession.id.desc())).first()
        row.proved_at -= timedelta(hours=1)
        db.session.commit()
    visitor.page.locator("main form button").first.click()
    visitor.page.get_by_role("heading", name=visitor.t("Confirm that it is you")).wait_for()
    visitor.look()
    visitor.page.get_by_role("button", name=visitor.t("Use a passkey")).click()
    arrive(visitor, f"/admin/people/{other.id}")
    with app.app_context():
        given = select(StaffGrant.role).where(StaffGrant.person_id == other.id)
        assert db.session.scalars(given).one().value == "editor"
        assert db.session.scalars(select(Passkey.sign_count)).one() >= 2
