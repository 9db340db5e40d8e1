"""A story as machines read it: in feeds, and as schema.org has it."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import current_app, url_for

from portal.models import Actor, Audience
from portal.news.presentation.feeds import Entry, Feed, absolute, stamp
from portal.news.queries import reading as queries
from portal.news.queries.reading import ALL, Subject
from portal.platform import cluster
from portal.platform.auth import arrived
from portal.web.markdown import render


def at_home(endpoint: str, **values: Any) -> str:
    """Return the whole address of a page of ours."""
    return f"{current_app.config['BASE_URL']}{url_for(endpoint, **values)}"


def publisher() -> tuple[str, str]:
    """Return the name and the language of the cluster."""
    profile = cluster.profile()
    return (profile.name, profile.language) if profile else ("", "en")


def picture_of(row: Any) -> str | None:
    """Return the whole address of a story's picture, if it has one."""
    return at_home("files.show", id=row.picture_id) if row.picture_id else None


def entry(row: Any, tags: Sequence[str]) -> Entry:
    """Return a story as feeds tell it."""
    return Entry(
        id=row.id,
        url=at_home("news.story", slug=row.slug),
        title=row.title,
        summary=row.standfirst,
        html=absolute(str(render(row.body)), str(current_app.config["BASE_URL"])),
        author=row.byline,
        language=row.language,
        published=row.published_at,
        updated=max(row.updated_at, row.published_at),
        tags=tags,
        picture=picture_of(row) if row.audience is Audience.PUBLIC else None,
    )


def feed(subject: Subject, home: str, url: str, *, actor: Actor | None) -> Feed:
    """Return what a feed tells to somebody; its titles are in the cluster's language."""
    rows = queries.for_feed(subject, actor=actor, now=arrived())
    name, language = publisher()
    label = subject.label_nb if language == "nb" else subject.label_en
    tags = queries.tags_of(*(row.id for row in rows))
    words = {id: [getattr(t, f"label_{language}") for t in found] for id, found in tags.items()}
    return Feed(
        id=url.rpartition(".")[0],
        title=name if subject.kind == ALL else f"{name}: {label}",
        home=home,
        url=url,
        publisher=name,
        language=language,
        entries=[entry(row, words[row.id]) for row in rows],
    )


def as_schema(story: Any, tags: Sequence[Any], related: Sequence[Any]) -> Mapping[str, Any]:
    """Return a story as a schema.org NewsArticle; what there is nothing of is left out."""
    name, _language = publisher()
    told = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.title,
        "description": story.standfirst,
        "inLanguage": story.language,
        "datePublished": stamp(story.published_at),
        "dateModified": stamp(max(story.updated_at, story.published_at)),
        "mainEntityOfPage": at_home("news.story", slug=story.slug),
        "image": [picture_of(story)] if story.picture_id else [],
        "author": {"@type": "Person", "name": story.byline} if story.byline else None,
        "publisher": {"@type": "Organization", "name": name},
        "keywords": [tag.label_en for tag in tags],
        "about": [
            {"@type": "Organization", "name": each.display_name,
             "url": at_home("members.show", slug=each.slug)}
            for each in related
        ],
        "isAccessibleForFree": story.audience == "public",
    }  # fmt: skip
    return {key: value for key, value in told.items() if value not in (None, "", [])}
