"""Texts are accepted in the versions that were shown, and in no others."""

import pytest
from sqlalchemy import func, select

from portal.models import ConsentEvent, MaterialChange, Page, PageRevision, Person
from tests.factories.members import LONG_AGO
from tests.feature.members.test_accounts import NEW

TEXTS = ("privacy", "terms")


@pytest.fixture
def rewritten(session):
    """Write a text anew."""

    def done(key):
        page = session.scalar(select(Page).where(Page.key == key))
        was = page.revision
        columns = {c.name: getattr(was, c.name) for c in PageRevision.__table__.columns}
        for name in ("id", "version", "created_at"):
            columns.pop(name, None)
        page.revision = PageRevision(**columns | {"number": was.number + 1})
        session.commit()

    return done


def test_a_text_that_changed_meanwhile_is_read_before_it_is_accepted(browser, session, rewritten):
    seen = browser.get("members.sign_up").select_one("[name=texts]")["value"]
    rewritten("terms")
    page = browser.send("members.sign_up", NEW | {"texts": seen}, expect=422)
    assert "have changed since you opened this page" in page.select_one("#accepts-error").text
    assert session.scalar(select(func.count()).select_from(Person)) == 0
    browser.send("members.sign_up", NEW, expect=422)  # shown nothing at all
    now = page.select_one("[name=texts]")["value"]
    browser.send("members.sign_up", NEW | {"texts": now})
    accepted = set(session.scalars(select(ConsentEvent.revision_id)))
    assert accepted == set(session.scalars(select(Page.revision_id).where(Page.key.in_(TEXTS))))


def test_so_is_what_is_accepted_later(browser, session, make, rewritten):
    person = make.Person()
    text = session.scalar(select(Page.revision_id).where(Page.key == "privacy"))
    session.add(MaterialChange(
        revision_id=text, summary_en="New.", summary_nb="Nytt.", announced_at=LONG_AGO,
        announced_by_id=person.id,
    ))  # fmt: skip
    browser.sign_in(person)
    seen = browser.get("members.text_changes").select_one("main [name=accepts]")["value"]
    rewritten("privacy")
    page = browser.send("members.text_changes", {"accepts": seen}, expect=422)
    assert "have changed since you opened this page" in page.main.text
    assert not session.scalars(select(ConsentEvent)).all()
