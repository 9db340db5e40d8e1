"""Articles are written, proposed, answered, published, changed and put away."""

from datetime import datetime

from portal.demo.content import Entry, articles
from portal.demo.story import Story, one
from portal.models import Actor, Audience, MembershipTier
from portal.news.service import proposing, publishing, writing
from portal.news.service.writing import Details, Text

#: Who looks after the news.
EDITOR = "editor"
CREDIT = "Fjord Media Cluster"


def tell(story: Story) -> None:
    """Add every article, from its first words to where it stands now."""
    at = story.calendar.at
    for entry in articles():
        begin, first = (propose, "proposed") if "proposed" in entry else (make, "made")
        story.tell(at(entry[first]), begin, entry)
        for name, play in PLAYS.items():
            if name in entry:
                story.tell(at(entry[name]), play, entry)
        for edit in entry.get("edit", ()):
            story.tell(at(edit["at"]), rewrite, entry, edit)
            if "published" in edit:
                story.tell(at(edit["published"]), publish_version, entry)


def make(story: Story, entry: Entry, *, now: datetime) -> None:
    """Let the editor begin an article."""
    actor = story.actor(EDITOR, now=now)
    row = writing.make_article(text_of(story, entry), details_of(story, entry, actor=actor),
                               actor=actor, now=now)  # fmt: skip
    story.articles[entry["key"]] = row


def propose(story: Story, entry: Entry, *, now: datetime) -> None:
    """Let a member propose news about themselves."""
    row = proposing.propose(
        story.organisations[entry["proposed_for"]],
        text_of(story, entry),
        language=entry["language"],
        actor=story.actor(entry["by"], now=now),
        now=now,
    )
    story.articles[entry["key"]] = row


def text_of(story: Story, entry: Entry, *, added: str = "") -> Text:
    """Return what an article says, with what was added to it later."""
    pictured = "picture" in entry
    return Text(
        title=entry["title"],
        standfirst=entry["standfirst"],
        body=entry["body"].strip() + added.rstrip(),
        picture=story.uploads[entry["picture"]] if pictured and not added else None,
        alternative=entry["alternative"] if pictured else "",
        credit=CREDIT if pictured else "",
    )


def details_of(story: Story, entry: Entry, *, actor: Actor) -> Details:
    """Return what is said around an article."""
    tier = one(MembershipTier, code=entry["tier"]).id if "tier" in entry else None
    return Details(
        language=entry["language"],
        byline=entry.get("byline", actor.name),
        audience=Audience.of(entry.get("audience", "public")),
        tier_id=tier,
        tags=[story.tags[key] for key in entry["tags"]],
        organisations=[story.organisations[key] for key in entry.get("about", ())],
    )


def take_up(story: Story, entry: Entry, *, now: datetime) -> None:
    """Let the editor take up what a member proposed, and settle what stands around it."""
    actor, row = story.actor(EDITOR, now=now), story.articles[entry["key"]]
    proposing.take_up(row, actor=actor, now=now)
    details = details_of(story, entry, actor=actor)
    writing.edit_details(row, details, version=row.version, actor=actor, now=now)


def decline(story: Story, entry: Entry, *, now: datetime) -> None:
    """Let the editor say why a proposal becomes no article."""
    row, actor = story.articles[entry["key"]], story.actor(EDITOR, now=now)
    proposing.decline(row, entry["answer"], actor=actor, now=now)


def withdraw(story: Story, entry: Entry, *, now: datetime) -> None:
    """Let whoever proposed it think better of it."""
    row, actor = story.articles[entry["key"]], story.actor(entry["by"], now=now)
    proposing.withdraw(row, actor=actor, now=now)


def submit(story: Story, entry: Entry, *, now: datetime) -> None:
    """Send an article to review."""
    publishing.submit(
        story.articles[entry["key"]], actor=story.actor(EDITOR, now=now), now=now
    )  # fmt: skip


def publish(story: Story, entry: Entry, *, now: datetime) -> None:
    """Let readers see an article, at once or from a later moment on."""
    at = story.calendar.at(entry["out"]) if "out" in entry else None
    row, actor = story.articles[entry["key"]], story.actor(EDITOR, now=now)
    publishing.publish(row, at=at, zone=story.calendar.zone, actor=actor, now=now)


def archive(story: Story, entry: Entry, *, now: datetime) -> None:
    """Put an article away."""
    row, actor = story.articles[entry["key"]], story.actor(EDITOR, now=now)
    publishing.archive(row, actor=actor, now=now)


def rewrite(story: Story, entry: Entry, edit: Entry, *, now: datetime) -> None:
    """Write a new version of an article, which readers do not see yet."""
    row, actor = story.articles[entry["key"]], story.actor(EDITOR, now=now)
    text = text_of(story, entry, added="\n" + edit["added"])
    writing.edit_text(row, text, version=row.version, actor=actor, now=now)


def publish_version(story: Story, entry: Entry, *, now: datetime) -> None:
    """Let readers see the newest version."""
    row, actor = story.articles[entry["key"]], story.actor(EDITOR, now=now)
    publishing.publish_version(row, actor=actor, now=now)


#: What happens to an article, by the name that its moment has in the story, in this order.
PLAYS = {
    "taken_up": take_up,
    "declined": decline,
    "withdrawn": withdraw,
    "submitted": submit,
    "published": publish,
    "archived": archive,
}
