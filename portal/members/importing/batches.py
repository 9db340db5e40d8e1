"""Writing a confirmed list, some rows at a time: each time whole, and never a row twice."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select, update
from sqlalchemy.exc import DataError, IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from portal.core.errors import Refused
from portal.core.wording import N_, Sentence
from portal.extensions import db
from portal.members.importing.deeds import ImportDeed
from portal.members.importing.gathering import gather
from portal.members.importing.planning import Plan, plan_row, take
from portal.members.importing.telling import keep_all, keep_finding
from portal.members.importing.values import Finding, Values, read_row
from portal.members.importing.workflow import IMPORT
from portal.members.importing.world import World
from portal.members.importing.writing import perform
from portal.models import (
    PORTAL,
    Actor,
    ImportOutcome,
    ImportRow,
    ImportState,
    ImportVerdict,
    MemberImport,
    Person,
    PersonState,
)
from portal.platform import audit, auth
from portal.platform.audit import About

#: So many rows are written at once: a person who saves something meanwhile waits a moment for them.
BATCH = 20

MEANWHILE = Sentence(
    N_("This would now do something else than the preview said, since something was changed"
       " meanwhile. Import the row again.")
)  # fmt: skip
CLASH = Sentence(N_("Somebody saved the same at the same moment. Import the row again."))


ROWS = ImportRow.__table__
BY_ID = (
    update(ROWS)  # type: ignore[arg-type]  # typed as FromClause
    .where(ROWS.c.id == bindparam("row_id"))
    .values(outcome=bindparam("became"), findings=bindparam("wrong"))
)


def write_batch(list_id: UUID, *, now: datetime) -> bool:
    """Write the next rows of a list, in the unit of whoever calls. Return whether there is more."""
    row = db.session.get_one(MemberImport, list_id, with_for_update=True)
    if row.state is not ImportState.WRITING:
        return False
    actor = whoever_confirmed(row, now=now)
    waiting = next_rows(row)
    if not waiting:
        finish(row, actor=actor, now=now)
        return False
    values = [read_row(one.cells, row.columns, row.defaults) for one in waiting]
    world = gather(values)
    outcomes: list[ImportOutcome] = []
    kept: list[dict[str, Any]] = []
    for one, said in zip(waiting, values, strict=True):
        findings = write_row(one, said, world, row=row, actor=actor, now=now)
        outcomes.append(ImportOutcome.REFUSED if findings else ImportOutcome.WRITTEN)
        wrong = [keep_finding(each) for each in findings]
        kept.append({"row_id": one.id, "became": outcomes[-1], "wrong": wrong})
    db.session.connection().execute(BY_ID, kept)
    row.reached, row.moved_at = waiting[-1].number, now
    row.handled += len(waiting)
    counted = {each.value: outcomes.count(each) for each in ImportOutcome}
    row.tallies = row.tallies | {
        key: row.tallies.get(key, 0) + count for key, count in counted.items()
    }
    return True


def whoever_confirmed(row: MemberImport, *, now: datetime) -> Actor:
    """Return who confirmed the list, with the rights that they have now: blocked, with none."""
    person = db.session.get_one(Person, row.confirmed_by_id)
    actor = auth.actor_of(person, now=now)
    return actor if person.state is PersonState.ACTIVE else replace(actor, staff=frozenset())


def next_rows(row: MemberImport) -> Sequence[Any]:
    """Return the rows that are written next."""
    found = select(ImportRow.id, ImportRow.number, ImportRow.cells, ImportRow.steps).where(
        ImportRow.import_id == row.id,
        ImportRow.number > row.reached,
        ImportRow.verdict.in_((ImportVerdict.NEW, ImportVerdict.CHANGED)),
    )
    return db.session.execute(found.order_by(ImportRow.number).limit(BATCH)).all()


def write_row(
    one: Any, values: Values, world: World, *, row: MemberImport, actor: Actor, now: datetime
) -> list[Finding]:
    """Write a row whole or not at all. Return what is wrong with it."""
    findings: list[Finding] = []
    try:
        with db.session.begin_nested():
            plan = as_previewed(one, values, world, row=row)
            perform(plan, actor=actor, now=now)
        take(plan, one.number, values, world=world)
    except Refused as refusal:
        findings.append(Finding(field=getattr(refusal, "field", ""), reason=refusal.reason))
    except (IntegrityError, DataError, StaleDataError):
        findings.append(Finding(field="", reason=CLASH))
    return findings


def as_previewed(one: Any, values: Values, world: World, *, row: MemberImport) -> Plan:
    """Plan a row afresh. Refuse it when it would do what nobody was shown; done already is fine."""
    plan = plan_row(one.number, values, world, defaults=row.defaults)
    if plan.findings:
        raise Refused(plan.findings[0].reason)
    if plan.steps and keep_all(plan.steps) != one.steps:
        raise Refused(MEANWHILE)
    if plan.makes_company and plan.company:
        plan.company.listed = bool(row.defaults.get("listed", True))
    return plan


def finish(row: MemberImport, *, actor: Actor, now: datetime) -> None:
    """Say that every row of a list was dealt with."""
    step = IMPORT.make("finish", row, actor=PORTAL, now=now)
    row.finished_at = row.moved_at = now
    about = About(step=step, note=row.name, details=dict(row.tallies))
    audit.record(ImportDeed.FINISHED, row, actor=actor, now=now, about=about)
