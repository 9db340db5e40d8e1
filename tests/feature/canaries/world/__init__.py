"""A portal that keeps every secret there is, and one visitor of each kind."""

from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

from portal.extensions import db
from portal.models import Job, OutgoingMail, Page, PageRevision
from portal.platform import tokens
from portal.search.rebuilding import rebuild
from tests import factories as make
from tests.factories.base import days
from tests.factories.members import LONG_AGO
from tests.feature.canaries.words import text
from tests.feature.canaries.world.belonging import Belonging
from tests.feature.canaries.world.events import Events
from tests.feature.canaries.world.news import News
from tests.feature.canaries.world.programmes import Programmes


def build(app: Flask) -> dict[str, Any]:
    """Fill an empty database; return everybody's key by kind."""
    with app.app_context(), Session(db.engine) as session, make.filling(session):
        make.set_up()
        world = World(session)
        everybody = {kind: person.id for kind, person in vars(world.people).items()}
        session.commit()
        rebuild()
    return everybody


class World(News, Events, Programmes, Belonging):
    """Makes it all, room by room."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.organisations()
        self.members()
        self.news()
        self.proposals()
        self.events()
        self.delegates()
        self.programmes()
        self.applications()
        self.decisions()
        self.belonging()
        self.platform()
        self.feeds()

    def platform(self) -> None:
        """Make what the portal keeps for itself."""
        page = self.session.query(Page).filter_by(key="about").one()
        page.revision = PageRevision(
            page_key="about", number=2, title_en="About", title_nb="Om", body_en="Public.",
            body_nb="Åpent.", at=days(-1),
        )  # fmt: skip
        told = text("page of before")
        self.put(
            PageRevision(
                page_key="about", number=0, title_en=told, title_nb=told, body_en=told,
                body_nb=told, at=days(-3),
            )
        )  # fmt: skip
        failed = text("work that failed")
        self.put(
            Job(
                name="mail.send", arguments={}, run_at=LONG_AGO, tries=5, failed_at=days(-1),
                error=failed,
            )
        )  # fmt: skip
        told = text("letter")
        self.put(
            OutgoingMail(
                message_id="1@portal.example", recipient="somebody@mail.example", subject=told,
                text=told, html=told, language="en",
            )
        )  # fmt: skip

    def feeds(self) -> None:
        """Give everybody a private feed and a calendar, by secrets that are easy to remember."""
        for kind, person in vars(self.people).items():
            hashed = tokens.digest(f"feed-of-{kind}")
            make.NewsFeed(person=person, token_hash=hashed)
            make.CalendarFeed(person=person, token_hash=hashed)
