"""Staff check, take in, decide with four eyes and publish; applicants answer their offers."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import select

from portal.demo.content import Entry, applications, read
from portal.demo.story import Story, one
from portal.extensions import db
from portal.models import PORTAL, ApplicationDecision, Offer, OfferState, Outcome
from portal.programmes.queries import deciding as queries
from portal.programmes.service import calls, deciding, offers

#: Those who decide: one prepares, the other approves.
PAIR = ("jonas", "programmes")
OUTCOMES = {
    "accepted": Outcome.OFFER,
    "offered": Outcome.OFFER,
    "declined": Outcome.OFFER,
    "offer_lapsed": Outcome.OFFER,
    "waitlisted": Outcome.WAITLIST,
    "unsuccessful": Outcome.UNSUCCESSFUL,
    "ineligible": Outcome.INELIGIBLE,
}
#: How far the fates have come that are not decided, or not made known.
UNDECIDED, PREPARED, APPROVED = {"in_review"}, {"prepared"}, {"approved"}


def tell(story: Story) -> None:
    """Add what staff decide in every round, and how applicants answer."""
    for place, (round, entry) in enumerate(applications()):
        if entry["fate"] in OUTCOMES or entry["fate"] in UNDECIDED | PREPARED | APPROVED:
            tell_decision(story, round, entry, late=timedelta(minutes=7 * (place % 40)))
    for entry in read("calls")["call"]:
        for name, deed in (("decided", calls.decide_call), ("archived", calls.archive_call)):
            if name in entry:
                story.tell(story.calendar.at(entry[name]), settle, entry["key"], deed)


def tell_decision(story: Story, round: Entry, entry: Entry, *, late: timedelta) -> None:
    """Add the decision about one application, as far as it has come."""
    at, fate, key = story.calendar.at, entry["fate"], (round["call"], entry["organisation"])
    dated = {**round, **entry}
    story.tell(at(dated["taken_in"]) + late, take_in, key, fate)
    if "taken_back" in entry:
        story.tell(at(entry["taken_back"]) - timedelta(days=2), prepare, key, entry)
        story.tell(at(entry["taken_back"]), revoke, key)
    if fate in UNDECIDED:
        return
    if "mistaken" in entry:
        tell_mistake(story, dated, key, late=late)
    if fate in PREPARED:
        story.tell(at(dated["decided_again"]), prepare, key, entry)
        return
    story.tell(at(dated["decided"]) + late, prepare, key, entry)
    story.tell(at(dated["approved"]) + late, approve, key)
    if fate in APPROVED:
        return
    tell_publication(story, dated, key)


def tell_publication(story: Story, dated: Entry, key: tuple[str, str]) -> None:
    """Add how an applicant heard, and how an offer was answered or left to expire."""
    at, fate = story.calendar.at, dated["fate"]
    published = at(dated["published"])
    story.tell(published, publish, key)
    if fate in {"accepted", "declined"}:
        story.tell(at(dated["answered"]), respond, key, dated)
    if OUTCOMES[fate] is Outcome.OFFER:
        days = next(c for c in read("calls")["call"] if c["key"] == key[0])["offer_days"]
        for day in range(1, days + 2):
            story.tell(published + timedelta(days=day, minutes=1), tend, key)


def tell_mistake(story: Story, dated: Entry, key: tuple[str, str], *, late: timedelta) -> None:
    """Add an offer that went to the wrong applicant, and was taken back with an apology."""
    at = story.calendar.at
    story.tell(at(dated["decided"]) + late, prepare, key, {**dated, "fate": "offered"})
    story.tell(at(dated["approved"]) + late, approve, key)
    story.tell(at(dated["published"]), publish, key)
    story.tell(at(dated["mistaken"]), apologise, key, dated["apology"])


def take_in(story: Story, key: tuple[str, str], fate: str, *, now: datetime) -> None:
    """Go through the checklist, and take the application into assessment."""
    actor = story.actor(PAIR[0], now=now)
    case = queries.case(story.applications[key].id, actor=actor)
    given = {
        point.criterion.id: deciding.Check(met=fate != "ineligible" or place > 0)
        for place, point in enumerate(case.points)
    }
    deciding.fill_checklist(case, given, actor=actor, now=now)
    case = queries.case(story.applications[key].id, actor=actor)
    deciding.take_in(case, actor=actor, now=now)


def prepare(story: Story, key: tuple[str, str], entry: Entry, *, now: datetime) -> None:
    """Prepare a decision, with the words for the applicant."""
    outcome = OUTCOMES.get(entry["fate"]) or Outcome.of(entry["outcome"])
    words = deciding.DecisionWords(
        outcome=outcome,
        feedback=entry["feedback"],
        rationale=entry["rationale"],
        waiting_rank=entry.get("rank"),
    )
    actor = story.actor(PAIR[0], now=now)
    deciding.prepare(story.applications[key], words, actor=actor, now=now)


def decision(story: Story, key: tuple[str, str]) -> ApplicationDecision:
    """Return the newest decision about an application."""
    mine = ApplicationDecision.application_id == story.applications[key].id
    found = select(ApplicationDecision).where(mine).order_by(ApplicationDecision.created_at.desc())
    return db.session.scalars(found.limit(1)).one()


def revoke(story: Story, key: tuple[str, str], *, now: datetime) -> None:
    """Take back what was prepared and nobody outside has heard of."""
    deciding.revoke(decision(story, key), actor=story.actor(PAIR[1], now=now), now=now)


def apologise(story: Story, key: tuple[str, str], words: str, *, now: datetime) -> None:
    """Take back an offer that was made by mistake."""
    actor = story.actor(PAIR[1], now=now)
    offers.take_back(offer_of(story, key), reason=words, actor=actor, now=now)


def approve(story: Story, key: tuple[str, str], *, now: datetime) -> None:
    """Let the other of the two agree."""
    deciding.approve(decision(story, key), actor=story.actor(PAIR[1], now=now), now=now)


def publish(story: Story, key: tuple[str, str], *, now: datetime) -> None:
    """Tell the applicant."""
    deciding.publish(decision(story, key), actor=story.actor(PAIR[1], now=now), now=now)


def respond(story: Story, key: tuple[str, str], entry: Entry, *, now: datetime) -> None:
    """Accept an offer, or turn it down with a word of explanation."""
    offer, actor = offer_of(story, key), story.actor(entry["by"], now=now)
    if entry["fate"] == "accepted":
        offers.accept(offer, name=actor.name, actor=actor, now=now)
    else:
        offers.decline(offer, note=entry["answer"], actor=actor, now=now)


def tend(story: Story, key: tuple[str, str], *, now: datetime) -> None:
    """Let the portal do on a day what it does with an open offer: remind of it, or end it."""
    offer = offer_of(story, key)
    if offer.state is not OfferState.OPEN:
        return
    if now >= offer.expires_at:
        offers.lapse(offer, actor=PORTAL, now=now)
    else:
        offers.remind(offer, actor=PORTAL, now=now)


def offer_of(story: Story, key: tuple[str, str]) -> Offer:
    """Return the one offer to an applicant."""
    row: Offer = one(Offer, application_id=story.applications[key].id)
    return row


def settle(story: Story, key: str, deed: Callable[..., None], *, now: datetime) -> None:
    """Close a call as decided, or put it away."""
    deed(story.calls[key], actor=story.actor(PAIR[1], now=now), now=now)
