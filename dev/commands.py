"""The commands by name, each with the line that `help` prints."""

import os
import sys
from collections.abc import Callable, Sequence

from dev import environment, linting, pictures, running, testing
from dev.environment import DEVELOP, RUN, CannotGoOn

Command = Callable[[Sequence[str]], int]


def main(arguments: Sequence[str]) -> int:
    """Run the command that the first argument names; without one, list them."""
    name, rest = (arguments[0], arguments[1:]) if arguments else ("help", [])
    if name not in COMMANDS:
        print(f"There is no command “{name}”; these there are:\n", file=sys.stderr)
        show_help([])
        return 2
    try:
        return COMMANDS[name][0](rest)
    except CannotGoOn as reason:
        print(reason, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 130


def bench(arguments: Sequence[str]) -> int:
    """Measure the pages against a bare Flask page, under one server in one run."""
    environment.ensure(DEVELOP)
    return environment.run(environment.PYTHON, "-m", "tests.bench", *arguments)


def flask(arguments: Sequence[str]) -> int:
    """Run one of the portal's flask commands; without a name it lists them."""
    environment.ensure(RUN)
    os.chdir(environment.ROOT)
    line = environment.command(*arguments)
    os.execv(line[0], line)  # noqa: S606 - the portal's own Python, no shell


def lock(arguments: Sequence[str]) -> int:
    """Resolve the dependencies in pyproject.toml again into both locks; needs uv.

    What runs is bound to what it was tested with.
    """
    options = ["--universal", "--generate-hashes", "--no-header", "--no-annotate", "-q", *arguments]
    for file, more in ((DEVELOP, ["--group", "dev"]), (RUN, ["-c", DEVELOP])):
        line = ["uv", "pip", "compile", *options, *more, "pyproject.toml", "-o", file]
        if environment.run(*line) != 0:
            raise CannotGoOn(f"{file} is as it was; the lines above say why.")
    return 0


def show_help(arguments: Sequence[str]) -> int:
    """Print this list."""
    for name, (_, line) in COMMANDS.items():
        print(f"  {name:<9} {line}")
    return 0


COMMANDS: dict[str, tuple[Command, str]] = {
    "run": (running.run, "the portal at http://127.0.0.1:8000 (PORT=9000, DEMO=0, DATABASE_URL=…)"),
    "test": (testing.test, "the whole suite; ARGS='tests/unit -k word' for less, WITHOUT=journeys"),
    "lint": (linting.lint, "ruff, mypy, import contracts, templates and catalogues"),
    "bench": (bench, "CPU, statements and times of the main pages (ARGS for its options)"),
    "flask": (flask, "a flask command: ARGS='backup portal.tar.gz', ARGS='demo refresh' …"),
    "lock": (lock, "resolve the dependencies again into both locks (needs uv)"),
    "pictures": (pictures.pictures, "take the pictures of the README from a fresh demo"),
    "help": (show_help, "this list"),
}
