"""Two of the staff decide at once, while somebody gives a role: merged once, and nobody gains."""

from multiprocessing.synchronize import Barrier
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from portal import create_app
from portal.core import clock
from portal.core.errors import Refused
from portal.extensions import db
from portal.members import service
from portal.members.merging import service as merging
from portal.models import Affiliation, AffiliationRole, MergeRecord, Organisation, Person
from portal.platform.auth import actor_of
from portal.platform.database import unit
from tests.support.databases import settings
from tests.support.processes import PROCESSES


def approve(who: Person, _told: dict[str, UUID]) -> None:
    row = db.session.scalar(select(MergeRecord))
    merging.approve(row, actor=actor_of(who, now=clock.now()), now=clock.now())


def give(who: Person, told: dict[str, UUID]) -> None:
    person, firm = db.session.get(Person, told["lost"]), db.session.get(Organisation, told["firm"])
    now = clock.now()
    given = {"role": AffiliationRole.ADMINISTRATOR, "actor": actor_of(who, now=now), "now": now}
    service.affiliate(person, firm, **given)


def press(url: str, folder: str, deed, id: UUID, told, together: Barrier, results) -> None:
    """Be a process that acts at the same moment as the others."""
    app = create_app(settings(url, Path(folder)))
    with app.app_context():
        db.session.execute(select(1))
        db.session.rollback()
        together.wait(30)
        try:
            with unit():
                deed(db.session.get(Person, id), told)
            results.put((deed.__name__, "done"))
        except Refused as refusal:
            results.put((deed.__name__, type(refusal).__name__))


@pytest.mark.parametrize("shared", [True, False])
def test_it_is_merged_once_and_a_role_that_comes_meanwhile_moves_to_nobody(
    app, session, make, tmp_path, shared
):
    firm = make.Organisation()
    kept, lost = make.colleague(firm, "member"), make.Person()
    if shared:
        make.Affiliation(person=lost, organisation=firm, role=AffiliationRole.REPRESENTATIVE)
    staff = [make.staff("membership") for _ in range(4)]
    session.add(
        MergeRecord(
            kept_person_id=kept.id, lost_person_id=lost.id, counted={}, moved={}, reason="So.",
            proposed_by_id=staff[0].id,
        )
    )  # fmt: skip
    told = {"lost": lost.id, "firm": firm.id}
    deeds = [(approve, staff[1].id), (approve, staff[2].id), (give, staff[3].id)]
    session.commit()
    url = app.config["SQLALCHEMY_DATABASE_URI"]
    start, results = PROCESSES.Barrier(len(deeds)), PROCESSES.Queue()
    workers = [
        PROCESSES.Process(target=press, args=(url, str(tmp_path), deed, id, told, start, results))
        for deed, id in deeds
    ]
    for worker in workers:
        worker.start()
    fared = sorted(results.get(timeout=60) for _worker in workers)
    for worker in workers:
        worker.join(30)
    session.commit()
    assert fared[:2] == [("approve", "Refused"), ("approve", "done")]
    live = session.scalars(select(Affiliation).where(Affiliation.ends_at.is_(None))).all()
    assert [(row.person_id, row.role) for row in live] == [(kept.id, AffiliationRole.MEMBER)]
