"""What is looked up when the deadline of a call moves."""

from collections.abc import Sequence

from sqlalchemy import select

from portal.extensions import db
from portal.models import Application, ApplicationState, Call


def drafts_of(call: Call) -> Sequence[Application]:
    """Return the drafts that answer a call, whoever they belong to: for whoever tells them."""
    found = select(Application).where(
        Application.call_id == call.id, Application.state == ApplicationState.DRAFT
    )
    return db.session.scalars(found.order_by(Application.id)).all()
