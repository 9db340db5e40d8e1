"""Loading the demo: all of it in one unit of work, or nothing."""

import secrets
from datetime import datetime

from sqlalchemy import select, update

from portal.core.errors import Refused
from portal.core.wording import N_, Sentence
from portal.demo import illustrations, pictures
from portal.demo.calendar import Calendar
from portal.demo.content import articles, organisations, read
from portal.demo.scenes import (
    applying,
    belonging,
    cohorts,
    companies,
    deciding,
    events,
    factors,
    founding,
    joining,
    news,
    own_data,
    programmes,
    wishes,
)
from portal.demo.scenes import organisations as arrivals
from portal.demo.story import Story
from portal.extensions import db
from portal.models import Cluster, Counter, Job, MailState, OutgoingMail, Person
from portal.platform import passwords
from portal.platform.database import begin, unit

#: Where the day is kept that the demo's dates are counted from.
DAY = "demo-day"
NOT_EMPTY = Sentence(
    N_("The demo is loaded into an empty database alone, and this one holds something already.")
)


def load(*, password: str, now: datetime) -> None:
    """Load the demo into a database that holds nothing.

    Raises Refused when there is a cluster or a person. Hashes and pictures are made first.
    """
    begin(writing=False)
    insist_on_nothing()
    story = Story(Calendar.of(read("cluster")["cluster"]["zone"], now=now), now)
    ours, locked = passwords.hashed(password), passwords.hashed(secrets.token_urlsafe())
    for entry in organisations():
        mark, palette = entry["logo"].split()
        story.uploads[entry["key"]] = pictures.upload(mark, palette, entry["key"])
    story.uploads |= applying.enclosures()
    for entry in articles():
        if "picture" in entry:
            story.uploads[entry["picture"]] = illustrations.upload(entry["picture"])
    tell(story, password_hash=ours, locked=locked)
    with unit():
        insist_on_nothing()
        story.perform()
        file_letters()
        db.session.add(Counter(series=DAY, value=story.calendar.today.toordinal()))


def insist_on_nothing() -> None:
    """Refuse a database that belongs to somebody."""
    if db.session.scalar(select(Cluster.id)) or db.session.scalar(select(Person.id).limit(1)):
        raise Refused(NOT_EMPTY)


def tell(story: Story, *, password_hash: str, locked: str) -> None:
    """Put the whole story together."""
    founding.tell(story, password_hash=password_hash)
    factors.tell(story, locked=locked)
    arrivals.tell(story, password_hash=password_hash, locked=locked)
    wishes.tell(story, locked=locked)
    joining.tell(story)
    belonging.tell(story)
    programmes.tell(story)
    applying.tell(story)
    deciding.tell(story)
    cohorts.tell(story)
    events.tell(story)
    news.tell(story)
    companies.tell(story, locked=locked)
    own_data.tell(story)


def file_letters() -> None:
    """Take the letters of the past as sent on their day, and the work of the past as done."""
    letters = update(OutgoingMail).values(state=MailState.SENT, sent_at=OutgoingMail.created_at)
    db.session.execute(letters)
    done = update(Job).where(Job.done_at.is_(None)).values(done_at=Job.run_at)
    db.session.execute(done)
