"""Stored files over HTTP: under the policy of the row that owns them."""

from typing import Protocol
from uuid import UUID

from flask import Blueprint, Response
from sqlalchemy import select

from portal.core.errors import Missing, present
from portal.extensions import db
from portal.models import Actor, StoredFile
from portal.platform import files
from portal.web.access import sees

bp = Blueprint("files", __name__, url_prefix="/files")


class Owner(Protocol):
    """Says whether a visitor may see the row that owns a file."""

    def __call__(self, id: UUID, *, actor: Actor | None) -> bool:
        """Ask about the row with this id."""


OWNERS: dict[str, Owner] = {}


def visible_file(id: UUID, *, actor: Actor | None) -> StoredFile:
    """Find a file whose owner this visitor may see. Raises Missing otherwise."""
    row = present(db.session.scalar(select(StoredFile).where(StoredFile.id == id)))
    may = OWNERS.get(row.owner_type)
    if may is None or not may(row.owner_id, actor=actor):
        raise Missing
    return row


@bp.get("/<uuid:id>")
@sees(on=visible_file, public=True)
def show(file: StoredFile) -> Response:
    """Serve a file: a picture as a picture, anything else only to be saved."""
    return served(file, files.read(file))


@bp.get("/<uuid:id>/small")
@sees(on=visible_file, public=True)
def small(file: StoredFile) -> Response:
    """Serve a picture as lists show it; anything else as it is."""
    return served(file, files.read_small(file))


def served(file: StoredFile, content: bytes) -> Response:
    """Return a file with what browsers and caches may do with it."""
    response = Response(content, content_type=file.media_type)
    inline = file.media_type in files.PICTURES
    response.headers.set(
        "Content-Disposition", "inline" if inline else "attachment", filename=file.name
    )
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    public = inline and is_public(file)
    response.headers["Cache-Control"] = "public, max-age=86400" if public else "private, no-store"
    return response


def is_public(file: StoredFile) -> bool:
    """Tell whether anybody at all may see a file, so that caches may keep it."""
    may = OWNERS[file.owner_type]
    return may(file.owner_id, actor=None)


__all__ = ["OWNERS", "bp", "visible_file"]
