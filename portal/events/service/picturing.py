"""The picture of an event: it comes, it is replaced, it goes."""

from dataclasses import dataclass

from portal.core.errors import Mistake
from portal.events import rules
from portal.models import Actor, Event
from portal.platform import files
from portal.platform.files import Upload

#: What owns the picture, whose policy says who sees it.
OWNER = Event.__tablename__


@dataclass(frozen=True, kw_only=True)
class Picture:
    """What is decided about a picture. `upload` replaces the one there is."""

    upload: Upload | None = None
    taken_away: bool = False
    decorative: bool = False
    alternative_en: str = ""
    alternative_nb: str = ""


def put_picture(event: Event, picture: Picture | None, *, actor: Actor) -> None:
    """Give an event its picture, with words for it or as decoration. None changes nothing."""
    if picture is None:
        return
    if picture.taken_away:
        event.picture_id = None
    if picture.upload:
        kept = files.keep(picture.upload, owner_type=OWNER, owner_id=event.id, actor=actor)
        event.picture_id = kept.id
    texts = (picture.alternative_en, picture.alternative_nb)
    if event.picture_id is None or picture.decorative:
        event.alternative_en = event.alternative_nb = None
    else:
        event.alternative_en, event.alternative_nb = texts
    if event.picture_id and (reason := rules.undescribed(picture.decorative, texts)):
        raise Mistake("alternative_en", reason)
