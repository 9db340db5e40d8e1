"""One request after the other, in each process, as long as none of them takes long."""

from collections.abc import Iterable
from threading import Lock
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask

#: How long a request waits for the one before it, in seconds: many times what a page takes.
PATIENCE = 0.05


def init_app(app: Flask) -> None:
    """Let the requests of this process take turns."""
    app.wsgi_app = InTurn(app.wsgi_app)  # type: ignore[method-assign]


class InTurn:
    """Lets a request begin when the one before it has ended, or has had its time.

    Python runs one thread at a time anyway, and hands over whenever one asks the database
    something. Among four threads with short pages that handing over was half of all their work.
    Threads are for what takes long (a password, a picture, somebody else's lock): whoever waited
    long enough goes ahead, and those who come later wait for them.
    """

    def __init__(self, answer: WSGIApplication) -> None:
        self.answer, self.turn = answer, Lock()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer, in turn; what is sent in pieces is made outside."""
        turn = self.turn
        if not turn.acquire(timeout=PATIENCE):
            turn = self.turn = Lock()
            turn.acquire()
        try:
            return self.answer(environ, start_response)
        finally:
            turn.release()
