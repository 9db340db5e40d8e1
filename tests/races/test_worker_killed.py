"""A worker that is killed at the worst moments: nothing is lost, and no letter goes out unseen.

What is written down (docs/decisions/0003_mail_at_least_once.md): a letter is sent once, but for a
worker killed after the server's 250 and before its own commit; then it is sent twice, with one
Message-ID.
"""

import os
import signal
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path
from time import sleep

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import select

from portal import create_app
from portal.core.wording import N_, Sentence
from portal.extensions import db
from portal.models import Job, MailState, OutgoingMail
from portal.platform import jobs, mail
from portal.platform.database import unit
from tests.support.databases import settings
from tests.support.ports import free_port
from tests.support.processes import PROCESSES

LEASE = timedelta(seconds=1)


def die():
    os.kill(os.getpid(), signal.SIGKILL)
    sleep(60)


def before_sending(monkey):
    monkey(mail, "hand_over", lambda message: die())


def after_the_servers_yes(monkey):
    send = mail.hand_over
    monkey(mail, "hand_over", lambda message: (send(message), die()))


def after_the_letter_is_kept_as_sent(monkey):
    monkey(jobs, "settle", lambda *_, **__: die())


def after_the_claim(monkey):
    monkey(jobs, "claim", lambda claim=jobs.claim: (claim(), die()))


def nowhere(monkey):
    """Live on, and do all that there is to do."""


def be_a_worker(url, smtp, folder, dies):
    """Be a worker process that dies where it is told, or that drains what is left."""
    app = create_app(settings(url, Path(folder), mail_url=smtp))
    jobs.LEASE = LEASE
    dies(lambda place, name, value: setattr(place, name, value))
    with app.app_context():
        jobs.drain()


class Postbox:
    def __init__(self):
        self.taken = []

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd's name
        self.taken.append(message_from_bytes(envelope.content)["Message-ID"])
        return "250 Taken"


@pytest.fixture
def postbox():
    box, port = Postbox(), free_port()
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    box.address = f"smtp://127.0.0.1:{port}"
    yield box
    server.stop()


def work(app, postbox, tmp_path, dies):
    url = app.config["SQLALCHEMY_DATABASE_URI"]
    worker = PROCESSES.Process(target=be_a_worker, args=(url, postbox.address, str(tmp_path), dies))
    worker.start()
    worker.join(timeout=60)
    return worker.exitcode


@pytest.mark.parametrize(
    ("dies", "letters"),
    [
        (after_the_claim, 1),
        (before_sending, 1),
        (after_the_servers_yes, 2),
        (after_the_letter_is_kept_as_sent, 1),
    ],
)
def test_a_killed_worker_loses_nothing_and_sends_what_is_written_down(
    app, session, postbox, tmp_path, dies, letters
):
    session.commit()
    with app.test_request_context(), unit():
        mail.queue(
            mail.Letter(
                address="kari@example.org",
                language="en",
                subject=Sentence(N_("Hello")),
                paragraphs=(Sentence(N_("You have mail.")),),
            )
        )
    assert work(app, postbox, tmp_path, dies) == -signal.SIGKILL
    sleep(LEASE.total_seconds() + 0.1)
    assert work(app, postbox, tmp_path, nowhere) == 0
    assert len(postbox.taken) == letters
    assert len(set(postbox.taken)) == 1
    with app.app_context():
        assert db.session.scalars(select(OutgoingMail.state)).all() == [MailState.SENT]
        job = db.session.scalars(select(Job)).one()
        assert job.done_at is not None
        assert job.failed_at is None


def test_many_workers_do_each_job_once(app, session, postbox, tmp_path):
    session.commit()
    with app.test_request_context(), unit():
        for number in range(60):
            mail.queue(
                mail.Letter(
                    address=f"kari{number}@example.org",
                    language="en",
                    subject=Sentence(N_("Hello")),
                    paragraphs=(Sentence(N_("You have mail.")),),
                )
            )
    url = app.config["SQLALCHEMY_DATABASE_URI"]
    workers = [
        PROCESSES.Process(target=be_a_worker, args=(url, postbox.address, str(tmp_path), nowhere))
        for _ in range(3)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(timeout=60)
    assert [worker.exitcode for worker in workers] == [0, 0, 0]
    assert len(postbox.taken) == len(set(postbox.taken)) == 60
