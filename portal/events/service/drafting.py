"""What an event says of itself, and how it gets its address."""

from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from portal.core.errors import Mistake, NotAllowed
from portal.core.slugs import distinct, slug
from portal.core.wording import N_, Sentence
from portal.events import policy, rules
from portal.events.queries import events as queries
from portal.extensions import db
from portal.models import Actor, MembershipTier

#: What stands where the address of an event would: our own pages below /events.
PAGES = frozenset(
    ("audit", "calendar", "delegates", "feeds", "manage", "new", "past", "quotas", "registrations",
     "tickets")
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class EventTerms:
    """What an event says of itself. The texts are Markdown."""

    title_en: str
    title_nb: str
    place: str
    starts_at: datetime
    ends_at: datetime
    contact_id: UUID
    registration_opens_at: datetime
    registration_closes_at: datetime
    show: str = ""
    standfirst_en: str = ""
    standfirst_nb: str = ""
    text_en: str = ""
    text_nb: str = ""
    address: str = ""
    country: str = "NO"
    zone: str = "Europe/Oslo"
    needs_approval: bool = False
    max_per_organisation: int | None = None
    tier_ids: tuple[UUID, ...] = ()
    promotion_paused: bool = False
    offer_hours: int = 48

    def columns(self) -> dict[str, object]:
        """Return what is kept in the event's own row."""
        return {name: value for name, value in asdict(self).items() if name != "tier_ids"}


def dated(terms: EventTerms) -> None:
    """Insist that an event has its dates in order."""
    if reason := rules.wrong_dates(terms.starts_at, terms.ends_at):
        raise Mistake("ends_at", reason)
    opens, closes = terms.registration_opens_at, terms.registration_closes_at
    if reason := rules.wrong_window(opens, closes, terms.ends_at):
        raise Mistake("registration_closes_at", reason)


def insist_on_maximum(most: int | None, number: int) -> None:
    """Insist that a maximum is not below what an organisation has already."""
    if most is not None and number > most:
        said = N_("One organisation has %(number)s already. Choose that number or a higher one.")
        raise Mistake("max_per_organisation", Sentence(said, {"number": number}))


def tiers(ids: tuple[UUID, ...]) -> list[MembershipTier]:
    """Return kinds of membership."""
    found = select(MembershipTier).where(MembershipTier.id.in_(ids)).order_by(MembershipTier.rank)
    return list(db.session.scalars(found)) if ids else []


def address_for(title: str) -> str:
    """Return an address that no other event has, and no page of ours."""
    wanted = slug(title) or "event"
    return distinct(wanted, {*queries.taken_slugs(wanted), *PAGES})


def insist(*, actor: Actor) -> None:
    """Let only staff who look after events go on."""
    if not policy.event_staff(actor):
        raise NotAllowed
