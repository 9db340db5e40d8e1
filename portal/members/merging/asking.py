"""What both kinds of merge do: no role comes along, so who had one asks to join."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from portal.core.wording import N_, Sentence
from portal.extensions import db
from portal.members.mails import asked_to_join
from portal.members.service import affiliations
from portal.models import JoinRequest, Person, RequestState
from portal.platform import mail

#: Why a role ended, as its row keeps it.
REASON = "merged"
GONE = Sentence(N_("One of the two has become a part of another already."))


def ask(person: Person, organisation_id: UUID, *, now: datetime) -> None:
    """Ask in somebody's name to join an organisation, unless they ask already."""
    if person.verified_at is None or open_request(person.id, organisation_id):
        return
    request = JoinRequest(
        organisation_id=organisation_id, person_id=person.id, message="", created_at=now
    )
    db.session.add(request)
    db.session.flush()
    mail.queue(*asked_to_join(request, affiliations.administrators_of(organisation_id)))


def open_request(person_id: UUID, organisation_id: UUID) -> JoinRequest | None:
    """Find a request to join that waits for an answer."""
    return db.session.scalar(
        select(JoinRequest).where(
            JoinRequest.person_id == person_id,
            JoinRequest.organisation_id == organisation_id,
            JoinRequest.state == RequestState.OPEN,
        )
    )
