"""A burst of registrations for too few places, beside a bare page that takes a place, in one run.

    python -m tests.bench.burst [--people 400] [--places 100] [--connections 32]
                                [--workers 1,2,4] [--databases sqlite,postgresql] [--rounds 5]

or `make bench ARGS=burst` (`make bench ARGS="burst --workers 2"`). The two are let loose in turns,
each time for an event of its own, and the median of the rounds counts: the bare page takes a tenth
of a second, and a machine is now fast and now slow. It ends with 1 when the counts of any round are
wrong, a page failed, the accounts find anything, or it took too many times as long.
"""

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from portal.cli.catalogues import compile_all
from portal.core import clock
from portal.events import accounts
from portal.extensions import db
from portal.models import AffiliationRole, Delegate, Event
from portal.platform.database import unit
from tests import factories
from tests.bench.browsers import Held, sign_in
from tests.bench.rushing import Rushed, Sent, rush
from tests.bench.serving import floor, portal
from tests.support import postgres
from tests.support.databases import Stage, lend

TIMES = 10
#: How many of the people who register belong to one organisation.
COLLEAGUES = 10


@dataclass(frozen=True, kw_only=True)
class Size:
    """How many people, places, connections and processes there are."""

    people: int = 400
    places: int = 100
    connections: int = 32
    workers: int = 1
    rounds: int = 5


@dataclass(frozen=True, kw_only=True)
class Round:
    """What a burst left behind, and how it went beside the floor."""

    portal: Rushed
    floor: Rushed
    bare_places: int
    states: Counter[str]

    @property
    def ratio(self) -> float:
        """How many times as long as the floor the portal took."""
        return self.portal.seconds / self.floor.seconds

    def wrong(self, size: Size) -> list[str]:
        """Say what is not as it must be, whatever time it took."""
        wanted = {"confirmed": size.places, "waitlisted": size.people - size.places}
        found = [] if self.states == wanted else [f"delegates are {dict(self.states)}"]
        if self.portal.answers != {302: size.people}:
            found.append(f"the portal answered {dict(self.portal.answers)}")
        if self.floor.answers != {200: size.people} or self.bare_places != size.places:
            found.append(f"the floor gave {self.bare_places}, {dict(self.floor.answers)}")
        return found


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """Several bursts, one after the other, and what the accounts find in the end."""

    rounds: Sequence[Round]
    findings: Sequence[str]

    @property
    def ratio(self) -> float:
        """How many times as long as the floor the portal took: the median of the rounds."""
        return median(each.ratio for each in self.rounds)

    def wrong(self, size: Size) -> list[str]:
        """Say what is not as it must be in any round."""
        found = [each for one in self.rounds for each in one.wrong(size)]
        return found + [f"the accounts find: {finding}" for finding in self.findings]


def main(given: Sequence[str] = tuple(sys.argv[1:])) -> int:
    """Let every burst happen, and print how it went."""
    asked = arguments(given)
    compile_all()
    failures: list[str] = []
    with ExitStack() as stack, tempfile.TemporaryDirectory() as place:
        server = None
        if "postgresql" in asked.databases:
            server = stack.enter_context(postgres.server())
        heading(asked)
        for kind in asked.databases:
            for workers in asked.workers:
                size = Size(people=asked.people, places=asked.places, rounds=asked.rounds,
                            connections=asked.connections, workers=workers)  # fmt: skip
                url = server if kind == "postgresql" else None
                outcome = burst(url, Path(place), size)
                failures += told(kind, outcome, size)
    for failure in failures:
        print(f"OVER: {failure}")
    print("Every burst is as it must be." if not failures else f"{len(failures)} are not.")
    return 1 if failures else 0


def arguments(given: Sequence[str]) -> argparse.Namespace:
    """Read what was asked for."""
    parser = argparse.ArgumentParser(prog="make bench ARGS=burst")
    parser.add_argument("--people", type=int, default=Size.people)
    parser.add_argument("--places", type=int, default=Size.places)
    parser.add_argument("--connections", type=int, default=Size.connections)
    parser.add_argument("--workers", type=lambda t: [int(n) for n in t.split(",")],
                        default=[1, 2, 4])  # fmt: skip
    parser.add_argument("--databases", type=lambda t: t.split(","),
                        default=["sqlite", "postgresql"])  # fmt: skip
    parser.add_argument("--rounds", type=int, default=Size.rounds)
    return parser.parse_args(given)


def heading(asked: argparse.Namespace) -> None:
    """Print what the columns are."""
    print(f"\n{asked.people} registrations for {asked.places} places over {asked.connections}"
          f" connections, beside as many bare UPDATEs, {asked.rounds} times")  # fmt: skip
    print(f"{'database':<12}{'workers':>8}{'portal s':>10}{'floor s':>9}{'x floor':>9}"
          f"{'least':>7}{'most':>7}{'longest s':>11}{'CPU ms':>8}{'floor':>7}{'confirmed':>11}"
          f"{'waiting':>9}", flush=True)  # fmt: skip


