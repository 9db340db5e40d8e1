"""What the tables refuse, whoever writes to them: each promise and a row that breaks it."""

from datetime import UTC, date, datetime, timedelta, timezone
from uuid import UUID

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DatabaseError, IntegrityError, StatementError

from portal import models
from portal.models import ApplicationState, OfferState

NOON = datetime(2030, 6, 1, 12, tzinfo=UTC)
DAY = date(2020, 1, 1)


@pytest.fixture
def one_of_everything(make):
    application = make.Application(reviewed=True)
    make.ApplicationDecision(application=application)
    make.Offer()
    make.Milestone()
    make.MembershipPeriod()
    make.Invitation()
    make.JoinRequest()
    make.Affiliation()
    make.StaffGrant()
    make.questions(application.call)


@pytest.mark.parametrize(
    ("table", "values", "name"),
    [
        (models.Person, {"email": "Kari@Example.org"}, "email_in_lower_case"),
        (models.Organisation, {"number_kind": "norwegian"}, "number_iff_registered"),
        (models.Organisation, {"country": "NOR"}, "country_of_two_letters"),
        (models.Organisation, {"kind": "club"}, "organisationkind"),
        (models.Affiliation, {"ends_at": datetime(2019, 1, 1, tzinfo=UTC)}, "ends_after_start"),
        (models.StaffGrant, {"ends_at": datetime(2019, 1, 1, tzinfo=UTC)}, "ends_after_start"),
        (models.Invitation, {"state": "accepted"}, "answered_iff_over"),
        (models.JoinRequest, {"state": "declined"}, "answered_iff_over"),
        (models.Membership, {"ends_on": DAY}, "reason_iff_ended"),
        (
            models.Membership,
            {"suspended_from": date(2021, 1, 1), "suspended_to": DAY},
            "suspension_has_length",
        ),
        (models.MembershipPeriod, {"to_on": DAY}, "has_length"),
        (models.Cluster, {"single": 2}, "only_one"),
        (models.Cohort, {"held": -1}, "held_within_capacity"),
        (models.Cohort, {"held": 9}, "held_within_capacity"),
        (models.Cohort, {"ends_on": DAY}, "ends_after_start"),
        (models.Call, {"closes_at": datetime(2019, 1, 1, tzinfo=UTC)}, "closes_after_opening"),
        (models.Call, {"state": "draft"}, "published_iff_public"),
        (models.Call, {"offer_days": 0}, "offer_days_sensible"),
        (models.FormVersion, {"published_at": None}, "published_iff_frozen"),
        (models.Question, {"options_count": 2}, "options_for_choices"),
        (models.Application, {"state": "lost"}, "applicationstate"),
        (models.Application, {"reference": None}, "reference_iff_sent"),
        (
            models.Application,
            {"submitted_at": None, "reference": None},
            "submitted_iff_sent",
        ),
        (models.Application, {"waiting_rank": 1}, "rank_iff_waiting"),
        (models.ApplicationDecision, {"state": "approved"}, "approved_by_somebody"),
        (models.ApplicationDecision, {"published_at": NOON}, "published_when"),
        (models.Offer, {"state": "declined"}, "answered_iff_over"),
        (models.Offer, {"accepted_name": "Kari"}, "name_iff_accepted"),
        (models.Participation, {"left_on": date(2030, 1, 1)}, "left_iff_over"),
        (models.Milestone, {"assessed_at": NOON}, "assessed_iff_achieved"),
        (models.Affiliation, {"person_id": UUID(int=0)}, "(?i)foreign key"),
    ],
)
def test_the_table_refuses(one_of_everything, session, table, values, name):
    with pytest.raises(IntegrityError, match=name):
        session.connection().execute(update(table.__table__).values(values))


def test_nobody_approves_what_they_prepared(one_of_everything, session):
    decision = models.ApplicationDecision.__table__
    itself = {"approved_by_id": decision.c.prepared_by_id, "state": "approved"}
    with pytest.raises(IntegrityError, match="four_eyes"):
        session.connection().execute(update(decision).values(itself))


