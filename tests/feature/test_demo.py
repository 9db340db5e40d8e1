"""The invented cluster: loaded into an empty portal alone, and whole."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal import demo
from portal.core.errors import Refused
from portal.extensions import db
from portal.members.rules import status
from portal.models import (
    Application,
    ApplicationDecision,
    ApplicationState,
    Article,
    AuditEvent,
    Call,
    CallState,
    Cluster,
    Cohort,
    CohortState,
    DecisionState,
    EnquiryState,
    Event,
    FormState,
    FormVersion,
    Invitation,
    InvitationState,
    Job,
    JoinRequest,
    MailState,
    Membership,
    MembershipEnquiry,
    MembershipStatus,
    Milestone,
    MilestoneState,
    Offer,
    OfferState,
    Organisation,
    OrganisationKind,
    OutgoingMail,
    Participation,
    ParticipationState,
    Person,
    RequestState,
    Row,
    StaffGrant,
    StaffRole,
)
from portal.platform import files, jobs, passwords
from portal.platform.auth import actor_of
from portal.platform.demo import may_sign_in
from tests.support.invented import NOW, PASSWORD, Invented


def states(model: type[Row], column: str = "state") -> set[object]:
    return set(db.session.scalars(select(getattr(model, column)).distinct()))


def count(model: type[Row]) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_the_demo_is_a_whole_cluster(shown: Flask) -> None:
    cluster = db.session.scalars(select(Cluster)).one()
    assert (cluster.name, cluster.place, cluster.demo) == ("Fjord Media Cluster", "Bergen", True)
    assert 42 <= count(Organisation) <= 52
    assert 95 <= count(Person) <= 120
    assert 25 <= count(Application) <= 32
    assert count(Membership) >= 35


def test_there_is_an_organisation_of_every_kind_and_some_wait_to_be_confirmed(shown: Flask) -> None:
    assert states(Organisation, "kind") == set(OrganisationKind) - {OrganisationKind.OTHER}
    unconfirmed = select(func.count()).where(Organisation.confirmed_at.is_(None))
    assert db.session.scalar(unconfirmed) == 3
    hidden = select(Organisation.slug).where(Organisation.listed.is_(False))
    assert db.session.scalars(hidden).all() == ["hulderlys-vfx"]


def test_everybody_whose_sign_in_is_printed_can_use_the_password(shown: Flask) -> None:
    for name in (
        "founder", "representative", "coordinator",
        "programmes", "membership", "events", "editor", "admin",
    ):  # fmt: skip
        person = db.session.scalars(select(Person).filter_by(email=f"{name}@demo.example")).one()
        assert passwords.fits(person.password_hash, PASSWORD)
        assert person.verified_at is not None


def test_nobody_else_can_sign_in(shown: Flask) -> None:
    others = select(Person.password_hash).where(Person.email.not_like("%@demo.example")).distinct()
    hashes = db.session.scalars(others).all()
    assert len(hashes) == 1
    assert not passwords.fits(hashes[0], PASSWORD)


def test_staff_of_every_role_are_there_and_two_for_programmes(shown: Flask) -> None:
    roles = list(db.session.scalars(select(StaffGrant.role)))
    assert set(roles) == set(StaffRole)
    assert roles.count(StaffRole.PROGRAMMES) == 2


def test_every_state_of_what_people_wish_for_is_present(shown: Flask) -> None:
    assert states(Invitation) == set(InvitationState)
    assert states(JoinRequest) == set(RequestState)
    assert states(MembershipEnquiry) == set(EnquiryState)


def test_every_state_of_programmes_is_present(shown: Flask) -> None:
    assert states(Call) == set(CallState)
    assert states(Cohort) == set(CohortState)
    assert states(FormVersion) == set(FormState)
    assert states(Application) == set(ApplicationState)
    assert states(ApplicationDecision) == set(DecisionState)
    assert states(Offer) == set(OfferState)
    assert states(Participation) == set(ParticipationState)
    assert states(Milestone) == set(MilestoneState)


def test_a_cohort_of_eight_is_running_and_every_company_has_somebody_responsible(
    shown: Flask,
) -> None:
    running = db.session.scalars(select(Cohort).filter_by(state=CohortState.RUNNING)).one()
    companies = db.session.scalars(select(Participation).filter_by(cohort_id=running.id)).all()
    assert len(companies) == running.held == running.capacity == 8
    assert all(company.responsible_id for company in companies)
    assert all(len(company.milestones) >= 3 for company in companies)


def test_as_many_places_are_held_as_there_are_open_offers_and_companies(shown: Flask) -> None:
    gone = [ParticipationState.LEFT_EARLY, ParticipationState.TERMINATED]
    for cohort in db.session.scalars(select(Cohort)):
        offers = db.session.scalars(select(Offer.state).filter_by(cohort_id=cohort.id)).all()
        companies = select(Participation.state).filter_by(cohort_id=cohort.id)
        inside = [state for state in db.session.scalars(companies) if state not in gone]
        assert cohort.held == offers.count(OfferState.OPEN) + len(inside)


def test_a_call_is_in_decision_and_answers_in_three_days(shown: Flask) -> None:
    call = db.session.scalars(
        select(Call).where(Call.state == CallState.PUBLISHED, Call.closes_at <= NOW)
    ).one()
    assert call.decision_on == date(2026, 11, 26)
    ranks = select(Application.waiting_rank).where(
        Application.call_id == call.id, Application.waiting_rank.is_not(None)
    )
    assert sorted(db.session.scalars(ranks)) == [1, 2]


def test_the_founder_has_a_running_place_and_a_draft_half_filled_in(shown: Flask) -> None:
    company = db.session.scalars(select(Organisation).filter_by(slug="tekstavind")).one()
    mine = select(Application).filter_by(organisation_id=company.id)
    found = {row.state: row for row in db.session.scalars(mine)}
    assert set(found) == {ApplicationState.ACCEPTED, ApplicationState.DRAFT}
    assert 4 <= len(found[ApplicationState.DRAFT].answers) <= 8
    place = db.session.scalars(select(Participation).filter_by(organisation_id=company.id)).one()
    assert place.state is ParticipationState.ACTIVE


def test_the_representative_belongs_to_two_organisations(shown: Flask) -> None:
    email = "representative@demo.example"
    person = db.session.scalars(select(Person).filter_by(email=email)).one()
    names = {each.organisation_name for each in actor_of(person, now=NOW).standings}
    assert names == {"Strime Playout", "Småfisk Spill"}


def test_a_decision_waits_for_somebody_else_of_the_programme_team(shown: Flask) -> None:
    drafts = select(ApplicationDecision).filter_by(state=DecisionState.DRAFT)
    assert db.session.scalars(drafts).one().prepared_by.email == "jonas@demo.example"


def test_a_worker_that_starts_has_nothing_to_make_up_for(
    invented: Invented, server: str | None, tmp_path: Path, at: Callable[[datetime], None]
) -> None:
    at(NOW)
    with invented.copied(server, tmp_path) as stage, stage.app.app_context():
        letters = count(OutgoingMail)
        for name in jobs.PERIODIC:
            jobs.REGISTRY[name]()
        jobs.drain()
        assert count(OutgoingMail) == letters


def test_it_is_loaded_in_fifteen_seconds(invented: Invented) -> None:
    assert invented.seconds < 15


def test_every_page_says_that_it_is_a_demo(shown: Flask) -> None:
    for path, code in (("/", 200), ("/sign-in", 200), ("/news", 200), ("/nowhere", 404)):
        page = shown.test_client().get(path)
        assert (page.status_code, "This is a demo." in page.text) == (code, True), path


def test_memberships_stand_in_every_way(shown: Flask) -> None:
    today = NOW.date()
    found = set()
    for membership in db.session.scalars(select(Membership)):
        found.add(status(membership, membership.periods, today=today))
    assert found == set(MembershipStatus)


def test_a_call_closes_in_nine_days_at_noon(shown: Flask) -> None:
    oslo = ZoneInfo("Europe/Oslo")
    closes = db.session.scalars(
        select(Call.closes_at).where(
            Call.state == CallState.PUBLISHED, Call.opens_at <= NOW, Call.closes_at > NOW
        )
    ).one()
    assert closes == datetime(2026, 12, 2, 12, tzinfo=oslo)


def test_what_happened_stands_in_the_order_of_time(shown: Flask) -> None:
    moments = list(db.session.scalars(select(AuditEvent.at).order_by(AuditEvent.seq)))
    assert len(moments) > 1000
    assert moments == sorted(moments)
    assert moments[-1] <= NOW


def test_rows_were_made_when_the_story_says(shown: Flask) -> None:
    for model in (Person, Organisation, Application, OutgoingMail, Call, Cohort, Event, Article):
        newest = db.session.scalar(select(func.max(model.created_at)))
        assert newest is not None
        assert newest <= NOW


def test_the_letters_of_the_past_were_sent_on_their_day_and_wait_for_nobody(shown: Flask) -> None:
    assert states(OutgoingMail) == {MailState.SENT}
    assert count(OutgoingMail) > 200
    differs = select(func.count()).where(OutgoingMail.sent_at != OutgoingMail.created_at)
    assert db.session.scalar(differs) == 0
    assert db.session.scalar(select(func.count()).where(Job.done_at.is_(None))) == 0


def test_every_logo_is_in_the_store_and_harmless(shown: Flask) -> None:
    rows = [row.logo for row in db.session.scalars(select(Organisation))]
    assert all(row is not None and row.media_type == "image/webp" for row in rows)
    assert rows[0] is not None
    assert files.kind_of(files.read(rows[0])) == "image/webp"


def test_the_demo_is_not_loaded_twice(shown: Flask) -> None:
    before = count(Person)
    with pytest.raises(Refused):
        demo.load(password=PASSWORD, now=NOW)
    assert count(Person) == before


def test_the_demo_is_not_loaded_beside_somebody(empty: Flask) -> None:
    with empty.app_context():
        db.session.add(Person(email="kari@firma.no", name="Kari Nes"))
        db.session.commit()
        with pytest.raises(Refused):
            demo.load(password=PASSWORD, now=NOW)
        assert count(Organisation) == 0


def test_the_demos_people_sign_in_only_with_the_mark_and_on_this_machine(
    shown: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(shown.config, "LOCAL", True)
    assert may_sign_in("founder@demo.example")
    monkeypatch.setitem(shown.config, "LOCAL", False)
    assert not may_sign_in("founder@demo.example")
    assert not may_sign_in("Founder@DEMO.example")
    assert may_sign_in("kari@firma.no")
