"""Companies in their cohorts: who came another way, who is responsible, what they reach."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import select

from portal.demo.content import Entry, folder
from portal.demo.scenes.deciding import PAIR
from portal.demo.story import Story
from portal.extensions import db
from portal.models import PORTAL, Milestone, MilestoneState, Participation
from portal.programmes.service import cohorts, milestones

#: Who runs the incubator.
GUIDE = PAIR[1]
#: How long after its day the portal counts a milestone as missed, and before it reminds.
MISSED, REMINDED = timedelta(days=8), timedelta(days=7)


def tell(story: Story) -> None:
    """Add what companies and staff do in every cohort."""
    for script in folder("cohorts"):
        for place, entry in enumerate(script["company"]):
            tell_company(story, script, entry, late=timedelta(minutes=13 * place))


def tell_company(story: Story, script: Entry, entry: Entry, *, late: timedelta) -> None:
    """Add one company's way through a cohort."""
    at, key = story.calendar.at, (script["cohort"], entry["organisation"])
    if "entered_because" in entry:
        story.tell(at(script["entered"]) + late, admit, key, entry["entered_because"])
    if "begun" in script:
        story.tell(at(script["begun"]) + late, move, key, "begin")
    planned = at(script["planned"]) + late
    story.tell(planned - timedelta(days=1), name, key, entry["responsible"])
    for milestone in entry.get("milestone", ()):
        story.tell(planned, plan, key, entry, milestone)
        tell_milestone(story, key, entry, milestone)
    for word, deed in (("paused", "pause"), ("graduated", "graduate")):
        if word in entry:
            story.tell(at(entry[word]), move, key, deed)
    for word, end in (("left", cohorts.leave), ("terminated", cohorts.terminate)):
        if word in entry:
            story.tell(at(entry[word]), depart, key, end, entry)


def tell_milestone(story: Story, key: tuple[str, str], entry: Entry, script: Entry) -> None:
    """Add how far a milestone came: begun, handed in, judged, missed or dropped."""
    due, state = script["due"], MilestoneState.of(script["state"])
    day = story.calendar.at(f"{due} 10:00")
    told = (key, entry, script)
    story.tell(day - REMINDED, remind, *told)
    if state in {MilestoneState.IN_PROGRESS, MilestoneState.SUBMITTED, MilestoneState.ACHIEVED}:
        story.tell(min(day - timedelta(days=11), story.now - timedelta(days=8)), start, *told)
    if state is MilestoneState.SUBMITTED:
        story.tell(day - timedelta(hours=19), hand_in, *told)
    if state is MilestoneState.ACHIEVED:
        story.tell(day - timedelta(days=3), hand_in, *told)
        story.tell(day + timedelta(days=2), judge, *told)
    if state is MilestoneState.MISSED:
        story.tell(day + MISSED, miss, *told)
    if state is MilestoneState.DROPPED:
        story.tell(day - timedelta(days=4), drop, *told)


def participation(story: Story, key: tuple[str, str]) -> Participation:
    """Return a company's part in a cohort."""
    cohort, organisation = story.cohorts[key[0]], story.organisations[key[1]]
    found = select(Participation).filter_by(cohort_id=cohort.id, organisation_id=organisation.id)
    return db.session.scalars(found).one()


def admit(story: Story, key: tuple[str, str], reason: str, *, now: datetime) -> None:
    """Take a company in that came another way."""
    cohort, organisation = story.cohorts[key[0]], story.organisations[key[1]]
    cohorts.admit(cohort, organisation, reason=reason, actor=story.actor(GUIDE, now), now=now)


def name(story: Story, key: tuple[str, str], who: str, *, now: datetime) -> None:
    """Let somebody of the company take it on to be responsible."""
    row, actor = participation(story, key), story.actor(who, now)
    cohorts.name_responsible(row, story.people[who], actor=actor, now=now)


def move(story: Story, key: tuple[str, str], deed: str, *, now: datetime) -> None:
    """Let a company begin, rest or graduate."""
    cohorts.move(participation(story, key), deed, actor=story.actor(GUIDE, now), now=now)


def depart(
    story: Story, key: tuple[str, str], end: Callable[..., None], entry: Entry, *, now: datetime
) -> None:
    """Let a company go before the end, at its own wish or at ours."""
    own = "left" in entry
    reason = entry["left_because"] if own else entry["terminated_because"]
    actor = story.actor(entry["responsible"] if own else GUIDE, now)
    end(participation(story, key), reason=reason, actor=actor, now=now)


def plan(story: Story, key: tuple[str, str], entry: Entry, script: Entry, *, now: datetime) -> None:
    """Plan a milestone."""
    owner = script.get("owner", entry["responsible"])
    words = milestones.MilestoneWords(
        title=script["title"],
        description=script.get("description", ""),
        due_on=story.calendar.day(script["due"]),
        owner_id=story.people[owner],
    )
    actor = story.actor(entry["responsible"], now)
    milestones.plan(participation(story, key), words, actor=actor, now=now)


def milestone(story: Story, key: tuple[str, str], script: Entry) -> Milestone:
    """Return a company's milestone by its title."""
    mine = Milestone.participation_id == participation(story, key).id
    found = select(Milestone).where(mine, Milestone.title == script["title"])
    return db.session.scalars(found).one()


def remind(
    story: Story, key: tuple[str, str], _entry: Entry, script: Entry, *, now: datetime
) -> None:
    """Let the portal remind of a day that is near."""
    milestones.remind(milestone(story, key, script), actor=PORTAL, now=now)


def start(
    story: Story, key: tuple[str, str], entry: Entry, script: Entry, *, now: datetime
) -> None:
    """Let whoever sees to it begin."""
    actor = story.actor(script.get("owner", entry["responsible"]), now)
    milestones.start(milestone(story, key, script), actor=actor, now=now)


def hand_in(
    story: Story, key: tuple[str, str], entry: Entry, script: Entry, *, now: datetime
) -> None:
    """Let whoever sees to it say that it is reached."""
    actor = story.actor(script.get("owner", entry["responsible"]), now)
    row = milestone(story, key, script)
    milestones.hand_in(row, evidence=script["evidence"], actor=actor, now=now)


def judge(
    story: Story, key: tuple[str, str], _entry: Entry, script: Entry, *, now: datetime
) -> None:
    """Let staff count it as achieved."""
    row, actor = milestone(story, key, script), story.actor(GUIDE, now)
    milestones.judge(row, achieved=True, note=script["note"], actor=actor, now=now)


def miss(
    story: Story, key: tuple[str, str], _entry: Entry, script: Entry, *, now: datetime
) -> None:
    """Let the portal count it as missed."""
    milestones.miss(milestone(story, key, script), actor=PORTAL, now=now)


def drop(
    story: Story, key: tuple[str, str], _entry: Entry, script: Entry, *, now: datetime
) -> None:
    """Let staff give it up, as agreed with the company."""
    row, actor = milestone(story, key, script), story.actor(GUIDE, now)
    milestones.drop(row, reason=script["note"], actor=actor, now=now)
