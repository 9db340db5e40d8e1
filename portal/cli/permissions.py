"""`flask permissions`: who may do what, in which state, written down from the code itself.

`docs/permissions.md` is made by this and compared with it by a test; the same doors are written a
second time, by hand, in `tests/architecture/matrix`.
"""

import inspect
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

import portal
from portal.core.workflow import Move, Workflow, nothing_forbids
from portal.models import Base
from portal.web.access import everyone, guard_of, signed_in

WHERE = Path(portal.__file__).parents[1] / "docs" / "permissions.md"
#: What Flask serves by itself, to everybody alike.
FILES = {"static", "bootstrap.static"}
BY_RULE = {"HEAD", "OPTIONS"}

INTRODUCTION = """# Who may do what

Made from the code by `python3 dev flask permissions`; a test fails when it is out of date. Who gets
which answer, as every kind of person, on own and foreign subjects, is written a second time by hand
in `tests/architecture/matrix/`, and both are compared.

A row that somebody may not see is not there for them (404); who may see it and not act is told so
(403). “Proof” says that a page asks again who is there when the last proof is older than fifteen
minutes. Rights are read afresh from dated grants at every request, and once more in the unit that
writes.
"""


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; fail if the file is out of date.")
@with_appcontext
def permissions(*, check: bool) -> None:
    """Write down who may do what, in docs/permissions.md."""
    text = written(current_app._get_current_object())  # type: ignore[attr-defined]  # a proxy
    if check and (not WHERE.exists() or WHERE.read_text() != text):
        raise click.ClickException("docs/permissions.md is out of date: run flask permissions.")
    if not check:
        WHERE.write_text(text)
        click.echo(f"Written: {WHERE}")


def written(app: Flask) -> str:
    """Return the whole text."""
    return "\n".join([INTRODUCTION, *doors(app), *moves(), *rows()])


def doors(app: Flask) -> Iterator[str]:
    """Tell who goes through each door, room by room."""
    yield "## Pages and deeds\n"
    found: dict[str, list[tuple[str, str, str]]] = {}
    for rule in app.url_map.iter_rules():
        if rule.endpoint not in FILES:
            room, _dot, _name = rule.endpoint.partition(".")
            methods = " ".join(sorted((rule.methods or set()) - BY_RULE))
            found.setdefault(room, []).append((rule.rule, methods, rule.endpoint))
    for room, there in sorted(found.items()):
        yield f"### {room}\n"
        yield "| Address | Methods | Endpoint | Who | Proof |"
        yield "|---|---|---|---|---|"
        for address, methods, endpoint in sorted(there):
            view = app.view_functions[endpoint]
            fresh = "fresh" if getattr(view, "__fresh__", False) else ""
            told = " | ".join([code(address), methods, f"`{endpoint}`", who(view), fresh])
            yield f"| {told} |".replace("|  |", "| |")
        yield ""


def who(view: Callable[..., Any]) -> str:
    """Say in words for whom a view is."""
    guard: Any = guard_of(view)
    if guard is everyone:
        return "Everybody"
    if guard is signed_in:
        return "Whoever is signed in"
    if is_policy(guard):
        return saying(guard)
    public = getattr(view, "__public__", False)
    audience = "Everybody" if public else "Whoever is signed in"
    return f"{audience} who may see it: {saying(guard)}"


def is_policy(guard: Any) -> bool:
    """Tell whether a guard is a predicate about people, and not what finds a subject."""
    return ".policy" in f"{getattr(guard, '__module__', '')}."


def saying(told: Any) -> str:
    """Return the first line of what something says of itself."""
    lines = (inspect.getdoc(told) or "").splitlines()
    return code_free(lines[0]) if lines else "by what it is about"


def code(text: str) -> str:
    """Write an address so that Markdown leaves it alone."""
    return f"`{text}`".replace("|", "\\|")


def code_free(text: str) -> str:
    """Keep a sentence from parting a table."""
    return text.replace("|", "/")


def workflows() -> Iterator[tuple[str, str, Workflow[Any, Any]]]:
    """Find every workflow of every room: its room, its name, itself."""
    for module in walk_packages(portal.__path__, "portal."):
        if module.name.endswith(".workflow") and module.name != "portal.core.workflow":
            loaded = import_module(module.name)
            room = module.name.removeprefix("portal.").removesuffix(".workflow")
            for name, value in sorted(vars(loaded).items()):
                if isinstance(value, Workflow):
                    yield room, name, value


def moves() -> Iterator[str]:
    """Tell who makes which move, from which state to which, and unless what."""
    yield "## States and moves\n"
    for room, name, workflow in sorted(workflows(), key=lambda each: each[:2]):
        yield f"### {room}: {name.lower().replace('_', ' ')}\n"
        yield "| Move | From | To | Who | Unless |"
        yield "|---|---|---|---|---|"
        for move in workflow:
            yield f"| {' | '.join(cells(move))} |".replace("|  |", "| |")
        yield ""


def cells(move: Move[Any, Any]) -> Sequence[str]:
    """Return what a move's line says."""
    unless = "" if move.unless is nothing_forbids else saying(move.unless)
    return (
        f"{move.label} (`{move.name}`)",
        ", ".join(state.value for state in move.sources),
        move.target.value,
        saying(move.may),
        unless,
    )


def rows() -> Iterator[str]:
    """Tell who sees which rows: the one query of lists, pages, files, feeds, search and exports."""
    yield "## Rows\n"
    yield "| Table | Who sees which |"
    yield "|---|---|"
    mappers = sorted(Base.registry.mappers, key=lambda mapper: mapper.class_.__tablename__)
    for mapper in mappers:
        sees = vars(mapper.class_).get("visible_to")
        if sees is not None:
            yield f"| `{mapper.class_.__tablename__}` | {saying(sees.__func__)} |"
    yield ""
