"""One of every kind of person that the events know, without a database."""

from uuid import UUID

from portal.models import PORTAL, Actor, AffiliationRole, StaffRole, Standing

OURS, THEIRS = UUID(int=201), UUID(int=202)
DELEGATE = UUID(int=5)


def somebody(number, role=None, *staff, of=OURS):
    """Return an actor: what they are in an organisation, and their roles in the staff."""
    standing = Standing(
        organisation_id=of,
        organisation_name="Nordlys",
        slug="nordlys",
        role=AffiliationRole.of(role or "member"),
    )
    return Actor(
        id=UUID(int=number),
        name=f"Person {number}",
        staff=frozenset(StaffRole.of(each) for each in staff),
        standings=(standing,) if role else (),
    )


PEOPLE = {
    "member": somebody(1, "member"),
    "representative": somebody(2, "representative"),
    "manager": somebody(3, "administrator"),
    "other company": somebody(4, "administrator", of=THEIRS),
    "delegate": somebody(DELEGATE.int, "member"),
    "nobody's": somebody(6),
    "team": somebody(7, None, "events"),
    "portal admin": somebody(8, None, "administrator"),
    "other staff": somebody(9, None, "programmes", "editor", "membership"),
    "portal": PORTAL,
}
