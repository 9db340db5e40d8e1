"""Sending many forms at once, over some connections."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from http.client import HTTPConnection
from threading import Barrier, Lock, Thread
from time import perf_counter

from tests.bench.serving import Running

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass(frozen=True)
class Sent:
    """One form, ready to be sent: where to, with which cookie, and its answers."""

    path: str
    cookie: str
    body: str


@dataclass(frozen=True, kw_only=True)
class Rushed:
    """How a burst went: how long it took in all, how long each waited, and what was answered."""

    seconds: float
    waits: Sequence[float]
    answers: Counter[int]
    cpu: float

    @property
    def longest(self) -> float:
        """The seconds that the slowest answer took."""
        return max(self.waits, default=0.0)


def rush(server: Running, forms: Sequence[Sent], *, connections: int) -> Rushed:
    """Send all forms over so many connections, each as soon as it has its last answer."""
    waiting, lock = iter(forms), Lock()
    waits: list[float] = []
    statuses: Counter[int] = Counter()
    begin = Barrier(connections + 1)

    def send_on() -> None:
        connection = HTTPConnection("127.0.0.1", server.port, timeout=120)
        connection.connect()
        begin.wait()
        while True:
            with lock:
                form = next(waiting, None)
            if form is None:
                break
            status, waited = send(connection, form)
            with lock:
                waits.append(waited)
                statuses[status] += 1
        connection.close()

    senders = [Thread(target=send_on) for _number in range(connections)]
    for sender in senders:
        sender.start()
    before = server.cpu()
    begin.wait()
    started = perf_counter()
    for sender in senders:
        sender.join()
    seconds = perf_counter() - started
    return Rushed(seconds=seconds, waits=waits, answers=statuses, cpu=server.cpu() - before)


def send(connection: HTTPConnection, form: Sent) -> tuple[int, float]:
    """Send one form; return what was answered, and how long that took."""
    started = perf_counter()
    headers = FORM | ({"Cookie": f"portal={form.cookie}"} if form.cookie else {})
    connection.request("POST", form.path, body=form.body, headers=headers)
    answer = connection.getresponse()
    answer.read()
    return answer.status, perf_counter() - started
