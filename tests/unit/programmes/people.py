"""One of every kind of person that the programmes know, without a database."""

from uuid import UUID

from portal.models import PORTAL, Actor, AffiliationRole, StaffRole, Standing

OURS, THEIRS = UUID(int=101), UUID(int=102)


def somebody(number, role=None, *staff, of=OURS, verified=True):
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
        verified=verified,
    )


PEOPLE = {
    "member": somebody(1, "member"),
    "representative": somebody(2, "representative"),
    "manager": somebody(3, "administrator"),
    "other member": somebody(4, "administrator", of=THEIRS),
    "nobody's": somebody(5),
    "team": somebody(6, None, "programmes"),
    "preparer": somebody(7, None, "programmes"),
    "team, own company": somebody(8, "representative", "programmes"),
    "team, elsewhere": somebody(9, "administrator", "programmes", of=THEIRS),
    "portal admin": somebody(10, None, "administrator"),
    "other staff": somebody(11, None, "events", "editor", "membership"),
    "portal": PORTAL,
}
