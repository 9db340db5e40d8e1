"""The demo's mailbox: there in the demo on this machine, and nowhere else."""

import pytest
from sqlalchemy import select, update

from portal.core.wording import N_, Sentence
from portal.extensions import db
from portal.models import Cluster, OutgoingMail
from portal.platform import mail
from portal.platform.database import unit
from portal.platform.mail import Letter


@pytest.fixture
def demo(app, session):
    session.execute(update(Cluster).values(demo=True))
    session.commit()


@pytest.fixture
def letter(app, session):
    """A letter written outside of any request, as the worker writes reminders."""
    with app.app_context(), unit():
        mail.queue(
            Letter(
                address="kari@firma.example",
                name="Kari Nordmann",
                language="en",
                subject=Sentence(N_("Confirm your <b>address</b>")),
                paragraphs=(Sentence(N_("Hello & welcome.")), Sentence(N_("See you soon."))),
                button=(Sentence(N_("Confirm")), mail.link("/verify/abc")),
                why=Sentence(N_("You get this because you signed up.")),
            )
        )
        return db.session.scalars(select(OutgoingMail.id)).one()


def test_there_is_no_mailbox_in_a_real_portal(browser, letter):
    browser.get("site.mailbox", expect=404)
    browser.get("site.letter", id=letter, expect=404)
    browser.get("site.letter_html", id=letter, expect=404)


def test_there_is_no_mailbox_where_others_can_reach_it(app, browser, demo, letter, monkeypatch):
    monkeypatch.setitem(app.config, "LOCAL", False)
    browser.get("site.mailbox", expect=404)
    browser.get("site.letter", id=letter, expect=404)
    browser.get("site.letter_html", id=letter, expect=404)


def test_the_demo_shows_its_letters(browser, demo, letter):
    page = browser.get("site.mailbox")
    [link] = page.select("ul.rows a")
    assert link.text == "Confirm your <b>address</b>"
    assert browser.response.headers["Cache-Control"] == "no-store"
    shown = browser.get("site.letter", id=letter)
    assert "Hello & welcome." in shown.text
    assert shown.select_one(".said a")["href"].endswith("/verify/abc")
    assert "frame-src 'self'" in browser.response.headers["Content-Security-Policy"]


def test_letters_can_be_sought_by_address(browser, demo, letter):
    assert len(browser.get("site.mailbox", to="KARI@firma.example").select("ul.rows li")) == 1
    page = browser.get("site.mailbox", to="ola@firma.example")
    assert "Nothing was written to this address yet." in page.text


def test_an_empty_mailbox_says_what_to_do(browser, demo):
    assert "No e-mail yet." in browser.get("site.mailbox").text


def test_a_letter_can_do_nothing_in_its_frame(browser, demo, letter):
    browser.language = "en"
    response = browser.client.get(browser.address("site.letter_html", id=letter))
    policy = response.headers["Content-Security-Policy"]
    assert policy.startswith("sandbox allow-top-navigation-by-user-activation;")
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "Confirm your &lt;b&gt;address&lt;/b&gt;" in response.text
    assert '<base target="_top">' in response.text


def test_text_and_html_say_the_same(app, session, letter):
    row = session.scalars(select(OutgoingMail)).one()
    for words in ("Hello & welcome.", "See you soon.", "/verify/abc", "You get this because"):
        assert words in row.text
    assert "Hello &amp; welcome." in row.html
    assert "See you soon." in row.html
    assert row.text.splitlines()[0] == "Hello & welcome."
    assert "Test Cluster" in row.text
    assert '<html lang="en">' in row.html
