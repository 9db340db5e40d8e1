"""The cluster comes to be: its first administrator, staff, kinds of membership, subjects, pages."""

from datetime import datetime

from portal.demo import pictures
from portal.demo.content import Entry, read
from portal.demo.story import Story, one
from portal.extensions import db
from portal.members import service as members
from portal.models import PORTAL, Page, Person, StaffRole, Tag
from portal.site import service as site


def tell(story: Story, *, password_hash: str) -> None:
    """Add the founding, and all that staff put in order in the first days."""
    script = read("cluster")
    first = story.calendar.morning(script["cluster"]["since"])
    story.tell(first, found, password_hash)
    for entry in script["staff"][1:]:
        story.tell(first, hire, entry, password_hash)
    story.tell(first, prepare)
    for entry in read("pages")["page"]:
        story.tell(story.calendar.at(entry["at"]), rewrite, entry)


def found(story: Story, password_hash: str, *, now: datetime) -> None:
    """Make the first administrator, who is nobody's guest, and the cluster."""
    script = read("cluster")
    cluster, admin = script["cluster"], script["staff"][0]
    person = Person(
        name=admin["name"],
        email=admin["email"],
        phone=admin["phone"],
        language=admin["language"],
        password_hash=password_hash,
        verified_at=now,
    )
    db.session.add(person)
    db.session.flush()
    story.people[admin["key"]] = story.people[admin["name"]] = person.id
    members.give_grant(person, StaffRole.ADMINISTRATOR, actor=PORTAL, now=now)
    details = site.Details(
        name=cluster["name"],
        place=cluster["place"],
        sender_address=cluster["sender"],
        language=cluster["language"],
        zone=cluster["zone"],
    )
    actor = story.actor("admin", now=now)
    logo = pictures.upload("harbour", "ink", "fjord-media-cluster")
    site.found_cluster(details, actor=actor, now=now, logo=logo, demo=True)


def hire(story: Story, entry: Entry, password_hash: str, *, now: datetime) -> None:
    """Give somebody an account and their roles in the staff."""
    person = welcome(story, entry, password_hash, now=now)
    for role in entry["roles"]:
        actor = story.actor("admin", now=now)
        members.give_grant(person, StaffRole.of(role), actor=actor, now=now)


def welcome(story: Story, entry: Entry, password_hash: str, *, now: datetime) -> Person:
    """Open an account whose owner has shown that the address is theirs."""
    account = members.Account(
        name=entry["name"],
        email=entry["email"],
        password_hash=password_hash,
        language=entry["language"],
    )
    person = members.sign_up(account, now=now)
    if person is None:
        raise RuntimeError(f"Two people of the demo have the address {entry['email']}")
    person.phone = entry.get("phone", "")
    members.verify(person, now=now)
    story.people[entry.get("key", entry["name"])] = person.id
    story.people[entry["name"]] = person.id
    return person


def prepare(story: Story, *, now: datetime) -> None:
    """Write down the kinds of membership and the subjects that organisations choose from."""
    script = read("cluster")
    actor = story.actor("membership", now=now)
    for tier in script["tier"]:
        names = (tier["name_en"], tier["name_nb"])
        rank = tier["rank"]
        members.keep_tier(None, tier["code"], names=names, rank=rank, actor=actor, now=now)
    for key, (english, norwegian) in script["tags"].items():
        story.tags[key] = Tag(key=key, label_en=english, label_nb=norwegian)
        db.session.add(story.tags[key])


def rewrite(story: Story, entry: Entry, *, now: datetime) -> None:
    """Let the editor put the cluster's own words on a page."""
    page = one(Page, key=entry["key"])
    names = ("title_en", "title_nb", "body_en", "body_nb")
    words = {name: entry[name].strip() for name in names}
    actor = story.actor("editor", now=now)
    site.edit_page(page, words, version=page.version, actor=actor, now=now)
