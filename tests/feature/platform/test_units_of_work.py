"""One page is one unit of work: what is kept, what is undone, and who waits for whom."""

import pytest
from flask import session as cookie
from sqlalchemy import insert, select, text
from werkzeug.exceptions import Unauthorized

from portal.core import clock
from portal.core.errors import Clash, Mistake, NotAllowed, Refused
from portal.core.wording import Sentence
from portal.extensions import db
from portal.models import Organisation, Person, Throttle
from portal.platform import postgresql
from portal.platform.database import aside, in_write_unit, unit, write
from portal.web.access import allows, everyone, signed_in
from portal.web.forms import Form, Trimmed


@pytest.fixture
def organisation(make, session):
    organisation = make.Organisation(standfirst="before")
    session.commit()
    return organisation


@pytest.fixture
def signed(app, browser, make):
    """Enters a request as somebody who is signed in."""
    browser.sign_in(make.Person())
    with browser.client.session_transaction() as kept:
        token = kept["_user_id"]

    entered = []

    def enter(method, data=None):
        entered.append(app.test_request_context(method=method, data=data))
        entered[-1].push()
        cookie["_user_id"] = token

    yield enter
    for context in reversed(entered):
        context.pop()


def anybody(actor, subject):
    return True


def find(id, *, actor):
    return db.session.get(Organisation, id)


def page(act, **more):
    """A page about an organisation, open to anybody, that acts as told."""
    return allows(anybody, on=find, **more)(act)


def rewrite(organisation):
    organisation.standfirst = "after"
    db.session.flush()


@pytest.mark.parametrize(
    ("method", "status", "kept"),
    [
        ("GET", 200, False),
        ("HEAD", 200, False),
        ("GET", 302, False),
        ("POST", 200, True),
        ("POST", 302, True),
        ("POST", 409, False),
        ("POST", 422, False),
        ("POST", 500, False),
    ],
)
def test_only_a_write_that_succeeded_is_kept(session, organisation, signed, method, status, kept):
    def act(organisation):
        rewrite(organisation)
        return "", status

    signed(method)
    page(act)(id=organisation.id)
    session.rollback()
    assert (organisation.standfirst == "after") is kept


def test_a_door_for_people_signed_in_is_shut_to_strangers_whatever_the_page_does(app, session):
    with app.test_request_context(), pytest.raises(Unauthorized):
        signed_in(lambda: "a page that never asks who is reading")()


def test_what_is_refused_is_undone_before_the_refusal_is_explained(organisation, signed):
    def spoil(organisation):
        rewrite(organisation)
        raise Refused(Sentence("Not like this."))

    signed("POST")
    with pytest.raises(Refused):
        page(spoil)(id=organisation.id)
    assert db.session.get(Organisation, organisation.id).standfirst == "before"


class Question(Form):
    """One answer, which says in which unit of work it was read."""

    class Meta:
        csrf = False

    word = Trimmed()
    read_while_writing: bool | None = None

    def validate_word(self, field):
        Question.read_while_writing = in_write_unit()


def test_a_form_is_read_before_the_write_unit_opens_and_the_deed_is_done_inside(
    organisation, signed
):
    inside = []

    def act(organisation, form):
        inside.append((form.accepted, in_write_unit()))
        return "", 302

    signed("POST", {"word": "x"})
    page(act, form=Question)(id=organisation.id)
    assert Question.read_while_writing is False
    assert inside == [(True, True)]


@pytest.mark.parametrize(
    ("refusal", "status"),
    [
        (Mistake("word", Sentence("Not that word.")), 422),
        (Clash({"word": "theirs"}, version=7), 409),
    ],
)
def test_what_only_the_deed_finds_comes_back_to_the_form_with_what_was_typed(
    organisation, signed, session, refusal, status, monkeypatch
):
    drawing = "portal.web.forms.form.render_template"
    monkeypatch.setattr(drawing, lambda *_, form, **__: form.word.data)

    def act(organisation, form):
        if form.accepted:
            rewrite(organisation)
            raise refusal
        return form.page("any.html")

    signed("POST", {"word": "mine"})
    response = page(act, form=Question)(id=organisation.id)
    assert (response.status_code, response.get_data(as_text=True)) == (status, "mine")
    session.rollback()
    assert organisation.standfirst == "before"


def test_rights_are_read_again_in_the_write_unit(organisation, signed, make, session):
    """Whoever loses a right between the two is turned away at the second look."""
    asked = []

    def once(actor, subject):
        asked.append(in_write_unit())
        return True

    signed("POST")
    allows(once, on=find)(lambda organisation: ("", 204))(id=organisation.id)
    assert asked == [False, True]


def test_what_a_deed_reads_itself_is_looked_up_once_and_who_may_do_it_twice(organisation, signed):
    looked, asked = [], []

    def look(id, *, actor):
        looked.append(in_write_unit())
        return id

    def may(actor, subject):
        asked.append((in_write_unit(), subject))
        return True

    signed("POST")
    allows(may, on=look, once=True)(lambda id: ("", 204))(id=organisation.id)
    assert looked == [False]
    assert asked == [(False, organisation.id), (True, organisation.id)]


def test_who_may_not_any_more_does_not_even_where_the_subject_is_looked_up_once(
    organisation, signed
):
    done = []
    signed("POST")
    with pytest.raises(NotAllowed):
        allows(lambda *_: not in_write_unit(), on=find, once=True)(done.append)(id=organisation.id)
    assert done == []


def test_a_page_for_everyone_asks_nobody_who_they_are(app, session):
    with app.test_request_context() as context:
        assert everyone(lambda: "hello")().data == b"hello"
        assert context._session.accessed is False


def test_the_small_unit_beside_the_deed_never_opens_inside_it(app, session):
    with app.app_context():
        with unit(), pytest.raises(RuntimeError, match="wait for itself"), aside():
            pass
        with aside() as small:
            assert small.scalar(select(Person.id)) is None


def test_what_is_written_past_the_session_is_kept_or_undone_with_the_unit(app, session):
    def count(amount):
        row = {"key": f"tried {amount}", "count": amount, "expires_at": clock.now()}
        write(insert(Throttle), [row])
        assert not db.session.registry.has()

    with app.app_context(), unit():
        count(1)
    with app.app_context(), pytest.raises(Refused), unit():
        count(2)
        raise Refused(Sentence("No"))
    assert session.scalars(select(Throttle.key)).all() == ["tried 1"]


def test_a_connection_that_was_cut_while_it_rested_is_made_anew(app, session, monkeypatch):
    monkeypatch.setattr(postgresql, "RESTED", 0)
    session.execute(text("SELECT 1"))  # so that it keeps a connection of its own
    assert one(app) == 1
    if session.get_bind().dialect.name == "postgresql":  # a file cuts nobody off
        others = "FROM pg_stat_activity WHERE datname = current_database()"
        cut = f"SELECT pg_terminate_backend(pid) {others} AND pid <> pg_backend_pid()"
        session.execute(text(cut))
        session.commit()
    assert one(app) == 1


def one(app):
    with app.app_context(), unit(writing=False):
        return db.session.scalar(text("SELECT 1"))


def test_what_asks_for_no_transaction_of_its_own_has_none(app, session):
    with app.app_context():
        with unit(writing=False):
            db.session.scalar(text("SELECT 1"))
        with db.engine.connect() as connection:
            settling = connection.execution_options(isolation_level="AUTOCOMMIT")
            # PostgreSQL does this in no transaction
            settling.execute(
                text({"sqlite": "ANALYZE", "postgresql": "VACUUM"}[settling.dialect.name])
            )
