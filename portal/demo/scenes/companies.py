"""What companies and their people ask for: to be seen, another name, a successor, one account."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from portal.demo.content import organisations
from portal.demo.scenes.founding import welcome
from portal.demo.story import Story, one
from portal.members import service as members
from portal.members.merging import service as merging
from portal.members.showing import service as showing
from portal.models import Affiliation, Field, Reach

#: What somebody shows who likes to be found.
FOUND = {Field.NAME: Reach.PUBLIC, Field.EMAIL: Reach.MEMBERS, Field.PHONE: Reach.STAFF}


def tell(story: Story, *, locked: str) -> None:
    """Add what waits for staff and for companies. No password opens what is `locked`."""
    at = story.calendar.at
    shown = [entry for entry in organisations() if entry.get("shows_people")]
    story.tell(at("-60 12:00"), be_seen, [name for e in shown for name, *_ in e["people"]])
    waits: tuple[tuple[str, Callable[..., None]], ...] = (
        ("-6 09:15", ask_for_a_name),
        ("-4 14:05", leave),
        ("-3 10:20", propose_a_merge),
    )
    story.tell(at("-200 09:10"), sign_up_twice, locked)
    for moment, play in waits:
        story.tell(at(moment), play)


def be_seen(story: Story, names: list[str], *, now: datetime) -> None:
    """Let people of companies that show them choose to be seen by everybody."""
    for name in names:
        showing.choose(FOUND, actor=story.actor(name, now=now), now=now)


def ask_for_a_name(story: Story, *, now: datetime) -> None:
    """Let a company ask for another name, which staff have not looked at yet."""
    row, actor = story.organisations["lydteknikerne"], story.actor("Guro Tennebø", now=now)
    wanted = replace(members.identity_of(row), display_name="Lyd- og lysteknikerne")
    message = "Vi har tatt opp lysteknikerne i foreningen. Navnet er endret i registeret."
    members.propose(row, wanted, message=message, actor=actor, now=now)


def leave(story: Story, *, now: datetime) -> None:
    """Let a representative leave, in whose place nobody is named yet."""
    person, firm = story.person("Charlotte Devereux"), story.organisations["skipperhus"]
    row = one(Affiliation, person_id=person.id, organisation_id=firm.id, ends_at=None)
    members.end_affiliation(row, actor=story.actor("Fredrik Wallem", now=now), now=now)


def sign_up_twice(story: Story, locked: str, *, now: datetime) -> None:
    """Let somebody sign up by an address of their own, who has one at work as well."""
    name, at_work = "Hedda Aarskog", story.people["Hedda Aarskog"]
    entry = {"key": "home", "name": name, "email": "hedda@aarskog.example", "language": "nb"}
    person = welcome(story, entry, locked, now=now)
    story.people |= {name: at_work, f"{name} at home": person.id}


def propose_a_merge(story: Story, *, now: datetime) -> None:
    """Let staff propose that the two accounts are one, which nobody has looked at yet."""
    kept, lost = story.person("Hedda Aarskog"), story.person("Hedda Aarskog at home")
    reason = "Hun ringte: begge adressene er hennes, og hun bruker den på jobben."
    merging.propose(kept, lost, reason, actor=story.actor("membership", now=now), now=now)
