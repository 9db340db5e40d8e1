"""The rooms of the demo: every state, true accounts, and on another day as well."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from flask import Flask
from sqlalchemy import func, select

from portal import demo
from portal.events import accounts, rules
from portal.extensions import db
from portal.models import (
    Article,
    ArticlePhase,
    ArticleRevision,
    Audience,
    AuthenticatorApp,
    BenefitUse,
    Delegate,
    DelegateState,
    Event,
    EventPhase,
    JoiningState,
    MembershipApplication,
    MergeRecord,
    MergeState,
    OrganisationDomain,
    OrganisationProposal,
    Passkey,
    Person,
    PersonVisibility,
    PrivacyRequest,
    PrivacyState,
    ProposalState,
    Quota,
    Reach,
    RecoveryCode,
    Registration,
    RenewalRun,
    RenewalState,
    SearchDocument,
    StaffGrant,
    StaffRole,
    StoredFile,
    Succession,
    SuccessionState,
)
from portal.news.rules import phase
from portal.platform import files, passwords
from portal.platform.auth import actor_of
from tests.support.invented import NOW, PASSWORD, Invented


def event(slug: str) -> Event:
    return db.session.scalars(select(Event).filter_by(slug=slug)).one()


def person(name: str) -> Person:
    return db.session.scalars(select(Person).filter_by(email=f"{name}@demo.example")).one()


def delegates(slug: str, state: DelegateState) -> list[str]:
    rows = select(Delegate).filter_by(event_id=event(slug).id, state=state)
    return [row.name for row in db.session.scalars(rows.order_by(Delegate.waiting_number))]


def test_the_accounts_of_all_events_are_true(shown: Flask) -> None:
    assert accounts.audit(now=NOW) == []


def test_the_new_sign_ins_have_their_roles(shown: Flask) -> None:
    for name, role in (("editor", StaffRole.EDITOR), ("events", StaffRole.EVENTS)):
        roles = select(StaffGrant.role).filter_by(person_id=person(name).id)
        assert db.session.scalars(roles).all() == [role]
    coordinator = person("coordinator")
    [standing] = actor_of(coordinator, now=NOW).standings
    assert (standing.organisation_name, standing.role.value) == ("Steinvik Sport", "representative")
    for name in ("coordinator", "editor", "events"):
        assert passwords.fits(person(name).password_hash, PASSWORD)


def test_events_stand_in_every_way_but_under_way(shown: Flask) -> None:
    found = {rules.phase(row, now=NOW) for row in db.session.scalars(select(Event))}
    assert found == set(EventPhase) - {EventPhase.RUNNING, EventPhase.CLOSED}


def test_delegates_stand_in_every_way(shown: Flask) -> None:
    assert set(db.session.scalars(select(Delegate.state))) == set(DelegateState)


def test_the_stand_in_amsterdam_is_nearly_full_and_people_wait_for_the_hotel(shown: Flask) -> None:
    ibc = event("ibc-in-amsterdam")
    assert ibc.starts_at == datetime(2027, 9, 10, 7, 30, tzinfo=UTC)
    assert rules.phase(ibc, now=NOW) is EventPhase.OPEN
    rows = db.session.scalars(select(Quota).filter_by(event_id=ibc.id).order_by(Quota.position))
    assert [(row.size, row.held) for row in rows] == [(22, 21), (16, 16), (30, 4)]
    names = {ticket.name_en: [quota.name_en for quota in ticket.quotas] for ticket in ibc.tickets}
    assert names["Stand with hotel"] == ["Places on the stand", "Hotel rooms"]
    assert delegates(ibc.slug, DelegateState.WAITLISTED) == [
        "Astrid Lunde-Bakke", "Odd-Egil Nærland", "Liis Tammsalu", "Marius Aadnøy",
    ]  # fmt: skip
    assert delegates(ibc.slug, DelegateState.CANCELLED) == ["Mathias Okafor"]
    replaced = select(Delegate.name).where(Delegate.replaced_name == "Even Garnes")
    assert db.session.scalars(replaced).all() == ["Thuy Linh Pham"]


def test_the_coordinator_has_an_offer_open_and_somebody_who_waits(shown: Flask) -> None:
    mine = select(Registration.id).filter_by(registered_by_id=person("coordinator").id)
    rows = db.session.scalars(select(Delegate).where(Delegate.registration_id.in_(mine))).all()
    open_ = [row for row in rows if row.state is DelegateState.OFFERED]
    assert [row.name for row in open_] == ["Jo Inge Tveit"]
    assert open_[0].offer_expires_at == datetime(2026, 11, 25, 14, tzinfo=UTC)
    waits = [row.name for row in rows if row.state is DelegateState.WAITLISTED]
    assert waits == ["Marius Aadnøy"]


def test_the_meeting_at_home_is_soon_and_free(shown: Flask) -> None:
    voices = event("an-evening-about-voices")
    assert voices.starts_at - NOW < timedelta(days=9)
    assert [ticket.price_ore for ticket in voices.tickets] == [None, None]
    assert len(delegates(voices.slug, DelegateState.CONFIRMED)) == 22


def test_a_past_event_has_its_delegates(shown: Flask) -> None:
    day = event("small-crews-large-screens-a-studio-day-at-voss")
    assert rules.phase(day, now=NOW) is EventPhase.PAST
    assert len(delegates(day.slug, DelegateState.CONFIRMED)) == 22


def test_articles_stand_in_every_way(shown: Flask) -> None:
    rows = db.session.scalars(select(Article)).all()
    found = [phase(row, now=NOW) for row in rows]
    assert {each: found.count(each) for each in ArticlePhase} == {
        ArticlePhase.PROPOSED: 1,
        ArticlePhase.DRAFT: 1,
        ArticlePhase.IN_REVIEW: 1,
        ArticlePhase.SCHEDULED: 2,
        ArticlePhase.PUBLISHED: 22,
        ArticlePhase.ARCHIVED: 1,
        ArticlePhase.DECLINED: 1,
        ArticlePhase.WITHDRAWN: 1,
    }
    audiences = [row.audience for row in rows]
    assert audiences.count(Audience.MEMBERS) == 3
    assert [row.tier and row.tier.code for row in rows if row.audience is Audience.TIER] == ["gold"]


def test_the_label_has_two_versions_and_another_story_one_that_waits(shown: Flask) -> None:
    numbers = {
        row.slug: (row.live_number, row.number)
        for row in db.session.scalars(select(Article)) if row.number > 1
    }  # fmt: skip
    assert numbers == {
        "europe-gives-our-cluster-its-gold-label": (2, 2),
        "eleven-minutes-of-black-and-the-morning-after": (1, 2),
    }


def test_eleven_pictures_are_in_the_store_with_words_for_them(shown: Flask) -> None:
    rows = select(ArticleRevision).where(ArticleRevision.picture_id.is_not(None))
    pictures = {row.picture_id: row.alternative for row in db.session.scalars(rows)}
    assert len(pictures) == 11
    assert all(pictures.values())
    for row in db.session.scalars(select(StoredFile).where(StoredFile.id.in_(pictures))):
        assert files.kind_of(files.read(row)) == "image/webp"


def test_stories_and_events_are_found(shown: Flask) -> None:
    kinds = dict(
        db.session.execute(
            select(SearchDocument.kind, func.count()).group_by(SearchDocument.kind)
        ).all()
    )
    assert kinds["article"] == 25
    assert kinds["event"] == 14


def test_applications_for_membership_stand_in_every_way(shown: Flask) -> None:
    assert set(db.session.scalars(select(MembershipApplication.state))) == set(JoiningState)


def test_benefits_are_used_in_part_and_beyond(shown: Flask) -> None:
    uses = db.session.scalars(select(BenefitUse)).all()
    assert len(uses) == 10
    assert sum(use.goodwill for use in uses) == 1
    assert sum(use.quantity < 0 for use in uses) == 1


def test_something_waits_for_everybody_who_looks_after_members(shown: Flask) -> None:
    assert db.session.scalars(select(OrganisationProposal.state)).all() == [ProposalState.OPEN]
    assert db.session.scalars(select(MergeRecord.state)).all() == [MergeState.PROPOSED]
    assert SuccessionState.OPEN in db.session.scalars(select(Succession.state)).all()
    assert db.session.scalars(select(RenewalRun.state)).all() == [RenewalState.READY]
    requests = set(db.session.scalars(select(PrivacyRequest.state)))
    assert requests == {PrivacyState.RECEIVED, PrivacyState.CHECKED}


def test_a_person_has_each_second_factor(shown: Flask) -> None:
    app = select(AuthenticatorApp.person_id).where(AuthenticatorApp.confirmed_at.is_not(None))
    assert db.session.scalars(app).all() == [person("app").id]
    codes = select(RecoveryCode.person_id).where(RecoveryCode.active_at.is_not(None)).distinct()
    assert db.session.scalars(codes).all() == [person("app").id]
    assert db.session.scalars(select(Passkey.person_id)).all() == [person("jonas").id]


def test_people_chose_in_every_way_who_sees_them(shown: Flask) -> None:
    assert set(db.session.scalars(select(PersonVisibility.name))) == set(Reach)
    assert set(db.session.scalars(select(PersonVisibility.email))) == set(Reach)


def test_domains_are_confirmed_and_one_waits(shown: Flask) -> None:
    rows = db.session.scalars(select(OrganisationDomain).order_by(OrganisationDomain.domain))
    assert [(row.domain, row.verified_at is not None) for row in rows] == [
        ("byfjord.example", True), ("steinvik-live.example", False), ("steinvik.example", True),
    ]  # fmt: skip


def test_moved_to_another_day_fairs_stay_in_their_month_and_accounts_true(
    invented: Invented, server: str | None, tmp_path: Path
) -> None:
    with invented.copied(server, tmp_path) as stage, stage.app.app_context():
        for days in (300, 11):
            moved(NOW + timedelta(days=days))


def moved(now: datetime) -> None:
    demo.refresh(now=now)
    assert accounts.audit(now=now) == []
    ibc, voices = event("ibc-in-amsterdam"), event("an-evening-about-voices")
    assert ibc.starts_at.month == 9
    assert rules.phase(ibc, now=now) is EventPhase.OPEN
    assert voices.starts_at.date() == (now + timedelta(days=8)).date()
    assert voices.starts_at.astimezone(ZoneInfo("Europe/Oslo")).hour == 17
    offer = select(Delegate.offer_expires_at).filter_by(state=DelegateState.OFFERED)
    assert db.session.scalars(offer).one().date() == (now + timedelta(days=2)).date()
    rows = db.session.scalars(select(Article)).all()
    scheduled = [row for row in rows if phase(row, now=now) is ArticlePhase.SCHEDULED]
    out = sorted((row.published_at.date() - now.date()).days for row in scheduled)
    assert out == [3, 6]
    db.session.rollback()
