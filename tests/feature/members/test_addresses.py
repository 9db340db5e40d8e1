"""Several addresses of one person: added by a letter, one of them the first."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from portal.core import clock
from portal.models import AddressClaim, AuditEvent, EmailAddress, LoginSession, Person
from tests.feature.members.conftest import PASSWORD, path_in
from tests.feature.members.test_accounts import NEW

FIRST, SECOND = "kari@example.org", "kari@firma.example"


@pytest.fixture
def kari(holder):
    return holder(email=FIRST, name="Kari Nes")


@pytest.fixture
def second(session, kari):
    """Let Kari have another address."""
    row = EmailAddress(person=kari, address=SECOND, domain="firma.example", verified_at=clock.now())
    session.add(row)
    session.commit()
    return row


def addresses_of(session, person):
    session.rollback()
    rows = select(EmailAddress).where(EmailAddress.person_id == person.id)
    return {row.address: row for row in session.scalars(rows)}


def test_an_address_is_added_by_the_letter_that_went_there(browser, session, kari, letters):
    browser.sign_in(kari)
    browser.fill("members.add_address", {"email": "Kari@Firma.example"})
    assert set(addresses_of(session, kari)) == {FIRST}, "nothing counts before it is proven"
    [letter], [notice] = letters(SECOND), letters(FIRST)
    assert notice.subject == "A new e-mail address for your account"
    address = path_in(letter, "/account/addresses/confirm/")
    page = browser.open("GET", address)
    assert SECOND in page.select_one("main").text
    assert set(addresses_of(session, kari)) == {FIRST}, "looking proves nothing"
    data = {"csrf_token": page.select_one("main [name=csrf_token]")["value"]}
    browser.open("POST", address, data=data, expect=302)
    found = addresses_of(session, kari)
    assert found[SECOND].verified_at is not None
    assert not found[SECOND].is_primary
    browser.open("GET", address, expect=409)
    assert SECOND in browser.get("members.addresses").select_one("main").text


def test_whoever_reads_the_letter_must_be_signed_in_to_the_account_that_asked(
    browser, another_browser, session, kari, holder, letters
):
    browser.sign_in(kari)
    browser.fill("members.add_address", {"email": "victim@example.org"})
    address = path_in(letters("victim@example.org")[0], "/account/addresses/confirm/")
    another_browser.open("GET", address, expect=401)
    another_browser.sign_in(holder(email="other@example.org"))
    page = another_browser.open("GET", address, expect=409)
    assert "This link is for another account" in page.text
    assert set(addresses_of(session, kari)) == {FIRST}


def test_only_the_letter_tells_that_an_address_is_somebody_elses(
    browser, session, kari, holder, letters
):
    holder(email="taken@example.org")
    browser.sign_in(kari)
    told = []
    for email in ("taken@example.org", "free@example.org"):
        page = browser.fill("members.add_address", {"email": email})
        page = browser.get("members.addresses")
        told.append(page.select_one("main").text.replace(email, "…"))
        browser.press("members.addresses", "Do not add it")
    assert told[0] == told[1]
    assert "/confirm/" not in letters("taken@example.org")[0].text
    assert "belongs to an account already" in " ".join(letters("taken@example.org")[0].text.split())
    assert "/confirm/" in letters("free@example.org")[0].text


def test_a_letter_is_good_for_three_days_and_only_the_newest_works(
    browser, session, kari, letters, at
):
    browser.sign_in(kari)
    browser.fill("members.add_address", {"email": SECOND})
    browser.press("members.addresses", "Send the e-mail again")
    old, new = (path_in(each, "/account/addresses/confirm/") for each in letters(SECOND))
    browser.open("GET", old, expect=409)
    browser.open("GET", new)
    claim = session.scalar(select(AddressClaim))
    claim.expires_at = clock.now() - timedelta(seconds=1)
    session.commit()
    page = browser.open("GET", new)
    data = {"csrf_token": page.select_one("main [name=csrf_token]")["value"]}
    browser.open("POST", new, data=data, expect=409)
    assert set(addresses_of(session, kari)) == {FIRST}


def test_the_first_address_is_another_one_and_the_old_one_is_told(
    browser, session, kari, second, letters
):
    browser.sign_in(kari)
    browser.press("members.addresses", "Reach me here")
    found = addresses_of(session, kari)
    assert [row.is_primary for row in (found[FIRST], found[SECOND])] == [False, True]
    session.refresh(kari)
    assert (kari.email, kari.verified_at) == (SECOND, found[SECOND].verified_at)
    subject = "We reach you at another e-mail address now"
    assert [letter.subject for letter in letters(FIRST)] == [subject]
    assert [letter.subject for letter in letters(SECOND)] == [subject]


def test_an_address_is_removed_but_never_the_first(browser, session, kari, second, letters):
    browser.sign_in(kari)
    first = addresses_of(session, kari)[FIRST].id
    browser.send("members.remove_address", id=first, expect=409)
    browser.press("members.addresses", "Remove")
    assert set(addresses_of(session, kari)) == {FIRST}
    subject = "An e-mail address was removed from your account"
    assert [letter.subject for letter in letters(SECOND)] == [subject]
    assert [letter.subject for letter in letters(FIRST)] == [subject]


@pytest.mark.parametrize("deed", ["primary_address", "remove_address"])
def test_the_addresses_of_another_are_not_there(browser, holder, second, deed):
    browser.sign_in(holder(email="other@example.org"))
    browser.send(f"members.{deed}", id=second.id, expect=404)


@pytest.mark.parametrize("deed", ["add_address", "primary_address", "remove_address"])
def test_changes_want_a_fresh_proof_of_who_it_is(browser, session, kari, second, deed):
    browser.sign_in(kari)
    opened = session.scalar(select(LoginSession))
    opened.proved_at = clock.now() - timedelta(minutes=16)
    session.commit()
    where = {} if deed == "add_address" else {"id": second.id}
    browser.send(f"members.{deed}", {"email": "new@example.org"}, expect={302, 403, 409}, **where)
    session.rollback()
    assert session.scalar(select(func.count()).select_from(AddressClaim)) == 0
    assert set(addresses_of(session, kari)) == {FIRST, SECOND}
    assert session.get(Person, kari.id).email == FIRST


def test_every_proven_address_signs_in_and_has_a_new_password_sent(
    browser, kari, second, letters, work
):
    answers = {"email": SECOND, "password": PASSWORD}
    browser.fill("members.sign_in", answers)
    assert browser.response.location == "/desk"
    browser.sign_out()
    browser.fill("members.forgotten", {"email": SECOND})
    work()
    assert len(letters(SECOND)) == 1, "where it was asked for"
    assert letters(FIRST) == []


def test_any_address_of_somebody_makes_no_account_anew(browser, session, second, letters):
    browser.fill("members.sign_up", NEW | {"email": SECOND})
    assert session.scalar(select(func.count()).select_from(Person)) == 1
    assert letters(SECOND)[0].subject == "You already have an account"


def test_an_invitation_to_any_proven_address_is_for_its_holder(browser, make, kari, second):
    firm = make.Organisation()
    invitation = make.Invitation(
        organisation=firm, invited_by=make.colleague(firm), email=SECOND, role="member"
    )
    browser.sign_in(kari)
    assert "You are invited to join" in browser.get("site.desk").text
    browser.press("members.invitation", "Accept", key=invitation.id)
    browser.get("members.organisation", slug=invitation.organisation.slug)


def test_the_address_of_a_person_and_their_first_one_are_the_same(app, session, make, kari, second):
    for person in (make.Person(), make.Person(verified_at=None), make.staff("membership")):
        person.name = "Renamed"
    kari.verified_at = None
    session.commit()
    first = select(EmailAddress.person_id, EmailAddress.address, EmailAddress.verified_at).where(
        EmailAddress.is_primary.is_(True)
    )
    kept = select(Person.id, Person.email, Person.verified_at)
    assert set(session.execute(first)) == set(session.execute(kept))
    assert session.scalar(select(func.count()).select_from(EmailAddress)) == 5
    domains = session.execute(select(EmailAddress.address, EmailAddress.domain)).all()
    assert all(domain == address.partition("@")[2] for address, domain in domains)


def test_nobody_has_more_addresses_than_eight(browser, session, kari, unthrottled):
    browser.sign_in(kari)
    for n in range(7):
        browser.fill("members.add_address", {"email": f"kari{n}@example.org"})
    browser.fill("members.add_address", {"email": "last@example.org"}, expect=422)
    browser.fill("members.add_address", {"email": FIRST}, expect=422)
    assert session.scalar(select(func.count()).select_from(AddressClaim)) == 7


def test_staff_mark_that_letters_come_back(browser, session, make, kari, second):
    browser.sign_in(make.staff("membership"))
    values = {"id": kari.id, "address_id": second.id}
    browser.send("members.mark_address", mark="unreachable", **values)
    assert addresses_of(session, kari)[SECOND].unreachable_since is not None
    browser.sign_in(kari)
    browser.send("members.primary_address", id=second.id, expect=409)
    browser.send("members.mark_address", mark="reachable", expect=403, **values)
    browser.sign_in(make.staff("membership"))
    browser.send("members.mark_address", mark="reachable", **values)
    assert addresses_of(session, kari)[SECOND].unreachable_since is None
    deeds = session.scalars(select(AuditEvent.action).where(AuditEvent.subject_id == kari.id)).all()
    assert deeds == ["address.unreachable", "address.reachable"]
