"""Feeds: what is public for everybody, and with a secret what its owner may read."""

from typing import Any

from flask import Response, current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.core.errors import Missing
from portal.models import Actor, NewsFeed
from portal.news import policy
from portal.news.presentation.feeds import TYPES, WRITERS, Feed
from portal.news.presentation.told import at_home, feed
from portal.news.queries import following, reading
from portal.news.queries.reading import Subject
from portal.news.service import following as service
from portal.news.views.blueprint import bp
from portal.news.views.reading import EVERYTHING
from portal.platform import throttle
from portal.web.access import allows, arrived, current_actor, sees, signed_in
from portal.web.forms import Form

KINDS = "<any(rss,atom,json):kind>"


def answer(told: Feed, kind: str) -> Response:
    """Write a feed down."""
    return Response(WRITERS[kind](told), content_type=f"{TYPES[kind]}; charset=utf-8")


def public(subject: Subject, home: str, kind: str) -> Response:
    """Answer with a feed that is the same for everybody, in whatever language they read.

    Feed readers ask again by its mark or by its last change.
    """
    url = current_app.config["BASE_URL"] + request.path
    response = answer(feed(subject, home, url, actor=None), kind)
    response.headers["Cache-Control"] = "public, no-cache"
    response.last_modified = reading.last_change(now=arrived())
    response.add_etag(weak=True)
    response.make_conditional(request)
    return response


def whole_feed(kind: str, *, actor: Actor | None) -> tuple[Subject, str]:
    """Find what the feed of all news is about."""
    return EVERYTHING, kind


@bp.get(f"/feed.{KINDS}")
@sees(on=whole_feed, public=True)
def news_feed(found: tuple[Subject, str]) -> ResponseReturnValue:
    """Tell all news that is public."""
    return public(found[0], at_home("news.index"), found[1])


def tag_of_feed(key: str, kind: str, *, actor: Actor | None) -> tuple[Subject, str]:
    """Find the tag that a feed is about."""
    return reading.tag(key, actor=actor), kind


def member_of_feed(slug: str, kind: str, *, actor: Actor | None) -> tuple[Subject, str]:
    """Find the member that a feed is about."""
    return reading.member(slug, actor=actor), kind


@bp.get(f"/tags/<key>/feed.{KINDS}")
@sees(on=tag_of_feed, public=True)
def tag_feed(found: tuple[Subject, str]) -> ResponseReturnValue:
    """Tell the public news that has a tag."""
    subject, kind = found
    return public(subject, at_home("news.tag", key=subject.key), kind)


@bp.get(f"/members/<slug>/feed.{KINDS}")
@sees(on=member_of_feed, public=True)
def member_feed(found: tuple[Subject, str]) -> ResponseReturnValue:
    """Tell the public news that is about a member."""
    subject, kind = found
    return public(subject, at_home("news.member", slug=subject.key), kind)


def feed_of_reader(token: str, kind: str, *, actor: Actor | None) -> tuple[Actor, str]:
    """Find whose feed a secret opens, whoever asks; who tries many that open none must wait."""
    try:
        return following.reader(token, now=arrived()), kind
    except Missing:
        throttle.hit("60 per 1 hour", "news-feed", request.remote_addr or "")
        raise


@bp.get(f"/private/<token>/feed.{KINDS}")
@sees(on=feed_of_reader, public=True)
def private_feed(found: tuple[Actor, str]) -> ResponseReturnValue:
    """Tell what the owner of a secret may read at this moment; nobody else keeps a copy."""
    reader, kind = found
    url = current_app.config["BASE_URL"] + request.path
    response = answer(feed(EVERYTHING, at_home("news.index"), url, actor=reader), kind)
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    response.add_etag(weak=True)
    response.make_conditional(request)
    return response


@bp.route("/mine", methods=["GET", "POST"])
@signed_in(may=policy.keeps_feed, form=Form)
def own_feed(form: Form) -> ResponseReturnValue:
    """Show whether somebody has a private feed; give it a new secret, which is shown once."""
    actor, now = current_actor(), arrived()
    places: list[Any] = []
    if form.accepted:
        token = service.renew_feed(actor=actor, now=now)
        places = [at_home(".private_feed", token=token, kind=kind) for kind in WRITERS]
    kept = following.own_feed(actor=actor)
    return form.page("news/own_feed.html", kept=kept, places=places)


def feed_to_end(*, actor: Actor) -> NewsFeed:
    """Find the feed that somebody ends."""
    return following.kept_feed(actor=actor)


@bp.post("/mine/end")
@allows(policy.owns_feed, on=feed_to_end)
def end_feed(feed: NewsFeed) -> ResponseReturnValue:
    """Let a secret open nothing any more."""
    service.end_feed(feed, actor=current_actor(), now=arrived())
    flash(_("Your private feed is ended. Its addresses open nothing any more."), "good")
    return redirect(url_for(".own_feed"))
