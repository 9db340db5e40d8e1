"""Everybody who visits, the organisations, and what all rooms put in the same way."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from sqlalchemy.orm import Session

from portal.models import (
    AffiliationRole,
    AuditEvent,
    ImportRow,
    ImportState,
    ImportVerdict,
    MemberImport,
)
from portal.platform import files
from tests import factories as make
from tests.factories.base import days
from tests.factories.members import LONG_AGO, today
from tests.feature.canaries.words import KINDS, text, word

STAFF = {
    "programmes": "programmes", "membership": "membership", "events": "events",
    "editor": "editor", "boss": "administrator",
}  # fmt: skip


class Cast:
    """Everybody who visits, the organisations, and what all rooms put in the same way."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.people = SimpleNamespace(
            **{
                kind: make.Person(name=kind.capitalize(), email=f"{kind}@portal.example")
                for kind in KINDS[1:]
            }
        )
        for kind, role in STAFF.items():
            make.StaffGrant(person=getattr(self.people, kind), role=role)

    def put(self, row: Any) -> Any:
        """Put a row without a factory into the database."""
        self.session.add(row)
        self.session.flush()
        return row

    def note(self, subject: Any, secret: str, action: str) -> None:
        """Let staff have noted something about a row, for staff alone."""
        self.put(
            AuditEvent(
                at=days(-1), action=action, actor_id=self.people.boss.id, actor_name="Boss",
                subject_type=subject.__tablename__, subject_id=subject.id, details={},
                note=text(secret), internal=True,
            )
        )  # fmt: skip

    def file(self, secret: str, owner: str, kind: str, **more: Any) -> Any:
        stored = make.StoredFile(
            key=f"{owner}/{word(secret)}", name=f"{word(secret)}.bin", media_type=kind,
            owner_type=owner, **more,
        )  # fmt: skip
        files.store().put(stored.key, text(secret).encode())
        return stored

    def belong(self, kind: str, organisation: Any, role: str, **more: Any) -> None:
        person = getattr(self.people, kind)
        make.Affiliation(
            person=person, organisation=organisation, role=AffiliationRole.of(role), **more
        )

    def company(self, secret: str, **more: Any) -> Any:
        """Make an organisation all of whose words are a secret."""
        told = {
            "display_name": word(secret).capitalize(), "standfirst": text(secret),
            "description": text(secret), "place": word(secret),
            "website": f"https://{word(secret)}.example/",
        }  # fmt: skip
        return make.Organisation(**(told | more))

    def enrol(self, organisation: Any, tier: Any) -> Any:
        """Make an organisation a member."""
        return make.MembershipPeriod(
            membership=make.Membership(organisation=organisation), tier=tier
        ).membership

    def organisations(self) -> None:
        """Make the organisations of our visitors, and those that are nobody's business."""
        self.high, self.low = (make.MembershipTier(code=str(n), rank=n) for n in (1, 2))
        self.owner = make.Organisation(
            display_name="Havsula", standfirst=text("organisation that applies")
        )
        outside, silver, gold = (
            make.Organisation(display_name=n) for n in ("Uvær", "Sølv", "Gull")
        )
        self.gold = gold
        self.enrol(silver, self.low)
        self.of_gold = self.enrol(gold, self.high)
        self.belong("applicant", self.owner, "administrator")
        self.belong("colleague", self.owner, "member")
        self.belong("outsider", outside, "administrator")
        self.belong("silver", silver, "administrator")
        self.belong("gold", gold, "administrator")
        for organisation in (gold, self.owner):
            self.belong("former", organisation, "administrator", ends_at=days(-1))
        self.enrol(self.company("organisation unlisted", listed=False), self.high)
        self.enrol(self.company("organisation unconfirmed", confirmed_at=None), self.high)
        left = self.company("organisation that left")
        make.Membership(organisation=left, ends_on=today(), end_reason="resigned")
        resting = self.company("organisation suspended")
        self.enrol(resting, self.high).suspended_from = today() - timedelta(days=3)
        self.note(gold, "note on an organisation", "organisation.edited")

    def members(self) -> None:
        """Make what staff and colleagues know of people."""
        somebody = make.colleague(
            self.gold, "member", name=text("person of a member"),
            email=f"{word('person of a member')}@mail.example", phone="12345678",
        )  # fmt: skip
        assert somebody
        make.MembershipEnquiry(
            organisation_name=text("enquiry"), name=text("enquiry"), message=text("enquiry"),
            email=f"{word('enquiry')}@mail.example", note=text("note on an enquiry"),
        )  # fmt: skip
        make.JoinRequest(organisation=self.owner, message=text("wish to join"))
        row = text("row of an import")
        listed = self.put(
            MemberImport(
                name=f"{word('row of an import')}.csv", state=ImportState.READY, header=1,
                headings=["Name", row], columns={"display_name": 0}, defaults={}, total=1,
                tallies={"wrong": 1}, moved_at=LONG_AGO, round=1,
                uploaded_by_id=self.people.membership.id,
            )
        )  # fmt: skip
        wrong = {"field": "display_name", "typed": row, "reason": {"text": "Wrong.", "values": {}}}
        self.put(
            ImportRow(
                import_id=listed.id, number=2, cells=[row, row], verdict=ImportVerdict.WRONG,
                steps=[], findings=[wrong], outcome=None,
            )
        )  # fmt: skip
