"""A run of renewals: seen through first, done a lot at a time, stopped and gone on with."""

from datetime import date

import pytest
from sqlalchemy import func, select

from portal.cli.members import members as commands
from portal.members.belonging.service import renewing
from portal.models import (
    AuditEvent,
    MembershipPeriod,
    MembershipYear,
    OutgoingMail,
    PriceBand,
    RenewalLine,
    RenewalOutcome,
    RenewalRun,
    RenewalState,
    TierPrice,
    VatCode,
)
from portal.platform.database import unit

WINDOW = {"last_from": "2026-12-01", "last_until": "2026-12-31", "tier": ""}
YEAR = ("2026-01-01", "2027-01-01")


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to("2026-11-10T09:00:00+01:00", tick=False)


@pytest.fixture
def staff(make):
    return make.staff("membership")


@pytest.fixture
def begun(browser, session, staff, work):
    """Begin a run, and have its members looked up."""

    def run(**answers):
        browser.sign_in(staff)
        browser.fill("members.new_renewals", WINDOW | answers)
        work()
        session.expire_all()
        return session.scalar(select(RenewalRun))

    return run


def periods(session):
    rows = select(MembershipPeriod.from_on, MembershipPeriod.to_on)
    return session.execute(rows.order_by(MembershipPeriod.from_on)).all()


@pytest.fixture
def everybody(session, make, member):
    """Make members of every kind that a run meets; return the first, who is renewed."""
    goes_on = member(YEAR, number=1)
    rolling = make.MembershipTier(code="r", year=MembershipYear.TWELVE_MONTHS)
    member(("2025-12-16", "2026-12-16"), tier=rolling, number=2)
    member(YEAR, number=3, ends_on=date(2027, 1, 1), end_reason="resigned")
    member(YEAR, number=4, suspended_from=date(2026, 10, 1))
    member(YEAR, number=5, organisation=make.Organisation(confirmed_at=None))
    member(YEAR, number=6)  # left out by hand
    member(YEAR, ("2027-01-01", "2028-01-01"), number=7)  # renewed already
    member(("2026-06-01", "2027-06-01"), number=8)  # outside the window
    size = goes_on.organisation.size.value
    for band, price in (("any", 900_000), (size, 450_000)):
        session.add(
            TierPrice(tier_id=goes_on.periods[0].tier_id, band=PriceBand.of(band), price_ore=price,
                      vat_code=VatCode.STANDARD, from_on=date(2020, 1, 1))
        )  # fmt: skip
    return goes_on


def test_a_run_shows_everybody_with_price_and_verdict(browser, session, everybody, begun):
    run = begun()
    assert run.state is RenewalState.READY
    first = browser.get("members.renewal_run", id=run.id).select_one("tbody tr")
    assert "4,500" in first.text
    rows = session.execute(
        select(RenewalLine.number, RenewalLine.verdict).order_by(RenewalLine.number)
    )
    assert rows.all() == [
        (1, "renew"), (2, "renew"), (3, "resigned"), (4, "suspended"), (5, "unconfirmed"),
        (6, "renew"),
    ]  # fmt: skip


def test_a_run_renews_who_is_not_left_out_and_tells_their_people(
    browser, session, make, everybody, begun, work, letters
):
    chair = make.colleague(everybody.organisation, "representative")
    make.colleague(everybody.organisation, "member", email="plain@example.org")
    run = begun()
    sixth = session.scalar(select(RenewalLine).where(RenewalLine.number == 6))
    browser.send("members.leave_out", id=run.id, line_id=sixth.id)
    page = browser.get("members.renewal_run", id=run.id)
    assert "Renew 2 members" in page.main.text
    browser.press("members.renewal_run", "Renew 2 members", id=run.id)
    assert "Memberships are being renewed" in browser.get("members.renewal_run", id=run.id).h1.text
    work()
    session.expire_all()
    assert (run.state, run.handled) == (RenewalState.DONE, 2)
    assert run.tallies["renewed"] == 2
    assert (date(2027, 1, 1), date(2028, 1, 1)) in periods(session)
    assert (date(2026, 12, 16), date(2027, 12, 16)) in periods(session)
    assert len(periods(session)) == 11
    assert "goes on" in letters(chair.email)[0].subject
    assert letters("plain@example.org") == []
    page = browser.get("members.renewal_run", id=run.id, show="renewed")
    assert len(page.select("tbody tr")) == 2
    assert [each.get_text(" ", strip=True) for each in page.select(".stat")] == [
        "2 renewed", "4 left out",
    ]  # fmt: skip
    browser.send("members.stop_renewals", expect=409, id=run.id)


