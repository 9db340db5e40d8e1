"""Two people editing one thing: the second is shown what the first saved, and loses nothing."""

from collections.abc import Mapping

from portal.core.errors import Clash
from portal.models import Row


def unchanged(row: Row, version: int | None, *, theirs: Mapping[str, object]) -> None:
    """Insist that nobody saved since this version was read. `theirs` is by field of the form.

    Raises Clash, which shows the form again with both texts.
    """
    if row.version != version:
        raise Clash(theirs, version=row.version)
