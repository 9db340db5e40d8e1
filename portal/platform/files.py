"""Uploaded files: known by their content, kept in a store, made of harmless bytes.

Pictures are decoded and written anew, so that nothing of the sender's file but its picture is
left: no place, no camera, no script. This is heavy work and belongs before the write unit.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from uuid import UUID

from flask import current_app
from uuid_utils.compat import uuid7

from portal.core.errors import Refused
from portal.core.wording import N_, Sentence
from portal.extensions import db
from portal.models import Actor, StoredFile
from portal.platform import jobs

if TYPE_CHECKING:
    from obstore.store import ObjectStore
    from PIL.Image import Image

DISCARD = "files.discard"
LARGEST_FILE = 20 * 1024 * 1024
LARGEST_PICTURE = 8 * 1024 * 1024
#: Decoding costs memory by the pixel, whatever the file weighs.
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 1600
#: How wide a picture is kept for lists and small screens, beside the whole one.
SMALL_WIDTH = 640
#: A picture may need some hundred megabytes while it is read, so a process reads one at a time.
ONE_AT_A_TIME = Lock()
#: What a picture can be made smaller in as it is; others are put into this form before.
SMOOTH = {"L", "LA", "RGB", "RGBA", "CMYK"}

DOCUMENTS = {
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ".pptx",
}
PICTURES = {"image/png": ".png", "image/jpeg": ".jpg", "image/webp": ".webp"}

TOO_LARGE = Sentence(N_("This file is too large. Choose one of at most %(most)s megabytes."))
NOT_A_PICTURE = Sentence(N_("This is not a picture that we can read. Choose a PNG, JPEG or WebP."))
TOO_MANY_PIXELS = Sentence(N_("This picture has too many pixels. Choose a smaller one."))
UNKNOWN = Sentence(N_("We cannot take this kind of file. Choose a PDF, a Word, Excel or PowerPoint"
                      " document, or a picture."))  # fmt: skip
EMPTY = Sentence(N_("This file is empty. Choose another."))


@dataclass(frozen=True, kw_only=True)
class Upload:
    """Bytes that passed the checks and wait to be kept."""

    content: bytes
    name: str
    media_type: str
    width: int | None = None
    height: int | None = None
    small: bytes | None = None


def checked(content: bytes, name: str) -> Upload:
    """Take a document or picture as an upload. Raises Refused with the reason."""
    weigh(content, LARGEST_FILE)
    kind = kind_of(content)
    if kind in PICTURES:
        return picture(content, name)
    if kind not in DOCUMENTS:
        raise Refused(UNKNOWN)
    return Upload(content=content, name=tidy(name, DOCUMENTS[kind]), media_type=kind)


def picture(content: bytes, name: str) -> Upload:
    """Take a picture: read it, turn it upright, shrink it, and write it anew as WebP."""
    from PIL import Image, ImageOps, UnidentifiedImageError  # noqa: PLC0415 - heavy

    weigh(content, LARGEST_PICTURE)
    if kind_of(content) not in PICTURES:
        raise Refused(NOT_A_PICTURE)
    Image.MAX_IMAGE_PIXELS = None  # opening reads no pixels; we count them before any are read
    try:
        with ONE_AT_A_TIME, Image.open(BytesIO(content), formats=("PNG", "JPEG", "WEBP")) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise Refused(TOO_MANY_PIXELS)
            whole = opened if opened.mode in SMOOTH else opened.convert("RGBA")
            whole.thumbnail((LONGEST_SIDE, LONGEST_SIDE))  # first, so that all else is cheap
            image = ImageOps.exif_transpose(whole).convert("RGBA")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise Refused(NOT_A_PICTURE) from error
    return Upload(
        content=as_webp(image),
        name=tidy(name, ".webp"),
        media_type="image/webp",
        width=image.width,
        height=image.height,
        small=smaller(image),
    )


def as_webp(image: "Image") -> bytes:
    """Write a picture anew."""
    clean = BytesIO()
    image.save(clean, "WEBP", quality=85, method=4)
    return clean.getvalue()


def smaller(image: "Image") -> bytes | None:
    """Return a picture as lists show it, if it is wider than that."""
    if image.width <= SMALL_WIDTH:
        return None
    height = max(1, round(image.height * SMALL_WIDTH / image.width))
    return as_webp(image.resize((SMALL_WIDTH, height)))


def weigh(content: bytes, most: int) -> None:
    """Refuse what is empty or too large."""
    if not content:
        raise Refused(EMPTY)
    if len(content) > most:
        raise Refused(Sentence(TOO_LARGE.text, {"most": most // (1024 * 1024)}))


def kind_of(content: bytes) -> str:
    """Return the media type that the content has, whatever its name says."""
    import filetype  # noqa: PLC0415 - only where files arrive

    found = filetype.guess(content)
    return str(found.mime) if found else ""


def tidy(name: str, ending: str) -> str:
    """Keep what is harmless of a file's name, with the ending that its content deserves."""
    stem = Path(name.replace("\\", "/")).name.rpartition(".")[0] or "file"
    kept = "".join(c if c.isalnum() or c in " -_." else "_" for c in stem).strip(" ._") or "file"
    return kept[:80] + ending


