"""`make bench`: what the main pages cost, beside the least that a page can cost, in one run.

    python -m tests.bench [--sizes 1000,100000] [--databases sqlite,postgresql] [--requests 400]
                          [--servers granian] [--pages "event,news list"] [--scene people]

The scene `people` is a cluster of many years, with ten people for each organisation.
It ends with 1 when a page is over its bar. `make bench ARGS=burst` lets many register at once
instead, `make bench ARGS=renewals` renews many members: see tests/bench/burst.py and renewals.py.
"""

import argparse
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from time import perf_counter

from portal.cli.catalogues import compile_all
from tests.bench import burst, people, renewals
from tests.bench.measuring import Cost, measure
from tests.bench.pages import pages
from tests.bench.seeding import people as crowd
from tests.bench.seeding import seed
from tests.bench.serving import floor, portal
from tests.support import postgres
from tests.support.databases import Stage, lend

GROWTH = 1.3
MEGABYTES = 150
#: What is poured in, and the pages that are opened then.
SCENES = {"everything": (seed, pages), "people": (crowd.seed, people.pages)}


def main() -> int:
    """Run everything and print it."""
    given = arguments()
    compile_all()
    failures: list[str] = []
    with ExitStack() as stack, tempfile.TemporaryDirectory() as place:
        server = None
        if "postgresql" in given.databases:
            server = stack.enter_context(postgres.server())
        for kind in given.databases:
            for web in given.servers:
                costs = {
                    size: run(
                        Path(place), server if kind == "postgresql" else None,
                        size=size, web=web, given=given, failures=failures,
                    )
                    for size in given.sizes
                }  # fmt: skip
                failures += growth(costs, kind)
    for failure in failures:
        print(f"OVER: {failure}")
    print("Every page is within its bars." if not failures else f"{len(failures)} over the bars.")
    return 1 if failures else 0


def arguments() -> argparse.Namespace:
    """Read what was asked for."""
    parser = argparse.ArgumentParser(prog="make bench")
    split = lambda text: text.split(",")  # noqa: E731 - a converter
    parser.add_argument("--sizes", type=lambda t: [int(n) for n in t.split(",")],
                        default=[1_000, 100_000])  # fmt: skip
    parser.add_argument("--databases", type=split, default=["sqlite", "postgresql"])
    parser.add_argument("--servers", type=split, default=["granian"])
    parser.add_argument("--requests", type=int, default=400)
    parser.add_argument("--scene", choices=SCENES, default="everything")
    parser.add_argument("--pages", default="", help="only pages whose name begins like this")
    return parser.parse_args()


def run(
    place: Path, postgres_url: str | None, *, size: int, web: str, given: argparse.Namespace,
    failures: list[str],
) -> list[Cost]:  # fmt: skip
    """Measure the floor and every page on one database of one size under one server."""
    kind, requests = "PostgreSQL" if postgres_url else "SQLite", given.requests
    fill, opened = SCENES[given.scene]
    print(f"\n{kind}, {given.scene}, {size:,} organisations, {web}, {requests} requests a page",
          flush=True)  # fmt: skip
    with lend(postgres_url, place) as url:
        stage, started = Stage(url, place), perf_counter()
        known = fill(stage.app, size)
        print(f"made in {perf_counter() - started:.0f} s", flush=True)
        stage.close()
        with floor(url, place, web=web) as least, portal(url, place, web=web) as running:
            wanted = [page for page in opened(known)
                      if page.name.startswith(tuple(given.pages.split(",")))]  # fmt: skip
            costs = [measure(running, least, page, requests=requests) for page in wanted]
            memory = running.memory()
    show(costs, memory=memory)
    failures += over(costs, memory=memory, where=f"{kind} {size:,}")
    return costs


def show(costs: list[Cost], *, memory: float) -> None:
    """Print a line for each page."""
    print(f"{'page':<22}{'stmts':>6}{'CPU ms':>9}{'floor':>8}{'x floor':>9}{'PG ms':>8}"
          f"{'p50':>8}{'p99':>8}{'p50/16':>9}{'p99/16':>9}{'KB':>7}")  # fmt: skip
    for cost in costs:
        print(f"{cost.page.name:<22}{cost.statements:>6}{cost.cpu:>9.2f}{cost.floor:>8.2f}"
              f"{cost.ratio:>9.1f}{cost.postgres:>8.2f}{cost.p50:>8.2f}{cost.p99:>8.2f}"
              f"{cost.p50_of_16:>9.2f}{cost.p99_of_16:>9.2f}{cost.size / 1024:>7.1f}")  # fmt: skip
    print(f"memory of the largest web process: {memory:.0f} MB", flush=True)


def over(costs: list[Cost], *, memory: float, where: str) -> list[str]:
    """Say which pages are over their bars."""
    found = []
    for cost in costs:
        page, times = cost.page, cost.ratio
        if times > page.times:
            found.append(f"{where}, {page.name}: {times:.1f} times the floor, {page.times} allowed")
        if cost.statements > page.statements:
            found.append(f"{where}, {page.name}: {cost.statements} statements")
    if memory > MEGABYTES:
        found.append(f"{where}: {memory:.0f} MB in a web process, {MEGABYTES} allowed")
    return found


def growth(costs: dict[int, list[Cost]], kind: str) -> list[str]:
    """Say which pages cost more than they may when there is a hundred times as much."""
    if len(costs) < 2:
        return []
    small, large = costs[min(costs)], costs[max(costs)]
    found = []
    for few, many in zip(small, large, strict=True):
        grown = in_floors(many) / in_floors(few)
        if grown > GROWTH:
            found.append(f"{kind}, {few.page.name}: {grown:.2f} times as much at the larger size")
    return found


def in_floors(cost: Cost) -> float:
    """Return all CPU of a page against that of the floor, which does not grow."""
    return cost.ratio * (1 + cost.postgres / cost.cpu)


if __name__ == "__main__":
    others = {"burst": burst.main, "renewals": renewals.main}
    chosen = others.get(sys.argv[1] if sys.argv[1:] else "")
    sys.exit(chosen(sys.argv[2:]) if chosen else main())
