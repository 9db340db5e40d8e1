"""Pages for readers: the news, by tag and by member, and a story's own page."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.news import policy
from portal.news.presentation.told import as_schema
from portal.news.queries import reading as queries
from portal.news.queries.reading import ALL, Moved, Subject
from portal.news.views.blueprint import bp
from portal.web.access import arrived, everyone, find_actor_if_known, sees

EVERYTHING = Subject()


def a_list(subject: Subject, endpoint: str, **place: Any) -> ResponseReturnValue:
    """Show a page of stories about something."""
    actor = find_actor_if_known()
    return render_template(
        "news/index.html",
        subject=subject,
        found=queries.stories(subject, request.args.get("mark"), actor=actor, now=arrived()),
        endpoint=endpoint,
        feed="news.news_feed" if subject.kind == ALL else f"{endpoint}_feed",
        place=place,
        may_edit=bool(actor and policy.editor(actor)),
        may_propose=bool(actor and policy.proposes(actor)),
    )


@bp.get("")
@everyone
def index() -> ResponseReturnValue:
    """List all news that a visitor may read, the newest first."""
    return a_list(EVERYTHING, "news.index")


@bp.get("/tags/<key>")
@sees(on=queries.tag, public=True)
def tag(subject: Subject) -> ResponseReturnValue:
    """List the news that has a tag; one that became a part of another leads there."""
    if (request.view_args or {})["key"] != subject.key:
        return redirect(url_for(".tag", key=subject.key), code=301)
    return a_list(subject, "news.tag", key=subject.key)


@bp.get("/members/<slug>")
@sees(on=queries.member, public=True)
def member(subject: Subject) -> ResponseReturnValue:
    """List the news that is about a member."""
    return a_list(subject, "news.member", slug=subject.key)


@bp.get("/<slug>")
@sees(on=queries.story, public=True)
def story(story: Any) -> ResponseReturnValue:
    """Tell a story; at an address that it had before, lead to where it is."""
    if isinstance(story, Moved):
        return redirect(url_for(".story", slug=story.slug), code=301)
    actor, now = find_actor_if_known(), arrived()
    tags = queries.tags_of(story.id)[story.id]
    related = queries.related_to(story.id, now=now)
    return render_template(
        "news/story.html",
        story=story,
        tags=tags,
        related=related,
        schema=as_schema(story, tags, related),
        may_edit=bool(actor and policy.editor(actor)),
    )
