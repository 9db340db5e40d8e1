"""Requests of one process begin one after the other, unless one takes long."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event, Lock
from time import sleep

import pytest

from portal.web import turns
from portal.web.turns import InTurn


class Counting:
    """Answers after a while, and knows how many were answered at the same time at most."""

    def __init__(self, seconds):
        self.seconds, self.lock, self.now, self.most = seconds, Lock(), 0, 0

    def __call__(self, environ, start_response):
        with self.lock:
            self.now += 1
            self.most = max(self.most, self.now)
        sleep(self.seconds)
        with self.lock:
            self.now -= 1
        return [b""]


def rush(answer, number):
    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(lambda _number: answer({}, None), range(number)))


def test_short_requests_do_not_overlap(monkeypatch):
    monkeypatch.setattr(turns, "PATIENCE", 30)
    short = Counting(0.002)
    assert rush(InTurn(short), 8) == [[b""]] * 8
    assert short.most == 1


def test_without_turns_they_would():
    short = Counting(0.05)
    rush(short, 8)
    assert short.most > 1


def test_nobody_waits_for_one_that_takes_long():
    entered, ending = Event(), Event()

    def answer(environ, start_response):
        if environ == "long":
            entered.set()
            assert ending.wait(30)
        return [b"done"]

    taking_turns = InTurn(answer)
    with ThreadPoolExecutor(1) as pool:
        long = pool.submit(taking_turns, "long", None)
        assert entered.wait(30)
        assert [taking_turns("short", None) for _turn in range(5)] == [[b"done"]] * 5
        assert not long.done()
        ending.set()
        assert long.result(timeout=30) == [b"done"]


def test_those_who_come_later_wait_for_whoever_went_ahead(monkeypatch):
    taking_turns = InTurn(lambda environ, start_response: [b""])
    first = taking_turns.turn
    first.acquire()  # by one that takes long
    taking_turns({}, None)
    assert taking_turns.turn is not first
    assert not taking_turns.turn.locked()
    monkeypatch.setattr(turns, "PATIENCE", 0)
    taking_turns({}, None)  # at once: nobody waits for the one that still takes long
    first.release()


def test_a_request_that_fails_passes_its_turn_on(monkeypatch):
    monkeypatch.setattr(turns, "PATIENCE", 30)

    def fail(environ, start_response):
        raise ValueError

    failing = InTurn(fail)
    for _turn in range(2):
        with pytest.raises(ValueError):  # noqa: PT011 - the very one from above
            failing({}, None)


def test_the_portal_answers_in_turn(app):
    outside, seen = app.wsgi_app, []
    while outside is not None:
        seen.append(type(outside))
        outside = getattr(outside, "application", None) or getattr(outside, "answer", None)
    assert InTurn in seen