@pytest.mark.parametrize(
    "again",
    [
        pytest.param(
            lambda make: [make.Affiliation(person=p, organisation=o) for p, o in 2 * pair(make)],
            id="one affiliation of a person in an organisation",
        ),
        pytest.param(
            lambda make: [make.StaffGrant(person=p) for p, _ in 2 * pair(make)],
            id="one grant of a role",
        ),
        pytest.param(
            lambda make: [make.Membership(organisation=o) for _, o in 2 * pair(make)],
            id="one membership that has not ended",
        ),
        pytest.param(
            lambda make: [
                make.Invitation(organisation=o, email="a@b.no") for _, o in 2 * pair(make)
            ],
            id="one invitation of an address",
        ),
        pytest.param(
            lambda make: [make.JoinRequest(person=p, organisation=o) for p, o in 2 * pair(make)],
            id="one request that is open",
        ),
        pytest.param(
            lambda make: [
                make.Application(call=call, organisation=organisation)
                for call, organisation in 2 * [(make.Call(), make.Organisation())]
            ],
            id="one live application to a call",
        ),
        pytest.param(
            lambda make: [
                make.Offer(application=first.application, agreement=first.agreement)
                for first in [make.Offer()]
            ],
            id="one open offer",
        ),
        pytest.param(lambda make: make.Cluster(), id="one cluster"),
    ],
)
def test_there_is_only(make, again):
    with pytest.raises(IntegrityError, match="(?i)unique"):
        again(make)


def pair(make):
    return [(make.Person(), make.Organisation())]


@pytest.mark.parametrize(
    "over", [ApplicationState.WITHDRAWN, ApplicationState.UNSUCCESSFUL, ApplicationState.DECLINED]
)
def test_what_is_over_leaves_room_for_another(make, over):
    first = make.Application(sent=True, state=over)
    make.Application(call=first.call, organisation=first.organisation)
    offer = make.Offer(state=OfferState.DECLINED, answered_at=NOON)
    make.Offer(application=offer.application, agreement=offer.agreement)


@pytest.mark.parametrize("deed", ["update", "delete"])
@pytest.mark.parametrize(
    "table",
    [
        models.AuditEvent,
        models.ConsentEvent,
        models.PageRevision,
        models.Agreement,
        models.ApplicationRevision,
    ],
)
def test_what_was_written_once_stays_as_it_was_written(make, session, table, deed):
    written(make, session)
    column = table.__table__.c["actor_name" if table is models.AuditEvent else id_of(table)]
    change = update(table).values({column: column}) if deed == "update" else delete(table)
    assert session.scalars(select(column)).all()
    with pytest.raises(DatabaseError, match="append-only"):
        session.connection().execute(change)


def id_of(table):
    return next(iter(table.__table__.primary_key.columns)).name


def written(make, session):
    """Put a row in each table that is never changed."""
    offer = make.Offer()
    person = make.Person()
    make.ApplicationRevision(
        application_id=offer.application.id,
        form_version_id=make.FormVersion(call=offer.application.call).id,
        submitted_by_id=person.id,
    )
    revision = session.scalars(select(models.PageRevision)).first()
    session.add(models.ConsentEvent(person_id=person.id, revision_id=revision.id, at=NOON))
    session.add(
        models.AuditEvent(
            at=NOON,
            action="test",
            actor_name="",
            subject_type="person",
            subject_id=person.id,
            details={},
        )  # fmt: skip
    )
    session.flush()


def test_the_audit_is_in_the_order_in_which_it_was_written(make, session):
    for number in range(5):
        session.add(
            models.AuditEvent(
                at=NOON,
                action=str(number),
                actor_name="",
                subject_type="x",
                subject_id=UUID(int=1),
                details={},
            )  # fmt: skip
        )
        session.flush()
    ordered = select(models.AuditEvent.action).order_by(models.AuditEvent.seq)
    assert session.scalars(ordered).all() == ["0", "1", "2", "3", "4"]


def test_a_moment_comes_back_as_the_same_moment_and_one_without_a_zone_is_turned_away(
    make, session
):
    oslo = timezone(timedelta(hours=2))
    call = make.Call(closes_at=datetime(2030, 6, 1, 12, tzinfo=oslo))
    session.flush()
    session.expire(call)
    assert call.closes_at.isoformat() == "2030-06-01T10:00:00+00:00"
    with pytest.raises(StatementError, match="no time zone"):
        make.Call(closes_at=datetime(2030, 6, 1))  # noqa: DTZ001 - the mistake in question


def test_keys_sort_by_age(make, session):
    made = [make.Person().name for _ in range(100)]
    session.expire_all()
    assert session.scalars(select(models.Person.name).order_by(models.Person.id)).all() == made
