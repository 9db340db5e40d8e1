"""A secret stands on no page, in no feed, file or map of anybody who may not read it."""

import pytest

from tests.feature.canaries.crawl import Crawler, addresses
from tests.feature.canaries.words import KINDS, READERS

#: Where whoever knows the secret of somebody's feeds finds them.
PRIVATE = (
    "/news/private/{}/feed.rss", "/news/private/{}/feed.atom", "/news/private/{}/feed.json",
    "/events/feeds/{}.ics",
)  # fmt: skip
#: What a page in each language is read from: both are read, each on one kind of database.
LANGUAGES = {"sqlite": "en", "postgresql": "nb"}


@pytest.mark.timeout(300)
@pytest.mark.parametrize("kind", KINDS)
def test_everybody_comes_upon_what_they_may_read_and_upon_nothing_else(
    portal, browse, database, kind
):
    crawler = Crawler(browse(kind), language=LANGUAGES[database])
    own = [path.format(f"feed-of-{kind}") for path in PRIVATE]
    crawler.crawl(addresses(portal) + own)
    found = {secret: sorted(paths)[:5] for secret, paths in crawler.given_away.items()}
    allowed = {secret for secret, readers in READERS.items() if kind in readers}
    assert {s: paths for s, paths in found.items() if s not in allowed} == {}
    assert allowed - set(found) == set(), "nobody would notice if these were not there at all"
