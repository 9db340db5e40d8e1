"""What people write with a few marks, as HTML that can do no harm."""

from functools import lru_cache
from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

TAGS = {"a", "blockquote", "br", "code", "em", "h2", "h3", "h4", "hr", "li", "ol", "p", "pre"} | {
    "strong",
    "ul",
}
SCHEMES = {"http", "https", "mailto", "tel"}


@lru_cache(maxsize=512)
def render(text: str) -> Markup:
    """Return the HTML of a text: no HTML of the writer's own, no pictures, only harmless links.

    A page has one first heading and it is not the text's, so headings begin at the second level.
    """
    import nh3  # noqa: PLC0415 - only where such a text is shown

    clean = nh3.clean(
        reader().render(text),
        tags=TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes=SCHEMES,
        link_rel="noopener",
    )
    return Markup(clean)  # noqa: S704 - cleaned in the line above


def summary(text: str, length: int = 160) -> str:
    """Return how a text begins, without its marks, for search engines and shared links."""
    words = render(text).striptags()
    if len(words) <= length:
        return words
    return words[:length].rsplit(" ", 1)[0].rstrip(" ,.;:–") + "…"


@lru_cache(maxsize=1)
def reader() -> "MarkdownIt":
    """Return the parser, made once."""
    from markdown_it import MarkdownIt  # noqa: PLC0415 - only where such a text is shown
    from markdown_it.rules_core import StateCore  # noqa: PLC0415 - as above

    def lower(state: StateCore) -> None:
        for token in state.tokens:
            if token.type in {"heading_open", "heading_close"}:
                token.tag = f"h{min(max(int(token.tag[1]), 2), 4)}"

    parser = MarkdownIt("commonmark", {"html": False}).disable("image")
    parser.core.ruler.push("lower_headings", lower)
    return parser
