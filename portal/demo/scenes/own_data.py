"""What people want of their own data, who sees what of them, which addresses are a firm’s."""

from datetime import datetime

from portal.demo.content import Entry, read
from portal.demo.story import Story, one
from portal.members.domains import service as domains
from portal.members.privacy import service as privacy
from portal.members.showing import service as showing
from portal.models import Field, PrivacyKind, PrivacyRequest, Reach


def tell(story: Story) -> None:
    """Add choices of what is shown, domains with and without proof, and requests that wait."""
    script, at = read("own_data"), story.calendar.at
    for entry in script["shown"]:
        story.tell(at(entry["at"]), be_seen, entry)
    for entry in script["domain"]:
        story.tell(at(entry["at"]), name_domain, entry)
    for entry in script["request"]:
        story.tell(at(entry["at"]), ask, entry)
        if "checked" in entry:
            story.tell(at(entry["checked"][0]), check, entry, entry["checked"][1])


def be_seen(story: Story, entry: Entry, *, now: datetime) -> None:
    """Let somebody choose who sees what of them."""
    chosen = {field: Reach.of(entry[field.value]) for field in Field}
    showing.choose(chosen, actor=story.actor(entry["person"], now=now), now=now)


def name_domain(story: Story, entry: Entry, *, now: datetime) -> None:
    """Let an administrator name a domain, which counts at once where their own address is."""
    organisation = story.organisations[entry["organisation"]]
    actor = story.actor(entry["by"], now=now)
    domains.add_domain(organisation, entry["domain"], actor=actor, now=now)


def ask(story: Story, entry: Entry, *, now: datetime) -> None:
    """Let somebody ask something about their own data."""
    actor = story.actor(entry["person"], now=now)
    privacy.ask(PrivacyKind.of(entry["kind"]), entry["wish"], actor=actor, now=now)


def check(story: Story, entry: Entry, how: str, *, now: datetime) -> None:
    """Let staff make sure who asks."""
    row: PrivacyRequest = one(PrivacyRequest, person_id=story.people[entry["person"]])
    privacy.check(row, how, actor=story.actor("membership", now=now), now=now)
