"""What the news room shows on pages of others: desk, home, a member's page, sitemap, menu."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import url_for

from portal.core.wording import N_, Sentence
from portal.models import Actor, ArticleRevision, ArticleState, Organisation
from portal.news import policy
from portal.news.queries import editing, reading
from portal.news.queries.reading import ABOUT, Subject
from portal.web import files, navigation, panels
from portal.web.navigation import Item
from portal.web.panels import AdminEntry, Line, Panel

ENTRY = AdminEntry(
    label=N_("News"),
    about=N_("Articles, their review and schedule, and what members propose."),
    endpoint="news.manage",
    rank=3,
    may=policy.editor,
)


def init_app() -> None:
    """Put the news where others show it."""
    navigation.add(Item(key="news", label=N_("News"), endpoint="news.index", rank=40))
    files.OWNERS[ArticleRevision.__tablename__] = may_see_picture
    for where, what in PLACES:
        if what not in where:
            where.append(what)


def may_see_picture(id: UUID, *, actor: Actor | None) -> bool:
    """Tell whether a visitor sees the picture that a version of an article brought."""
    return reading.may_see_picture(id, actor=actor)


def lines(*, actor: Actor, now: datetime) -> Iterator[Line]:
    """Say what waits for an editor, or for an editor's answer: at most one statement."""
    if policy.editor(actor):
        yield from (to_review(row) for row in editing.waiting())
    elif policy.proposes(actor) and not actor.is_staff_of_any:
        yield from (awaited(row) for row in editing.proposed_by_us(actor=actor))


def to_review(row: Any) -> Line:
    """Point an editor to a proposal, or to an article in review."""
    proposed = row.state is ArticleState.PROPOSED
    told = {"title": row.title, "organisation": row.organisation or ""}
    why = N_("%(organisation)s proposes it. Take it up, or say why not.")
    return Line(
        title=Sentence(N_("Review “%(title)s”"), told),
        why=Sentence(why if proposed else N_("It is ready to be read and published."), told),
        endpoint="news.article",
        values={"id": row.id},
        since=row.edited_at,
    )


def awaited(row: Any) -> Line:
    """Tell a proposer that the editors have not answered yet."""
    return Line(
        title=Sentence(N_("Your news: “%(title)s”"), {"title": row.title}),
        why=Sentence(N_("The editors have it and write to you.")),
        endpoint="news.proposal",
        values={"id": row.id},
        since=row.edited_at,
        waits=False,
    )


def on_home(*, now: datetime) -> Panel | None:
    """Show the newest news on the public home."""
    rows = reading.newest(Subject(), reading.ON_HOME, actor=None, now=now)
    return Panel(template="news/panels/on_home.html", rank=15, context={"stories": rows})


def of_organisation(
    organisation: Organisation, *, actor: Actor | None, now: datetime
) -> Panel | None:
    """Show the newest news about a member on its page."""
    about = Subject(kind=ABOUT, id=organisation.id)
    rows = reading.newest(about, reading.OF_ORGANISATION, actor=actor, now=now)
    if not rows:
        return None
    context = {"stories": rows, "slug": organisation.slug}
    return Panel(template="news/panels/of_organisation.html", rank=30, context=context)


def in_sitemap(*, now: datetime) -> Iterable[str]:
    """Name the news that everybody may read."""
    home = url_for("news.index")
    yield home
    for slug in reading.addresses(now=now):
        yield f"{home}/{slug}"  # there may be many, and working out each address takes its time


PLACES: tuple[tuple[list[Any], Any], ...] = (
    (panels.DESK, lines),
    (panels.HOME, on_home),
    (panels.ORGANISATION, of_organisation),
    (panels.SITEMAP, in_sitemap),
    (panels.ADMINISTRATION, ENTRY),
)
