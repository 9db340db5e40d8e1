"""The index follows every deed, and no deed that was taken back."""

import pytest
from sqlalchemy import delete, func, select

from portal.extensions import db
from portal.models import Affiliation, Organisation, Person, SearchDocument, SearchWord
from portal.platform.database import unit
from portal.search.rebuilding import is_missing


def test_what_a_deed_changes_is_found_at_once(browser, find, index, make, shown):
    organisation = shown(display_name="Berg", slug="berg", standfirst="We make lamps.")
    administrator = make.colleague(organisation)
    index()
    browser.sign_in(administrator)
    new = {"standfirst": "We make candles.", "description": "Of wax."}
    browser.fill("members.edit_organisation", new, slug="berg")
    assert find("candles wax") == {"Organisations": ["Berg"]}
    assert find("lamps") == {}


def test_what_an_organisation_offers_and_where_it_is_leads_to_it(browser, find, make, shown):
    organisation = shown(display_name="Berg", slug="berg", language="nb", place="Tromsø")
    browser.sign_in(make.colleague(organisation))
    chosen = {"offered": ["law", "pilots"], "sought": ["capital"]}
    browser.fill("members.edit_organisation", chosen, slug="berg")
    assert find("tromsø") == {"Organisations": ["Berg"]}


def test_a_deed_that_is_refused_leaves_no_trace(app, find, index, shown):
    shown(display_name="Berg", standfirst="We make lamps.")
    index()
    with app.app_context():
        with pytest.raises(RuntimeError), unit():
            row = db.session.scalars(select(Organisation)).one()
            row.standfirst = "We make candles."
            db.session.flush()
            raise RuntimeError
        with unit():
            row = db.session.scalars(select(Organisation)).one()
            row.website = "https://berg.example"
    assert find("candles") == {}
    assert find("lamps") == {"Organisations": ["Berg"]}


def test_what_came_before_a_savepoint_is_kept_when_that_is_taken_back(app, find, index, shown):
    shown(display_name="Berg", standfirst="We make lamps.")
    shown(display_name="Dal", standfirst="We make lamps.")
    index()
    with app.app_context(), unit():
        berg, dal = db.session.scalars(select(Organisation).order_by(Organisation.name_key))
        with db.session.begin_nested():
            berg.standfirst = "We make candles."
        with pytest.raises(RuntimeError), db.session.begin_nested():
            dal.standfirst = "We make candles."
            db.session.flush()
            raise RuntimeError
    assert find("candles") == {"Organisations": ["Berg"]}
    assert find("lamps") == {"Organisations": ["Dal"]}


def test_colleagues_are_found_under_their_new_name_until_they_leave(
    app, browser, find, index, make, shown
):
    ours = shown(display_name="Berg", slug="berg")
    reader, other = make.colleague(ours), make.colleague(ours, name="Kari Dal")
    index()
    browser.sign_in(reader)
    assert find("kari") == {"People": ["Kari Dal"]}
    id, person_id = other.id, other.id
    with app.app_context():
        with unit():
            db.session.get_one(Person, id).name = "Kari Lund"
        assert_found(find, "lund", ["Kari Lund"])
        assert_found(find, "dal", None)
        with unit():
            row = db.session.scalars(select(Affiliation).filter_by(person_id=person_id)).one()
            row.ends_at = row.starts_at
    assert_found(find, "lund", None)


def assert_found(find, words, names):
    assert find(words).get("People") == names


def test_what_stays_as_it_is_is_not_written_again(app, index, shown):
    shown(display_name="Berg", standfirst="We make lamps.")
    index()
    with app.app_context():
        before = numbers()
        with unit():
            db.session.scalars(select(Organisation)).one().website = "https://berg.example"
        assert numbers() == before


def numbers():
    with unit(writing=False):
        return (
            db.session.scalars(select(SearchDocument.number)).all(),
            db.session.scalar(select(func.count()).select_from(SearchWord)),
        )


def test_making_the_index_again_changes_nothing_and_forgets_what_is_gone(
    app, find, index, session, shown
):
    shown(display_name="Berg", standfirst="We make lamps.")
    gone = shown(display_name="Dal", standfirst="We make lamps.")
    assert index() == 2
    with app.app_context():
        first = numbers()
    index()
    with app.app_context():
        assert numbers() == first
    for row in session.scalars(select(SearchDocument).filter_by(subject_id=gone.id)):
        row.kind = "what no room has"
    index()
    session.expire_all()
    kinds = set(session.scalars(select(SearchDocument.kind)))
    assert kinds == {"organisation"}
    assert find("lamps") == {"Organisations": ["Dal", "Berg"]}


def test_an_index_is_missing_when_there_is_something_to_find_and_none_of_it_is(app, index, shown):
    with app.app_context():
        assert not is_missing()
    shown(display_name="Berg")
    index()
    with app.app_context():
        assert not is_missing()
        with unit():
            db.session.execute(delete(SearchDocument))
        assert is_missing()


def test_the_command_says_how_much_can_be_found(app, session, shown):
    shown(display_name="Berg")
    session.commit()
    told = app.test_cli_runner().invoke(args=["search", "rebuild"])
    assert told.output == "1 rows can be found.\n"
