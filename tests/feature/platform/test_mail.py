"""Letters: rows of the deed's transaction, two forms of the same words, sent over real SMTP."""

from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import select, update

from portal.core.wording import N_, Sentence
from portal.models import Cluster, Job, OutgoingMail
from portal.platform import jobs, mail
from portal.platform.database import unit
from tests.support.ports import free_port


class Postbox:
    """A mail server's hand: takes what comes, or refuses as told."""

    def __init__(self):
        self.taken, self.refuse = [], False

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd's name
        if self.refuse:
            return "451 Not now"
        self.taken.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 Taken"


@pytest.fixture
def postbox(app, monkeypatch):
    box = Postbox()
    port = free_port()
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    monkeypatch.setitem(app.config, "MAIL_URL", f"smtp://127.0.0.1:{port}")
    yield box
    server.stop()


def letter(**more):
    given = {
        "address": "kari@example.org",
        "language": "en",
        "name": "Kari Nordmann",
        "subject": Sentence(N_("A letter to %(name)s"), {"name": "Kari <b>"}),
        "paragraphs": (Sentence(N_("First & foremost.")), Sentence(N_("Then this."))),
        "button": (Sentence(N_("Open the page")), "http://127.0.0.1:8000/desk"),
    }
    return mail.Letter(**(given | more))


@pytest.fixture
def inside(app, session):
    session.commit()
    with app.test_request_context():
        yield


def post(**more):
    with unit():
        mail.queue(letter(**more))


def test_a_letter_arrives_as_text_and_html_of_the_same_words(inside, postbox):
    post()
    jobs.drain()
    [message] = postbox.taken
    assert message["To"] == "Kari Nordmann <kari@example.org>"
    assert message["From"] == "Test Cluster <portal@cluster.example>"
    assert message["Subject"] == "A letter to Kari <b>"
    assert message["Auto-Submitted"] == "auto-generated"
    text = message.get_body(["plain"]).get_content()
    html = message.get_body(["html"]).get_content()
    for words in ("Then this.", "Open the page", "http://127.0.0.1:8000/desk"):
        assert words in text
        assert words in html
    assert "First & foremost." in text
    assert "First &amp; foremost." in html


def test_a_letter_of_a_deed_that_was_rolled_back_is_never_sent(inside, postbox, session):
    with pytest.raises(ValueError, match="failed"), unit():
        mail.queue(letter())
        raise ValueError("the deed failed")
    assert jobs.drain() == 0
    assert postbox.taken == []
    assert session.scalars(select(OutgoingMail)).all() == []


def test_a_server_that_says_not_now_is_asked_again_with_the_same_message_id(
    inside, postbox, session
):
    post()
    postbox.refuse = True
    assert jobs.run_one()
    [job] = session.scalars(select(Job)).all()
    assert (job.done_at, job.failed_at, job.tries) == (None, None, 1)
    postbox.refuse = False
    with unit():
        mail.send(**job.arguments)
    [message] = postbox.taken
    assert message["Message-ID"] == session.scalars(select(OutgoingMail.message_id)).one()


def test_a_letter_that_was_sent_is_not_sent_again(inside, postbox, session):
    post()
    jobs.drain()
    job = session.scalars(select(Job)).one()
    mail.send(**job.arguments)
    assert len(postbox.taken) == 1


def test_a_header_takes_no_second_line(inside, postbox, session):
    post(subject=Sentence("%(x)s", {"x": "Hello\r\nBcc: everybody@example.org"}))
    jobs.drain()
    [message] = postbox.taken
    assert message["Bcc"] is None
    assert message["Subject"] == "Hello Bcc: everybody@example.org"


def test_without_a_server_letters_are_laid_down_as_files(inside, session, tmp_path, app):
    folder = tmp_path / "mail"
    app.config["MAIL_FOLDER"], before = str(folder), app.config["MAIL_FOLDER"]
    try:
        post()
        jobs.drain()
    finally:
        app.config["MAIL_FOLDER"] = before
    [file] = folder.glob("*.eml")
    message = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert message["Subject"] == "A letter to Kari <b>"


@pytest.mark.parametrize(
    ("secret", "demo", "kept"),
    [(True, False, False), (False, False, True), (True, True, True)],
)
def test_the_words_of_a_secret_letter_are_not_kept_once_it_is_sent(
    inside, postbox, session, secret, demo, kept
):
    session.execute(update(Cluster).values(demo=demo))
    session.commit()
    post(secret=secret)
    postbox.refuse = True
    assert jobs.run_one()
    row = session.scalars(select(OutgoingMail)).one()
    assert "Then this." in row.text, "it is not sent yet"
    postbox.refuse = False
    mail.send(**session.scalars(select(Job.arguments)).one())
    session.rollback()
    assert ("Then this." in row.text, "Then this." in row.html) == (kept, kept)
    assert (row.recipient, row.subject) == ("kari@example.org", "A letter to Kari <b>")
    assert row.message_id == postbox.taken[0]["Message-ID"]
    assert "Then this." in postbox.taken[0].get_body(["plain"]).get_content()
