"""How long things may be. What is over its budget is usually two ideas in one place."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]
FILES = {
    path: path.read_text()
    for folder in ("portal", "migrations", "dev", "tests")
    for path in sorted((ROOT / folder).rglob("*.py"))
}
OURS = {path: text for path, text in FILES.items() if path.is_relative_to(ROOT / "portal")}
FORBIDDEN = {"utils", "helpers", "common", "manager", "misc"}


def functions(files):
    for path, text in files.items():
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{path.relative_to(ROOT)}:{node.name}", node


def length(node):
    return node.end_lineno - node.lineno + 1


def test_a_file_is_at_most_300_lines_or_thereabouts():
    limits = {p: 850 if "versions" in p.parts else 330 for p in FILES}
    long = {str(p): t.count("\n") for p, t in FILES.items() if t.count("\n") > limits[p]}
    assert long == {}


def test_a_function_is_at_most_25_lines_with_room_for_one_in_twenty_up_to_50():
    lengths = {name: length(node) for name, node in functions(OURS)}
    long = {name: lines for name, lines in lengths.items() if lines > 25}
    assert len(long) <= len(lengths) // 20, sorted(long)
    assert {name: lines for name, lines in long.items() if lines > 50} == {}


def body_length(node):
    """Count the lines below the docstring: what a page does."""
    return node.end_lineno - node.body[0].end_lineno


def test_a_page_is_at_most_15_lines():
    views = {p: t for p, t in OURS.items() if "views" in p.parts or p.name == "views.py"}
    assert {n: body_length(d) for n, d in functions(views) if body_length(d) > 15} == {}


def asks_about_the_actor(name):
    """Policies and `visible_to` are questions about the actor, who comes first in them."""
    return "policy" in name or name.endswith((":visible_to", ":may", ":items"))


def test_past_the_third_every_argument_is_named_and_actor_and_now_always():
    rudely = {}
    for name, node in functions(OURS):
        unnamed = [arg.arg for arg in node.args.args if arg.arg not in {"self", "cls"}]
        deed = {"now"} if asks_about_the_actor(name) else {"actor", "now"}
        if unnamed == ["actor"]:
            continue  # asked about the actor and nothing else
        if len(unnamed) > 3 or deed & set(unnamed):
            rudely[name] = unnamed
    assert rudely == {}


def test_no_module_is_called_after_nothing():
    parts = {part.removesuffix(".py") for path in FILES for part in path.relative_to(ROOT).parts}
    assert parts & FORBIDDEN == set()
