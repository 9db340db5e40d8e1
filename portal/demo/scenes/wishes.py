"""What people want of organisations and of the cluster: to join, to be invited, to be called."""

from datetime import datetime

from portal.demo.content import Entry, read
from portal.demo.scenes.founding import welcome
from portal.demo.story import Story, one
from portal.extensions import db
from portal.members import service as members
from portal.models import (
    Affiliation,
    AffiliationRole,
    Invitation,
    JoinRequest,
    MembershipEnquiry,
    Person,
)

MOVES = {"taken": "take", "answered": "answer", "closed": "close"}


def tell(story: Story, *, locked: str) -> None:
    """Add requests to join, invitations and enquiries, answered and not."""
    script, at = read("people"), story.calendar.at
    for entry in script["join_request"]:
        story.tell(at(entry["at"]), ask, entry, locked)
        for name, play in (("answered", reply), ("blocked", block)):
            if name in entry:
                story.tell(at(entry[name]), play, entry)
    for entry in script["invitation"]:
        story.tell(at(entry["at"]), invite, entry)
        for name in ("accepted", "declined", "revoked"):
            if name in entry:
                story.tell(at(entry[name]), revoke if name == "revoked" else respond, entry, locked)
    for entry in script["enquiry"]:
        tell_enquiry(story, entry)


def ask(story: Story, entry: Entry, locked: str, *, now: datetime) -> None:
    """Let somebody sign up and ask to belong to an organisation that is here."""
    person = welcome(story, entry, locked, now=now)
    organisation = story.organisations[entry["organisation"]]
    actor = story.actor(person.name, now=now)
    members.ask_to_join(organisation, entry["message"], actor=actor, now=now)


def reply(story: Story, entry: Entry, *, now: datetime) -> None:
    """Let an administrator of the organisation answer, or who asked think better of it."""
    row = one(JoinRequest, person_id=story.people[entry["name"]])
    if entry["answer"] == "withdrawn":
        members.withdraw_request(row, actor=story.actor(entry["name"], now=now), now=now)
        return
    organisation = story.organisations[entry["organisation"]]
    administrator = one(
        Affiliation, organisation_id=organisation.id, role=AffiliationRole.ADMINISTRATOR
    )
    actor = story.actor(db.session.get_one(Person, administrator.person_id).name, now=now)
    if entry["answer"] == "accepted":
        members.accept_request(row, AffiliationRole.MEMBER, actor=actor, now=now)
    else:
        members.decline_request(row, actor=actor, now=now)


def block(story: Story, entry: Entry, *, now: datetime) -> None:
    """Let an administrator keep somebody out who would not take no for an answer."""
    members.block(story.person(entry["name"]), actor=story.actor("admin", now=now), now=now)


def invite(story: Story, entry: Entry, *, now: datetime) -> None:
    """Let somebody invite a colleague."""
    wish = members.Wish(
        email=entry["email"],
        role=AffiliationRole.of(entry["role"]),
        message=entry["message"],
        language=entry["language"],
    )
    organisation = story.organisations[entry["organisation"]]
    actor = story.actor(entry["by"], now=now)
    members.invite(organisation, wish, actor=actor, now=now)


def revoke(story: Story, entry: Entry, _locked: str, *, now: datetime) -> None:
    """Let whoever invited somebody think better of it."""
    row = one(Invitation, email=entry["email"])
    members.revoke(row, actor=story.actor(entry["by"], now=now), now=now)


def respond(story: Story, entry: Entry, locked: str, *, now: datetime) -> None:
    """Let somebody who was invited sign up, and say yes or no."""
    person = welcome(story, entry, locked, now=now)
    row, actor = one(Invitation, email=entry["email"]), story.actor(person.name, now=now)
    if "accepted" in entry:
        members.accept_invitation(row, actor=actor, now=now)
    else:
        members.decline_invitation(row, actor=actor, now=now)


def tell_enquiry(story: Story, entry: Entry) -> None:
    """Add somebody's wish to join the cluster, and what staff made of it."""
    at = story.calendar.at
    story.tell(at(entry["at"]), enquire, entry)
    for name, move in MOVES.items():
        if name in entry:
            story.tell(at(entry[name]), handle, entry, move)


def enquire(_story: Story, entry: Entry, *, now: datetime) -> None:
    """Let somebody write to the cluster."""
    enquiry = members.Enquiry(
        organisation_name=entry["organisation"],
        name=entry["name"],
        email=entry["email"],
        phone=entry.get("phone", ""),
        message=entry["message"],
        language=entry["language"],
    )
    members.enquire(enquiry, now=now)


def handle(story: Story, entry: Entry, move: str, *, now: datetime) -> None:
    """Let staff take, answer or close an enquiry."""
    row = one(MembershipEnquiry, email=entry["email"])
    note = entry.get("note", "") if move != "take" else ""
    members.handle_enquiry(row, move, note=note, actor=story.actor(entry["by"], now=now), now=now)
