"""Organisations arrive with their people, are confirmed, and become members."""

import unicodedata
from datetime import datetime, timedelta

from portal.demo.content import Entry, organisations, read
from portal.demo.scenes.founding import welcome
from portal.demo.story import Story, one
from portal.members import service as members
from portal.models import (
    Affiliation,
    AffiliationRole,
    EndReason,
    Membership,
    MembershipTier,
    NumberKind,
    Organisation,
    OrganisationKind,
    Person,
    Service,
    SizeClass,
)

YEAR = 365
#: Letters that do not come apart into a plain one and its accent.
PLAIN = str.maketrans({"ø": "o", "æ": "ae", "å": "aa", "đ": "d", "ł": "l"})


def tell(story: Story, *, locked: str, password_hash: str) -> None:
    """Add every organisation. Its people have accounts that no password opens: `locked`."""
    guests = read("cluster")["guest"]
    for entry in organisations():
        at = story.calendar.at(f"{entry['since']} 10:{len(entry['key']) + 10}")
        founder = next((g for g in guests if is_founder(g, entry)), None)
        story.tell(at, arrive, entry, founder, password_hash if founder else locked, locked)
        if entry.get("confirmed", True):
            story.tell(at + timedelta(days=1), confirm, entry)
        tell_membership(story, entry)
    for guest in guests:
        if all(role != "administrator" for _key, role, _title in guest["belongs"]):
            story.tell(story.calendar.at("-100 13:30"), join, guest, password_hash)


def is_founder(guest: Entry, entry: Entry) -> bool:
    """Tell whether one of the printed sign-ins is who brought an organisation here."""
    return any(k == entry["key"] and r == "administrator" for k, r, _t in guest["belongs"])


def arrive(
    story: Story,
    entry: Entry,
    founder: Entry | None,
    *hashes: str,
    now: datetime,
) -> None:
    """Let somebody sign up, register their organisation and bring their colleagues.

    `hashes` are of the founder's password and of the colleagues'.
    """
    own, locked = hashes
    colleagues = list(entry["people"])
    if founder:
        first, title = welcome(story, founder, own, now=now), founder["belongs"][0][2]
    else:
        name, title, _role, language = colleagues.pop(0)
        first = welcome(story, person_of(entry, name, language), own, now=now)
    row = register(story, entry, first, now=now)
    affiliation = one(Affiliation, person_id=first.id, organisation_id=row.id)
    affiliation.title = title
    for name, title, role, language in colleagues:
        person = welcome(story, person_of(entry, name, language), locked, now=now)
        actor = story.actor(first.name, now=now)
        role = AffiliationRole.of(role)
        members.affiliate(person, row, role=role, title=title, actor=actor, now=now)


def person_of(entry: Entry, name: str, language: str) -> Entry:
    """Return an account for one of an organisation's people, at its own address."""
    return {"name": name, "language": language, "email": f"{mailbox(name)}@{host(entry)}"}


def host(entry: Entry) -> str:
    """Return an organisation's name on the network, which leads nowhere."""
    return f"{entry['key']}.example"


def address_of(name: str, organisation: str) -> str:
    """Return the address of somebody at an organisation, by its key."""
    return f"{mailbox(name)}@{organisation}.example"


def mailbox(name: str) -> str:
    """Return a name as it stands before the @."""
    parts = unicodedata.normalize("NFKD", name.lower().translate(PLAIN))
    plain = "".join(c if c.isascii() and c.isalnum() else " " for c in parts if c != "\u0301")
    return ".".join(word for word in plain.split() if word != "professor")


def register(story: Story, entry: Entry, first: Person, *, now: datetime) -> Organisation:
    """Create the organisation, with its logo and subjects, and choose what it shows."""
    number = entry.get("number")
    foreign = entry.get("country", "NO") != "NO"
    kind = NumberKind.FOREIGN if foreign else NumberKind.NORWEGIAN
    registration = members.Registration(
        number_kind=kind if number else NumberKind.NONE,
        number=number,
        country=entry.get("country", "NO"),
    )
    facts = facts_of(entry)
    tags = [story.tags[key] for key in entry["tags"]]
    actor = story.actor(first.name, now=now)
    row = members.create_organisation(
        registration, facts, tags=tags, logo=story.uploads[entry["key"]], actor=actor, now=now
    )
    story.organisations[entry["key"]] = row
    shown = members.Shown(
        listed=entry.get("listed", True), shows_people=entry.get("shows_people", False)
    )
    if shown != members.Shown():
        actor, version = story.actor(first.name, now=now), row.version
        members.edit_organisation(
            row, facts, shown=shown, tags=tags, version=version, actor=actor, now=now
        )
    return row


