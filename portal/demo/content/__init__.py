"""What the invented cluster consists of: prose and figures in files, read as they are."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent

Entry = Mapping[str, Any]


@lru_cache(maxsize=64)
def read(name: str) -> Entry:
    """Read one file, named without its ending: “cluster”, “forms/incubator”."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def folder(name: str) -> Sequence[Entry]:
    """Read all files of a folder, in the order of their names."""
    names = sorted(path.stem for path in (FOLDER / name).glob("*.toml"))
    return [read(f"{name}/{stem}") for stem in names]


def organisations() -> Sequence[Entry]:
    """Return every organisation."""
    return [entry for file in folder("organisations") for entry in file["organisation"]]


def articles() -> Sequence[Entry]:
    """Return every article."""
    return [entry for file in folder("articles") for entry in file["article"]]


def applications() -> Sequence[tuple[Entry, Entry]]:
    """Return every application beside the round that it belongs to."""
    rounds = folder("applications")
    return [(round, entry) for round in rounds for entry in round["application"]]