def test_a_run_is_cut_short_and_goes_on_and_done_again_renews_nobody_twice(
    app, session, make, member, begun, browser, work, monkeypatch
):
    monkeypatch.setattr(renewing, "NEXT", renewing.NEXT.limit(2))
    for number in range(5):
        member(YEAR, number=number + 1)
    run = begun()
    browser.press("members.renewal_run", "Renew 5 members", id=run.id)
    with app.app_context(), unit():
        assert renewing.renew_lot(run.id, now=run.moved_at)
    browser.send("members.stop_renewals", id=run.id)
    work()
    session.expire_all()
    assert (run.state, run.tallies["renewed"]) == (RenewalState.STOPPED, 2)
    browser.press("members.renewal_run", "Go on", id=run.id)
    work()
    work()
    session.expire_all()
    assert (run.state, run.tallies["renewed"]) == (RenewalState.DONE, 5)
    assert len(periods(session)) == 10
    renewed = select(func.count()).where(AuditEvent.action == "membership.renewed")
    assert session.scalar(renewed) == 5


def test_who_changed_meanwhile_is_not_renewed(session, browser, make, member, begun, work):
    stays, leaves = member(YEAR, number=1), member(YEAR, number=2)
    run = begun()
    leaves.ends_on, leaves.end_reason = date(2027, 1, 1), "resigned"
    browser.press("members.renewal_run", "Renew 2 members", id=run.id)
    work()
    session.expire_all()
    outcomes = select(RenewalLine.outcome).order_by(RenewalLine.number)
    assert session.scalars(outcomes).all() == [RenewalOutcome.RENEWED, RenewalOutcome.SKIPPED]
    assert [len(row.periods) for row in (stays, leaves)] == [2, 1]


def test_a_run_stops_when_whoever_started_it_may_no_longer(
    session, browser, make, member, begun, work, staff
):
    member(YEAR)
    run = begun()
    browser.press("members.renewal_run", "Renew 1 member", id=run.id)
    staff.state = "blocked"
    session.commit()
    work()
    session.expire_all()
    assert (run.state, len(periods(session))) == (RenewalState.STOPPED, 1)


def test_a_run_that_is_thrown_away_renews_nobody(session, browser, member, begun, work):
    member(YEAR)
    run = begun()
    browser.press("members.renewal_run", "Throw the run away", id=run.id)
    browser.send("members.start_renewals", {"edited_version": run.version}, expect=409, id=run.id)
    work()
    assert len(periods(session)) == 1


def test_the_command_says_what_it_would_do_and_does_it(app, session, member, staff):
    for number in range(3):
        member(YEAR, number=number + 1)
    session.commit()
    window = ["renew", "--from", "2026-12-01", "--until", "2026-12-31"]
    told = app.test_cli_runner().invoke(commands, [*window, "--dry-run"])
    assert "To be renewed: 3" in told.output
    assert "Nobody was renewed." in told.output
    assert len(periods(session)) == 3
    told = app.test_cli_runner().invoke(commands, window)
    assert "Renewed: 3" in told.output, told.output
    session.commit()
    assert len(periods(session)) == 6
    assert session.scalar(select(func.count(OutgoingMail.id))) == 0  # they have no people
