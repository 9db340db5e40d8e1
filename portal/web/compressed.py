"""Static files made small once and for all, by the commands, before the web server starts.

The small copies are named after the content of the file, so none can ever be served for another
content. Where they were not made, files are served as they are.
"""

import os
from collections.abc import Iterable
from gzip import compress as gzip
from hashlib import sha256
from pathlib import Path

ENDINGS = {".css", ".js", ".json", ".svg", ".txt", ".xml"}
ENCODINGS = ("br", "gzip")
#: Below this, a network packet is not saved.
WORTHWHILE = 1024


def places(file: Path, folder: Path) -> dict[str, str]:
    """Return where the small copies of a file would be, by encoding."""
    if file.suffix not in ENDINGS or file.stat().st_size < WORTHWHILE:
        return {}
    mark = sha256(file.read_bytes()).hexdigest()
    return {encoding: str(folder / f"{mark}.{encoding}") for encoding in ENCODINGS}


def make(files: Iterable[Path], folder: Path) -> None:
    """Make the copies that are missing, and drop those of contents that are no more."""
    import brotli  # type: ignore[import-untyped]  # noqa: PLC0415 - no web server compresses these

    folder.mkdir(mode=0o700, exist_ok=True)
    wanted = set()
    for file in filter(Path.is_file, files):
        for encoding, place in places(file, folder).items():
            wanted.add(place)
            if not os.path.exists(place):
                content = file.read_bytes()
                small = brotli.compress(content) if encoding == "br" else gzip(content, mtime=0)
                draft = Path(f"{place}.{os.getpid()}")
                draft.write_bytes(small)
                draft.replace(place)
    for old in folder.iterdir():
        if str(old) not in wanted:
            old.unlink()
