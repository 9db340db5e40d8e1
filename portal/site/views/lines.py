"""What the site lays on people's desks."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from portal.core.wording import N_, Sentence
from portal.models import Actor
from portal.site import policy, queries
from portal.web.panels import Line

#: Whoever has not changed a text in this time is content with it.
CONTENT = timedelta(days=30)


def first_pages(*, actor: Actor, now: datetime) -> Iterable[Line]:
    """Remind editors that the first texts were written by somebody who does not know them."""
    if not policy.editor(actor):
        return
    since = queries.oldest_untouched()
    if since and now - since < CONTENT:
        yield Line(
            title=Sentence(N_("Make the first pages your own")),
            why=Sentence(
                N_("The portal came with texts about the cluster, privacy and terms. Read them,"
                   " and change what is not so.")
            ),
            endpoint="site.pages",
            since=since,
        )  # fmt: skip
