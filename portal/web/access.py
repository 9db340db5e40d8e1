"""Doors: each page says who may open it and what it is about."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any, overload

from flask import Flask, Response, current_app, make_response, request, session
from flask.typing import ResponseReturnValue

from portal.core.errors import Clash, Mistake, NotAllowed, Refused
from portal.core.wording import N_, Sentence
from portal.models import Actor
from portal.platform import auth, cluster
from portal.platform.auth import arrived, current_actor, find_actor
from portal.platform.database import begin, keep, let_go
from portal.web.forms import Form

__all__ = ["allows", "arrived", "current_actor", "everyone", "find_actor", "sees", "signed_in"]

SAFE = {"GET", "HEAD", "OPTIONS"}

View = Callable[..., ResponseReturnValue]
Door = Callable[..., Response]
Guard = Callable[[View], Door]
Finder = Callable[..., Any]
MakeForm = type[Form]

NOT_YOURS = Sentence(N_("You do not have permission to see this page."))
NOT_OPENED = Sentence(N_("This portal has not been set up yet. Whoever started it can open it."))


#: How long ago somebody may have proved who they are, for what would hurt most in wrong hands.
FRESH = timedelta(minutes=15)
STALE = Sentence(N_("Confirm that it is you first."))
BARRED = Sentence(
    N_("Your role needs a second way to show that it is you, such as a passkey. Set one up first;"
       " then everything is open to you again.")
)  # fmt: skip


class NotSetUp(Refused):
    """The portal is empty: there is no cluster yet."""


class Stale(Refused):
    """It is too long ago that this person proved who they are, for this page."""


class Barred(NotAllowed):
    """Somebody must set up a second factor before anything else."""


@overload
def everyone(page: View) -> Door: ...
@overload
def everyone(*, form: MakeForm | None = None, when_empty: bool = False) -> Guard: ...
def everyone(
    page: View | None = None, *, form: MakeForm | None = None, when_empty: bool = False
) -> Door | Guard:
    """Open a page to the public. It asks nobody who they are unless they say so by a cookie.

    `when_empty` opens it also while the portal has no cluster.
    """

    def enter() -> tuple[()]:
        if not when_empty:
            insist_on_cluster()
        return ()

    def guard(view: View) -> Door:
        return door(view, enter, guard=everyone, form=form)

    return guard(page) if page else guard


@overload
def signed_in(page: View) -> Door: ...
@overload
def signed_in(
    *,
    may: Callable[[Actor], bool] | None = None,
    form: MakeForm | None = None,
    fresh: bool = False,
    even_barred: bool = False,
) -> Guard: ...
def signed_in(
    page: View | None = None,
    *,
    may: Callable[[Actor], bool] | None = None,
    form: MakeForm | None = None,
    fresh: bool = False,
    even_barred: bool = False,
) -> Door | Guard:
    """Open a page to people who are signed in: their own lists, and the making of new things.

    `may` is a policy about the person alone, where a role is needed. `fresh` asks for a proof of
    who they are that is not old. `even_barred` lets those in who must set up a second factor first.
    """

    def enter() -> tuple[()]:
        actor = admitted(even_barred=even_barred)
        if may and not may(actor):
            raise NotAllowed(NOT_YOURS)
        if fresh:
            insist_on_fresh(actor)
        return ()

    def guard(view: View) -> Door:
        return door(
            view, enter, guard=may or signed_in, form=form, fresh=fresh, even_barred=even_barred
        )

    return guard(page) if page else guard


def sees(
    *,
    on: Finder,
    form: MakeForm | None = None,
    public: bool = False,
    fresh: bool = False,
    even_barred: bool = False,
) -> Guard:
    """Open a page about something to whoever may see it. To anybody else it is not there.

    `on` finds the subject from the parts of the address and `actor`, through `visible_to`. A
    `public` page has strangers as readers too; its finder gets None for them. `fresh` and
    `even_barred` are those of `signed_in`.
    """

    def enter(**address: Any) -> tuple[Any]:
        if public:
            insist_on_cluster()
            return (on(*address.values(), actor=find_actor_if_known()),)
        actor = admitted(even_barred=even_barred)
        subject = on(*address.values(), actor=actor)
        if fresh:
            insist_on_fresh(actor)
        return (subject,)

    def guard(view: View) -> Door:
        opened = door(view, enter, guard=on, form=form, fresh=fresh, even_barred=even_barred)
        opened.__public__ = public  # type: ignore[attr-defined]  # read where rights are told
        return opened

    return guard


def allows(
    may: Callable[[Actor, Any], bool],
    *,
    on: Finder,
    form: MakeForm | None = None,
    fresh: bool = False,
    even_barred: bool = False,
) -> Guard:
    """Open a page to those who may act. Who sees the subject but may not act is told so.

    `fresh` and `even_barred` are those of `signed_in`; whether a proof is fresh is asked last, of
    those who may act.
    """

    def enter(**address: Any) -> tuple[Any]:
        actor = admitted(even_barred=even_barred)
        subject = on(*address.values(), actor=actor)
        if not may(actor, subject):
            raise NotAllowed(NOT_YOURS)
        if fresh:
            insist_on_fresh(actor)
        return (subject,)

    return lambda view: door(
        view, enter, guard=may, form=form, fresh=fresh, even_barred=even_barred
    )


def admitted(*, even_barred: bool) -> Actor:
    """Return who is signed in, once it is sure that this page is open to them at all."""
    insist_on_cluster()
    actor = current_actor()
    if actor.barred and not even_barred:
        raise Barred(BARRED)
    return actor


def insist_on_fresh(actor: Actor) -> None:
    """Turn away whoever proved too long ago that it is them. They prove it again and go on."""
    if actor.proved_at is None or arrived() - actor.proved_at > FRESH:
        raise Stale(STALE)


def door(
    page: View,
    enter: Callable[..., tuple[Any, ...]],
    *,
    guard: Any,
    form: Any,
    fresh: bool = False,
    even_barred: bool = False,
) -> Door:
    """Make a page one unit of work: load its subject, permit, read the form, act, keep.

    Everything is looked up and permitted in a reading unit first, and the form is read there:
    hashing and picture work happen while no other writer waits. Only when there is something to
    write does the write unit open, and in it subject and permission are looked at afresh.

    Only a write that succeeded is kept, and it is kept in here, so that a clash which the database
    reports no earlier than at the commit is still explained to the person who caused it.
    """

    @wraps(page)
    def opened(**address: Any) -> Response:
        visit = Visit(page, enter, address)
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
        self, page: View, enter: Callable[..., tuple[Any, ...]], address: dict[str, Any]
    ) -> None:
        self.page, self.enter, self.address = page, enter, address
        self.form: Form | None = None

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
            return None
        return self.answer(subjects)

    def write(self) -> Response:
        """Do the deed and keep it; a mistake that only the deed could find goes to its field."""
        auth.forget_rights()
        begin(writing=True)
        try:
            response = self.answer(self.enter(**self.address))
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


def insist_on_cluster() -> None:
    """Turn everybody away while the portal is empty."""
    if cluster.profile() is None:
        raise NotSetUp(NOT_OPENED)


def find_actor_if_known() -> Actor | None:
    """Return who is signed in on a page for everybody; a browser without a cookie is not asked."""
    name = current_app.config["SESSION_COOKIE_NAME"]
    return find_actor() if name in request.cookies and "_user_id" in session else None


def guard_of(view: Callable[..., object]) -> object:
    """Return what guards a view, if anything does."""
    return getattr(view, "__guard__", None)


def check_every_door_is_guarded(app: Flask) -> None:
    """Stop the portal from starting with a page whose audience nobody decided."""
    ours = {"static", "bootstrap.static"}
    open_doors = [
        name for name, view in app.view_functions.items() if name not in ours and not guard_of(view)
    ]
    if open_doors:
        raise RuntimeError(f"No guard on: {', '.join(sorted(open_doors))}")
