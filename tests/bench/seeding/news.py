"""Articles, each with a tag and about a member, and one long story that is opened."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection
from uuid_utils.compat import uuid7

from portal.models import (
    Article,
    ArticleRevision,
    ArticleState,
    Audience,
    Organisation,
    Tag,
    article_organisation,
    article_tag,
)
from portal.search import Document
from tests import factories
from tests.bench.seeding.members import SECTORS, Base, Firms
from tests.bench.seeding.pouring import pour
from tests.bench.seeding.words import sentence

BODY = """The ferry left the quay at nine with twelve people on board and nobody at the wheel. Four
minutes later it lay on the other side of the fjord, where the mayor and a school class waited.

## How it finds its way

Three cameras and a *radar* look ahead, and a second computer checks what the first decides. When
the two do not agree, the ferry stops and asks [the control room](https://example.org/control).

- It carries up to thirty people.
- It crosses in any wind below a gale.
- It charges for two minutes on each side.

> We did not want a demonstration. We wanted a ferry that the neighbours take to work.

The company behind it has been a member for three years and hires this spring. """


def few(tags: Sequence[Tag], members: Sequence[Organisation]) -> dict[str, str]:
    """Make the story that is opened."""
    article = factories.story(
        slug="ferry", title="A ferry without a crew", body=BODY * 2, tags=list(tags),
        organisations=list(members),
    )  # fmt: skip
    return {"article": article.slug, "author": str(article.author.id)}


def language_of(number: int) -> str:
    """Return the language of an article: half of them are in each."""
    return "nb" if number % 2 else "en"


def pour_articles(
    connection: Connection, firms: Firms, base: Base, known: dict[str, str]
) -> list[tuple[int, UUID]]:
    """Put articles in, one about each organisation."""
    stories = [(n, uuid7()) for n, _firm in firms]
    author, tags = UUID(known["author"]), [UUID(id) for id in known["tags"].split()]
    pour(connection, Article.__table__, (article(n, id, base, author) for n, id in stories))
    pour(connection, ArticleRevision.__table__, (
        base | {"id": uuid7(), "article_id": id, "number": 1, "title": title(n),
                "standfirst": sentence(n, 3), "body": body(n), "alternative": "",
                "decorative": False, "credit": "", "by_id": author, "at": base["created_at"]}
        for n, id in stories
    ))  # fmt: skip
    pour(connection, article_tag,
         ({"article_id": id, "tag_id": tags[n % SECTORS]} for n, id in stories))  # fmt: skip
    pour(connection, article_organisation, (
        {"article_id": id, "organisation_id": firm}
        for (_n, id), (_, firm) in zip(stories, firms, strict=True)
    ))  # fmt: skip
    return stories


def title(number: int) -> str:
    """Return what an article is called."""
    return f"Story {number:06} of the week"


def body(number: int) -> str:
    """Return what an article tells."""
    return f"{sentence(number + 1, 4)} More will follow."


def article(number: int, id: UUID, base: Base, author_id: UUID) -> dict[str, Any]:
    """Return the row of one article; every tenth is for members alone."""
    at = base["created_at"] - timedelta(seconds=number)
    return base | {
        "id": id, "slug": f"story-of-{number:06}", "language": language_of(number),
        "state": ArticleState.PUBLISHED,
        "audience": Audience.MEMBERS if number % 10 == 9 else Audience.PUBLIC,
        "author_id": author_id, "byline": "", "number": 1, "live_number": 1,
        "zone": "Europe/Oslo", "published_at": at, "updated_at": at, "changed_at": at,
        "edited_at": at, "answer": "",
    }  # fmt: skip


def documents(stories: Sequence[tuple[int, UUID]]) -> Iterator[tuple[str, Document]]:
    """Yield what the search keeps of articles."""
    endings = {"en": "in English", "nb": "på norsk"}
    for n, id in stories:
        language = language_of(n)
        tag = f"sector-{n % SECTORS} {endings[language]}"
        yield "article", Document(
            subject_id=id, language=language, title=title(n),
            text=f"{sentence(n, 3)} {body(n)} {tag}", address=f"/news/story-of-{n:06}",
        )  # fmt: skip