def facts_of(entry: Entry) -> members.Facts:
    """Return what an organisation tells of itself."""
    return members.Facts(
        legal_name=entry["legal"],
        display_name=entry["name"],
        kind=OrganisationKind.of(entry["kind"]),
        size=SizeClass.of(entry["size"]),
        place=entry["place"],
        website=f"https://{host(entry)}",
        standfirst=entry["standfirst"],
        description=entry["description"].strip(),
        language=entry["language"],
        offered=tuple(Service.of(key) for key in entry.get("offers", ())),
        sought=tuple(Service.of(key) for key in entry.get("seeks", ())),
    )


def confirm(story: Story, entry: Entry, *, now: datetime) -> None:
    """Let staff say that an organisation is what it says it is."""
    actor = story.actor("membership", now=now)
    members.confirm(story.organisations[entry["key"]], actor=actor, now=now)


def join(story: Story, guest: Entry, password_hash: str, *, now: datetime) -> None:
    """Let somebody sign up and be made part of organisations by their administrators."""
    person = welcome(story, guest, password_hash, now=now)
    for key, role, title in guest["belongs"]:
        row = story.organisations[key]
        administrator = next(e for e in organisations() if e["key"] == key)["people"][0][0]
        actor = story.actor(administrator, now=now)
        role = AffiliationRole.of(role)
        members.affiliate(person, row, role=role, title=title, actor=actor, now=now)


def tell_membership(story: Story, entry: Entry) -> None:
    """Add the membership of an organisation: its first period, renewals, rest and end."""
    if not (script := entry.get("membership")):
        return
    since, until = script["since"], script.get("until")
    approved = story.calendar.at(f"{min(since - 6, -2)} 11:20")
    first_end = until if until and until - since <= YEAR else since + YEAR
    story.tell(approved, start, entry, (since, first_end))
    for begins in range(since + YEAR, until - 30 if until else 1, YEAR):
        span = (begins, begins + YEAR)
        at = story.calendar.at(f"{begins - 20} 09:40")
        story.tell(at, renew, entry, span)
    if rest := script.get("suspended"):
        at = story.calendar.at(f"{rest[0] - 3} 14:15")
        story.tell(at, suspend, entry, rest)
    if end := script.get("ended"):
        at = story.calendar.at(f"{end[0] - 30} 10:50")
        story.tell(at, leave, entry, end)


def start(story: Story, entry: Entry, span: tuple[int, int], *, now: datetime) -> None:
    """Make an organisation a member."""
    from_on, to_on = map(story.calendar.day, span)
    tier = one(MembershipTier, code=entry["membership"]["tier"])
    row, actor = story.organisations[entry["key"]], story.actor("membership", now=now)
    members.start_membership(row, tier, from_on=from_on, to_on=to_on, actor=actor, now=now)


def renew(story: Story, entry: Entry, span: tuple[int, int], *, now: datetime) -> None:
    """Renew a membership."""
    from_on, to_on = map(story.calendar.day, span)
    tier = one(MembershipTier, code=entry["membership"]["tier"])
    row, actor = membership(story, entry), story.actor("membership", now=now)
    members.renew(row, tier, from_on=from_on, to_on=to_on, actor=actor, now=now)


def suspend(story: Story, entry: Entry, rest: list[int], *, now: datetime) -> None:
    """Let a membership rest."""
    from_on, to_on = map(story.calendar.day, rest)
    actor = story.actor("membership", now=now)
    members.suspend(membership(story, entry), from_on, to_on=to_on, actor=actor, now=now)


def leave(story: Story, entry: Entry, end: list[object], *, now: datetime) -> None:
    """End a membership."""
    actor = story.actor("membership", now=now)
    day, reason = story.calendar.day(int(str(end[0]))), EndReason.of(str(end[1]))
    members.end_membership(membership(story, entry), day, reason=reason, actor=actor, now=now)


def membership(story: Story, entry: Entry) -> Membership:
    """Return the membership of an organisation."""
    row: Membership = one(Membership, organisation_id=story.organisations[entry["key"]].id)
    return row
