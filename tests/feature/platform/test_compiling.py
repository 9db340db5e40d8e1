"""Statements that are put together once are compiled once, and never taken for one another."""

from sqlalchemy import bindparam, select

from portal.models import Person
from portal.platform import compiling
from portal.platform.database import read, unit

EVERYBODY = select(Person.name).order_by(Person.name)
ONE = EVERYBODY.where(Person.email == bindparam("email"))


def test_each_statement_finds_its_own_again_and_again(app, make, session):
    for name in ("kari", "ola"):
        make.Person(name=name, email=f"{name}@example.org")
    session.commit()
    with app.app_context(), unit(writing=False):
        for _again in range(3):
            assert read(EVERYBODY).scalars().all() == ["kari", "ola"]
            assert read(ONE, email="ola@example.org").scalars().all() == ["ola"]
            assert read(ONE.limit(0), email="ola@example.org").all() == []


def test_a_statement_of_one_page_is_not_kept(app, session):
    kept = compiling.beside.cache_info().currsize
    with app.app_context(), unit(writing=False):
        for most in range(5):
            read(select(Person.id).limit(most))
    assert compiling.beside.cache_info().currsize == kept
