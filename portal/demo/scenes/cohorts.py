"""Companies in their cohorts: who came another way, who is responsible, what they reach."""

from dataclasses import dataclass
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


@dataclass(frozen=True)
class Goal:
    """A milestone as the story has it: whose, who is responsible there, and what it says."""

    company: tuple[str, str]
    responsible: str
    script: Entry

    @property
    def owner(self) -> str:
        """Who sees to it."""
        return str(self.script.get("owner", self.responsible))


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
        goal = Goal(key, entry["responsible"], milestone)
        story.tell(planned, plan, goal)
        tell_milestone(story, goal)
    for word, deed in (("paused", "pause"), ("graduated", "graduate")):
        if word in entry:
            story.tell(at(entry[word]), move, key, deed)
    for word in ("left", "terminated"):
        if word in entry:
            story.tell(at(entry[word]), depart, key, entry)


def tell_milestone(story: Story, goal: Goal) -> None:
    """Add how far a milestone came: begun, handed in, judged, missed or dropped."""
    due, state = goal.script["due"], MilestoneState.of(goal.script["state"])
    day = story.calendar.at(f"{due} 10:00")
    story.tell(day - REMINDED, remind, goal)
    if state in {MilestoneState.IN_PROGRESS, MilestoneState.SUBMITTED, MilestoneState.ACHIEVED}:
        story.tell(min(day - timedelta(days=11), story.now - timedelta(days=8)), start, goal)
    if state is MilestoneState.SUBMITTED:
        story.tell(day - timedelta(hours=19), hand_in, goal)
    if state is MilestoneState.ACHIEVED:
        story.tell(day - timedelta(days=3), hand_in, goal)
        story.tell(day + timedelta(days=2), judge, goal)
    if state is MilestoneState.MISSED:
        story.tell(day + MISSED, miss, goal)
    if state is MilestoneState.DROPPED:
        story.tell(day - timedelta(days=4), drop, goal)


def participation(story: Story, key: tuple[str, str]) -> Participation:
    """Return a company's part in a cohort."""
    cohort, organisation = story.cohorts[key[0]], story.organisations[key[1]]
    found = select(Participation).filter_by(cohort_id=cohort.id, organisation_id=organisation.id)
    return db.session.scalars(found).one()


def admit(story: Story, key: tuple[str, str], reason: str, *, now: datetime) -> None:
    """Take a company in that came another way."""
    cohort, organisation = story.cohorts[key[0]], story.organisations[key[1]]
    cohorts.admit(cohort, organisation, reason=reason, actor=story.actor(GUIDE, now=now), now=now)


def name(story: Story, key: tuple[str, str], who: str, *, now: datetime) -> None:
    """Let somebody of the company take it on to be responsible."""
    row, actor = participation(story, key), story.actor(who, now=now)
    cohorts.name_responsible(row, story.people[who], actor=actor, now=now)


def move(story: Story, key: tuple[str, str], deed: str, *, now: datetime) -> None:
    """Let a company begin, rest or graduate."""
    cohorts.move(participation(story, key), deed, actor=story.actor(GUIDE, now=now), now=now)


def depart(story: Story, key: tuple[str, str], entry: Entry, *, now: datetime) -> None:
    """Let a company go before the end, at its own wish or at ours."""
    row = participation(story, key)
    if "left" in entry:
        actor = story.actor(entry["responsible"], now=now)
        cohorts.leave(row, reason=entry["left_because"], actor=actor, now=now)
    else:
        actor, reason = story.actor(GUIDE, now=now), entry["terminated_because"]
        cohorts.terminate(row, reason=reason, actor=actor, now=now)


def plan(story: Story, goal: Goal, *, now: datetime) -> None:
    """Plan a milestone."""
    words = milestones.MilestoneWords(
        title=goal.script["title"],
        description=goal.script.get("description", ""),
        due_on=story.calendar.day(goal.script["due"]),
        owner_id=story.people[goal.owner],
    )
    actor = story.actor(goal.responsible, now=now)
    milestones.plan(participation(story, goal.company), words, actor=actor, now=now)


def milestone(story: Story, goal: Goal) -> Milestone:
    """Return a company's milestone by its title."""
    mine = Milestone.participation_id == participation(story, goal.company).id
    found = select(Milestone).where(mine, Milestone.title == goal.script["title"])
    return db.session.scalars(found).one()


def remind(story: Story, goal: Goal, *, now: datetime) -> None:
    """Let the portal remind of a day that is near."""
    milestones.remind(milestone(story, goal), actor=PORTAL, now=now)


def start(story: Story, goal: Goal, *, now: datetime) -> None:
    """Let whoever sees to it begin."""
    actor = story.actor(goal.owner, now=now)
    milestones.start(milestone(story, goal), actor=actor, now=now)


def hand_in(story: Story, goal: Goal, *, now: datetime) -> None:
    """Let whoever sees to it say that it is reached."""
    actor = story.actor(goal.owner, now=now)
    row = milestone(story, goal)
    milestones.hand_in(row, evidence=goal.script["evidence"], actor=actor, now=now)


def judge(story: Story, goal: Goal, *, now: datetime) -> None:
    """Let staff count it as achieved."""
    row, actor = milestone(story, goal), story.actor(GUIDE, now=now)
    milestones.judge(row, achieved=True, note=goal.script["note"], actor=actor, now=now)


def miss(story: Story, goal: Goal, *, now: datetime) -> None:
    """Let the portal count it as missed."""
    milestones.miss(milestone(story, goal), actor=PORTAL, now=now)


def drop(story: Story, goal: Goal, *, now: datetime) -> None:
    """Let staff give it up, as agreed with the company."""
    row, actor = milestone(story, goal), story.actor(GUIDE, now=now)
    milestones.drop(row, reason=goal.script["note"], actor=actor, now=now)
