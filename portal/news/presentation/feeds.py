"""Feeds: one account of what is told, written down as RSS, Atom or JSON Feed.

What is written follows https://www.rssboard.org/rss-specification, RFC 4287 and
https://www.jsonfeed.org/version/1.1/.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape
from typing import Any
from uuid import UUID
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

ATOM = "http://www.w3.org/2005/Atom"
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
JSON_FEED = "https://jsonfeed.org/version/1.1"
for prefix, namespace in (("atom", ATOM), ("dc", DUBLIN_CORE), ("content", CONTENT)):
    register_namespace(prefix, namespace)

#: What XML takes in no form, and nobody reads.
NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: A link to a page of ours, as it stands in a text.
OWN_LINK = re.compile(r'href="/(?!/)')
AGES_AGO = datetime(1970, 1, 1, tzinfo=UTC)
HTML = "text/html"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One story as feeds tell it. Its id stays when its address changes."""

    id: UUID
    url: str
    title: str
    summary: str
    html: str
    author: str
    language: str
    published: datetime
    updated: datetime
    tags: Sequence[str] = ()
    picture: str | None = None

    @property
    def urn(self) -> str:
        """What readers know the story by."""
        return self.id.urn


@dataclass(frozen=True, kw_only=True)
class Feed:
    """A feed: whose it is, where it is read, and what it tells, the newest first."""

    id: str
    title: str
    home: str
    url: str
    publisher: str
    language: str
    entries: Sequence[Entry]

    @property
    def updated(self) -> datetime:
        """When the last of its stories changed; a feed without any is as old as time."""
        return max(
            (entry.updated for entry in self.entries), default=datetime(1970, 1, 1, tzinfo=UTC)
        )


def absolute(html: str, base: str) -> str:
    """Let links to our own pages work wherever a text is read."""
    return OWN_LINK.sub(f'href="{base}/', html)


def as_atom(feed: Feed) -> bytes:
    """Write a feed as Atom."""
    root = Element(f"{{{ATOM}}}feed", {"xml:lang": feed.language})
    add(root, "id", feed.id)
    add(root, "title", feed.title)
    add(root, "updated", stamp(feed.updated))
    SubElement(root, f"{{{ATOM}}}link", {"rel": "self", "type": TYPES["atom"], "href": feed.url})
    SubElement(
        root, f"{{{ATOM}}}link", {"rel": "alternate", "type": "text/html", "href": feed.home}
    )
    add(SubElement(root, f"{{{ATOM}}}author"), "name", feed.publisher)
    for entry in feed.entries:
        atom_entry(root, entry)
    return written(root)


def atom_entry(root: Element, entry: Entry) -> None:
    """Write one story as Atom."""
    node = SubElement(root, f"{{{ATOM}}}entry", {"xml:lang": entry.language})
    add(node, "id", entry.urn)
    add(node, "title", entry.title)
    SubElement(
        node, f"{{{ATOM}}}link", {"rel": "alternate", "type": "text/html", "href": entry.url}
    )
    add(node, "published", stamp(entry.published))
    add(node, "updated", stamp(entry.updated))
    if entry.author:
        add(SubElement(node, f"{{{ATOM}}}author"), "name", entry.author)
    for tag in entry.tags:
        SubElement(node, f"{{{ATOM}}}category", {"term": clean(tag)})
    if entry.summary:
        add(node, "summary", entry.summary)
    add(node, "content", entry.html, type="html")
    if entry.picture:
        link(node, "enclosure", entry.picture, kind="image/webp")


def link(parent: Element, rel: str, href: str, *, kind: str = HTML) -> None:
    """Write where something else is, in Atom's word, which RSS borrows."""
    SubElement(parent, f"{{{ATOM}}}link", {"rel": rel, "type": kind, "href": href})


def add(parent: Element, name: str, text: str, *, space: str = ATOM, **more: str) -> Element:
    """Write one line of text."""
    node = SubElement(parent, f"{{{space}}}{name}" if space else name, more)
    node.text = clean(text)
    return node


def as_rss(feed: Feed) -> bytes:
    """Write a feed as RSS 2.0."""
    root = Element("rss", {"version": "2.0"})
    channel = SubElement(root, "channel")
    for name, text in (
        ("title", feed.title),
        ("link", feed.home),
        ("description", feed.title),
        ("language", feed.language),
        ("lastBuildDate", format_datetime(feed.updated.astimezone(UTC), usegmt=True)),
    ):
        add(channel, name, text, space="")
    link(channel, "self", feed.url, kind=TYPES["rss"])
    for entry in feed.entries:
        rss_item(channel, entry)
    return written(root)


def rss_item(channel: Element, entry: Entry) -> None:
    """Write one story as RSS; when it last changed is said in Atom's own word."""
    item = SubElement(channel, "item")
    add(item, "title", entry.title, space="")
    add(item, "link", entry.url, space="")
    add(item, "guid", entry.urn, space="", isPermaLink="false")
    published = format_datetime(entry.published.astimezone(UTC), usegmt=True)
    add(item, "pubDate", published, space="")
    add(item, "updated", stamp(entry.updated))
    if entry.author:
        add(item, "creator", entry.author, space=DUBLIN_CORE)
    add(item, "language", entry.language, space=DUBLIN_CORE)
    for tag in entry.tags:
        add(item, "category", tag, space="")
    add(item, "description", escape(entry.summary, quote=False), space="")  # read as HTML
    add(item, "encoded", entry.html, space=CONTENT)


def as_json(feed: Feed) -> bytes:
    """Write a feed as JSON Feed 1.1."""
    told = {
        "version": JSON_FEED,
        "title": feed.title,
        "home_page_url": feed.home,
        "feed_url": feed.url,
        "language": feed.language,
        "authors": [{"name": feed.publisher}],
        "items": [json_item(entry) for entry in feed.entries],
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def json_item(entry: Entry) -> Mapping[str, Any]:
    """Write one story as JSON Feed; what there is nothing of is left out."""
    told = {
        "id": entry.urn,
        "url": entry.url,
        "title": entry.title,
        "summary": entry.summary,
        "content_html": entry.html,
        "image": entry.picture,
        "date_published": stamp(entry.published),
        "date_modified": stamp(entry.updated),
        "authors": [{"name": entry.author}] if entry.author else [],
        "tags": [*entry.tags],
        "language": entry.language,
    }
    return {name: value for name, value in told.items() if value}


def stamp(moment: datetime) -> str:
    """Write a moment as RFC 3339 has it."""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def clean(text: str) -> str:
    """Return a text that XML takes."""
    return NOT_IN_XML.sub("", text)


def written(root: Element) -> bytes:
    """Write a document."""
    text: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return text


#: How each kind of feed calls itself.
TYPES = {
    "atom": "application/atom+xml",
    "rss": "application/rss+xml",
    "json": "application/feed+json",
}
WRITERS: Mapping[str, Callable[[Feed], bytes]] = {
    "atom": as_atom,
    "rss": as_rss,
    "json": as_json,
}
NAMES: Iterable[tuple[str, str]] = (("rss", "RSS"), ("atom", "Atom"), ("json", "JSON Feed"))
