"""How editors keep the tags: one is added, called otherwise, made a part of another."""

import pytest
from sqlalchemy import select

from portal.models import Article, FormerTag, Organisation, Tag
from portal.platform import jobs

FERRIES = {"label_en": "Ferries", "label_nb": "Ferjer"}


@pytest.fixture
def work(app, session):
    def done():
        session.commit()
        with app.app_context():
            jobs.drain()
        session.rollback()

    return done


def test_a_tag_is_added_and_each_name_is_one_tags_alone(desk, session):
    page = desk.get("news.manage")
    assert page.find("a", string="Tags")["href"] == "/news/manage/tags"
    assert desk.get("news.tags").select(".empty")
    desk.fill("news.add_tag", FERRIES)
    tag = session.scalars(select(Tag)).one()
    assert (tag.key, tag.label_en, tag.label_nb) == ("ferries", "Ferries", "Ferjer")
    page = desk.fill("news.add_tag", {"label_en": "Boats", "label_nb": "ferjer"}, expect=422)
    assert "Another tag is called so." in page.select_one("#label_nb-error").text
    assert desk.get("news.tags").select_one("tbody th").text == "Ferries"


def test_a_tag_is_renamed_and_found_by_its_new_name_at_its_old_address(
    desk, browser, make, session, work
):
    tag = make.Tag(key="boats", label_en="Boats", label_nb="Båter")
    make.story(title="It sails", tags=[tag])
    make.Organisation(display_name="Rederiet", tags=[tag])
    desk.fill("news.edit_tag", FERRIES, id=tag.id)
    work()
    assert "Ferries" in browser.get("news.tag", key="boats").h1.text
    found = browser.get("search.results", q="ferries").main.text
    assert "It sails" in found
    assert "Rederiet" in found
    stale = FERRIES | {"label_en": "Ships", "edited_version": "1"}
    desk.send("news.edit_tag", stale, id=tag.id, expect=409)


def test_two_tags_become_one_and_the_old_address_leads_there(desk, browser, make, session):
    boats, ships = make.Tag(key="boats"), make.Tag(key="ships", label_en="Ships")
    make.Tag(key="cars")
    both = make.story(title="Both", tags=[boats, ships])
    one = make.story(title="One", tags=[boats])
    company = make.Organisation(tags=[boats])
    older = FormerTag(key="dinghies", tag_id=boats.id)
    session.add(older)
    desk.fill("news.merge_tag", {"into": ""}, id=boats.id, expect=422)
    desk.send("news.merge_tag", {"into": str(boats.id)}, id=boats.id, expect=422)
    desk.fill("news.merge_tag", {"into": str(ships.id)}, id=boats.id)
    session.expire_all()
    assert [tag.key for tag in session.get(Article, both.id).tags] == ["ships"]
    assert [tag.key for tag in session.get(Article, one.id).tags] == ["ships"]
    assert [tag.key for tag in session.get(Organisation, company.id).tags] == ["ships"]
    browser.sign_out()
    for former in ("boats", "dinghies"):
        browser.get("news.tag", key=former, expect=301)
        assert browser.response.location == "/news/tags/ships"
        browser.get("news.tag_feed", key=former, kind="json")
        assert "One" in browser.response.text
    assert "One" in browser.get("news.tag", key="ships").main.text
    browser.get("news.tag", key="never", expect=404)


def test_a_new_tag_takes_no_address_that_leads_elsewhere(desk, make, session):
    session.add(FormerTag(key="ferries", tag_id=make.Tag(key="ships").id))
    desk.fill("news.add_tag", FERRIES)
    assert session.scalar(select(Tag.key).where(Tag.label_en == "Ferries")) == "ferries-2"
