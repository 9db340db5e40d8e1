"""What the portal keeps for itself: work that failed, a letter."""

from typing import Any

from portal.models import AuditEvent, Job, OutgoingMail
from portal.platform import files
from tests import factories
from tests.architecture.world.placing import put
from tests.factories.base import days
from tests.factories.members import LONG_AGO


def make(everybody: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """Make a piece of failed work and a letter."""
    job = Job(
        name="mail.send", arguments={"1": "0"}, run_at=LONG_AGO, tries=5, failed_at=days(-1),
        error="Nobody answered.",
    )  # fmt: skip
    letter = OutgoingMail(
        message_id="1@data.example", recipient="somebody@data.example", subject="Hello",
        text="Hello", html="<p>Hello</p>", language="en",
    )  # fmt: skip
    logo = factories.StoredFile(
        key="organisation/logo", name="4321.webp", media_type="image/webp",
        owner_id=own["own_row"].id,
    )  # fmt: skip
    files.store().put(logo.key, b"RIFF")
    return {"job": put(job), "letter": put(letter), "logo": logo} | story(everybody, own)


def story(everybody: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """Let something have happened to the organisation and its people, for the timelines."""
    for subject in (own["own_row"], everybody["member"]):
        put(
            AuditEvent(
                at=LONG_AGO, action="organisation.edited", actor_id=everybody["boss"].id,
                actor_name="Boss", subject_type=subject.__tablename__, subject_id=subject.id,
                organisation_id=own["own_row"].id, on_behalf_of_id=own["own_row"].id, details={},
            )
        )  # fmt: skip
    return {}
