"""What membership brings and what was used of it; kinds that changed, notice, exclusion, return."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from portal.demo.content import Entry, organisations, read
from portal.demo.scenes.organisations import YEAR, membership, renew
from portal.demo.story import Story, one
from portal.extensions import db
from portal.members import service as members
from portal.members.belonging.service import benefits, exclusions, renewals, requests, turns
from portal.models import (
    Benefit,
    BenefitUse,
    BenefitYear,
    Exclusion,
    MembershipPeriod,
    MembershipTier,
    TierRequestTakes,
)

#: So many days ago the benefits were promised that hold now.
SINCE = -695
#: The run of renewals that waits for somebody: it covers so many days ahead.
AHEAD = 75


def tell(story: Story) -> None:
    """Add what is promised and used, then what became of memberships beside their years."""
    script, at = read("belonging"), story.calendar.at
    for rank, entry in enumerate(script["benefit"], start=1):
        for code, quantity in entry["quantity"].items():
            story.tell(at(f"{SINCE} 11:00"), promise, entry, (code, quantity, rank))
    for entry in script["use"]:
        story.tell(at(entry["at"]), use, entry)
        if "taken_back" in entry:
            story.tell(at(entry["taken_back"]), take_back, entry)
    for entry in organisations():
        tell_membership(story, entry, entry.get("membership") or {})
    story.tell(at("-1 14:05"), look_ahead)


def tell_membership(story: Story, entry: Entry, script: Entry) -> None:
    """Add what became of one membership."""
    at = story.calendar.at
    if "upgraded" in script:
        story.tell(at(f"{script['upgraded'][0]} 13:20"), upgrade, entry, script["upgraded"][1])
    if "wish" in script:
        story.tell(at(f"{script['wish'][0]} 15:10"), ask, entry, script["wish"][1:])
    if "notice" in script:
        story.tell(at(f"{script['notice'][0]} 09:50"), resign, entry, script["notice"][1])
    if "excluded" in script:
        day, reason = script["excluded"]
        story.tell(at(f"{day - 12} 15:30"), propose, entry, (reason, day))
        story.tell(at(f"{day - 4} 10:10"), decide, entry)
    if back := script.get("back"):
        story.tell(at(f"{back} 08:40"), come_back, entry, back)
        for begins in range(back + YEAR, 1, YEAR):
            span = (begins, begins + YEAR)
            story.tell(at(f"{begins - 20} 09:40"), renew, entry, span)


def promise(story: Story, entry: Entry, much: tuple[str, int, int], *, now: datetime) -> None:
    """Let a kind of membership promise so much of something, at a place in its list."""
    code, quantity, rank = much
    promised = benefits.Promise(
        **{name: entry[name] for name in ("label_en", "label_nb", "unit_en", "unit_nb")},
        quantity=quantity,
        year=BenefitYear.of(entry.get("year", "calendar")),
        rank=rank,
    )
    tier, actor = one(MembershipTier, code=code), story.actor("membership", now=now)
    benefits.add_benefit(tier, entry["key"], promised, actor=actor, now=now)


def use(story: Story, entry: Entry, *, now: datetime) -> None:
    """Note that a member used some of a benefit, and perhaps that it was a mistake."""
    row = membership(story, {"key": entry["organisation"]})
    actor = story.actor("membership", now=now)
    used = benefits.Use(
        used_on=now.date(),
        quantity=entry["quantity"],
        reference=entry["reference"],
        goodwill=entry.get("goodwill", False),
    )
    promised = benefit_of(row.id, entry["key"], now=now)
    benefits.use_benefit(row, promised, used, actor=actor, now=now)


def take_back(story: Story, entry: Entry, *, now: datetime) -> None:
    """Take back what was noted by mistake."""
    row = membership(story, {"key": entry["organisation"]})
    mistaken = select(BenefitUse).where(
        BenefitUse.membership_id == row.id, BenefitUse.reference == entry["reference"]
    )
    line = db.session.scalars(mistaken).one()
    benefits.take_back(line, actor=story.actor("membership", now=now), now=now)


def benefit_of(membership_id: Any, key: str, *, now: datetime) -> Benefit:
    """Return a benefit of the kind that a membership was of on a day."""
    return db.session.scalars(
        select(Benefit)
        .join(MembershipPeriod, MembershipPeriod.tier_id == Benefit.tier_id)
        .where(
            Benefit.key == key,
            MembershipPeriod.membership_id == membership_id,
            MembershipPeriod.from_on <= now.date(),
            MembershipPeriod.to_on > now.date(),
        )
    ).one()


def upgrade(story: Story, entry: Entry, code: str, *, now: datetime) -> None:
    """Give a membership another kind from this day on."""
    tier, actor = one(MembershipTier, code=code), story.actor("membership", now=now)
    row = membership(story, entry)
    members.change_tier(row, tier, from_on=now.date(), actor=actor, now=now)


def ask(story: Story, entry: Entry, wish: list[str], *, now: datetime) -> None:
    """Let an administrator ask for another year or another kind."""
    code, takes, message = wish
    tier, actor = one(MembershipTier, code=code), story.actor(entry["people"][0][0], now=now)
    wanted = requests.Wish(tier=tier, takes=TierRequestTakes.of(takes), message=message)
    requests.ask(membership(story, entry), wanted, actor=actor, now=now)


def resign(story: Story, entry: Entry, why: str, *, now: datetime) -> None:
    """Let an administrator give notice."""
    actor = story.actor(entry["people"][0][0], now=now)
    members.resign(membership(story, entry), why, actor=actor, now=now)


def propose(story: Story, entry: Entry, why: tuple[str, int], *, now: datetime) -> None:
    """Let staff propose to exclude a member."""
    reason, day = why
    actor, from_on = story.actor("membership", now=now), story.calendar.day(day)
    row = membership(story, entry)
    exclusions.exclude(row, reason, from_on=from_on, actor=actor, now=now)


def decide(story: Story, entry: Entry, *, now: datetime) -> None:
    """Let a second person decide it."""
    row: Exclusion = one(Exclusion, membership_id=membership(story, entry).id)
    exclusions.decide(row, actor=story.actor("app", now=now), now=now)


def come_back(story: Story, entry: Entry, day: int, *, now: datetime) -> None:
    """Take a lapsed membership up again, with its number."""
    tier = one(MembershipTier, code=entry["membership"]["tier"])
    first, after = story.calendar.day(day), story.calendar.day(day + YEAR)
    row, actor = story.organisations[entry["key"]], story.actor("membership", now=now)
    members.start_membership(row, tier, from_on=first, to_on=after, actor=actor, now=now)


def look_ahead(story: Story, *, now: datetime) -> None:
    """Let a run of renewals wait for somebody to start it; the turns until now are told."""
    actor, day = story.actor("membership", now=now), story.calendar.day
    run = renewals.begin(day(1), day(AHEAD), tier=None, actor=actor, now=now)
    db.session.flush()
    while renewals.gather(run.id, now=now):
        pass
    turns.note_told(story.calendar.today)
