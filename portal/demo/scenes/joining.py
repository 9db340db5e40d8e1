"""What membership costs, and who would like to join: applications in every state."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from portal.demo.content import Entry, organisations, read
from portal.demo.story import Play, Story, one
from portal.extensions import db
from portal.members import service as members
from portal.members.agreeing import service as agreeing
from portal.members.joining import service
from portal.models import (
    Actor,
    Cluster,
    MembershipApplication,
    MembershipTier,
    MembershipYear,
    PriceBand,
    VatCode,
)

#: What came of an application, in the order in which it may come.
TURNS = ("asked", "answered", "deferred", "approved", "declined", "withdrawn")
#: So many days ago the prices began that hold now.
SINCE = -700


def tell(story: Story) -> None:
    """Add prices and promises, then every application with what became of it."""
    script, at = read("joining"), story.calendar.at
    story.tell(at(f"{SINCE} 10:00"), promise, script["promise"])
    for entry in script["tier"]:
        story.tell(at(f"{SINCE} 10:30"), describe, entry)
    story.tell(at(f"{SINCE} 10:35"), decide_by_two, script["tier"])
    for entry in script["application"]:
        story.tell(at(entry.get("begun") or entry["at"]), write, entry)
        for turn in TURNS:
            if turn in entry:
                moment, *said = [entry[turn]] if isinstance(entry[turn], str) else entry[turn]
                story.tell(at(moment), PLAYS[turn], entry, *said)


def promise(story: Story, entry: Entry, *, now: datetime) -> None:
    """Say what is promised to those who would like to join."""
    terms = service.PromiseTerms(**{name: told(value) for name, value in entry.items()})
    actor = story.actor("membership", now=now)
    service.keep_promise(None, terms, version=None, actor=actor, now=now)


def told(value: Any) -> Any:
    """Return a text without the lines around it, and anything else as it is."""
    return value.strip() if isinstance(value, str) else value


def describe(story: Story, entry: Entry, *, now: datetime) -> None:
    """Say what a kind of membership gives, and what it costs whom."""
    tier, actor = one(MembershipTier, code=entry["code"]), story.actor("membership", now=now)
    given = {name: entry[name] for name in ("about_en", "about_nb", "votes", "seats")
             if name in entry}  # fmt: skip
    terms = members.TierTerms(year=MembershipYear.of(entry.get("year", "calendar")), **given)
    names = (tier.name_en, tier.name_nb)
    members.keep_tier(
        tier, tier.code, names=names, rank=tier.rank, terms=terms, actor=actor, now=now
    )
    for band, kroner in entry["prices"].items():
        price = service.PriceTerms(
            band=PriceBand.of(band),
            price_ore=kroner * 100,
            vat_code=VatCode.STANDARD,
            from_on=story.calendar.day(SINCE),
        )
        service.add_price(tier, price, actor=actor, now=now)


def decide_by_two(story: Story, entries: list[Entry], *, now: datetime) -> None:
    """Say for which kinds of membership two have to approve."""
    kinds = {entry["code"] for entry in entries if entry.get("two_approve")}
    chosen = agreeing.ByTwo(exclusions=True, applications=False, kinds=kinds)
    actor, [row] = story.actor("admin", now=now), db.session.scalars(select(Cluster))
    agreeing.change(row, chosen, actor=actor, now=now)


def write(story: Story, entry: Entry, *, now: datetime) -> None:
    """Let an organisation begin an application, and send it unless it is left a draft."""
    organisation, actor = (
        story.organisations[entry["organisation"]],
        applicant(story, entry, now=now),
    )
    tier = one(MembershipTier, code=entry["tier"])
    row = service.begin(organisation, tier, actor=actor, now=now)
    draft = service.Draft(tier=tier, why=entry["why"], billing_email=actor.email)
    service.write(row, draft, version=row.version, actor=actor, now=now)
    if entry["at"]:
        service.submit(row, actor=actor, now=now)


def applicant(story: Story, entry: Entry, *, now: datetime) -> Actor:
    """Return who applies: whoever is named first in the organisation."""
    known = next(e for e in organisations() if e["key"] == entry["organisation"])
    return story.actor(known["people"][0][0], now=now)


def application(story: Story, entry: Entry) -> MembershipApplication:
    """Find the application of an organisation; none of them applies twice."""
    organisation = story.organisations[entry["organisation"]]
    found: MembershipApplication = one(MembershipApplication, organisation_id=organisation.id)
    return found


def ask(story: Story, entry: Entry, question: str, *, now: datetime) -> None:
    """Let staff ask something."""
    actor = story.actor("membership", now=now)
    service.ask(application(story, entry), question, actor=actor, now=now)


def answer(story: Story, entry: Entry, text: str, *, now: datetime) -> None:
    """Let the applicants answer."""
    actor = applicant(story, entry, now=now)
    service.answer(application(story, entry), text, actor=actor, now=now)


def defer(story: Story, entry: Entry, *said: Any, now: datetime) -> None:
    """Let staff put it off to a day, seen from today, for a reason."""
    until, reason = said
    row, day = application(story, entry), story.calendar.day(until)
    actor = story.actor("membership", now=now)
    service.defer(row, day, reason=reason, actor=actor, now=now)


def approve(story: Story, entry: Entry, *, now: datetime) -> None:
    """Let staff make the organisation a member from the day after."""
    row, actor = application(story, entry), story.actor("membership", now=now)
    service.approve(row, (now + timedelta(days=1)).date(), actor=actor, now=now)


def decline(story: Story, entry: Entry, reason: str, *, now: datetime) -> None:
    """Let staff say no."""
    actor = story.actor("membership", now=now)
    service.decline(application(story, entry), reason, actor=actor, now=now)


def withdraw(story: Story, entry: Entry, reason: str, *, now: datetime) -> None:
    """Let the applicants think better of it."""
    actor = applicant(story, entry, now=now)
    service.withdraw(application(story, entry), reason, actor=actor, now=now)


PLAYS: dict[str, Play] = {
    "asked": ask,
    "answered": answer,
    "deferred": defer,
    "approved": approve,
    "declined": decline,
    "withdrawn": withdraw,
}
