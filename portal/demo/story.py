"""A story is a list of scenes, each with its moment, played in order of time.

Order matters: what happened first has the smaller key and stands lower in every timeline.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from flask_sqlalchemy.session import Session
from sqlalchemy import event, select
from sqlalchemy.orm import scoped_session

from portal.core import clock
from portal.demo.calendar import Calendar
from portal.extensions import db
from portal.models import (
    Actor,
    Affiliation,
    Application,
    Article,
    Call,
    Cohort,
    Delegate,
    Event,
    Organisation,
    Participation,
    Person,
    Programme,
    Row,
    StaffGrant,
    Tag,
)
from portal.platform import auth
from portal.platform.files import Upload

#: Plays a scene: takes the story, what was told with it, and the moment as `now`.
Play = Callable[..., None]

#: What the rights of people are read from.
RIGHTS = (Affiliation, Organisation, Person, StaffGrant)


@dataclass(frozen=True, order=True)
class Scene:
    """Something that is done at a moment; of two at one moment, the one told first is first."""

    at: datetime
    place: int
    play: Play = field(compare=False)
    told: tuple[Any, ...] = field(compare=False)


@dataclass
class Story:
    """The scenes yet to be played, and who and what came on stage so far, by its key."""

    calendar: Calendar
    now: datetime
    scenes: list[Scene] = field(default_factory=list)
    people: dict[str, UUID] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    tags: dict[str, Tag] = field(default_factory=dict)
    programmes: dict[str, Programme] = field(default_factory=dict)
    cohorts: dict[str, Cohort] = field(default_factory=dict)
    calls: dict[str, Call] = field(default_factory=dict)
    applications: dict[tuple[str, str], Application] = field(default_factory=dict)
    participations: dict[tuple[str, str], Participation] = field(default_factory=dict)
    events: dict[str, Event] = field(default_factory=dict)
    tickets: dict[tuple[str, str], UUID] = field(default_factory=dict)
    delegates: dict[tuple[str, str], Delegate] = field(default_factory=dict)
    articles: dict[str, Article] = field(default_factory=dict)
    questions: dict[str, dict[str, Any]] = field(default_factory=dict)
    uploads: dict[str, Upload] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)

    def tell(self, at: datetime, play: Play, *told: Any) -> None:
        """Add a scene. What would lie in the future has not happened and is left out."""
        if at <= self.now:
            self.scenes.append(Scene(at, len(self.scenes), play, told))

    def perform(self) -> None:
        """Play every scene at its moment."""
        watch = Watch(self.actors)
        event.listen(db.session, "before_flush", watch)
        try:
            for scene in sorted(self.scenes):
                with clock.at(scene.at):
                    scene.play(self, *scene.told, now=scene.at)
                    db.session.flush()
        finally:
            event.remove(db.session, "before_flush", watch)

    def person(self, key: str) -> Person:
        """Return somebody by the key or the name that the story has for them."""
        return db.session.get_one(Person, self.people[key])

    def actor(self, key: str, *, now: datetime) -> Actor:
        """Return somebody as one who acts, with the rights of that moment."""
        db.session.flush()
        if key not in self.actors:
            self.actors[key] = auth.actor_of(self.person(key), now=now)
        return self.actors[key]


@dataclass(eq=False)
class Watch:
    """Forgets who may do what as soon as that may have changed."""

    actors: dict[str, Actor]

    def __call__(self, session: Session | scoped_session[Any], *_: object) -> None:
        """Look at what is about to be written."""
        if any(isinstance(row, RIGHTS) for row in (*session.new, *session.dirty)):
            self.actors.clear()


def one(model: type[Row], **values: object) -> Any:
    """Return the one row that has these values."""
    return db.session.scalars(select(model).filter_by(**values)).one()
