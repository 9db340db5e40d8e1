"""Files in a bucket: what is kept there comes back, and is gone when it is taken away."""

from collections.abc import Iterator
from io import BytesIO
from uuid import uuid4

import boto3
import pytest
from moto.server import ThreadedMotoServer
from PIL import Image

from portal.extensions import db
from portal.models import StoredFile
from portal.platform import files, jobs
from portal.platform.database import unit

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF"
KEYS = {
    "AWS_ACCESS_KEY_ID": "portal", "AWS_SECRET_ACCESS_KEY": "a secret", "AWS_REGION": "us-east-1",
}  # fmt: skip


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    """A store of somebody else's that speaks S3."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(app, session, endpoint, monkeypatch):
    """Let the portal keep its files in a bucket, and return what names everything in there."""
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    store = boto3.client("s3", endpoint_url=endpoint, region_name="us-east-1")
    store.create_bucket(Bucket="cluster-files")
    monkeypatch.setitem(app.config, "FILES_URL", "s3://cluster-files/portal")
    monkeypatch.setitem(app.config, "S3_ENDPOINT", endpoint)
    session.commit()

    def names():
        listed = store.list_objects_v2(Bucket="cluster-files").get("Contents", [])
        return [each["Key"] for each in listed]

    yield names
    files.open_store.cache_clear()


def picture():
    content = BytesIO()
    Image.new("RGB", (1280, 800), "teal").save(content, "PNG")
    return files.picture(content.getvalue(), "wide.png")


def test_what_is_kept_in_a_bucket_comes_back_and_goes_with_its_row(app, bucket):
    with app.app_context():
        with unit():
            plan = files.keep(
                files.checked(PDF, "plan.pdf"), owner_type="test", owner_id=uuid4(), actor=None
            )
            wide = files.keep(picture(), owner_type="test", owner_id=uuid4(), actor=None)
            ids = plan.id, wide.id
        assert len(bucket()) == 3  # the picture has a small rendition
        assert all(name.startswith("portal/test/") for name in bucket())
        with unit(writing=False):
            plan, wide = (db.session.get_one(StoredFile, id) for id in ids)
            assert files.read(plan) == PDF
            with Image.open(BytesIO(files.read_small(wide))) as small:
                assert small.size == (640, 400)
            assert {f"portal/{key}" for key in files.every_key()} == set(bucket())
        with unit():
            for id in ids:
                files.discard(db.session.get_one(StoredFile, id))
        jobs.drain()
        assert bucket() == []