def told(kind: str, outcome: Outcome, size: Size) -> list[str]:
    """Print a line about one burst; return what is wrong with it."""
    ours, bare = ([each.portal for each in outcome.rounds], [each.floor for each in outcome.rounds])
    ratios = [each.ratio for each in outcome.rounds]
    states = [each.states for each in outcome.rounds]
    print(f"{kind:<12}{size.workers:>8}{median(each.seconds for each in ours):>10.2f}"
          f"{median(each.seconds for each in bare):>9.3f}{outcome.ratio:>9.1f}"
          f"{min(ratios):>7.1f}{max(ratios):>7.1f}{max(each.longest for each in ours):>11.2f}"
          f"{median(each.cpu for each in ours) / size.people:>8.2f}"
          f"{median(each.cpu for each in bare) / size.people:>7.2f}"
          f"{told_of(states, 'confirmed'):>11}{told_of(states, 'waitlisted'):>9}",
          flush=True)  # fmt: skip
    found = outcome.wrong(size)
    if outcome.ratio > TIMES:
        found.append(f"{outcome.ratio:.1f} times the floor, {TIMES} allowed")
    return [f"{kind}, {size.workers} workers: {each}" for each in found]


def told_of(states: Sequence[Counter[str]], state: str) -> str:
    """Tell how many were in a state after each round, once if they were always as many."""
    return ",".join(sorted({str(each[state]) for each in states}))


def burst(postgres_url: str | None, place: Path, size: Size) -> Outcome:
    """Fill a database of its own, and let everybody come at once, several times."""
    with lend(postgres_url, place) as url, ExitStack() as servers:
        stage = Stage(url, place)
        early, *forms = prepare(stage.app, size)
        stage.close()
        least = servers.enter_context(floor(url, place, workers=size.workers))
        running = servers.enter_context(portal(url, place, workers=size.workers))
        rush(least, [Sent("/warm", "", "")] * len(early), connections=size.connections)
        if rush(running, early, connections=size.connections).answers != {302: len(early)}:
            raise SystemExit(f"It did not even begin: {running.log.read_text()[-2000:]}")
        bare = [Sent("/place", "", "")] * size.people
        rounds = []
        for number, everybody in enumerate(forms):
            taken = rush(least, bare, connections=size.connections)
            rushed = rush(running, everybody, connections=size.connections)
            left = accounted(stage.app, number)
            rounds.append(Round(portal=rushed, floor=taken, **left))
        outcome = Outcome(rounds=rounds, findings=found(stage.app))
        stage.close()
    return outcome


def prepare(app: Flask, size: Size) -> list[list[Sent]]:
    """Make events and all who want to go there; return, by event, the form that each sends.

    The first event is for a few who come early: a portal that was just started puts its statements
    together first.
    """
    with app.app_context(), Session(db.engine) as session, factories.filling(session):
        factories.set_up()
        few = 2 * size.connections
        sizes = {"early": (few, few // 2)} | {
            named(number): (size.people, size.places) for number in range(size.rounds)
        }
        tickets = {
            slug: factories.ticket(factories.Event(slug=slug), places).id
            for slug, (_people, places) in sizes.items()
        }
        people = crowd(sum(number for number, _places in sizes.values()))
        session.execute(text("CREATE TABLE floor_place (size INTEGER, held INTEGER)"))
        session.execute(text("INSERT INTO floor_place VALUES (:size, 0)"), {"size": size.places})
        session.commit()
    browsers = sign_in(app, [person for person, _organisation in people])
    going = iter(zip(browsers, people, strict=True))
    return [
        [form(slug, tickets[slug], *each) for each in islice(going, number)]
        for slug, (number, _places) in sizes.items()
    ]


def named(number: int) -> str:
    """Name the event of a round."""
    return f"burst-{number}"


def crowd(number: int) -> list[tuple[UUID, UUID]]:
    """Make people of many organisations; return their keys and those of their organisations."""
    people = []
    for place in range(number):
        if place % COLLEAGUES == 0:
            organisation = factories.Organisation()
        person = factories.Person()
        role = AffiliationRole.MEMBER
        factories.Affiliation(person=person, organisation=organisation, role=role)
        people.append((person.id, organisation.id))
    return people


def form(slug: str, ticket_id: UUID, held: Held, who: tuple[UUID, UUID]) -> Sent:
    """Fill in the form as the page gives it to one person: each has a token of its own."""
    filled = {
        "csrf_token": held.csrf, "client_token": f"burst-{held.person_id}", "rows": "1",
        "acting_for": str(who[1]), "people-0-ticket_id": str(ticket_id), "note": "",
    }  # fmt: skip
    return Sent(f"/events/{slug}/register", held.cookie, urlencode(filled))


def accounted(app: Flask, number: int) -> dict[str, Any]:
    """Return how many places the floor gave in a round, and where the delegates are.

    The floor begins again with none given.
    """
    counted = select(Delegate.state, func.count()).join(Event).where(Event.slug == named(number))
    with app.app_context(), unit():
        rows = db.session.execute(counted.group_by(Delegate.state)).all()
        bare = db.session.scalar(text("SELECT held FROM floor_place"))
        db.session.execute(text("UPDATE floor_place SET held = 0"))
    return {"bare_places": bare, "states": Counter({state.value: many for state, many in rows})}


def found(app: Flask) -> list[str]:
    """Return what the accounts find wrong when all is over."""
    with app.app_context(), unit(writing=False):
        return [finding.about.text for finding in accounts.audit(now=clock.now())]


if __name__ == "__main__":
    sys.exit(main())
