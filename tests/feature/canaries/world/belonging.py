"""What is asked, answered and kept about members, their people and their ways in."""

from datetime import timedelta

from portal.core import clock
from portal.models import (
    BenefitUse,
    EmailAddress,
    Exclusion,
    FactorRemoval,
    IssuerIdentity,
    MergeRecord,
    OrganisationDomain,
    OrganisationProposal,
    Passkey,
    PersonVisibility,
    PrivacyKind,
    PrivacyRequest,
    Reach,
    TierRequest,
    TierRequestTakes,
)
from tests import factories as make
from tests.factories.members import LONG_AGO, today
from tests.feature.canaries.words import text, word
from tests.feature.canaries.world.cast import Cast


class Belonging(Cast):
    """What is asked, answered and kept about members, their people and their ways in."""

    def belonging(self) -> None:
        """Make all of it."""
        self.joining()
        self.membership_of_gold()
        self.decisions_of_staff()
        self.own_data()
        self.ways_in()
        self.details()

    def joining(self) -> None:
        """Let an organisation have applied for membership, and want another name."""
        wanted = make.MembershipApplication(
            organisation=self.owner, applicant=self.people.applicant, sent=True, tier=self.low,
            answers={"why": text("application for membership")},
            billing_email=f"{word('application for membership')}@mail.example",
        )  # fmt: skip
        asked = text("question to an applicant")
        make.JoiningMessage(
            application_id=wanted.id, person_id=self.people.membership.id, text=asked
        )
        self.note(wanted, "note on an applicant", "joining.noted")
        given = {
            "display_name": text("name that is proposed"), "number_kind": "none", "country": "NO",
            "legal_name": text("name that is proposed"), "proposed_by": self.people.applicant,
        }  # fmt: skip
        self.put(OrganisationProposal(organisation=self.owner, **given))

    def membership_of_gold(self) -> None:
        """Let a member have used something, want another kind, and be about to be excluded."""
        member = self.of_gold
        benefit = make.Benefit(tier=self.high)
        self.put(
            BenefitUse(
                membership_id=member.id, benefit_id=benefit.id, used_on=today(), quantity=1,
                reference=text("benefit that was used"), recorded_at=LONG_AGO,
                recorded_by_id=self.people.membership.id,
            )
        )  # fmt: skip
        self.put(
            TierRequest(
                membership_id=member.id, tier_id=self.low.id, asked_by_id=self.people.gold.id,
                takes=TierRequestTakes.NEXT_PERIOD, message=text("wish for another kind"),
            )
        )  # fmt: skip
        self.put(
            Exclusion(
                membership_id=member.id, reason=text("reason of an exclusion"), from_on=today(),
                proposed_by_id=self.people.membership.id,
            )
        )  # fmt: skip

    def decisions_of_staff(self) -> None:
        """Let staff hold two accounts to be one."""
        kept, lost = make.Person(), make.Person()
        self.put(
            MergeRecord(
                kept_person_id=kept.id, lost_person_id=lost.id, reason=text("reason of a merge"),
                counted={"rows": {}, "clashes": []}, moved={},
                proposed_by_id=self.people.membership.id,
            )
        )  # fmt: skip

    def own_data(self) -> None:
        """Let somebody have asked about their data, and somebody have lost a phone."""
        outsider, newcomer, soon = self.people.outsider, self.people.newcomer, timedelta(days=9)
        self.put(
            PrivacyRequest(
                person_id=outsider.id, asked_by_id=outsider.id, kind=PrivacyKind.RECTIFY,
                wish=text("wish about own data"), received_at=clock.now(),
                due_at=clock.now() + soon, preview={},
            )
        )  # fmt: skip
        self.put(FactorRemoval(person_id=newcomer.id, reason=text("reason of a lost phone")))

    def ways_in(self) -> None:
        """Give somebody more ways in, and their organisation a domain and an invitation."""
        gold, told = self.people.gold, word("further address")
        self.put(
            EmailAddress(
                person=gold, address=f"{told}@mail.example", domain="mail.example",
                verified_at=LONG_AGO,
            )
        )  # fmt: skip
        self.put(
            Passkey(
                person_id=gold.id, credential_id="AAAA", public_key="AAAA", sign_count=1,
                name=text("name of a passkey"), transports=[], synced=True, backed_up=True,
            )
        )  # fmt: skip
        told = f"{word('account elsewhere')}@mail.example"
        self.put(
            IssuerIdentity(
                person=gold, issuer="https://id.example", subject="subject", claimed=told
            )
        )
        named = f"{word('domain of a member')}.example"
        self.put(OrganisationDomain(organisation=self.gold, domain=named, added_by_id=gold.id))
        make.Invitation(
            organisation=self.gold, invited_by=gold, email=f"{word('invitation')}@mail.example",
            message=text("invitation"),
        )  # fmt: skip

    def details(self) -> None:
        """Let colleagues of gold choose in every way who sees their details."""
        for reach in Reach:
            told = f"detail for {reach.value}"
            person = make.colleague(
                self.gold, "member", name=text(told), email=f"{word(told)}@mail.example"
            )
            self.put(PersonVisibility(person_id=person.id, name=reach, email=reach, phone=reach))
