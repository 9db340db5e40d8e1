"""Style, script and pictures: addresses change with the content, so browsers keep them for ever."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from hashlib import sha256
from importlib.resources import files as resources
from pathlib import Path
from typing import Any
from wsgiref.headers import Headers

from flask import Flask, current_app
from whitenoise import WhiteNoise
from whitenoise.responders import MissingFileError, StaticFile

from portal.web import compressed

OURS = Path(__file__).parent.parent / "static"
BOOTSTRAP = Path(str(resources("flask_bootstrap"))) / "static" / "bootstrap5" / "css"
SHELVES = {"bootstrap/": BOOTSTRAP}
HASHED = re.compile(r"(/static/.+)\.[0-9a-f]{12}(\.\w+)\Z")
FOR_EVER = "public, max-age=31536000, immutable"
AN_HOUR = 3600

Start = Callable[..., Any]


class Statics(WhiteNoise):  # type: ignore[misc]  # no type hints
    """WhiteNoise that reads our hashed names: css/portal.<hash>.css is css/portal.css."""

    def __init__(self, *arguments: Any, compressed: Path, **options: Any) -> None:
        self.compressed = compressed
        super().__init__(*arguments, **options)

    def get_static_file(self, path: str, url: str, stat_cache: Any = None) -> StaticFile:
        """Find the small copies of a file by its content, not beside it."""
        if not Path(path).exists():
            raise MissingFileError(path)
        headers = Headers([])
        self.add_mime_headers(headers, path, url)
        self.add_cache_headers(headers, path, url)
        headers["X-Content-Type-Options"] = "nosniff"
        encodings = compressed.places(Path(path), self.compressed)
        return StaticFile(path, headers.items(), encodings=encodings)

    def __call__(self, environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
        """Serve a static file, or leave the request to the portal."""
        hashed = HASHED.match(str(environ.get("PATH_INFO", "")))
        if hashed:
            environ["PATH_INFO"] = hashed[1] + hashed[2]
            start_response = for_ever(start_response)
        answer: Iterable[bytes] = super().__call__(environ, start_response)
        return answer


def for_ever(start_response: Start) -> Start:
    """Let what is served be kept for ever: another content would have another name."""

    def started(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
        if status[:3] in {"200", "304"}:
            headers = [pair for pair in headers if pair[0].lower() != "cache-control"]
            headers.append(("Cache-Control", FOR_EVER))
        return start_response(status, headers, *rest)

    return started


def init_app(app: Flask) -> None:
    """Serve our own folder and Bootstrap's style, each below /static/."""
    development = bool(app.config["DEVELOPMENT"])
    statics = Statics(
        app.wsgi_app,
        compressed=app.config["SETTINGS"].instance / "compressed",
        max_age=AN_HOUR,
        autorefresh=development,
        allow_all_origins=False,
    )
    statics.add_files(str(OURS), prefix="static/")
    statics.add_files(str(BOOTSTRAP), prefix="static/bootstrap/")
    app.wsgi_app = statics  # type: ignore[method-assign]  # the way to wrap a Flask app


#: Addresses that do not change while the portal runs, but in development.
SETTLED: dict[str, str] = {}


def asset(name: str) -> str:
    """Return the address of a static file, which changes when the file does."""
    if name in SETTLED and not current_app.config["DEVELOPMENT"]:
        return SETTLED[name]
    shelf = next((shelf for shelf in SHELVES if name.startswith(shelf)), "")
    file = SHELVES.get(shelf, OURS) / name.removeprefix(shelf)
    SETTLED[name] = hashed_address(name, file, file.stat().st_mtime_ns)
    return SETTLED[name]


@lru_cache(maxsize=512)
def hashed_address(name: str, file: Path, _modified: int) -> str:
    """Put a mark of the content into a file's address."""
    mark = sha256(file.read_bytes()).hexdigest()[:12]
    stem, dot, ending = name.rpartition(".")
    return f"/static/{stem}.{mark}{dot}{ending}"


def worth_compressing() -> Iterator[Path]:
    """Name the files that pages ask for."""
    yield from OURS.rglob("*")
    yield BOOTSTRAP / "bootstrap.min.css"


def asset_bootstrap() -> str:
    """Return the address of Bootstrap's stylesheet, from the installed package."""
    return asset("bootstrap/bootstrap.min.css")
