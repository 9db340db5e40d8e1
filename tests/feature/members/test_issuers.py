"""Others who vouch for people: every answer that is not what it should be opens nothing."""

import time
from hashlib import sha256
from urllib.parse import parse_qsl, urlsplit

import pytest
from sqlalchemy import func, select

from portal.core import clock
from portal.members.entering import issuers
from portal.models import IssuerIdentity, LoginSession, Person, UsedAnswer
from tests.feature.members.conftest import PASSWORD
from tests.feature.members.vouching import come_back, go_out
from tests.support.issuer import in_base64


@pytest.fixture
def kari(vouched_for):
    return vouched_for


def sessions_of(session):
    session.rollback()
    return session.scalar(select(func.count()).select_from(LoginSession))


def test_somebody_whose_account_is_linked_comes_in(browser, session, kari, issuer):
    back = go_out(browser, issuer)
    browser.open("GET", back)
    assert sessions_of(session) == 0, "looking signs nobody in"
    come_back(browser, back)
    assert browser.response.location == "/desk"
    assert "Kari Nes" in browser.get("site.desk").text
    opened = session.scalar(select(LoginSession))
    assert (opened.person_id, opened.way) == (kari.id, "issuer")
    assert session.scalar(select(IssuerIdentity.last_used_at)) is not None


def test_one_comes_to_the_page_that_one_asked_for(browser, kari, issuer):
    browser.get("members.with_issuer", key="local", next="/account", expect=302)
    where = urlsplit(browser.response.location)
    back = urlsplit(issuer.authorize(dict(parse_qsl(where.query))))
    come_back(browser, f"{back.path}?{back.query}")
    assert browser.response.location == "/account"


def claim(**changed):
    return lambda claims: {**claims, **changed}


def without(name):
    return lambda claims: {key: value for key, value in claims.items() if key != name}


LIES = {
    "another nonce": claim(nonce="of another attempt"),
    "no nonce": without("nonce"),
    "meant for another": claim(aud="another-client"),
    "meant for several, held by another": claim(aud=["portal", "another"], azp="another"),
    "of another issuer": claim(iss="https://login.example.net"),
    "no issuer": without("iss"),
    "over": claim(exp=int(time.time()) - 3600),
    "from tomorrow": claim(nbf=int(time.time()) + 86_400),
    "issued tomorrow": claim(iat=int(time.time()) + 86_400),
    "without an end": without("exp"),
    "of nobody": without("sub"),
    "of an empty subject": claim(sub=""),
    "of a subject that is no text": claim(sub=7),
}


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES.keys())
def test_what_is_not_said_to_us_about_this_very_attempt_counts_for_nothing(
    browser, session, kari, issuer, lie
):
    issuer.lie = lie
    page = come_back(browser, go_out(browser, issuer), expect=409)
    assert "could not be trusted" in page.select_one("main").text
    assert sessions_of(session) == 0


@pytest.mark.parametrize("by", ["another", "nobody", "public"])
def test_only_the_issuers_own_signature_counts(browser, session, kari, issuer, by):
    issuer.sign = {
        "another": issuer.signed_by_another,
        "nobody": issuer.signed_by_nobody,
        "public": issuer.signed_with_the_public_key,
    }[by]
    page = come_back(browser, go_out(browser, issuer), expect=409)
    assert "could not be trusted" in page.select_one("main").text
    assert sessions_of(session) == 0


@pytest.mark.parametrize("token", ["", "a.b.c", "nonsense", "é" * 10])
def test_a_token_that_is_none_is_told_in_our_words(browser, session, kari, issuer, token):
    issuer.sign = lambda _claims: token
    come_back(browser, go_out(browser, issuer), expect=409)
    assert sessions_of(session) == 0


def test_an_issuer_that_calls_itself_otherwise_is_not_ours(browser, kari, issuer):
    issuer.known_as = "https://login.example.net"
    browser.get("members.with_issuer", key="local", expect=409)


def test_the_state_of_another_browser_opens_nothing(
    browser, another_browser, session, kari, issuer
):
    back = go_out(browser, issuer)
    come_back(another_browser, back, expect=409)
    another = go_out(another_browser, issuer)
    come_back(another_browser, back, expect=409)
    come_back(another_browser, another, state="made up", expect=409)
    assert sessions_of(session) == 0


