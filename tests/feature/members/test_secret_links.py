"""What is kept of links that let whoever has them in."""

from datetime import timedelta

from sqlalchemy import select

from portal.core import clock
from portal.models import OneTimeToken, Person
from portal.platform import jobs
from tests.feature.members.conftest import path_in
from tests.feature.members.test_accounts import NEW


def test_secrets_are_kept_as_hashes(browser, session, letters):
    browser.fill("members.sign_up", NEW)
    secret = path_in(letters("ingrid@example.org")[0], "/verify/").rpartition(".")[2]
    kept = session.scalar(select(OneTimeToken))
    assert secret not in kept.token_hash
    assert session.scalar(select(Person.password_hash)).startswith("$argon2id$")
    assert kept.expires_at - clock.now() <= timedelta(days=3)


def test_no_link_that_was_sent_is_kept(app, browser, session, holder, make, letters):
    firm = make.Organisation()
    browser.sign_in(make.colleague(firm))
    browser.fill("members.invite", {"email": "new@example.org", "role": "member"}, slug=firm.slug)
    browser.fill("members.sign_up", NEW)
    browser.fill("members.forgotten", {"email": holder(email="known@example.org").email})
    with app.app_context():
        jobs.drain()
    for email in ("new@example.org", "ingrid@example.org", "known@example.org"):
        [sent] = letters(email)
        assert (sent.state.value, sent.text, sent.html) == ("sent", "", "")
        assert sent.subject
