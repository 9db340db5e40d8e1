"""Doors: each page says who may open it and what it is about."""

from collections.abc import Callable
from typing import Any, overload

from flask import Flask

from portal.core.errors import NotAllowed
from portal.core.wording import N_, Sentence
from portal.models import Actor
from portal.platform.auth import arrived, current_actor, find_actor
from portal.web.admission import (
    admitted,
    find_actor_if_known,
    insist_on_cluster,
    insist_on_fresh,
)
from portal.web.visit import Door, MakeForm, View, door

__all__ = [
    "allows",
    "arrived",
    "check_every_door_is_guarded",
    "current_actor",
    "everyone",
    "find_actor",
    "find_actor_if_known",
    "guard_of",
    "insist_on_fresh",
    "sees",
    "signed_in",
]

Guard = Callable[[View], Door]
Finder = Callable[..., Any]

NOT_YOURS = Sentence(N_("You do not have permission to see this page."))


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
    once: bool = False,
    fresh: bool = False,
    even_barred: bool = False,
) -> Guard:
    """Open a page to those who may act. Who sees the subject but may not act is told so.

    `fresh` and `even_barred` are those of `signed_in`; whether a proof is fresh is asked last, of
    those who may act. `once` is for a deed that reads under a lock whatever of its subject counts:
    only who may do it is looked at again before it is done.
    """

    def permit(subject: Any) -> tuple[Any]:
        actor = admitted(even_barred=even_barred)
        if not may(actor, subject):
            raise NotAllowed(NOT_YOURS)
        if fresh:
            insist_on_fresh(actor)
        return (subject,)

    def enter(**address: Any) -> tuple[Any]:
        return permit(on(*address.values(), actor=admitted(even_barred=even_barred)))

    again = permit if once else None
    proof: dict[str, Any] = {"fresh": fresh, "even_barred": even_barred}
    return lambda view: door(view, enter, guard=may, form=form, again=again, **proof)


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