def test_an_answer_is_used_once(browser, session, kari, issuer):
    back = go_out(browser, issuer)
    with browser.client.session_transaction() as cookie:
        kept = dict(cookie)
    come_back(browser, back)
    code = dict(parse_qsl(urlsplit(back).query))["code"]
    browser.sign_out()
    with browser.client.session_transaction() as cookie:
        cookie.update(kept)
    come_back(browser, back, expect=409)
    issuer.codes[code] = {  # an issuer that would honour the code again
        "redirect_uri": "http://127.0.0.1:8000/sign-in/from/local",
        "nonce": kept["issuer"]["nonce"],
        "code_challenge": challenge_of(kept["issuer"]["verifier"]),
    }
    come_back(browser, back, expect=409)
    assert sessions_of(session) == 1
    assert session.scalar(select(func.count()).select_from(UsedAnswer)) == 1


def challenge_of(verifier):
    return in_base64(sha256(verifier.encode()).digest())


def test_an_attempt_is_over_after_ten_minutes(browser, session, kari, issuer, monkeypatch):
    back = go_out(browser, issuer)
    later = clock.now().timestamp() + 601
    monkeypatch.setattr(issuers.Attempt, "is_over", lambda self, *, now: later >= self.at + 600)
    come_back(browser, back, expect=409)
    assert sessions_of(session) == 0


def test_an_issuer_that_is_down_leaves_the_password(browser, holder, issuer):
    person = holder(email="kari@example.org")
    issuer.down = True
    page = browser.get("members.with_issuer", key="local", expect=409)
    assert "Local ID does not answer" in page.text
    browser.fill("members.sign_in", {"email": person.email, "password": PASSWORD})
    assert browser.response.location == "/desk"


def test_whoever_turns_back_is_told_the_other_ways(browser, issuer):
    page = browser.open("GET", "/sign-in/from/local?error=access_denied&state=x", expect=409)
    assert "You did not sign in at Local ID" in page.select_one("main").text
    browser.open("GET", "/sign-in/with/unheard-of", expect=404)
    browser.open("GET", "/sign-in/from/unheard-of", expect=404)


def test_an_address_alone_links_nobody(browser, session, holder, issuer):
    holder(email="kari@firma.example")
    come_back(browser, go_out(browser, issuer))
    assert browser.response.location == "/sign-in/unknown/local"
    page = browser.get("members.unknown_identity", key="local")
    assert "an address alone is no proof" in page.select_one("main").text.lower()
    assert sessions_of(session) == 0
    assert session.scalar(select(func.count()).select_from(IssuerIdentity)) == 0


def test_a_newcomer_finds_the_form_filled_in_and_proves_the_address_by_our_letter(
    browser, session, issuer, letters
):
    come_back(browser, go_out(browser, issuer))
    answers = {"password": PASSWORD, "accepts": "y"}
    browser.fill("members.sign_up", answers)
    person = session.scalar(select(Person))
    assert (person.name, person.email, person.verified_at) == (
        "Kari Nes",
        "kari@firma.example",
        None,
    )
    assert "/verify/" in letters("kari@firma.example")[0].text
    assert session.scalar(select(func.count()).select_from(IssuerIdentity)) == 0


def test_what_is_not_verified_there_is_not_filled_in(browser, issuer):
    issuer.person["email_verified"] = "true"
    come_back(browser, go_out(browser, issuer))
    page = browser.get("members.sign_up")
    assert page.select_one("#email").get("value", "") == ""


def test_a_second_factor_is_still_asked_for(browser, session, kari, issuer):
    kari.factor_since = clock.now()
    come_back(browser, go_out(browser, issuer))
    assert browser.response.location != "/desk"
    assert session.scalar(select(LoginSession.proved_at)) is None
    browser.get("site.desk", expect=401)


def test_whoever_is_blocked_stays_out(browser, session, kari, issuer):
    kari.state = "blocked"
    come_back(browser, go_out(browser, issuer), expect=409)
    assert sessions_of(session) == 0


def test_what_issuers_say_of_themselves_is_asked_once(browser, kari, issuer):
    for _time in range(3):
        go_out(browser, issuer)
    assert issuer.asked == ["/.well-known/openid-configuration"]


def test_the_sign_in_page_offers_the_issuers(browser, issuer):
    page = browser.get("members.sign_in", next="/account")
    found = [link["href"] for link in page.select("main a") if "Local ID" in link.text]
    assert found == ["/sign-in/with/local?next=/account"]