def keep(upload: Upload, *, owner_type: str, owner_id: UUID, actor: Actor | None) -> StoredFile:
    """Put the bytes in the store and a row in the transaction.

    The bytes go first: a deed that is rolled back leaves bytes that nobody names, never a name
    without bytes. The key is new for every upload and says nothing of its content.
    """
    id = uuid7()
    key = f"{owner_type}/{id.hex}"
    store().put(key, upload.content)
    if upload.small:
        store().put(small_key(key), upload.small)
    row = StoredFile(
        id=id,
        key=key,
        name=upload.name,
        media_type=upload.media_type,
        size=len(upload.content),
        sha256=sha256(upload.content).hexdigest(),
        width=upload.width,
        height=upload.height,
        owner_type=owner_type,
        owner_id=owner_id,
        uploaded_by_id=actor and actor.id,
    )
    db.session.add(row)
    db.session.flush()
    return row


def discard(row: StoredFile) -> None:
    """Take a file away with the deed that needs it no longer; its bytes go when that is kept."""
    jobs.enqueue(DISCARD, {"key": row.key}, key=f"{DISCARD}:{row.id}")
    db.session.delete(row)


@jobs.job(DISCARD)
def remove_bytes(key: str) -> None:
    """Take the bytes of a file out of the store, if they are still there."""
    for path in (key, small_key(key)):
        with suppress(FileNotFoundError):
            store().delete(path)


def read(row: StoredFile) -> bytes:
    """Return the bytes of a stored file."""
    return bytes(store().get(row.key).bytes())


def small_key(key: str) -> str:
    """Name where the small rendition of a picture is, if there is one."""
    return f"{key}.{SMALL_WIDTH}"


def read_small(row: StoredFile) -> bytes:
    """Return a picture as lists show it: whole if it is narrow, or older than small renditions."""
    if row.width is None or row.width <= SMALL_WIDTH:
        return read(row)
    try:
        return bytes(store().get(small_key(row.key)).bytes())
    except FileNotFoundError:
        return read(row)


def every_key() -> Iterator[str]:
    """Name everything in the store, for backups."""
    for batch in store().list():
        for item in batch:
            yield str(item["path"])


def store() -> "ObjectStore":
    """Return the store that this copy of the portal is set to use."""
    config = current_app.config
    return open_store(str(config["FILES_URL"]), str(config["S3_ENDPOINT"]))


@lru_cache(maxsize=4)
def open_store(address: str, endpoint: str) -> "ObjectStore":
    """Open a folder, or a bucket as s3://bucket/prefix with the AWS_… variables."""
    from obstore.store import LocalStore, S3Store  # noqa: PLC0415 - heavy

    if not address.startswith("s3://"):
        Path(address).mkdir(parents=True, exist_ok=True, mode=0o700)
        return LocalStore(prefix=address)
    parts = urlsplit(address)
    options: dict[str, Any] = {"prefix": parts.path.strip("/")} if parts.path.strip("/") else {}
    if endpoint:
        plain = endpoint.startswith("http://")
        options |= {"endpoint": endpoint, "client_options": {"allow_http": plain}}
    return S3Store(parts.netloc, **options)
