"""A request going through a door: one unit of work that loads, permits, reads, acts and keeps."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Response, make_response, request
from flask.typing import ResponseReturnValue

from portal.core.errors import Clash, Mistake
from portal.platform import auth
from portal.platform.database import begin, keep, let_go
from portal.web.forms import Form

SAFE = {"GET", "HEAD", "OPTIONS"}

View = Callable[..., ResponseReturnValue]
Door = Callable[..., Response]
MakeForm = type[Form]
#: Permits once more, given what was found before, and returns that.
Again = Callable[..., tuple[Any, ...]]


def door(
    page: View,
    enter: Callable[..., tuple[Any, ...]],
    *,
    guard: Any,
    form: Any,
    again: Again | None = None,
    fresh: bool = False,
    even_barred: bool = False,
) -> Door:
    """Make a page one unit of work: load its subject, permit, read the form, act, keep.

    Everything is looked up and permitted in a reading unit first, and the form is read there:
    hashing and picture work happen while no other writer waits. Only when there is something to
    write does the write unit open, and in it subject and permission are looked at afresh. A door
    with `again` asks there for the permission alone: its deed looks at the subject under a lock.

    Only a write that succeeded is kept, and it is kept in here, so that a clash which the database
    reports no earlier than at the commit is still explained to the person who caused it.
    """

    @wraps(page)
    def opened(**address: Any) -> Response:
        visit = Visit(page, enter, address, again=again)
        try:
            response = visit.read(form)
            if response is None:
                response = visit.write()
        finally:
            let_go()  # what was not kept is gone before an error page is drawn
        auth.touch()
        return response

    opened.__guard__ = guard  # type: ignore[attr-defined]  # read by guard_of
    opened.__fresh__ = fresh  # type: ignore[attr-defined]  # read by the table of such doors
    opened.__even_barred__ = even_barred  # type: ignore[attr-defined]  # as above
    opened.__form__ = form  # type: ignore[attr-defined]  # read by tests of every form
    return opened


class Visit:
    """One request going through a door."""

    def __init__(
        self,
        page: View,
        enter: Callable[..., tuple[Any, ...]],
        address: dict[str, Any],
        *,
        again: Again | None,
    ) -> None:
        self.page, self.enter, self.address, self.again = page, enter, address, again
        self.form: Form | None = None
        self.seen: tuple[Any, ...] = ()

    def read(self, form: MakeForm | None) -> Response | None:
        """Look, permit and read the form; return the page unless there is something to write."""
        begin(writing=False)
        subjects = self.enter(**self.address)
        writing = request.method not in SAFE
        if form is not None:
            self.form = form.about(*subjects)
            if writing:
                self.form.read()
        if writing and (self.form is None or self.form.accepted):
            self.seen = subjects
            return None
        return self.answer(subjects)

    def write(self) -> Response:
        """Do the deed and keep it; a mistake that only the deed could find goes to its field."""
        auth.forget_rights()
        begin(writing=True)
        try:
            subjects = self.again(*self.seen) if self.again else self.enter(**self.address)
            response = self.answer(subjects)
            if response.status_code < 400:
                keep()
            return response
        except (Mistake, Clash) as refusal:
            if self.form is None:
                raise
            return self.explain(self.form, refusal)

    def explain(self, form: Form, refusal: Mistake | Clash) -> Response:
        """Show the form again with what was typed, and what is wrong beside it."""
        begin(writing=False)
        subjects = self.enter(**self.address)
        form.refuse(refusal)
        return self.answer(subjects)

    def answer(self, subjects: tuple[Any, ...]) -> Response:
        """Ask the page."""
        given = subjects if self.form is None else (*subjects, self.form)
        return make_response(self.page(*given))
