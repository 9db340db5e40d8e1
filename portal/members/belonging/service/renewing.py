"""Renewing a lot at a time: kept or not as a whole, so that a run can be cut short anywhere."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, insert, select, update
from uuid_utils.compat import uuid7

from portal.core.wording import Bilingual
from portal.extensions import db
from portal.members import queries as of_room
from portal.members import rules as terms
from portal.members.belonging import mails, policy
from portal.members.belonging.deeds import BelongingDeed
from portal.members.belonging.queries import exclusions as readers
from portal.members.belonging.service.renewals import added, held, stop
from portal.members.belonging.workflow import RENEWAL
from portal.members.deeds import MemberDeed
from portal.members.service.memberships import record
from portal.models import (
    PORTAL,
    Actor,
    Membership,
    MembershipPeriod,
    MembershipTier,
    Organisation,
    Person,
    PersonState,
    RenewalLine,
    RenewalOutcome,
    RenewalRun,
    RenewalState,
    RenewalVerdict,
)
from portal.platform import audit, auth, mail
from portal.platform.audit import About
from portal.platform.mail import Letter

#: So many members are renewed at once: whoever saves something meanwhile waits a moment for them.
LOT = 100

LINES = RenewalLine.__table__
OUTCOME = (
    update(LINES)  # type: ignore[arg-type]  # typed as FromClause
    .where(LINES.c.id == bindparam("line"))
    .values(outcome=bindparam("became"))
)
NEXT = (
    select(RenewalLine)
    .where(
        RenewalLine.run_id == bindparam("run_id"),
        RenewalLine.number > bindparam("reached"),
        RenewalLine.verdict == RenewalVerdict.RENEW,
        RenewalLine.outcome.is_(None),
    )
    .order_by(RenewalLine.number)
    .limit(LOT)
)
#: Locked in the order of their keys, so that no two ever wait for each other.
MEMBERS = (
    select(Membership)
    .where(Membership.id.in_(bindparam("ids", expanding=True)))
    .order_by(Membership.id)
    .with_for_update()
    .execution_options(populate_existing=True)
)
LAST_DAYS = (
    select(MembershipPeriod.membership_id, func.max(MembershipPeriod.to_on))
    .where(MembershipPeriod.membership_id.in_(bindparam("ids", expanding=True)))
    .group_by(MembershipPeriod.membership_id)
)
COMPANIES = select(Organisation).where(Organisation.id.in_(bindparam("ids", expanding=True)))


def renew_lot(run_id: UUID, *, now: datetime) -> bool:
    """Renew the next members of a run, in the unit of whoever calls.

    Return whether there is more. Done twice, it renews nobody twice: a line says what became of
    it, and a membership has one period from a day. It stops when whoever started it may no longer.
    """
    run = held(run_id)
    if run.state is not RenewalState.RUNNING:
        return False
    actor = whoever_started(run, now=now)
    if not policy.runs(actor, run):
        stop(run, actor=PORTAL, now=now)
        return False
    found = db.session.scalars(NEXT, {"run_id": run.id, "reached": run.reached}).all()
    if not found:
        finish(run, actor=actor, now=now)
        return False
    renewed = list(renew(found, actor=actor, now=now))
    done = {line.id for line, _company in renewed}
    outcomes = {
        line.id: RenewalOutcome.RENEWED if line.id in done else RenewalOutcome.SKIPPED
        for line in found
    }
    db.session.connection().execute(
        OUTCOME, [{"line": id, "became": outcome} for id, outcome in outcomes.items()]
    )
    run.tallies = added(run.tallies, Counter(each.value for each in outcomes.values()))
    run.reached, run.moved_at = found[-1].number, now
    run.handled += len(found)
    mail.queue(*letters(renewed, now=now))
    return True


def whoever_started(run: RenewalRun, *, now: datetime) -> Actor:
    """Return who started the run, with the rights that they have now: blocked, with none."""
    person = db.session.get_one(Person, run.confirmed_by_id)
    actor = auth.actor_of(person, now=now)
    return actor if person.state is PersonState.ACTIVE else replace(actor, staff=frozenset())


def renew(
    lines: Sequence[RenewalLine], *, actor: Actor, now: datetime
) -> Iterator[tuple[RenewalLine, Organisation]]:
    """Give each member its period, and return those that got one, with their companies."""
    ids = [line.membership_id for line in lines]
    members = {row.id: row for row in db.session.scalars(MEMBERS, {"ids": ids})}
    last_days: dict[UUID, date] = {
        id: day for id, day in db.session.execute(LAST_DAYS, {"ids": ids})
    }
    of = [line.organisation_id for line in lines]
    companies = {row.id: row for row in db.session.scalars(COMPANIES, {"ids": of})}
    tiers = {tier.id: tier for tier in of_room.tiers()}
    today = of_room.today(now=now)
    good = [
        line
        for line in lines
        if last_days.get(line.membership_id) == line.from_on
        and still_fits(members[line.membership_id], today=today)
        and companies[line.organisation_id].confirmed_at is not None
    ]
    if good:
        db.session.execute(insert(MembershipPeriod), [period(line, now=now) for line in good])
    for line in good:
        member, tier = members[line.membership_id], tiers[line.tier_id]
        record(MemberDeed.MEMBERSHIP_RENEWED, member, note=tier.name_en, actor=actor, now=now)
        yield line, companies[line.organisation_id]


def still_fits(membership: Membership, *, today: date) -> bool:
    """Tell whether a membership may still be renewed as the preview said."""
    return membership.ends_on is None and not terms.is_suspended(membership, today=today)


def period(line: RenewalLine, *, now: datetime) -> dict[str, Any]:
    """Return the period that a line gives."""
    return {
        "id": uuid7(),
        "created_at": now,
        "version": 1,
        "membership_id": line.membership_id,
        "tier_id": line.tier_id,
        "from_on": line.from_on,
        "to_on": line.to_on,
        "year_from_on": line.from_on,
    }


def letters(
    renewed: Sequence[tuple[RenewalLine, Organisation]], *, now: datetime
) -> Iterator[Letter]:
    """Tell the people of each member that it goes on."""
    names = {tier.id: called(tier) for tier in of_room.tiers()}
    told = readers.hearers([company.id for _line, company in renewed], now=now)
    for line, company in renewed:
        for person in told.get(company.id, ()):
            span = (line.from_on, line.to_on)
            yield mails.renewed(company, names[line.tier_id], span, to=person)


def called(tier: MembershipTier) -> Bilingual:
    """Return what a tier is called in both languages."""
    return Bilingual(tier.name_en, tier.name_nb)


def finish(run: RenewalRun, *, actor: Actor, now: datetime) -> None:
    """Say that every line of a run was dealt with."""
    step = RENEWAL.make("finish", run, actor=PORTAL, now=now)
    run.finished_at = run.moved_at = now
    about = About(step=step, details=dict(run.tallies))
    audit.record(BelongingDeed.RENEWALS_FINISHED, run, actor=actor, now=now, about=about)
