"""`flask catalogues`: compile what the translators wrote, and say what they have not written."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import click
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from portal.config import ROOT

KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "N_": None,
    "_": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
}
GAP = re.compile(r"%\((\w+)\)")
Marked = str | tuple[str, ...]


@click.command()
@click.option("--check", is_flag=True, help="Fail when a text is missing, unsure or left over.")
def catalogues(*, check: bool) -> None:
    """Compile the catalogues."""
    compile_all()
    complaints = sorted(complain()) if check else []
    for complaint in complaints:
        click.echo(complaint, err=True)
    if complaints:
        raise SystemExit(1)


def compile_all(root: Path = ROOT) -> None:
    """Compile every catalogue that is newer than what was compiled from it."""
    for source in sorted(root.glob("translations/*/LC_MESSAGES/messages.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns > source.stat().st_mtime_ns:
            continue
        draft = target.with_name(f"{target.name}.{os.getpid()}")
        with draft.open("wb") as file:
            write_mo(file, read(source))
        draft.replace(target)


def complain(root: Path = ROOT) -> Iterator[str]:
    """Say of every catalogue what is missing, unsure, left over, or has other gaps."""
    texts = marked(root)
    for source in sorted(root.glob("translations/*/LC_MESSAGES/messages.po")):
        language = source.parts[-3]
        catalogue = read(source)
        known = {_key(message): message for message in catalogue if message.id}
        yield from (f"{language}: “{_say(text)}” is missing" for text in texts - known.keys())
        yield from (f"{language}: “{_say(text)}” is left over" for text in known.keys() - texts)
        for key in texts & known.keys():
            yield from (f"{language}: “{_say(key)}” {fault}" for fault in _faults(known[key]))


def marked(root: Path = ROOT) -> set[Marked]:
    """Return every text that the code and the templates mark; a plural is a pair."""
    with (root / "babel.cfg").open(encoding="utf-8") as mapping:
        methods, options = parse_mapping_cfg(mapping)  # type: ignore[no-untyped-call]
    found = extract_from_dir(root, methods, options, KEYWORDS)
    return {message for _, _, message, _, _ in found}


def read(source: Path) -> Catalog:
    """Read one catalogue."""
    with source.open("rb") as file:
        return read_po(file, locale=source.parts[-3])


def _faults(message: Message) -> Iterator[str]:
    string = message.string
    texts = [text or "" for text in (string if isinstance(string, tuple | list) else (string,))]
    if not all(texts):
        yield "has no translation"
        return
    if message.fuzzy:
        yield "is marked as unsure"
    wanted = set(GAP.findall(_say(_key(message))))
    spared = {"num"} if message.pluralizable else set()  # "one place" need not say 1
    for text in texts:
        if not wanted - spared <= set(GAP.findall(text)) <= wanted:
            yield f"has other gaps in “{text}”"


def _key(message: Message) -> Marked:
    return tuple(message.id) if isinstance(message.id, tuple | list) else message.id


def _say(key: Marked) -> str:
    return key if isinstance(key, str) else key[-1]
