"""Asking for a page again and again, and counting what that cost."""

import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection

from tests.bench.serving import Running, cpu_of_postgres

ROUNDS = 5


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page to measure: what to ask for, as whom, and what it may cost."""

    name: str
    endpoint: str
    path: str
    cookie: str = ""
    times: float = 5.0
    statements: int = 8


FLOOR = Page(name="floor", endpoint="", path="/mine")


@dataclass(frozen=True, kw_only=True)
class Cost:
    """What one page cost. CPU and times are in milliseconds for one request.

    `ratio` is its CPU against that of the floor, asked for in the same moments: a machine that
    others use too is now fast and now slow, and alike for both.
    """

    page: Page
    cpu: float
    floor: float
    ratio: float
    postgres: float
    p50: float
    p99: float
    p50_of_16: float
    p99_of_16: float
    size: int
    statements: int


def ask(port: int, path: str, *, cookie: str, times: int) -> list[float]:
    """Ask over one connection, without conditions; return how long each answer took."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"Accept-Language": "en", "Accept-Encoding": "identity"}
    if cookie:
        headers["Cookie"] = f"portal={cookie}"
    took = []
    for _ in range(times):
        started = time.perf_counter()
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        body = answer.read()
        took.append((time.perf_counter() - started) * 1000)
        if answer.status != 200:
            raise SystemExit(f"{path} answered {answer.status}: {body[:300]!r}")
    connection.close()
    return took


def size_of(port: int, page: Page) -> int:
    """Return how many bytes a page has."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", page.path, headers={"Cookie": f"portal={page.cookie}"})
    length = len(connection.getresponse().read())
    connection.close()
    return length


def measure(
    server: Running, floor: Running, page: Page, *, requests: int, at_once: int = 16
) -> Cost:
    """Measure one page beside the floor: warm, then one client after another, then sixteen.

    CPU is the least of some rounds: what else the machine does only ever adds to it. The ratio is
    the median of the rounds' own.
    """
    for asked, of in ((FLOOR, floor), (page, server)):
        ask(of.port, asked.path, cookie=asked.cookie, times=50)
    took: list[float] = []
    bare, rounds = [], []
    for _ in range(ROUNDS):
        bare.append(round_of(floor, FLOOR, [], requests=2 * requests)[0])
        rounds.append(round_of(server, page, took, requests=requests))
    together = crowd(server, page, at_once=at_once, each=max(5, requests // at_once))
    return Cost(
        page=page,
        cpu=min(cpu for cpu, _ in rounds),
        floor=min(bare),
        ratio=statistics.median(cpu / least for (cpu, _), least in zip(rounds, bare, strict=True)),
        postgres=min(postgres for _, postgres in rounds),
        p50=statistics.median(took),
        p99=quantile(took),
        p50_of_16=statistics.median(together),
        p99_of_16=quantile(together),
        size=size_of(server.port, page),
        statements=server.statements(page.endpoint),
    )


def crowd(server: Running, page: Page, *, at_once: int, each: int) -> list[float]:
    """Ask for a page as many at once; return how long each answer took."""
    with ThreadPoolExecutor(at_once) as pool:
        asking = [
            pool.submit(ask, server.port, page.path, cookie=page.cookie, times=each)
            for _ in range(at_once)
        ]
        return [time for visit in asking for time in visit.result()]


def round_of(
    server: Running, page: Page, took: list[float], *, requests: int
) -> tuple[float, float]:
    """Ask for a page some times; return the CPU of the server and of PostgreSQL for one request."""
    before, before_postgres = server.cpu(), cpu_of_postgres()
    took += ask(server.port, page.path, cookie=page.cookie, times=requests)
    spent, spent_postgres = server.cpu() - before, cpu_of_postgres() - before_postgres
    return spent / requests, spent_postgres / requests


def quantile(took: list[float]) -> float:
    """Return the time that 99 of 100 answers stay below."""
    return sorted(took)[max(0, int(len(took) * 0.99) - 1)]
