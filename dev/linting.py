"""`lint`: every check of the code as it is written; all are run, and one that fails is enough."""

import sys
from collections.abc import Sequence

from dev import environment
from dev.environment import DEVELOP, VENV

CHECKS = {
    "code style": ("ruff", "check", "."),
    "layout": ("ruff", "format", "--check", "."),
    "types": ("mypy",),
    "import contracts": ("lint-imports", "--no-logo"),
    "templates": ("djlint", "templates", "--lint", "--quiet"),
    "catalogues": ("python", "-m", "portal.cli", "catalogues", "--check"),
}


def lint(arguments: Sequence[str]) -> int:
    """Run the checks, or those whose tools are named, and sum up."""
    environment.ensure(DEVELOP)
    chosen = {what: line for what, line in CHECKS.items() if not arguments or line[0] in arguments}
    failed = [what for what, line in chosen.items() if not _passes(what, line)]
    verdict = f"Failed: {', '.join(failed)}." if failed else "All checks passed."
    print(f"\n{verdict}", file=sys.stderr)
    return 1 if failed else 0


def _passes(what: str, line: Sequence[str]) -> bool:
    print(f"\n{what}: {' '.join(line)}", file=sys.stderr, flush=True)
    return environment.run(VENV / "bin" / line[0], *line[1:]) == 0
