"""Uploads: known by their content, made harmless, refused with a sentence."""

import struct
import zlib
from dataclasses import replace
from io import BytesIO
from uuid import uuid4

import pytest
from PIL import Image
from sqlalchemy import select

from portal.core.errors import Refused
from portal.extensions import db
from portal.models import StoredFile
from portal.platform import files
from portal.platform.database import unit
from portal.web.files import OWNERS

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF"


def a_picture(kind="PNG", size=(40, 20), **more):
    buffer = BytesIO()
    Image.new("RGB", size, "teal").save(buffer, kind, **more)
    return buffer.getvalue()


def bomb():
    """A PNG of a few hundred bytes that says it has 30 000 by 30 000 pixels."""

    def chunk(name, body):
        crc = zlib.crc32(name + body)
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", crc)

    header = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 1000)
    parts = (chunk(b"IHDR", header), chunk(b"IDAT", body), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def test_a_document_is_kept_as_it_is(app):
    upload = files.checked(PDF, "Our plan.pdf")
    assert (upload.content, upload.media_type) == (PDF, "application/pdf")
    assert upload.name == "Our plan.pdf"


def test_a_picture_is_written_anew_without_what_it_told_of_its_maker(app):
    exif = Image.Exif()
    exif[0x010E] = "taken at home, 60.39N 5.32E"
    exif[0x0112] = 6  # lies on its side
    upload = files.picture(a_picture("JPEG", (40, 20), exif=exif), "me.jpeg")
    assert b"60.39N" not in upload.content
    assert (upload.media_type, upload.name) == ("image/webp", "me.webp")
    assert (upload.width, upload.height) == (20, 40)
    with Image.open(BytesIO(upload.content)) as again:
        assert dict(again.getexif()) == {}


def test_a_large_picture_is_made_smaller(app):
    upload = files.picture(a_picture(size=(3200, 1600)), "wide.png")
    assert (upload.width, upload.height) == (1600, 800)


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (b"", "empty.pdf", "empty"),
        (b"MZ\x90\x00" + b"\0" * 100, "plan.pdf", "cannot take this kind"),
        (b"<svg onload='alert(1)'/>", "logo.svg", "cannot take this kind"),
        (b"<html><script>", "page.pdf", "cannot take this kind"),
        (b"%PDF-1.4" + b"x" * (20 * 1024 * 1024), "big.pdf", "too large"),
    ],
)
def test_what_is_not_what_we_take_is_refused_with_a_sentence(app, content, name, says):
    with pytest.raises(Refused) as refusal:
        files.checked(content, name)
    assert says in refusal.value.reason.text


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (bomb(), "too many pixels"),
        (PDF, "not a picture"),
        (a_picture()[:60], "not a picture"),
        (b"\x89PNG\r\n\x1a\n", "not a picture"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * (8 * 1024 * 1024), "too large"),
    ],
)
def test_what_is_no_harmless_picture_is_refused_with_a_sentence(app, content, says):
    with pytest.raises(Refused) as refusal:
        files.picture(content, "logo.png")
    assert says in refusal.value.reason.text


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\me\\plan.docx", "plan.pdf"),
        ('a"b\r\nc.pdf', "a_b__c.pdf"),
        ("søknad nr. 2.PDF", "søknad nr. 2.pdf"),
        (".pdf", "file.pdf"),
        ("x" * 300 + ".pdf", "x" * 80 + ".pdf"),
    ],
)
def test_only_what_is_harmless_of_a_name_is_kept(given, kept):
    assert files.tidy(given, ".pdf") == kept


@pytest.fixture
def kept(app, session, monkeypatch):
    """Keep an upload under an owner whom only one actor may see."""
    session.commit()
    allowed = set()
    monkeypatch.setitem(OWNERS, "test", lambda id, *, actor: (id, actor and actor.id) in allowed)

    def keep(upload, *, owner=None, readers=()):
        owner = owner or uuid4()
        allowed.update((owner, reader) for reader in readers)
        session.commit()
        with app.app_context(), unit():
            return files.keep(upload, owner_type="test", owner_id=owner, actor=None).id

    return keep


def test_a_file_is_served_under_the_policy_of_the_row_that_owns_it(kept, browser, make):
    reader, stranger = make.Person(), make.Person()
    id = kept(files.checked(PDF, "plan.pdf"), readers=[reader.id])
    browser.get("files.show", id=id, expect=404)
    browser.sign_in(stranger)
    browser.get("files.show", id=id, expect=404)
    browser.sign_in(reader)
    browser.get("files.show", id=id)
    assert browser.response.data == PDF


def test_what_is_not_a_picture_is_only_ever_saved(kept, browser):
    id = kept(files.checked(PDF, "plan.pdf"), readers=[None])
    browser.get("files.show", id=id)
    headers = browser.response.headers
    assert headers["Content-Disposition"] == "attachment; filename=plan.pdf"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "private, no-store"
    assert "sandbox" in headers["Content-Security-Policy"]


def test_a_public_picture_is_shown_and_may_be_kept(kept, browser):
    id = kept(files.picture(a_picture(), "logo.png"), readers=[None])
    browser.get("files.show", id=id)
    assert browser.response.headers["Content-Disposition"].startswith("inline")
    assert browser.response.headers["Cache-Control"] == "public, max-age=86400"
    assert browser.response.mimetype == "image/webp"


def test_a_wide_picture_has_a_small_rendition_and_others_are_served_whole(kept, browser, session):
    wide = kept(files.picture(a_picture(size=(1280, 800)), "wide.png"), readers=[None])
    narrow = kept(files.picture(a_picture(size=(300, 200)), "narrow.png"), readers=[None])
    old = kept(replace(files.picture(a_picture(size=(900, 90)), "o.png"), small=None),
               readers=[None])  # fmt: skip
    hidden = kept(files.picture(a_picture(size=(900, 90)), "hidden.png"))
    for id, size in ((wide, (640, 400)), (narrow, (300, 200)), (old, (900, 90))):
        browser.get("files.small", id=id)
        with Image.open(BytesIO(browser.response.data)) as seen:
            assert seen.size == size
        assert browser.response.headers["Cache-Control"] == "public, max-age=86400"
    browser.get("files.small", id=hidden, expect=404)


def test_a_file_of_a_kind_of_row_that_nobody_answers_for_is_not_there(app, session, browser):
    session.commit()
    with app.app_context(), unit():
        upload = files.checked(PDF, "plan.pdf")
        id = files.keep(upload, owner_type="unheard", owner_id=uuid4(), actor=None).id
    browser.get("files.show", id=id, expect=404)


def test_a_deed_that_is_rolled_back_leaves_no_name_without_bytes(app, session):
    session.commit()
    with app.app_context():
        with pytest.raises(ValueError, match="undone"), unit():
            upload = files.checked(PDF, "plan.pdf")
            files.keep(upload, owner_type="test", owner_id=uuid4(), actor=None)
            raise ValueError("undone")
        assert db.session.scalars(select(StoredFile)).all() == []
        db.session.rollback()
