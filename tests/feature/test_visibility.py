"""Whoever sees a row in a list sees its page, and nobody else does: for every kind of reader."""

import pytest
from sqlalchemy import select

from portal.extensions import db
from portal.models import Application, Milestone, Participation
from portal.platform import auth
from portal.platform.database import unit
from tests.factories.members import LONG_AGO

KINDS = (
    "stranger's colleague",
    "member",
    "representative",
    "administrator",
    "of two organisations",
    "programmes",
    "membership",
    "editor",
    "staff administrator",
    "former member",
)


@pytest.fixture
def world(make):
    """Two companies with an application, a place and a milestone each, and all kinds of people."""
    ours, theirs, third = (make.Organisation() for _ in range(3))
    for organisation in (ours, theirs):
        application = make.Application(organisation=organisation, sent=True)
        place = make.Participation(organisation=organisation, application_id=application.id)
        make.Milestone(participation=place)
    people = {
        "stranger's colleague": make.colleague(third),
        "member": make.colleague(ours, "member"),
        "representative": make.colleague(ours, "representative"),
        "administrator": make.colleague(ours),
        "of two organisations": make.colleague(ours, "member"),
        "programmes": make.staff("programmes"),
        "membership": make.staff("membership"),
        "editor": make.staff("editor"),
        "staff administrator": make.staff("administrator"),
        "former member": make.Person(),
    }
    make.Affiliation(person=people["of two organisations"], organisation=theirs)
    make.Affiliation(person=people["former member"], organisation=ours, ends_at=LONG_AGO)
    return {"people": people, "ours": ours, "theirs": theirs}


#: Whose rows each kind of reader sees: of our company, of theirs. Written by hand.
SEES = {
    "stranger's colleague": (False, False),
    "member": (True, False),
    "representative": (True, False),
    "administrator": (True, False),
    "of two organisations": (True, True),
    "programmes": (True, True),
    "membership": (False, False),
    "editor": (False, False),
    "staff administrator": (True, True),
    "former member": (False, False),
}
PAGES = {
    Application: "programmes.application",
    Participation: "programmes.participation",
    Milestone: "programmes.milestone",
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_list_shows_what_its_pages_show(app, session, browser, world, kind):
    person = world["people"][kind]
    browser.sign_in(person)
    for model, endpoint in PAGES.items():
        listed = ids_listed(app, model, person)
        rows = session.scalars(select(model)).all()
        assert {row.id for row in rows if seen_by(kind, row, world)} == listed, model
        for row in rows:
            expect = 200 if row.id in listed else 404
            browser.get(endpoint, id=row.id, expect=expect)


def ids_listed(app, model, person):
    with app.test_request_context(), unit(writing=False):
        actor = auth.actor_of(db.session.get(type(person), person.id), now=auth.arrived())
        return {row.id for row in db.session.scalars(model.visible_to(actor))}


def seen_by(kind, row, world):
    organisation_id = (
        row.participation.organisation_id if isinstance(row, Milestone) else row.organisation_id
    )
    return SEES[kind][0 if organisation_id == world["ours"].id else 1]


@pytest.mark.parametrize("listed", [True, False])
@pytest.mark.parametrize("confirmed", [True, False])
@pytest.mark.parametrize("member", [True, False])
def test_the_public_sees_an_organisation_when_it_is_listed_confirmed_and_a_member(
    make, browser, listed, confirmed, member
):
    more = {} if confirmed else {"confirmed_at": None}
    organisation = make.Organisation(listed=listed, display_name="Skarv Story", **more)
    if member:
        make.MembershipPeriod(membership=make.Membership(organisation=organisation))
    public = listed and confirmed and member
    assert ("Skarv Story" in browser.get("members.directory").text) is public
    assert ("Skarv Story" in browser.get("site.home").text) is public
    assert (organisation.slug in browser.client.get("/sitemap.xml").text) is public
    browser.get("members.show", slug=organisation.slug, expect=200 if public else 404)
