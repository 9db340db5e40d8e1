"""All ways in: which pages can give a browser a session, told by what they call."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

from portal.platform import auth

#: Password; passkey; a link by mail; an account of another provider; the second step of each of
#: them; and the code of an empty portal.
WAYS_IN = """
members.sign_in members.sign_in_with_passkey members.enter_by_link members.from_issuer
members.second_step
site.setup
"""
#: What gives a browser a session.
GIVES = {auth.keep_in_browser, auth.keep_half}


def names_in(code: CodeType) -> set[str]:
    """Return every name that a function speaks of, in what it makes inside as well."""
    inner = [names_in(const) for const in code.co_consts if isinstance(const, CodeType)]
    return set(code.co_names).union(*inner)


def called_by(function: FunctionType) -> Iterator[Any]:
    """Yield the functions of ours that a function can call, in its module or of another."""
    names = names_in(function.__code__)
    known = [function.__globals__[name] for name in names if name in function.__globals__]
    for found in known:
        if isinstance(found, ModuleType) and found.__name__.startswith("portal"):
            known += [getattr(found, name) for name in names if hasattr(found, name)]
    for found in known:
        inner = getattr(found, "__wrapped__", found)
        if isinstance(inner, FunctionType) and inner.__module__.startswith("portal"):
            yield inner


def reaches(function: Callable[..., Any]) -> set[Any]:
    """Return every function of ours that can run when this one is called."""
    seen, left = set(), [getattr(function, "__wrapped__", function)]
    while left:
        one = left.pop()
        if one not in seen and isinstance(one, FunctionType):
            seen.add(one)
            left += called_by(one)
    return seen


def test_only_these_pages_give_a_browser_a_session(stage):
    found = {name for name, view in stage.app.view_functions.items() if reaches(view) & GIVES}
    assert found == set(WAYS_IN.split())


def test_nothing_else_writes_whose_session_a_browser_has():
    writes = [
        path.name
        for path in (Path(__file__).parents[2] / "portal").rglob("*.py")
        if re.search(r"""session\[["']_user_id["']\]\s*=""", path.read_text())
    ]
    assert writes == ["sessions.py"]
