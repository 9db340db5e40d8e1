"""What the worker does may be done twice: the second time it changes nothing and tells nobody."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, update

from portal.core import clock
from portal.events import accounts
from portal.extensions import db
from portal.models import (
    ExportState,
    ImportState,
    Job,
    MemberImport,
    PersonalExport,
    RenewalRun,
    RenewalState,
)
from portal.platform import files, jobs
from portal.platform.database import unit
from tests.architecture.theatre import Dump, Theatre, fill

#: Days on which the worker comes round: something of the world falls due in each of these.
DAYS = (0, 1, 8, 31, 61, 400, 800)
KEY = str(UUID(int=1))
#: What deeds ask of the worker, as they ask it.
ASKED: dict[str, dict[str, Any]] = {
    "events.tell": {"event": "{fair}", "rule": "moved:1"},
    "files.discard": {"key": "organisation/discarded"},
    "mail.send": {"mail": "{letter}"},
    "members.check_import": {"list_id": "{import_checking}", "round": 1},
    "members.clear": {"run": "{clearing_running}", "part": 1},
    "members.forget_words": {"letters": ["{letter}"]},
    "members.gather_renewals": {"run_id": KEY},
    "members.make_copy": {"copy": KEY},
    "members.run_renewals": {"run_id": "{renewals_running}"},
    "members.send_reset": {"email": "newcomer@data.example", "after": "", "key": KEY},
    "members.send_sign_in_link": {
        "email": "newcomer@data.example", "browser": "0" * 64, "after": "", "key": KEY,
    },
    "members.write_import": {"list_id": "{import_ready}", "part": 1},
    "news.tag_renamed": {"tag": "{news_tag_id}"},
}  # fmt: skip
#: What changes no row at all: bytes of a file, words that are found as before.
UNSEEN = {"files.discard", "news.tag_renamed"}
#: Where something happens on these days: letters, reminders, offers, drafts, milestones, lists …
FALLS_DUE = {
    "address_claim", "application", "audit_event", "delegate", "login_session", "member_import_row",
    "membership_application", "milestone", "offer", "one_time_token", "outgoing_mail", "reminder",
    "retention_run", "sign_in_link",
}  # fmt: skip
#: How often a job was tried, and when, is kept with the job.
OF_WORK = {"job"}


def changed(before: Dump, after: Dump) -> dict[str, list[str]]:
    """Return what is not as it was, by table."""
    tables = [table for table in after if table not in OF_WORK]
    return {
        table: sorted(set(after[table]) ^ set(before[table]))
        for table in tables
        if after[table] != before[table]
    }


@pytest.fixture
def world(theatre: Theatre) -> Iterator[Theatre]:
    """A portal with one of everything, put back at the end."""
    with theatre.app.app_context():
        files.store().put("organisation/discarded", b"a picture")
        yield theatre
    theatre.restore()


def test_nobody_in_this_world_came_to_a_place_by_a_way_that_there_is_not(world):
    with unit(writing=False):
        assert accounts.audit(now=clock.now()) == []


def come_round() -> None:
    """Do all that comes round by itself, and all that was asked for meanwhile."""
    for name in jobs.PERIODIC:
        jobs.REGISTRY[name]()
    jobs.drain()


def done_at(day: datetime) -> list[tuple[str, dict[str, Any]]]:
    """Return every job that was done on a day, and what it was told."""
    with unit(writing=False):
        rows = db.session.execute(select(Job.name, Job.arguments).where(Job.done_at == day))
        return [(name, dict(arguments)) for name, arguments in rows]


@pytest.mark.timeout(300)
def test_the_worker_that_comes_round_again_on_a_day_changes_nothing(world, monkeypatch):
    begin, touched = clock.now(), set()
    for days in DAYS:
        day = begin + timedelta(days=days)
        monkeypatch.setattr(clock, "now", lambda day=day: day)
        earlier = world.dump()
        come_round()
        before = world.dump()
        touched |= set(changed(earlier, before))
        come_round()
        for name, arguments in done_at(day):
            jobs.REGISTRY[name](**arguments)
        assert changed(before, world.dump()) == {}, days
    assert touched >= FALLS_DUE, "nothing fell due, so nothing is shown"


@pytest.mark.parametrize("name", ASKED)
def test_what_was_asked_for_is_done_once_however_often_it_is_done(world, name):
    let_it_wait(world)
    arguments = {key: fill(value, world.known) if isinstance(value, str | list) else value
                 for key, value in ASKED[name].items()}  # fmt: skip
    if name == "members.forget_words":
        jobs.REGISTRY["mail.send"](mail=world.known["letter"])
    earlier = world.dump()
    jobs.REGISTRY[name](**arguments)
    once = world.dump()
    assert (changed(earlier, once) == {}) is (name in UNSEEN)
    jobs.REGISTRY[name](**arguments)
    assert changed(once, world.dump()) == {}


def test_every_job_is_tried():
    assert set(ASKED) == set(jobs.REGISTRY) - set(jobs.PERIODIC)


def let_it_wait(world: Theatre) -> None:
    """Let a copy, a list and a run be where the worker takes them up."""
    member, who = UUID(world.known["member"]), UUID(world.known["membership"])
    now, year = clock.now(), timedelta(days=400)
    waits = {"handled": 0, "total": 0, "asked_at": now, "state": ExportState.WAITING}
    gathers = {"state": RenewalState.GATHERING, "moved_at": now, "made_by_id": who, "tallies": {}}
    until = {"last_from": now.date(), "last_until": now.date() + year}
    confirmed = {"confirmed_by_id": who, "confirmed_at": now, "state": ImportState.WRITING}
    with unit():
        db.session.add(PersonalExport(id=UUID(KEY), person_id=member, **waits))
        db.session.add(RenewalRun(id=UUID(KEY), total=0, **gathers, **until))
        ready = update(MemberImport).where(MemberImport.id == UUID(world.known["import_ready"]))
        db.session.execute(ready.values(confirmed))
