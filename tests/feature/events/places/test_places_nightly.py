"""The nightly look at the accounts."""

import logging

from sqlalchemy import update

from portal.events import jobs
from portal.models import Quota


def test_the_log_names_what_the_nightly_look_finds(app, session, make, event, caplog):
    make.delegate(make.ticket(event, 3))
    session.commit()
    with app.app_context(), caplog.at_level(logging.ERROR, "portal.jobs"):
        jobs.audit()
        assert caplog.records == []
        session.execute(update(Quota).values(held=0))
        session.commit()
        jobs.audit()
    assert [record.getMessage() for record in caplog.records] == [
        "accounts of places: This quota counts other places than its delegates hold."
    ]
