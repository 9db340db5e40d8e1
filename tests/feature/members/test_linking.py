"""Accounts elsewhere: linked by their owner, who is signed in here, and unlinked again."""

import pytest
from sqlalchemy import func, select

from portal.core import clock
from portal.models import EmailAddress, IssuerIdentity
from tests.feature.members.vouching import come_back, go_out


@pytest.fixture
def kari(vouched_for):
    return vouched_for


def test_an_account_is_linked_by_its_owner_and_unlinked_again(
    browser, session, holder, issuer, letters
):
    kari = holder(email="kari@example.org", name="Kari Nes")
    browser.sign_in(kari)
    back = go_out(browser, issuer, "members.link_identity")
    come_back(browser, back)
    assert browser.response.location == "/account/identities"
    identity = session.scalar(select(IssuerIdentity))
    assert (identity.person_id, identity.issuer, identity.subject, identity.claimed) == (
        kari.id,
        issuer.url,
        "subject-1",
        "kari@firma.example",
    )
    assert session.scalar(select(func.count()).select_from(EmailAddress)) == 1, "no address of ours"
    assert letters("kari@example.org")[0].subject == "You can sign in with Local ID now"
    browser.press("members.identities", "Unlink")
    assert session.scalar(select(func.count()).select_from(IssuerIdentity)) == 0
    assert letters("kari@example.org")[1].subject == "Local ID no longer signs you in"


def test_an_account_elsewhere_is_linked_to_one_of_ours(browser, session, holder, kari, issuer):
    browser.sign_in(holder(email="other@example.org"))
    come_back(browser, go_out(browser, issuer, "members.link_identity"), expect=409)
    session.rollback()
    assert session.scalars(select(IssuerIdentity.person_id)).all() == [kari.id]


def test_who_began_to_link_must_still_be_there(browser, session, holder, issuer):
    browser.sign_in(holder(email="kari@example.org"))
    back = go_out(browser, issuer, "members.link_identity")
    with browser.client.session_transaction() as cookie:
        attempt = cookie["issuer"]
    browser.sign_in(holder(email="other@example.org"))
    with browser.client.session_transaction() as cookie:
        cookie["issuer"] = attempt
    come_back(browser, back, expect=409)
    browser.sign_out()
    with browser.client.session_transaction() as cookie:
        cookie["issuer"] = attempt
    come_back(browser, go_out(browser, issuer) and back, expect={401, 409})
    assert session.scalar(select(func.count()).select_from(IssuerIdentity)) == 0


def test_an_account_of_another_is_not_there_to_unlink(browser, session, holder, kari):
    browser.sign_in(holder(email="other@example.org"))
    id = session.scalar(select(IssuerIdentity.id))
    browser.send("members.unlink_identity", id=id, expect=404)


def test_the_last_way_in_stays(browser, session, kari):
    kari.password_hash = None
    row = session.scalar(select(EmailAddress).where(EmailAddress.person_id == kari.id))
    row.delivery, row.unreachable_since = "unreachable", clock.now()
    browser.sign_in(kari)
    id = session.scalar(select(IssuerIdentity.id))
    browser.send("members.unlink_identity", id=id, expect=409)
    assert session.scalar(select(func.count()).select_from(IssuerIdentity)) == 1


def test_whoever_may_not_link_any_more_does_not_finish_what_they_began(
    browser, session, holder, issuer
):
    person = holder(email="ola@example.org")
    browser.sign_in(person)
    back = go_out(browser, issuer, "members.link_identity")
    person.verified_at = None
    come_back(browser, back, expect=409)
    session.rollback()
    assert session.scalars(select(IssuerIdentity)).all() == []
